"""What nobody's data may ever get into: logs, tasks, the audit log; and what erasing leaves."""

import logging

import pytest
from celery.app.task import Task
from django.db import connection
from django.urls import reverse

from juries import tasks
from juries.audit import REGISTRANT
from juries.enums import Role, Stage
from juries.errors import JuryError
from juries.models import AuditEntry, Jury, Registrant, Upload
from juries.privacy.sealing import NEEDS, CannotUnseal, unseal
from juries.registration.withdrawing import withdraw
from selection.models import PanelSeat
from tests.juries.intake.bringing import bring
from tests.juries.privacy.holdings import CANARIES, hold_everything

WORD = CANARIES[5]


@pytest.fixture
def held(jury):
    return hold_everything(jury)


def told_anywhere(word: str) -> bool:
    """Whether the word stands in any column of any row."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            if any(word in str(row) for row in cursor.fetchall()):
                return True
    return False


def test_r11_before_the_lottery_everything_is_erased_at_once(jury, held):
    """The control: before it, the word stands in many places."""
    person, _member = held
    Jury.objects.update(stage=Stage.REGISTRATION)
    before = told_anywhere(WORD)

    withdraw(registrant=Registrant.objects.get(pk=person.pk), by=REGISTRANT)

    person.refresh_from_db()
    assert before
    assert not told_anywhere(WORD)
    assert not person.traits.exists()
    assert person.withdrawn_at


def test_r11_after_the_lottery_the_person_goes_and_the_values_stay(jury, held):
    person, _member = held
    Jury.objects.update(stage=Stage.LOTTERY)

    withdraw(registrant=Registrant.objects.get(pk=person.pk), by=REGISTRANT)

    person.refresh_from_db()
    assert not told_anywhere(WORD)
    assert person.traits.count() == 2
    assert AuditEntry.objects.get(verb="registration.withdrawn").facts["registrant"] == person.pk


def test_r11_a_member_gives_the_seat_back_first_so_that_somebody_gets_it(jury, held):
    _person, member = held

    with pytest.raises(JuryError):
        withdraw(registrant=Registrant.objects.get(pk=member.pk), by=REGISTRANT)
    PanelSeat.objects.update(state=PanelSeat.State.DECLINED)
    withdraw(registrant=Registrant.objects.get(pk=member.pk), by=REGISTRANT)

    assert not told_anywhere(CANARIES[6])


def test_r17_s12_needs_are_sealed_in_their_row_and_to_nobody_else(jury, held):
    person, member = held
    sealed = bytes(person.needs.sealed)

    assert WORD.encode() not in sealed
    assert WORD in unseal(NEEDS, person.pk, sealed)
    with pytest.raises(CannotUnseal):
        unseal(NEEDS, member.pk, sealed)


def test_m7_a_task_is_told_numbers_and_no_more(jury, sign_in_as, monkeypatch):
    sent = []
    monkeypatch.setattr(Task, "apply_async", lambda self, *told, **how: sent.append((told, how)))
    upload = bring(jury, f"nimi;gender;age\n{WORD};woman;young\n", name=f"{WORD}.csv")

    tasks.read_upload.delay(upload.pk)
    tasks.take_up_stalled_uploads()

    assert sent
    assert WORD not in str(sent)


def test_m7_what_breaks_is_logged_without_anybodys_data(jury, sign_in_as, caplog):
    caplog.set_level(logging.DEBUG)
    client = sign_in_as(Role.RECRUITER, jury)
    upload = bring(jury, f'nimi;gender;age\n"{WORD};woman;young\n', name=f"{WORD}.csv")
    good = bring(jury, f"nimi;gender;age\n{WORD};woman;young\n", name=f"{WORD}.csv")
    client.get(reverse("upload", args=[jury.slug, upload.pk]))
    client.post(reverse("import_preview", args=[jury.slug, good.pk]), {"deed": "import"})

    records = [record for record in caplog.records if not record.name.startswith("django.db")]
    assert upload.state == Upload.State.REFUSED
    assert WORD not in "".join(record.getMessage() for record in records)


def test_m7_the_audit_log_holds_nobodys_data(jury, held):
    assert AuditEntry.objects.exists()
    assert not [line for line in AuditEntry.objects.all() if "kanaria" in str(line.facts)]
