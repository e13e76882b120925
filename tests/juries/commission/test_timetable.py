from datetime import date

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from juries.audit import SYSTEM, record
from juries.commission.timetable import desk_milestones, late, milestones, what_is_done
from juries.enums import Role, Stage
from juries.models import Wave
from tests import factories

pytestmark = pytest.mark.django_db

DATES = {
    "letters_on": date(2030, 1, 7),
    "registration_opens_on": date(2030, 1, 14),
    "registration_closes_on": date(2030, 2, 17),
    "draw_on": date(2030, 2, 20),
    "first_session_on": date(2030, 4, 6),
    "last_session_on": date(2030, 5, 4),
    "statement_on": date(2030, 5, 11),
    "response_due_on": date(2030, 9, 4),
}


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def states(jury, day):
    today = date.fromisoformat(day)
    done = what_is_done([jury], today)[jury.pk]
    return {one.name: one.state for one in desk_milestones(jury, today, done)}


def test_the_timetable_comes_in_order_and_one_date_is_next():
    jury = factories.make_jury(**DATES)

    shown = milestones(jury, date(2030, 2, 18))

    assert [one.name for one in shown] == list(DATES)
    assert [one.state for one in shown] == ["done"] * 3 + ["next"] + ["later"] * 4


@pytest.mark.parametrize(
    ("stage", "done", "following"),
    [
        (Stage.REGISTRATION, 2, "registration_closes_on"),
        (Stage.LOTTERY, 3, "draw_on"),
        (Stage.FROZEN, 3, "draw_on"),
        (Stage.PANEL, 4, "first_session_on"),
    ],
)
def test_everybody_reads_how_far_the_jury_is_though_its_days_are_still_ahead(
    stage, done, following
):
    jury = factories.make_jury(stage=stage, **DATES)

    shown = milestones(jury, date(2030, 1, 20))

    assert [one.state for one in shown[:done]] == ["done"] * done
    assert [one.name for one in shown if one.state == "next"] == [following]


def test_letters_are_late_until_a_wave_is_sent():
    jury = factories.make_jury(**DATES)
    before = states(jury, "2030-01-08")["letters_on"]

    Wave.objects.create(jury=jury, number=1, size=10, sent_on=date(2030, 1, 8))

    assert (before, states(jury, "2030-01-08")["letters_on"]) == ("late", "done")


@pytest.mark.parametrize(
    ("verbs", "day", "said"),
    [
        ([], "2030-05-11", []),
        ([], "2030-05-12", ["The statement was to be ready on 11 May 2030."]),
        (["statement.adopted"], "2030-09-04", []),
        (
            ["statement.adopted"],
            "2030-09-05",
            ["The answer was due on 4 September 2030, and there is none yet."],
        ),
        (["statement.adopted", "answer.published"], "2030-09-05", []),
    ],
)
def test_statement_and_answer_are_late_when_the_log_does_not_tell_of_them(verbs, day, said):
    jury = factories.make_jury(stage=Stage.PANEL, **DATES)
    for verb in verbs:
        record(verb, jury=jury, by=SYSTEM)
    today = date.fromisoformat(day)

    assert late(jury, today, what_is_done([jury], today)[jury.pk]) == said


def test_what_is_late_is_said_on_the_home_and_on_the_list(sign_in_as):
    jury = factories.make_jury(first_contact="Orvokki", **DATES)

    with time_machine.travel("2030-01-15"):
        client = sign_in_as(Role.ORGANISER, jury)
        pages = [client.get(reverse("home", args=[jury.slug])), client.get(reverse("juries"))]

    for page in pages:
        text = page.content.decode()
        assert "Letters were to go out on 7 January 2030." in text
        assert "Registration was to open on 14 January 2030." in text


def test_everyone_reads_the_whole_timetable_and_nothing_about_lateness(client):
    jury = factories.make_jury(**DATES)

    with time_machine.travel("2030-01-15"):
        page = client.get(reverse("jury", args=[jury.slug])).content.decode()

    assert all(f'datetime="{day.isoformat()}"' in page for day in DATES.values())
    assert "Late" not in page


@pytest.mark.parametrize("count", [1, 5])
def test_what_is_done_costs_two_queries(django_assert_num_queries, count):
    juries = [factories.make_jury(f"jury-{number}", quotas={}) for number in range(count)]

    with django_assert_num_queries(2):
        what_is_done(juries, date(2030, 1, 1))
