"""Whoever changed quotas once people could register is found out, and so is why."""

import pytest
from django.test import Client

from juries.audit import record
from juries.commission.setting_up import change_jury
from juries.enums import Role, Stage
from juries.files.quota_files import population_rows, quota_rows
from juries.files.statistics.counting import Count
from juries.files.tables import read_table
from juries.models import CriterionValue, Jury
from juries.targets.criteria import (
    add_criterion,
    combine_criteria,
    remove_criterion,
    set_from_population,
    set_from_quotas,
)
from juries.targets.population import take_statistics
from juries.targets.proposing import Proposal, ProposedCriterion, ProposedValue
from juries.targets.quota_changes import ReasonNeeded
from juries.targets.quotas import (
    CriterionChange,
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


def people():
    text = "feature,value,population\ngender,woman,10\ngender,man,90\nage,young,10\nage,old,90\n"
    return population_rows(read_table(text.encode(), file="people.csv"))


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


def statistics():
    return Proposal(
        (ProposedCriterion("age", "asked", (ProposedValue("young", Count(100), 1.0, 4, 4),)),),
        (),
        (),
        "An invented table",
    )


DEEDS = {
    "calculated": lambda jury, **why: recalculate(jury=jury, band=2, **why),
    "of another size": lambda jury, **why: change_jury(jury=jury, facts=larger(jury), **why),
    "from quotas": lambda jury, **why: set_from_quotas(jury=jury, rows=table(), **why),
    "from people": lambda jury, **why: set_from_population(jury=jury, rows=people(), band=2, **why),
    "from statistics": lambda jury, **why: take_statistics(
        jury=jury, proposal=statistics(), band=0, **why
    ),
    "with one more": lambda jury, **why: add_criterion(jury=jury, name="Car", values=["x"], **why),
    "with two together": lambda jury, **why: combine_criteria(
        jury=jury, first=jury.criteria.first(), second=jury.criteria.last(), **why
    ),
    "with one less": lambda jury, **why: remove_criterion(
        jury=jury, criterion=jury.criteria.first(), **why
    ),
}
every_deed = pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)


def standing():
    return set(CriterionValue.objects.values_list("pk", "minimum", "maximum"))


@every_deed
@pytest.mark.parametrize("stage", OPEN)
def test_quotas_that_move_in_another_way_are_told_with_the_reason_as_well(jury, by, deed, stage):
    at_stage(jury, stage)
    before = standing()

    deed(jury, by=by, reason=" Uudet luvut. ")

    assert standing() != before
    [found] = changed_quotas(jury)
    assert found.changes
    assert (found.reason, found.by, found.eased) == ("Uudet luvut.", by.name, False)


@every_deed
@pytest.mark.parametrize("reason", ["", " \n"])
def test_nor_do_they_move_in_another_way_without_a_reason(jury, by, deed, reason):
    at_stage(jury, Stage.LOTTERY)
    before = standing()

    with pytest.raises(ReasonNeeded, match="public"):
        deed(jury, by=by, reason=reason)

    jury.refresh_from_db()
    assert (standing(), jury.panel_size) == (before, 4)
    assert not jury.audit_entries.exists()


@every_deed
def test_while_the_jury_is_set_up_no_way_needs_a_reason(jury, by, deed):
    deed(jury, by=by)

    assert changed_quotas(jury) == []
    assert jury.audit_entries.count() == 1


def test_a_line_without_a_reason_is_told_with_what_was_done(jury, by):
    moved = {"names": {"en": "age, young"}, "kind": "minimum", "before": 1, "after": 2}
    record("criteria.recalculated", jury=jury, by=by, moved=[moved])

    [found] = changed_quotas(jury)

    assert found.reason == "Quotas were calculated anew."


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
