"""Quotas are eased by what would help now, with a reason, and by nothing else."""

import re

import pytest
from django.db import IntegrityError
from django.utils.translation import override

from juries.enums import Role, Stage
from juries.errors import JuryError, WrongStage
from juries.models import AuditEntry, CriterionValue
from juries.targets.quotas import recalculate
from selection.lottery import easing
from selection.lottery.easing import ease_quotas
from selection.lottery.feasibility import outlook
from selection.lottery.quota_changes import changed_quotas
from selection.models import QuotaChange
from tests import factories
from tests.selection.conftest import address, close, freeze, text

REASON = "Nuoria ilmoittautui vain yksi."


@pytest.fixture
def stuck(jury):
    """Twelve people of whom one is young, where the panel needs three."""
    factories.make_registrants(jury, [("woman", "young")])
    factories.make_registrants(jury, [("man", "old"), ("woman", "old")] * 5)
    jury.criteria.get(key="age").values.filter(key="young").update(minimum=3, maximum=3)
    return close(jury)


@pytest.fixture
def by(jury):
    return factories.make_member(jury, Role.ORGANISER)


@pytest.fixture
def young(stuck):
    return CriterionValue.objects.get(criterion__jury=stuck, key="young")


def suggestions(jury):
    return outlook(jury).trouble.suggestions


def bounds(jury):
    values = CriterionValue.objects.filter(criterion__jury=jury).order_by("pk")
    return list(values.values_list("minimum", "maximum"))


@pytest.mark.parametrize("stage", [Stage.REGISTRATION, Stage.LOTTERY])
def test_what_is_suggested_is_done_and_then_a_panel_is_possible(stuck, by, young, stage):
    stuck.stage = stage
    stuck.save()
    before = bounds(stuck)
    cheapest = suggestions(stuck)[0]

    ease_quotas(jury=stuck, changes=cheapest.key, reason=REASON, by=by)

    young.refresh_from_db()
    assert outlook(stuck).works
    assert (young.minimum, young.maximum) == (1, 3)
    assert sum(one != other for one, other in zip(before, bounds(stuck), strict=True)) == len(
        cheapest.easings
    )


def test_the_change_is_kept_with_its_reason_in_every_language(stuck, by, young):
    young.name_fi, young.name_en = "nuori", "young"
    young.save()
    ease_quotas(jury=stuck, changes=suggestions(stuck)[0].key, reason=f" {REASON} ", by=by)
    young.criterion.values.update(name_en="renamed")

    [kept] = changed_quotas(stuck)

    assert "age, young: the minimum was lowered from 3 to 1." in kept.changes
    with override("fi"):
        assert any("age, nuori" in change for change in changed_quotas(stuck)[0].changes)
    assert (kept.reason, kept.by) == (REASON, by.name)


def test_one_line_in_the_log_tells_it(stuck, by, young):
    ease_quotas(jury=stuck, changes=suggestions(stuck)[0].key, reason=REASON, by=by)

    [entry] = AuditEntry.objects.filter(jury=stuck)
    assert entry.verb == "quotas.eased"
    assert [young.pk, "minimum", 3, 1] in entry.facts["quotas"]


@pytest.mark.parametrize(
    "forge",
    [
        lambda key: key.replace("3-1", "3-0"),
        lambda key: key.replace("3-1", "3-2"),
        lambda key: key.replace("minimum", "maximum"),
        lambda key: key + ",999999:minimum:3-1",
        lambda key: "",
        lambda key: "x" * 1000,
    ],
    ids=["further", "less far", "another bound", "one more", "nothing", "nonsense"],
)
def test_numbers_that_nothing_suggested_are_refused(stuck, by, forge):
    key = suggestions(stuck)[0].key
    assert "3-1" in key
    before = bounds(stuck)

    with pytest.raises(JuryError, match="have changed since"):
        ease_quotas(jury=stuck, changes=forge(key), reason=REASON, by=by)

    assert bounds(stuck) == before
    assert not QuotaChange.objects.exists()
    ease_quotas(jury=stuck, changes=key, reason=REASON, by=by)


def test_a_suggestion_that_was_overtaken_is_refused(stuck, by):
    old = suggestions(stuck)[0].key
    factories.make_registrants(stuck, [("woman", "young")])

    with pytest.raises(JuryError, match="have changed since"):
        ease_quotas(jury=stuck, changes=old, reason=REASON, by=by)


def test_the_same_button_pressed_twice_eases_once(stuck, by):
    key = suggestions(stuck)[0].key
    ease_quotas(jury=stuck, changes=key, reason=REASON, by=by)

    with pytest.raises(JuryError, match="possible now"):
        ease_quotas(jury=stuck, changes=key, reason=REASON, by=by)

    assert QuotaChange.objects.count() == 1


