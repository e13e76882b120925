"""Whoever changed quotas once people could register is found out, and so is why."""

import pytest
from django.test import Client

from juries.commission.setting_up import change_jury
from juries.enums import Role, Stage
from juries.files.quota_files import quota_rows
from juries.files.tables import read_table
from juries.models import CriterionValue, Jury
from juries.targets.criteria import add_criterion, remove_criterion, set_from_quotas
from juries.targets.quotas import (
    CriterionChange,
    ReasonNeeded,
    ValueChange,
    change_quotas,
    recalculate,
)
from selection.composition.report import _data
from selection.lottery.easing import ease_quotas
from selection.lottery.feasibility import outlook
from selection.lottery.quota_changes import changed_quotas
from tests import factories
from tests.selection.conftest import address, close, freeze, text

OPEN = [Stage.REGISTRATION, Stage.LOTTERY]
RECORD = "/en/juries/lahipalvelut/record/1/"


@pytest.fixture
def by(jury):
    return factories.make_member(jury, Role.ORGANISER)


@pytest.fixture
def age(jury):
    return jury.criteria.get(key="age")


def at_stage(jury, stage):
    Jury.objects.filter(pk=jury.pk).update(stage=stage)
    jury.refresh_from_db()
    return jury


def kept(value, **changes):
    facts = {"population": 100, "minimum": value.minimum, "maximum": value.maximum, **changes}
    return ValueChange({"name_en": value.name_en}, pk=value.pk, **facts)


def change(jury, age, by, *values, reason=""):
    named = CriterionChange(age.pk, {"name_en": "age"}, list(values))
    change_quotas(jury=jury, changes=[named], by=by, reason=reason)


def table():
    text = "feature,value,min,max\ngender,woman,0,4\ngender,man,0,4\nage,young,0,4\nage,old,0,4\n"
    return quota_rows(read_table(text.encode(), file="quotas.csv"))


def larger(jury):
    names = ("name_fi", "name_sv", "charge_fi", "charge_sv", "languages")
    return {name: getattr(jury, name) for name in names} | {"panel_size": 8}


def told(jury):
    return [one for found in changed_quotas(jury) for one in found.changes]


@pytest.mark.parametrize("stage", OPEN)
def test_a_quota_changed_by_hand_is_told_with_its_reason(jury, age, by, stage):
    at_stage(jury, stage)
    young, old = age.values.all()
    changes = [kept(young, minimum=0, maximum=2), kept(old, minimum=2, maximum=4)]

    change(jury, age, by, *changes, reason=" Vähän nuoria. ")

    [found] = changed_quotas(jury)
    assert found.changes == (
        "age, young: the minimum was lowered from 1 to 0.",
        "age, young: the maximum was lowered from 3 to 2.",
        "age, old: the minimum was raised from 1 to 2.",
        "age, old: the maximum was raised from 3 to 4.",
    )
    assert (found.reason, found.by, found.eased) == ("Vähän nuoria.", by.name, False)


@pytest.mark.parametrize("stage", OPEN)
@pytest.mark.parametrize("reason", ["", " \n"])
def test_without_a_reason_nothing_is_changed(jury, age, by, stage, reason):
    at_stage(jury, stage)
    young = age.values.first()

    for changed in ({"minimum": 0}, {"maximum": 4}, {"remove": True}):
        with pytest.raises(ReasonNeeded, match="public"):
            change(jury, age, by, kept(young, **changed), reason=reason)
    with pytest.raises(ReasonNeeded):
        change(jury, age, by, ValueChange({"name_en": "ancient"}, 1, 0, 1), reason=reason)

    young.refresh_from_db()
    assert (young.minimum, young.maximum, age.values.count()) == (1, 3, 2)
    assert not jury.audit_entries.exists()


def test_before_registration_no_reason_is_needed_and_nothing_is_told(jury, age, by):
    change(jury, age, by, kept(age.values.first(), minimum=0))

    assert changed_quotas(jury) == []
    assert not age.values.filter(key="young", minimum=1).exists()


def test_groups_that_come_and_go_are_told_as_they_were_called(jury, age, by):
    at_stage(jury, Stage.REGISTRATION)
    fresh = ValueChange({"name_en": "ancient"}, None, 0, 1)

    change(jury, age, by, kept(age.values.first(), remove=True), fresh, reason="Asked for.")
    age.values.update(name_en="renamed")

    assert told(jury) == [
        "age, young: removed; it was at least 1 and at most 3.",
        "age, ancient: new, at least 0 and at most 1.",
    ]


DEEDS = {
    "calculated": lambda jury, by: recalculate(jury=jury, band=2, by=by),
    "of another size": lambda jury, by: change_jury(jury=jury, by=by, facts=larger(jury)),
    "from a table": lambda jury, by: set_from_quotas(jury=jury, rows=table(), by=by),
    "with one more": lambda jury, by: add_criterion(jury=jury, name="Car", values=["x"], by=by),
    "with one less": lambda jury, by: remove_criterion(
        jury=jury, criterion=jury.criteria.first(), by=by
    ),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_quotas_that_move_in_another_way_are_told_with_what_was_done(jury, by, deed):
    at_stage(jury, Stage.REGISTRATION)
    before = set(CriterionValue.objects.values_list("pk", "minimum", "maximum"))

    deed(jury, by)

    assert set(CriterionValue.objects.values_list("pk", "minimum", "maximum")) != before
    [found] = changed_quotas(jury)
    assert found.changes
    assert found.reason.endswith(".")
    assert not found.eased


def test_everybody_reads_both_kinds_and_what_is_said_of_each_is_true(jury, age, by):
    """The quota was 1–3, then 3–3 by hand, then eased: no easing is said to be of the first."""
    factories.make_registrants(jury, [("woman", "young")])
    factories.make_registrants(jury, [("man", "old"), ("woman", "old")] * 5)
    close(jury)
    young = age.values.get(key="young")
    change(jury, age, by, kept(young, minimum=3), reason="Nuoria enemmän.")
    key = outlook(jury).trouble.suggestions[0].key
    ease_quotas(jury=jury, changes=key, reason="Nuoria tuli vain yksi.", by=by)
    freeze(jury, by)

    record = text(Client().get(RECORD))

    hand = record.index("age, young: the minimum was raised from 1 to 3.")
    eased = record.index("age, young: the minimum was lowered from 3 to 1.")
    assert hand < record.index("Nuoria enemmän.") < eased
    assert eased < record.index("Nuoria tuli vain yksi.")
    assert record.count("just before, no panel was possible") == 1
    assert "as they were first" not in record


def test_the_desk_and_the_report_tell_it_as_well(jury, age, by, client):
    factories.make_mixed_pool(jury, 12)
    close(jury)
    change(jury, age, by, kept(age.values.first(), minimum=0), reason="Vähän nuoria.")
    client.force_login(by)

    pages = [text(client.get(address(jury, where))) for where in ("lottery", "composition")]

    sentence = "age, young: the minimum was lowered from 1 to 0."
    for page in pages:
        assert sentence in page
        assert "Vähän nuoria." in page
    [line] = _data(jury, public=True)["changed"]
    assert (line["changes"], line["reason"]) == ([sentence], "Vähän nuoria.")


def test_what_is_changed_for_the_next_draw_is_not_told_of_this_one(jury, age, by):
    factories.make_mixed_pool(jury, 12)
    draw = freeze(close(jury), by)
    at_stage(jury, Stage.LOTTERY)
    change(jury, age, by, kept(age.values.first(), minimum=0), reason="For next time.")

    assert changed_quotas(jury, until=draw.frozen_at) == []
    assert "For next time." not in text(Client().get(RECORD))
