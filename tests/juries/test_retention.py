"""Each kind of data is gone on its day and not before; what is left identifies nobody."""

import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from juries.enums import DataClass, Stage
from juries.models import (
    Answer,
    AuditEntry,
    Call,
    Consent,
    Invitee,
    Jury,
    Message,
    Needs,
    Registrant,
    SignUpDraft,
    Trait,
    Upload,
)
from juries.privacy.clocks import DEFAULTS
from juries.privacy.keeping import holdings
from juries.retention import STEPS, run_retention
from sessions.models import Attendance, JurySession
from tests import factories
from tests.juries.privacy.holdings import (
    CALLED,
    CANARIES,
    SAMPLED,
    day_before,
    hold_everything,
)

SAMPLE_GONE = date(2030, 3, 30)
DRAFTS_GONE = date(2030, 2, 9)
NEEDS_GONE = date(2030, 5, 22)
NOT_DRAWN_GONE = date(2030, 7, 9)
MESSAGES_GONE = date(2030, 8, 6)
MEMBERS_GONE = date(2032, 5, 7)


@pytest.fixture
def held(jury):
    return hold_everything(jury)


def named() -> set[str]:
    return set(Registrant.objects.exclude(name="").values_list("name", flat=True))


HOLDS = {
    SAMPLE_GONE: lambda: Invitee.objects.exists(),
    DRAFTS_GONE: lambda: SignUpDraft.objects.exists(),
    NEEDS_GONE: lambda: Needs.objects.exists(),
    MESSAGES_GONE: lambda: Message.objects.exists() or Call.objects.exists(),
    NOT_DRAWN_GONE: lambda: CANARIES[5] in named(),
    MEMBERS_GONE: lambda: CANARIES[6] in named(),
}


@pytest.mark.parametrize("day", HOLDS, ids=str)
def test_s11_each_kind_of_data_is_gone_on_its_day_and_not_before(held, day):
    run_retention(on=day_before(day))
    before = HOLDS[day]()

    run_retention(on=day)

    assert before
    assert not HOLDS[day]()


def test_s11_night_after_night_nothing_goes_but_on_its_days(jury, held):
    """Eight hundred nights and more, looked at one by one: what a night erases, it erases alone."""
    nights = {}
    day = date(2030, 2, 1)
    while day <= MEMBERS_GONE:
        if run_retention(on=day, dry_run=True):
            nights[day] = {str(one.kind) for one in run_retention(on=day)}
        day += timedelta(days=1)

    assert nights == {
        date(2030, 2, 1): {"trials"},
        DRAFTS_GONE: {"drafts"},
        SAMPLE_GONE: {"sample"},
        NEEDS_GONE: {"needs"},
        NOT_DRAWN_GONE: {"not_drawn"},
        MESSAGES_GONE: {"messages", "calls"},
        MEMBERS_GONE: {"members"},
    }


def test_every_clock_has_its_step():
    assert set(DEFAULTS) <= set(STEPS)


def test_what_is_left_of_a_person_identifies_nobody(jury, held):
    run_retention(on=MEMBERS_GONE)

    for model in (Answer, Consent, Needs, Message, Call, Invitee, SignUpDraft):
        assert not model.objects.exists(), model
    rows = list(Registrant.objects.values())
    assert len(rows) == 2
    assert not any(word in json.dumps(rows, default=str) for word in CANARIES)
    assert {row["birth_year"] for row in rows} == {None}
    assert Trait.objects.count() == 4


def test_the_log_counts_and_names_nobody(jury, held):
    run_retention(on=MEMBERS_GONE)

    lines = AuditEntry.objects.filter(verb="data.erased")
    counts = {line.facts["data"]: line.facts["count"] for line in lines}
    assert counts == {
        "sample": 1,
        "drafts": 1,
        "needs": 2,
        "messages": 2,
        "calls": 2,
        "not_drawn": 1,
        "members": 1,
        "trials": 1,
    }
    assert {line.actor for line in lines} == {"system"}
    assert not any(word in str(line.facts) for line in lines for word in CANARIES)


def test_a_dry_run_counts_the_same_and_erases_nothing(jury, held):
    dry = run_retention(on=MEMBERS_GONE, dry_run=True)

    assert Needs.objects.count() == 2
    assert not AuditEntry.objects.filter(verb="data.erased").exists()
    assert dry == run_retention(on=MEMBERS_GONE)
    assert run_retention(on=MEMBERS_GONE) == []


def test_the_jurys_own_clock_counts(jury, held):
    Jury.objects.update(retention={"needs": 3})

    run_retention(on=date(2030, 5, 11))

    assert not Needs.objects.exists()


def test_addresses_go_on_the_day_of_the_permit_if_that_is_earlier(jury, held):
    jury.samples.update(delete_on=date(2030, 2, 3))

    run_retention(on=date(2030, 2, 3))

    assert not Invitee.objects.exists()


