"""Letters about a draw: for everybody of a circle whom only the post reaches, or for one.

Whom only the phone reaches has the same letter read aloud.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from types import MappingProxyType

from django.db import transaction
from django.db.models import OuterRef
from django.utils.translation import gettext as _

from juries.audit import record
from juries.errors import JuryError
from juries.models import Jury, Registrant, User
from juries.post import wordings
from juries.post.kinds import Text
from juries.post.letters import Letter, Press
from selection.models import PanelSeat
from selection.panel.circles import CIRCLES, by_letter, by_phone
from selection.panel.deadlines import last_day_told_now
from selection.panel.messages import chance_facts, day_in, offer_facts, with_own_chance
from selection.panel.offers import code_of

type Told = Callable[[Registrant, str], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class ToPhone:
    """Somebody to be told by phone, in which language and with which words."""

    person: Registrant
    language: str
    script: Text


@transaction.atomic
def print_letters(*, jury: Jury, circle: str, by: User) -> BytesIO:
    """One PDF with a letter to everybody of the circle; nobody stands as told by that alone."""
    chosen = CIRCLES[circle]
    people = by_letter(chosen.untold(jury)).select_related("jury", "invitation__invitee")
    letters = [_letter(person, chosen.letter) for person in people]
    if not letters:
        raise JuryError(_("There is nobody to write to."))
    for sentence in wordings.missing(jury):
        raise JuryError(sentence)
    record("seats.letters_printed", jury=jury, by=by, group=circle, letters=len(letters))
    return Press.of(jury, chosen.letter).file(letters)


def to_phone(jury: Jury, circle: str) -> list[ToPhone]:
    """Whom of the circle only the phone reaches, each with their letter in their own language."""
    chosen = CIRCLES[circle]
    people = by_phone(chosen.untold(jury)).select_related("jury", "invitation__invitee")
    press = Press.of(jury, chosen.letter)
    return [
        ToPhone(person, *next(press.sides(_letter(person, chosen.letter)))) for person in people
    ]


@transaction.atomic
def print_offer(*, seat: PanelSeat, by: User) -> BytesIO:
    """The letter with which one person can answer."""
    people = Registrant.objects.filter(pk=seat.registrant_id)
    person = (
        with_own_chance(people, OuterRef("seat__round__lottery"))
        .select_related("jury", "seat", "invitation__invitee")
        .get()
    )
    if not can_print(seat):
        raise JuryError(_("There is no postal address here for this person, or it is protected."))
    record("seats.letters_printed", jury=seat.jury, by=by, seat=seat.pk, letters=1)
    return Press.of(seat.jury, "letter_offer").file([_letter(person, "letter_offer")])


def can_print(seat: PanelSeat) -> bool:
    """Whether there is an offer to be answered and an address to send it to."""
    person = seat.registrant
    offered = seat.state == PanelSeat.State.OFFERED
    return offered and bool(person.street_address) and not person.address_protected


def _letter(person: Registrant, kind: str) -> Letter:
    of_offer = kind == "letter_offer"
    told: Told = _of_offer if of_offer else chance_facts
    invitee = person.invitation.invitee if person.invitation else None
    return Letter(
        name=person.name,
        street_address=person.street_address,
        postal_code=person.postal_code,
        town=invitee.town if invitee and invitee.postal_code == person.postal_code else "",
        language=person.language,
        code=code_of(person.seat) if of_offer else "",
        told=MappingProxyType(
            {language: told(person, language) for language in person.jury.languages}
        ),
    )


def _of_offer(person: Registrant, language: str) -> Mapping[str, str]:
    # The letter names the day that will stand once it is marked as posted.
    day = day_in(last_day_told_now(person.seat, person.jury), language)
    told = {**chance_facts(person, language), **offer_facts(person.seat, language)}
    return {**told, "answer_by": day}
