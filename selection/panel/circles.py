"""Who is to be told what after a draw, and how they can be reached.

Each circle of people gets the same wording. Who has an e-mail address is written to; for the others
there are letters, and for whoever has no postal address here the phone.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from types import MappingProxyType

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy

from juries.models import Jury, Message, Registrant
from juries.post.letters import INVENTED
from juries.post.mailings import Group
from juries.registration.mailing import example_link
from juries.registration.mails import own_page_address
from selection.models import How, Notice, PanelSeat
from selection.panel.messages import chance_facts, last_day, offer_facts, with_own_chance
from selection.panel.offers import address_of_offer, code_of

OFFER, REMINDER = "mail_offer", "mail_offer_reminder"
NOTICES: Mapping[str, Notice.About] = MappingProxyType(
    {"mail_not_drawn": Notice.About.NOT_DRAWN, "mail_reserve": Notice.About.RESERVE}
)

WITHOUT_EMAIL = Q(email="") | Q(undelivered=True)
WITH_ADDRESS = Q(address_protected=False) & ~Q(street_address="")
LOST = Q(seat__told_how=How.EMAIL, failed=True)
BY_LETTER = WITHOUT_EMAIL & WITH_ADDRESS
BY_PHONE = WITHOUT_EMAIL & ~WITH_ADDRESS & ~Q(phone="")
UNREACHED = WITHOUT_EMAIL & ~WITH_ADDRESS & Q(phone="")

type People = QuerySet[Registrant]


@dataclass(frozen=True, slots=True)
class Circle:
    """People who are told the same: those of them not told yet, and by which letter."""

    group: Group
    untold: Callable[[Jury], People]
    letter: str = ""

    @property
    def has_no_seat(self) -> bool:
        """Whether they are told that no seat came to them: about a seat there is the call desk."""
        return self.group.wording in NOTICES


@dataclass(frozen=True, slots=True)
class Untold:
    """How many of a circle are still to be told: by e-mail, by letter, or by phone only.

    ``unreached`` are those of whom nothing is known by which they could be told.
    """

    circle: Circle
    by_email: int
    by_letter: int
    by_phone: int
    unreached: int

    @property
    def any(self) -> bool:
        return bool(self.by_email or self.by_letter or self.by_phone)


def drawn(jury: Jury) -> People:
    """Whoever has been offered a seat and has not been told, or whose e-mail did not arrive."""
    people = with_own_chance(_offered(jury), OuterRef("seat__round__lottery"))
    return people.filter(Q(seat__told_at=None) | LOST)


def unanswered(jury: Jury) -> People:
    """Whoever has been told of the seat and has not answered."""
    return _offered(jury).filter(seat__told_at__isnull=False).exclude(LOST)


def reserves(jury: Jury) -> People:
    """Whoever stands on the reserve list, has no seat and has not been told."""
    draw = jury.draws.drawn().first()
    people = _to_be_told(jury).filter(reserve_places__draw=draw, seat=None)
    return _without_notice(jury, people, "mail_reserve")


def not_drawn(jury: Jury) -> People:
    """Whoever was in the frozen pool, has no seat or reserve place and has not been told."""
    draw = jury.draws.drawn().first()
    people = _to_be_told(jury).filter(pool_entries__draw=draw, seat=None)
    return _without_notice(jury, people.exclude(reserve_places__draw=draw), "mail_not_drawn")


def by_letter(people: People) -> People:
    """Those whom e-mail cannot reach but a letter can: no protected address is ever printed."""
    return people.filter(BY_LETTER)


def sum_of_letters(circle: Circle, people: Iterable[Registrant]) -> str:
    """Whose letters these are, and about which seat or draw, as one sum: others make another."""
    about = sorted(circle.group.about(person) for person in people)
    return sha256("\n".join(about).encode()).hexdigest()


def by_phone(people: People) -> People:
    """Those who have neither, and a phone."""
    return people.filter(BY_PHONE)


def offer_lost() -> Q:
    """Of a seat: whether it was offered only by a message that the house has given up sending.

    One that offered an earlier seat says nothing of this one.
    """
    return Q(Exists(_offer_failed()), told_how=How.EMAIL)


def address_failed() -> Exists:
    """Of a seat: whether the message that offers it was given up at the address as it is known."""
    return Exists(_at_present(_offer_failed(), "registrant__email"))


def untold(jury: Jury) -> list[Untold]:
    """How many of each circle are to be told yet; in one query each."""
    return [_count(jury, circle) for circle in CIRCLES.values() if circle.letter]


def _by_email(people: Callable[[Jury], People]) -> Callable[[Jury], People]:
    return lambda jury: people(jury).exclude(WITHOUT_EMAIL)


def _count(jury: Jury, circle: Circle) -> Untold:
    counts = circle.untold(jury).aggregate(
        by_email=Count("pk", filter=~WITHOUT_EMAIL),
        by_letter=Count("pk", filter=BY_LETTER),
        by_phone=Count("pk", filter=BY_PHONE),
        unreached=Count("pk", filter=UNREACHED),
    )
    return Untold(circle, **counts)


def _offered(jury: Jury) -> People:
    people = jury.registrants.filter(
        seat__kind=PanelSeat.Kind.DRAWN, seat__state=PanelSeat.State.OFFERED, withdrawn_at=None
    )
    failed = _failed(OFFER, OuterRef("pk"), OuterRef("seat__offered_at"))
    return _marked(people, failed).select_related("seat").order_by("pk")


def _to_be_told(jury: Jury) -> People:
    """Whoever can be told how a draw ended for them; ``unconfirmed`` says nothing of that."""
    people = jury.registrants.registered()
    return people.filter(withdrawn_at=None, erased_at=None, excluded=None)


def _without_notice(jury: Jury, people: People, wording: str) -> People:
    draw = jury.draws.drawn().first()
    if draw is None:
        return _marked(people.none(), Message.objects.none())
    notices = Notice.objects.filter(draw=draw, registrant=OuterRef("pk"), about=NOTICES[wording])
    first = draw.rounds.filter(number=0).values("lottery")[:1]
    people = _marked(people, _failed(wording, OuterRef("pk"), draw.frozen_at))
    people = with_own_chance(people, Subquery(first)).annotate(
        told=Subquery(notices.values("how")), of_draw=Value(draw.pk)
    )
    lost = Q(told=How.EMAIL, failed=True)
    return people.filter(Q(told=None) | lost).order_by("pk")


def _marked(people: People, failed: QuerySet[Message]) -> People:
    """The people, each with whether a message failed, and whether it did at the present address.

    An address that has been corrected since is one that may well be reached.
    """
    return people.annotate(failed=Exists(failed), undelivered=Exists(_at_present(failed, "email")))


def _offer_failed() -> QuerySet[Message]:
    return _failed(OFFER, OuterRef("registrant"), OuterRef("offered_at"))


def _at_present(failed: QuerySet[Message], address: str) -> QuerySet[Message]:
    return failed.filter(to=Lower(OuterRef(address)))


def _failed(wording: str, person: OuterRef, since: OuterRef | datetime) -> QuerySet[Message]:
    """The messages to the person, made at that moment or later, that the house has given up."""
    return Message.objects.filter(
        registrant=person, wording=wording, state=Message.State.FAILED, made_at__gte=since
    )


def _offer(registrant: Registrant) -> dict[str, str]:
    language = registrant.language
    told = {**offer_facts(registrant.seat, language), **chance_facts(registrant, language)}
    return {**_reminder(registrant), **told}


def _reminder(registrant: Registrant) -> dict[str, str]:
    seat, language = registrant.seat, registrant.language
    return {
        "link": address_of_offer(code_of(seat), language),
        "answer_by": last_day(seat, language),
    }


def _outcome(registrant: Registrant) -> dict[str, str]:
    chance = chance_facts(registrant, registrant.language)
    return {"link": own_page_address(registrant), **chance}


def _example_offer(language: str) -> str:
    return address_of_offer(f"1-{INVENTED.code}", language)


def _seat(registrant: Registrant) -> str:
    return str(registrant.seat.pk)


def _draw(registrant: Registrant) -> str:
    return f"{registrant.pk}:{getattr(registrant, 'of_draw', '')}"


CIRCLES: Mapping[str, Circle] = MappingProxyType(
    {
        circle.group.key: circle
        for circle in (
            Circle(
                Group(
                    "drawn",
                    gettext_lazy("People who were drawn and have not been told"),
                    OFFER,
                    _by_email(drawn),
                    _offer,
                    _example_offer,
                    _seat,
                ),
                drawn,
                "letter_offer",
            ),
            Circle(
                Group(
                    "reminder",
                    gettext_lazy("People who have been told and have not answered"),
                    REMINDER,
                    _by_email(unanswered),
                    _reminder,
                    _example_offer,
                ),
                unanswered,
            ),
            Circle(
                Group(
                    "reserves",
                    gettext_lazy("People on the reserve list who have not been told"),
                    "mail_reserve",
                    _by_email(reserves),
                    _outcome,
                    example_link,
                    _draw,
                ),
                reserves,
                "letter_reserve",
            ),
            Circle(
                Group(
                    "not-drawn",
                    gettext_lazy("People who were not drawn and have not been told"),
                    "mail_not_drawn",
                    _by_email(not_drawn),
                    _outcome,
                    example_link,
                    _draw,
                ),
                not_drawn,
                "letter_not_drawn",
            ),
        )
    }
)
