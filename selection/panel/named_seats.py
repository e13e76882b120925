"""Named seats: a body names somebody to the panel, with a vote or without. No lot decides on them.

Whoever is named is a registrant with an own page and a code, but never in the pool; the seat counts
neither towards the size of the panel nor towards its quotas. The body answers for the person's yes,
so the seat is confirmed at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from juries import codes
from juries.audit import JUROR, record
from juries.enums import Channel
from juries.errors import JuryError
from juries.models import Jury, Registrant, User
from juries.pool.duplicates import plain_email, plain_name, plain_phone
from juries.registration.entry import reference_in, require_not_erased
from juries.rooms import votes_in_rooms
from selection.models import Draw, PanelSeat
from selection.panel.seats import require_not_over


@dataclass(frozen=True, slots=True)
class Named:
    """The seat, and the personal code of whoever holds it: kept nowhere, shown once.

    There is no code once a new one has been given: the one made here opens nothing any more.
    """

    seat: PanelSeat
    code: str


@transaction.atomic
def name_to_seat(
    *,
    jury: Jury,
    body: str,
    votes: bool,
    name: str,
    by: User,
    email: str = "",
    phone: str = "",
    language: str = "fi",
    submission: UUID | None = None,
) -> Named:
    """The person holds a seat that ``body`` answers for, and has a code to an own page.

    The same ``submission``, sent twice, makes one seat and gives the same code. While the members
    vote, nobody gets a seat with a vote.
    """
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    submission = submission or uuid4()
    code = codes.code_of(submission)
    digest = codes.digest_of(code)
    # Of somebody who has withdrawn since, only the code tells that the form was sent before.
    before = Q(registrant__submission=submission) | Q(registrant__code_digest=digest)
    made = named_seats(jury).filter(before).first()
    if made:
        _require_held(made)
        return Named(made, code if made.registrant.code_digest == digest else "")
    _require_unsettled(jury)
    if votes:
        _require_no_vote(jury)
    person = Registrant.objects.create(
        jury=jury,
        reference=reference_in(jury),
        channel=Channel.NAMED,
        submission=submission,
        code_digest=digest,
        name=name,
        email=email,
        phone=phone,
        language=language,
    )
    now = timezone.now()
    seat = PanelSeat.objects.create(
        jury=jury,
        registrant=person,
        kind=PanelSeat.Kind.NAMED,
        body=body,
        votes=votes,
        state=PanelSeat.State.CONFIRMED,
        answered_at=now,
        accepted_at=now,
    )
    record("named_seat.named", jury=jury, by=by, seat=seat.pk, votes=votes)
    return Named(seat, code)


@transaction.atomic
def change_named_seat(
    *,
    seat: PanelSeat,
    body: str,
    votes: bool,
    name: str,
    by: User,
    email: str = "",
    phone: str = "",
    language: str = "fi",
) -> PanelSeat:
    """The seat and the contact of its holder are as given; the log says what changed, not to what.

    A contact can be corrected at any time, the body and the vote until the draw is closed, and the
    vote not while the members vote.
    """
    jury, seat = _locked(seat)
    person = seat.registrant
    _require_held(seat)
    told = {"name": name, "email": email, "phone": phone, "language": language}
    changed = _set(person, told)
    of_seat = _set(seat, {"body": body, "votes": votes})
    if of_seat:
        _require_unsettled(jury)
    if "votes" in of_seat:
        _require_no_vote(jury)
    person.save(update_fields=[*told, "changed_at"])
    seat.save(update_fields=["body", "votes"])
    if changed or of_seat:
        fields = [*changed, *of_seat]
        record("named_seat.changed", jury=jury, by=by, seat=seat.pk, changed=fields)
    return seat


@transaction.atomic
def give_up_named_seat(*, seat: PanelSeat, by: User | str) -> None:
    """Nobody holds the seat any more; the body can name somebody else to another one.

    Whoever holds it gives it back as long as the jury meets; afterwards only the desk can do it.
    """
    jury, seat = _locked(seat)
    if seat.state == PanelSeat.State.LEFT:
        return
    if by == JUROR:
        require_not_over(jury)
    seat.state = PanelSeat.State.LEFT
    seat.answered_at = timezone.now()
    seat.save(update_fields=["state", "answered_at"])
    record("named_seat.given_up", jury=jury, by=by, seat=seat.pk)


def can_name(jury: Jury) -> bool:
    """Whether seats can still be given by name: from setting up until the draw is closed."""
    return not jury.draws.filter(state=Draw.State.CLOSED).exists()


def named_seats(jury: Jury) -> QuerySet[PanelSeat]:
    """Every seat that was ever given by name, by its body; those held first."""
    return jury.seats.named().select_related("registrant").order_by("state", "body", "pk")


def in_pool_too(jury: Jury) -> dict[int, Registrant]:
    """Who holds a named seat and can be drawn as well, by the key of the seat.

    They are told by a name, an e-mail address or a phone number that both rows have.
    """
    known: dict[tuple[str, str], int] = {}
    for seat in named_seats(jury).filter(state=PanelSeat.State.CONFIRMED):
        known |= dict.fromkeys(_marks(seat.registrant), seat.pk)
    found: dict[int, Registrant] = {}
    for person in jury.registrants.in_pool() if known else ():
        for mark in _marks(person):
            if mark in known:
                found.setdefault(known[mark], person)
    return found


def _marks(person: Registrant) -> list[tuple[str, str]]:
    marks = {
        "name": plain_name(person.name),
        "email": plain_email(person.email) if person.email else "",
        "phone": plain_phone(person.phone),
    }
    return [(kind, mark) for kind, mark in marks.items() if mark]


def _locked(seat: PanelSeat) -> tuple[Jury, PanelSeat]:
    """The seat as it stands, with its jury held still until the transaction ends."""
    jury = Jury.objects.select_for_update().get(pk=seat.jury_id)
    current = jury.seats.select_related("registrant").get(pk=seat.pk)
    if current.kind != PanelSeat.Kind.NAMED:
        raise JuryError(_("This seat was drawn, not named."))
    return jury, current


def _set(row: Registrant | PanelSeat, facts: Mapping[str, Any]) -> list[str]:
    """The row has these facts; the names of those that are different now."""
    changed = [name for name, value in facts.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, facts[name])
    return changed


def _require_held(seat: PanelSeat) -> None:
    if seat.state == PanelSeat.State.LEFT or seat.registrant.withdrawn_at:
        raise JuryError(_("This seat has been given up."))
    require_not_erased(seat.registrant)


def _require_unsettled(jury: Jury) -> None:
    if not can_name(jury):
        raise JuryError(_("The draw is closed: nobody comes to the panel by name any more."))


def _require_no_vote(jury: Jury) -> None:
    if votes_in_rooms(jury):
        raise JuryError(
            _("The members are voting now. Who has a vote is changed once the vote is closed.")
        )
