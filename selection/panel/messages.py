"""What people are told of a draw: their own chance, their offer, thanks for taking a seat."""

from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from juries.figures.writing import per_cent
from juries.models import Registrant
from juries.post import outbox
from juries.post.addresses import address_of, record_address
from juries.registration.mails import own_page_address
from selection.lottery.outcome import NO_CHANCE
from selection.models import Chance, Draw, PanelSeat

OWN = ("own_chance", "own_tickets", "all_tickets")
"""What is known of somebody's own part in a lottery."""


def with_own_chance(people: QuerySet[Registrant], lottery: Any) -> QuerySet[Registrant]:
    """The people, each with their own part in the lottery, which may be an outer reference.

    With them comes the number of the jury's draw, if that draw has a record.
    """
    recorded = Draw.objects.standing().filter(jury=OuterRef("jury"), events__isnull=False)
    own = Chance.objects.filter(registrant=OuterRef("pk"), lottery=lottery)
    return people.annotate(
        own_chance=Subquery(own.values("probability")[:1]),
        own_tickets=Subquery(own.values("tickets")[:1]),
        all_tickets=Subquery(own.values("lottery__ticket_count")[:1]),
        recorded_draw=Subquery(recorded.values("number")[:1]),
    )


def chance_facts(registrant: Registrant, language: str) -> dict[str, str]:
    """The chance that ``with_own_chance`` found, and where everybody reads of the draw.

    Of somebody whom no panel had room for no chance is told in a letter or message: why that was
    so stands on the own page.
    """
    own = {name: getattr(registrant, name, None) or 0 for name in OWN}
    had_one = own["own_chance"] > NO_CHANCE
    with override(language):
        return {
            "chance": per_cent(own["own_chance"]) if had_one else "",
            "tickets": number_format(own["own_tickets"]) if had_one else "",
            "all_tickets": number_format(own["all_tickets"]) if had_one else "",
            "record": _record_address(registrant, language),
        }


def _record_address(registrant: Registrant, language: str) -> str:
    """The record of the jury's draw; the jury's own page where the draw has none."""
    jury, number = registrant.jury, getattr(registrant, "recorded_draw", None)
    if number is None:
        return record_address(jury, language)
    return address_of("selection:record", jury.slug, number, language=language)


def offer_facts(seat: PanelSeat, language: str) -> dict[str, str]:
    """Why the seat is offered, and until when it can be answered, in that language."""
    with override(language):
        why = (
            _("A seat has fallen free, and by the rule fixed before the draw you come next.")
            if seat.by_rank
            else _("You have been drawn.")
        )
    return {"why_offered": why, "answer_by": last_day(seat, language)}


def last_day(seat: PanelSeat, language: str) -> str:
    """The last day to answer, as it is written in that language."""
    return day_in(seat.answer_by, language)


def day_in(day: date | None, language: str) -> str:
    """The day as it is written in that language, or nothing."""
    with override(language):
        return date_format(day) if day else ""


def thank(seat: PanelSeat) -> None:
    """The outbox holds a thank-you, once, if the person can be reached by e-mail."""
    registrant = seat.registrant
    if registrant.email:
        outbox.put(
            jury=seat.jury,
            registrant=registrant,
            wording="mail_seat_confirmed",
            to=registrant.email,
            language=registrant.language,
            facts={"link": own_page_address(registrant)},
            key=f"mail_seat_confirmed:{seat.pk}",
        )
