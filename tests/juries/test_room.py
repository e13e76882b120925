from datetime import date

import pytest
import time_machine
from django.utils import translation

from juries import room
from juries.commission.timetable import milestones
from juries.enums import GRANTS, Act, Role, Stage
from juries.registration.showcase import showcase, shown
from juries.targets.known_labels import names_of
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


TODAY = "2030-02-01"


@pytest.mark.parametrize(
    ("stage", "people", "states"),
    [
        (Stage.SETTING_UP, 0, ["done", "done", "done", "now", "later"]),
        (Stage.REGISTRATION, 0, ["done", "done", "done", "now", "later"]),
        (Stage.REGISTRATION, 3, ["done", "done", "done", "now", "now"]),
        (Stage.LOTTERY, 3, ["done", "done", "done", "done", "done"]),
        (Stage.PANEL, 3, ["done", "done", "done", "done", "done", "now"]),
    ],
)
def test_the_steps_say_where_the_jury_stands(stage, people, states):
    jury = factories.make_jury(stage=stage, first_contact="Orvokki")
    factories.make_mixed_pool(jury, people)

    with time_machine.travel(TODAY):
        steps = room.steps(jury, frozenset(Act))

    assert [step.state for step in steps] == states
    assert all(step.url and step.sentence for step in steps)


def test_what_is_missing_is_said_at_its_step():
    without = factories.make_jury("without", quotas={})
    crooked = factories.make_jury("crooked", quotas={"age": {"young": (0, 1)}})

    untranslated = factories.make_jury("untranslated")
    untranslated.criteria.filter(key="gender").update(name_sv="")

    first, second, third = (
        room.steps(jury, frozenset(Act))[:3] for jury in (without, crooked, untranslated)
    )

    assert [step.state for step in first] == ["missing", "missing", "done"]
    assert "only 1" in second[1].sentence
    assert (third[2].state, third[2].sentence) == ("missing", "“gender” lacks words in: Swedish.")


def test_a_role_is_led_only_to_the_pages_it_may_open():
    jury = factories.make_jury()

    links = {
        role: [bool(step.url) for step in room.steps(jury, GRANTS[role])]
        for role in (Role.RECRUITER, Role.OBSERVER, Role.FACILITATOR)
    }

    assert links == {
        Role.RECRUITER: [False, False, False, True, True],
        Role.OBSERVER: [False, False, False, False, True],
        Role.FACILITATOR: [False, False, False, False, False],
    }


@pytest.mark.parametrize("people", [4, 40])
def test_the_steps_cost_the_same_however_many_have_registered(django_assert_num_queries, people):
    jury = factories.make_jury(stage=Stage.REGISTRATION)
    factories.make_mixed_pool(jury, people)

    with django_assert_num_queries(4):
        room.steps(jury, frozenset(Act))


@pytest.mark.parametrize(
    ("stage", "day", "sentence"),
    [
        (Stage.SETTING_UP, "2025-12-01", "Registration opens on 1 January 2026."),
        (Stage.REGISTRATION, "2025-12-01", "Registration opens on 1 January 2026."),
        (Stage.REGISTRATION, "2030-02-28", "Registration is open until 28 February 2030."),
        (
            Stage.REGISTRATION,
            "2030-03-01",
            "Registration has closed. The members are drawn by lot on 5 March 2030.",
        ),
        (
            Stage.PANEL,
            "2030-04-10",
            "The members have been drawn. They meet for the first time on 10 April 2030.",
        ),
        (Stage.PANEL, "2030-05-08", "The jury is at work until 8 May 2030."),
        (
            Stage.PANEL,
            "2030-05-09",
            "The jury has met. It is to have an answer by 8 September 2027.",
        ),
    ],
)
def test_everyone_is_told_how_the_jury_stands_in_one_sentence(stage, day, sentence):
    jury = factories.make_jury(stage=stage)

    with translation.override("en"), time_machine.travel(day):
        said = shown(jury, date.fromisoformat(day)).sentence

    assert said == sentence


def test_juries_that_take_registrations_come_first():
    closed = factories.make_jury("closed", stage=Stage.LOTTERY)
    opened = factories.make_jury("opened", stage=Stage.REGISTRATION)
    today = opened.registration_opens_on

    assert [one.jury for one in showcase([closed, opened], today)] == [opened, closed]


@pytest.mark.parametrize(("reader", "language"), [("fi", "fi"), ("sv", "sv"), ("en", "fi")])
def test_a_jurys_texts_say_in_which_language_they_are(reader, language):
    jury = factories.make_jury()

    with translation.override(reader):
        assert shown(jury, jury.draw_on).language == language


def test_the_timetable_says_what_is_past():
    jury = factories.make_jury()

    past = [milestone.past for milestone in milestones(jury, jury.draw_on)]

    assert past == [True, True, True, False, False, False]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("nainen", {"name_fi": "nainen", "name_sv": "kvinna"}),
        ("Kön", {"name_fi": "Sukupuoli", "name_sv": "Kön"}),
        ("16–29", {"name_fi": "16–29", "name_sv": "16–29"}),
        ("Rantapuoli", {"name_fi": "Rantapuoli", "name_sv": ""}),
    ],
)
def test_a_label_is_there_in_each_language_where_it_is_known(text, names):
    assert names_of(text, ["fi", "sv"]) == names