def test_no_further_than_the_limits_set_for_the_quotas(stuck, by, young):
    free = suggestions(stuck)[0].key
    young.minimum_flex = 2
    young.save()
    for key in {free, *(one.key for one in suggestions(stuck))}:
        if f"{young.pk}:minimum" not in key:
            continue
        with pytest.raises(JuryError):
            ease_quotas(jury=stuck, changes=key, reason=REASON, by=by)

    young.refresh_from_db()
    assert young.minimum == 3
    young.minimum_flex = 1
    young.save()
    ease_quotas(jury=stuck, changes=free, reason=REASON, by=by)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_without_a_reason_nothing_is_changed(stuck, by, reason):
    before = bounds(stuck)

    with pytest.raises(JuryError, match="why"):
        ease_quotas(jury=stuck, changes=suggestions(stuck)[0].key, reason=reason, by=by)

    assert bounds(stuck) == before


@pytest.mark.parametrize("stage", [Stage.SETTING_UP, Stage.FROZEN, Stage.PANEL])
def test_once_the_pool_is_frozen_no_quota_gives_way(stuck, by, stage):
    key = suggestions(stuck)[0].key
    stuck.stage = stage
    stuck.save()

    with pytest.raises(WrongStage):
        ease_quotas(jury=stuck, changes=key, reason=REASON, by=by)


def test_what_was_eased_is_what_is_frozen(stuck, by):
    ease_quotas(jury=stuck, changes=suggestions(stuck)[0].key, reason=REASON, by=by)

    draw = freeze(stuck, by)

    young = next(row for row in draw.quotas[1]["values"] if row["key"] == "young")
    assert young["minimum"] == 1


def test_calculating_the_quotas_anew_does_not_take_an_easing_back(stuck, by, young):
    ease_quotas(jury=stuck, changes=suggestions(stuck)[0].key, reason=REASON, by=by)

    recalculate(jury=stuck, band=1, by=by, reason=REASON)

    young.refresh_from_db()
    assert (young.minimum, young.locked) == (1, True)


def test_either_all_of_it_is_done_or_nothing(stuck, by, monkeypatch):
    def fail(*_args, **_facts):
        raise IntegrityError

    before = bounds(stuck)
    key = suggestions(stuck)[0].key
    monkeypatch.setattr(easing, "record", fail)

    with pytest.raises(IntegrityError):
        ease_quotas(jury=stuck, changes=key, reason=REASON, by=by)

    assert bounds(stuck) == before
    assert not QuotaChange.objects.exists()


def send(client, jury, **facts):
    return client.post(address(jury, "feasibility/ease"), facts, follow=True)


def test_one_press_of_the_button_with_a_reason_does_it_and_the_lottery_page_lists_it(
    stuck, by, client
):
    client.force_login(by)

    done = text(send(client, stuck, changes=suggestions(stuck)[0].key, reason=REASON))

    assert "The quotas are changed." in done
    assert "Yes: from these" in done
    listed = text(client.get(address(stuck, "lottery")))
    assert "age, young: the minimum was lowered from 3 to 1." in listed
    assert REASON in listed


def test_a_button_pressed_without_a_reason_asks_for_it_in_the_same_form(stuck, by, client):
    client.force_login(by)
    keys = [one.key for one in suggestions(stuck)]

    page = text(send(client, stuck, changes=keys[0], reason=" "))

    assert page.count("error-summary__title") == 1
    [field] = re.findall(r'<input[^>]*id="id_reason_1"[^>]*>', page)
    assert 'aria-invalid="true"' in field
    assert outlook(stuck).trouble is not None


def test_a_button_of_yesterday_says_that_things_have_changed(stuck, by, client):
    client.force_login(by)

    page = text(send(client, stuck, changes="1:minimum:3-1", reason=REASON))

    assert "have changed since" in page
    assert not QuotaChange.objects.exists()


@pytest.mark.parametrize("role", [Role.RECRUITER, Role.OBSERVER, Role.PRIVACY_OFFICER])
def test_who_does_not_set_up_the_jury_reads_what_would_help_and_cannot_press(
    stuck, sign_in_as, role
):
    client = sign_in_as(role, stuck)
    page = text(client.get(address(stuck, "feasibility")))

    assert "lower the minimum from 3 to 1" in page
    assert "feasibility/ease" not in page
    key = suggestions(stuck)[0].key
    assert send(client, stuck, changes=key, reason=REASON).status_code == 403
