"""A member's name in public: only by consent, in the words of a version, until it is taken back.

Who changes the words adds a version: earlier consents stay consents to the words of theirs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.audit import record
from juries.enums import Channel
from juries.errors import JuryError
from juries.models import Jury, User
from juries.models.translated import LANGUAGE_CODES
from juries.registration.entry import require_not_erased
from selection.members.listing import seats_of
from selection.models import NameConsent, PanelSeat

VERSIONS: Mapping[int, Mapping[str, str]] = MappingProxyType(
    {
        1: {
            "fi": "Nimeni saa julkaista tämän raadin julkisella sivulla yhtenä raadin jäsenistä."
            " Voin perua suostumukseni milloin tahansa omalla sivullani tai ilmoittamalla siitä"
            " järjestäjälle. Silloin nimeni poistetaan sivulta heti. Sitä, minkä muut ovat ehtineet"
            " kopioida, ei voi saada takaisin.",
            "sv": "Mitt namn får publiceras på medborgarrådets offentliga sida som en av dess"
            " medlemmar. Jag kan när som helst ta tillbaka samtycket på min egen sida eller genom"
            " att meddela arrangören. Då tas mitt namn bort från sidan genast. Det som andra har"
            " hunnit kopiera kan inte fås tillbaka.",
            "en": "My name may be published on this jury's public page as one of its members. I can"
            " take this back at any time on my own page or by telling the organiser. My name is"
            " then taken off the page at once. What others have copied by then cannot be called"
            " back.",
        }
    }
)
CURRENT = max(VERSIONS)

WAYS = (Channel.PAPER, Channel.PHONE)
"""By which a member lets staff write it down; on the own page by none of them."""


@dataclass(frozen=True, slots=True)
class Published:
    """What everybody reads of the members: names by consent, and how many others there are.

    ``bodies`` says who named members without a lot: the body, how many, and whether they vote.
    """

    names: tuple[str, ...]
    others: int
    bodies: tuple[tuple[str, int, bool], ...]


@transaction.atomic
def give_name_consent(*, seat: PanelSeat, language: str, by: User | str, how: str = "") -> None:
    """The member's name is on the public page, in the present words; said twice, it is once.

    A consent to earlier words ends with it.
    """
    jury, seat = _locked(seat)
    if how and how not in WAYS:
        raise JuryError(_("Choose whether it came on paper or by phone."))
    standing = standing_consent(seat)
    if standing and standing.version == CURRENT:
        return
    now = timezone.now()
    seat.name_consents.filter(withdrawn_at=None).update(withdrawn_at=now)
    NameConsent.objects.create(
        seat=seat,
        version=CURRENT,
        language=language if language in LANGUAGE_CODES else LANGUAGE_CODES[0],
        given_at=now,
        given_through=how,
    )
    record("name_consent.given", jury=jury, by=by, seat=seat.pk, version=CURRENT, how=how)


@transaction.atomic
def withdraw_name_consent(*, seat: PanelSeat, by: User | str, how: str = "") -> None:
    """The member's name is on no public page any more, from the next request on."""
    jury = Jury.objects.select_for_update().get(pk=seat.jury_id)
    if seat.name_consents.filter(withdrawn_at=None).update(withdrawn_at=timezone.now()):
        record("name_consent.withdrawn", jury=jury, by=by, seat=seat.pk, how=how)


def standing_consent(seat: PanelSeat) -> NameConsent | None:
    """The consent that has not been taken back, if there is one."""
    return seat.name_consents.filter(withdrawn_at=None).first()


def words_of(version: int, language: str) -> str:
    """What was consented to, as it was read in that language."""
    words = VERSIONS[version]
    return words.get(language, words[LANGUAGE_CODES[0]])


def consenting(jury: Jury) -> QuerySet[PanelSeat]:
    """The seats of members whose name may be published now."""
    return seats_of(jury).filter(_stands()).exclude(registrant__name="")


def with_a_say(seats: QuerySet[PanelSeat]) -> QuerySet[PanelSeat]:
    """The seats of members, and of those who left the jury and have not taken back a consent."""
    return seats.filter(
        Q(state=PanelSeat.State.CONFIRMED) | Q(_stands()), registrant__withdrawn_at=None
    )


def published(jury: Jury) -> Published:
    """Who the members are, as far as everybody may know."""
    seats = list(seats_of(jury))
    names = tuple(consenting(jury).values_list("registrant__name", flat=True))
    return Published(names, len(seats) - len(names), _bodies(seats))


def _stands() -> Exists:
    return Exists(NameConsent.objects.filter(seat=OuterRef("pk"), withdrawn_at=None))


def _bodies(seats: Sequence[PanelSeat]) -> tuple[tuple[str, int, bool], ...]:
    counts: dict[tuple[str, bool], int] = {}
    for seat in seats:
        if seat.kind == PanelSeat.Kind.NAMED:
            counts[seat.body, seat.votes] = 1 + counts.get((seat.body, seat.votes), 0)
    return tuple((body, count, votes) for (body, votes), count in sorted(counts.items()))


def _locked(seat: PanelSeat) -> tuple[Jury, PanelSeat]:
    """The seat as it stands, with its jury held still until the transaction ends."""
    jury = Jury.objects.select_for_update().get(pk=seat.jury_id)
    current = jury.seats.confirmed().select_related("registrant").filter(pk=seat.pk).first()
    if current is None:
        raise JuryError(_("Only members of the jury have their name published."))
    require_not_erased(current.registrant)
    return jury, current