def test_nobody_is_erased_before_the_panel_has_been_drawn(jury, held):
    Jury.objects.update(stage=Stage.LOTTERY)
    run_retention(on=NOT_DRAWN_GONE)
    while_it_waits = CANARIES[5] in named()

    run_retention(on=NOT_DRAWN_GONE + timedelta(days=180))

    assert while_it_waits
    assert CANARIES[5] not in named()


NEVER_SAT = {"declined": True, "lapsed": True, "left": True, "offered": False}


def give_seat(jury: Jury, state: str) -> None:
    """The seat of the jury stands so; one that is only offered has no answer."""
    jury.seats.update(state=state, answered_at=timezone.now() if NEVER_SAT[state] else None)


@pytest.mark.parametrize("state", NEVER_SAT)
def test_of_a_seat_that_nobody_sat_on_no_more_is_kept_than_of_anybody(jury, held, state):
    give_seat(jury, state)

    run_retention(on=NOT_DRAWN_GONE)

    assert CANARIES[6] not in named()


@pytest.mark.parametrize("state", NEVER_SAT)
def test_whoever_sat_on_no_seat_is_counted_with_those_who_were_not_drawn(jury, held, state):
    give_seat(jury, state)

    with time_machine.travel(datetime(2030, 6, 1, tzinfo=UTC), tick=False):
        held_now = {one.name: one.count for one in holdings(jury)}

    assert held_now[str(DataClass.NOT_DRAWN.label)] == 2
    assert held_now[str(DataClass.MEMBERS.label)] == 0


def test_an_offer_can_be_answered_until_the_last_session_is_over(jury, held):
    give_seat(jury, "offered")
    Jury.objects.update(last_session_on=NOT_DRAWN_GONE)

    run_retention(on=NOT_DRAWN_GONE)
    on_the_last_day = CANARIES[6] in named()
    with time_machine.travel(datetime(2030, 7, 9, 12, tzinfo=UTC), tick=False):
        counted = {one.name: one.count for one in holdings(Jury.objects.get())}
    run_retention(on=NOT_DRAWN_GONE + timedelta(days=1))

    assert on_the_last_day
    assert counted[str(DataClass.MEMBERS.label)] == 1
    assert CANARIES[6] not in named()


def test_whoever_left_after_being_at_a_session_is_kept_as_a_member(jury, held):
    jury.seats.update(state="left")
    session = JurySession.objects.create(
        jury=jury, number=1, title_fi="Alku", starts_at=timezone.now(), place="Kirjasto"
    )
    Attendance.objects.create(
        session=session, seat=jury.seats.get(), state=Attendance.State.PRESENT
    )

    run_retention(on=NOT_DRAWN_GONE)
    kept = CANARIES[6] in named()
    run_retention(on=MEMBERS_GONE)

    assert kept
    assert CANARIES[6] not in named()


def test_one_jurys_day_is_not_anothers(jury, held):
    other = factories.make_jury("toinen", last_session_on=date(2031, 5, 8))
    hold_everything(other)

    run_retention(on=NEEDS_GONE)

    assert {row.registrant.jury.slug for row in Needs.objects.all()} == {"toinen"}


def test_files_and_sessions_that_have_expired_go_too(jury, held):
    Session.objects.create(session_key="a", session_data="x", expire_date=timezone.now())
    Session.objects.create(
        session_key="b", session_data="x", expire_date=timezone.now() + timedelta(days=9)
    )
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1), tick=False):
        run_retention(on=date(2030, 2, 1))

    assert not Upload.objects.exists()
    assert [row.session_key for row in Session.objects.all()] == ["b"]


def test_the_command_says_counts_and_erases_only_when_meant(jury, held):
    said, meant = StringIO(), StringIO()

    call_command("retention", "--on", "2030-05-22", "--dry-run", stdout=said)
    dry = Needs.objects.count()
    call_command("retention", "--on", "2030-05-22", stdout=meant)

    assert dry == 2
    assert "lahipalvelut needs 2" in said.getvalue()
    assert said.getvalue().splitlines()[:-1] == meant.getvalue().splitlines()[:-1]
    assert not Needs.objects.exists()


def test_it_runs_every_night_by_itself():
    scheduled = {entry["task"]: entry for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    assert scheduled["juries.tasks.run_retention"]["schedule"].hour == {1}


@pytest.mark.django_db(transaction=True)
def test_s10_after_the_run_no_byte_is_left_in_the_file():
    """The control: what stood in the open is found before it; what was sealed is never found."""
    if connection.vendor != "sqlite":
        pytest.skip("the bytes of a SQLite file")
    hold_everything(factories.make_jury())
    connection.ensure_connection()
    before = connection.connection.serialize()

    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        run_retention(on=MEMBERS_GONE)

    after = connection.connection.serialize()
    in_the_open = [SAMPLED, CALLED, *CANARIES[5:8]]
    assert [word for word in CANARIES if word.encode() in before] == in_the_open
    assert [word for word in CANARIES if word.encode() in after] == []


def test_the_clocks_of_the_tests_are_those_of_the_house():
    assert DEFAULTS[DataClass.NEEDS].days == 14
    assert DEFAULTS[DataClass.MEMBERS].days == 730
