"""The members of a jury as the desk lists them: those drawn and those named, confirmed both."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils.text import capfirst

from juries.models import Criterion, Jury, Trait
from juries.models.translated import translated_name
from selection.models import PanelSeat


@dataclass(frozen=True, slots=True)
class Member:
    """One member; contacts are blank for those who may not read them.

    ``told`` has one line for each of the criteria shown; blank where nothing is known.
    """

    seat: PanelSeat
    name: str
    language: str
    told: tuple[tuple[str, str], ...]
    email: str = ""
    phone: str = ""

    @property
    def named(self) -> bool:
        return self.seat.kind == PanelSeat.Kind.NAMED


def members_of(jury: Jury, *, contacts: bool = False) -> list[Member]:
    """Everybody who sits on the jury, by name; answers to sensitive questions are left out."""
    criteria = criteria_shown(jury)
    seats = seats_of(jury).prefetch_related(
        Prefetch("registrant__traits", Trait.objects.select_related("value"))
    )
    return [_member(seat, criteria, contacts=contacts) for seat in seats]


def criteria_shown(jury: Jury) -> list[Criterion]:
    """The criteria by which members may be told apart at the desk."""
    return list(jury.criteria.for_everybody().exclude(source=Criterion.Source.COMBINED))


def seats_of(jury: Jury) -> QuerySet[PanelSeat]:
    """The seats of everybody who sits on the jury, by name."""
    seats = jury.seats.confirmed().select_related("registrant")
    return seats.order_by("registrant__name", "registrant__reference")


def name_on(seat: PanelSeat) -> str:
    """The name of whoever holds the seat; the identifier once the name has been erased."""
    return seat.registrant.name or seat.registrant.reference


def _member(seat: PanelSeat, criteria: Sequence[Criterion], *, contacts: bool) -> Member:
    person = seat.registrant
    told = {trait.criterion_id: str(trait.value) for trait in person.traits.all()}
    return Member(
        seat=seat,
        name=name_on(seat),
        language=capfirst(translated_name(person.language)),
        told=tuple((str(criterion), told.get(criterion.pk, "")) for criterion in criteria),
        email=person.email if contacts else "",
        phone=person.phone if contacts else "",
    )
