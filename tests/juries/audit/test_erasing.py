"""I13: erasing takes what people told, and no evidence of what was done."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from juries.audit import REGISTRANT, record
from juries.audit_chain import check_all
from juries.commission.removal import DAYS_TO_RESTORE, erase_removed_juries, remove_jury
from juries.enums import Stage
from juries.models import AuditEntry, AuditHead, Jury, Registrant
from juries.registration.withdrawing import erase_people, withdraw
from juries.retention import run_retention
from tests import factories
from tests.juries.privacy.holdings import CANARIES, hold_everything
from tests.unguarded import unguarded_log

LONG_AFTER = date(2032, 5, 7)


@pytest.fixture
def held(jury):
    people = hold_everything(jury)
    for person in people:
        record("registration.received", jury=jury, by=REGISTRANT, registrant=person.pk)
    return people


def told() -> list[dict[str, object]]:
    """Everything the log says of what was done so far."""
    return list(AuditEntry.objects.order_by("pk").values("chain", "seq", "verb", "facts", "digest"))


def test_erasing_people_changes_no_line(jury, held):
    before = told()

    erase_people(Registrant.objects.all())

    assert not Registrant.objects.exclude(name="").exists()
    assert told() == before
    assert check_all() == []


def test_a_withdrawal_adds_its_line_and_changes_no_other(jury, held):
    Jury.objects.update(stage=Stage.REGISTRATION)
    before = told()

    withdraw(registrant=Registrant.objects.get(pk=held[0].pk), by=REGISTRANT)

    assert told()[:-1] == before
    assert check_all() == []


def test_the_nightly_run_adds_its_lines_and_changes_no_other(jury, held):
    before, kept = told(), list(AuditHead.objects.all())

    run_retention(on=LONG_AFTER)

    assert told()[: len(before)] == before
    assert len(told()) > len(before)
    assert check_all(kept) == []


def test_the_chain_outlives_the_jury(jury, held):
    """The control: a line that went with the jury would be missed."""
    Jury.objects.update(stage=Stage.REGISTRATION)
    jury.seats.all().delete()
    remove_jury(jury=jury, typed_name=jury.name_fi, by=factories.make_user())
    before, kept = told(), list(AuditHead.objects.all())

    with time_machine.travel(timezone.now() + timedelta(days=DAYS_TO_RESTORE + 1)):
        erase_removed_juries(on=timezone.localdate())

    assert not Jury.objects.exists()
    assert told()[: len(before)] == before
    assert check_all(kept) == []
    with unguarded_log():
        AuditEntry.objects.filter(jury=None, verb="jury.removed").delete()
    assert len(check_all()) == 1


def test_the_log_holds_nobodys_data(jury, held):
    """The control: the same words are found where people's data is."""
    run_retention(on=date(2030, 2, 1))
    log = str(list(AuditEntry.objects.values()))
    people = str(list(Registrant.objects.values()))

    assert [word for word in CANARIES if word in people]
    assert [word for word in CANARIES if word in log] == []
