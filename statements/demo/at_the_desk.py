"""What staff have in hand in the jury that is open: paper, calls, a pair, somebody under age."""

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from juries.audit import REGISTRANT
from juries.enums import Channel
from juries.models import Jury, Registrant, User
from juries.pool import calls
from juries.registration import signup
from juries.registration.answers import NeedsTold
from juries.registration.correcting import correct
from juries.registration.withdrawing import withdraw
from statements.demo import clock
from statements.demo import recruitment_texts as texts
from statements.demo.people import Resident, resident
from statements.demo.recruiting import particulars_of, submission_of, values_in

SIXTEEN = 16
GONE, MOVED, TWICE, HOUSEMATE = 40, 15, 8, 2
"""Residents by number: one who withdrew, one who was corrected, one who called as well, and one
whose spouse registered on paper."""


def hand_over(jury: Jury, residents: list[Resident], by: User) -> None:
    """The desk has something of everything that comes up while registration is open."""
    standing = set(jury.registrants.values_list("submission", flat=True))
    first = len(residents)
    for number, enter in enumerate((_under_age, _on_paper, _called_too, _spouse), start=first):
        if submission_of(jury, number) not in standing:
            enter(jury, residents, number, by)
    if not jury.calls.exists():
        _withdraw_and_correct(jury, residents, by)
        _log_calls(jury, by)


def registrant_of(jury: Jury, number: int) -> Registrant:
    """The registration of the n-th resident."""
    return jury.registrants.get(submission=submission_of(jury, number))


def _under_age(jury: Jury, residents: list[Resident], number: int, by: User) -> None:
    """Somebody of sixteen, whose guardian has not agreed yet, wrote half an hour ago."""
    year = timezone.localdate().year
    values = {**residents[0].values, "ikä": "16-29", "kieli": "suomi", "koulutus": "perusaste"}
    youth = resident("Pihla Kokeilukangas", values, year - SIXTEEN, year)
    signup.sign_up(
        jury=jury,
        submission=submission_of(jury, number),
        particulars=particulars_of(youth),
        values=values_in(jury, youth),
        further=signup.Further(needs=NeedsTold(("ride",), "")),
    )


def _on_paper(jury: Jury, residents: list[Resident], number: int, by: User) -> None:
    """A paper form on which one question was left out, from somebody at a protected address."""
    year = timezone.localdate().year
    values = {**residents[1].values, "ikä": "75-", "kieli": "suomi"}
    elder = resident("Manta Otaksuma", values, year - 78, year)
    told = [value for value in values_in(jury, elder) if value.criterion.key != "koulutus"]
    signup.register_at_desk(
        jury=jury,
        submission=submission_of(jury, number),
        particulars=replace(particulars_of(elder), email="", address_protected=True),
        values=told,
        by=by,
        channel=Channel.PAPER,
    )


def _called_too(jury: Jury, residents: list[Resident], number: int, by: User) -> None:
    """Somebody who had registered on the web and was not sure of it."""
    twice = residents[TWICE]
    with clock.at(timezone.localdate() - timedelta(days=2)):
        signup.register_at_desk(
            jury=jury,
            submission=submission_of(jury, number),
            particulars=replace(particulars_of(twice), email=""),
            values=values_in(jury, twice),
            by=by,
            channel=Channel.PHONE,
        )


def _spouse(jury: Jury, residents: list[Resident], number: int, by: User) -> None:
    """Two who live together: at most one of them is drawn."""
    mate = residents[HOUSEMATE]
    year = timezone.localdate().year
    spouse = resident("Tyyne Harjoitelma", mate.values, mate.birth_year, year)
    signup.register_at_desk(
        jury=jury,
        submission=submission_of(jury, number),
        particulars=replace(
            particulars_of(spouse),
            street_address=mate.street_address,
            postal_code=mate.postal_code,
        ),
        values=values_in(jury, spouse),
        by=by,
        channel=Channel.PAPER,
    )


def _withdraw_and_correct(jury: Jury, residents: list[Resident], by: User) -> None:
    withdraw(registrant=registrant_of(jury, GONE), by=REGISTRANT)
    moved = residents[MOVED]
    correct(
        registrant=registrant_of(jury, MOVED),
        particulars=replace(particulars_of(moved), street_address=f"{moved.street_address} B"),
        values=values_in(jury, moved),
        by=by,
        reason=texts.REASON_TO_CORRECT,
    )


def _log_calls(jury: Jury, by: User) -> None:
    today = timezone.localdate()
    for call in texts.CALLS:
        day = today - timedelta(days=call.days_ago)
        back = None if call.back_in_days is None else day + timedelta(days=call.back_in_days)
        with clock.at(day):
            calls.log_call(
                jury=jury,
                outcome=call.outcome,
                by=by,
                registrant=None if call.about is None else registrant_of(jury, call.about),
                note=call.note,
                call_back_on=back,
            )
