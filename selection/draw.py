"""Draw the panel: enter the ticket that came out, confirm it, or set the draw aside with a reason.

A draw is never repeated silently. Another one is a new, numbered draw; the old ones stay.
"""

from typing import Any, cast

from django.db import transaction
from django.db.models import Max, ProtectedError, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.audit import record
from juries.enums import Stage
from juries.errors import JuryError
from juries.models import Jury, Registrant, User
from selection import bridge
from selection.models import Draw, Lottery, PanelSeat


@transaction.atomic
def enter_draw(*, lottery: Lottery, ticket: int, source: str, by: User) -> Draw:
    """The ticket stands as drawn, and awaits its check; nobody is offered a seat yet."""
    jury = Jury.objects.select_for_update().get(pk=lottery.jury_id)
    jury.require_stage(Stage.LOTTERY, Stage.PANEL)
    _require_drawable(jury, lottery)
    if not 0 <= ticket < lottery.ticket_count:
        raise JuryError(
            _("The tickets run from %(first)s to %(last)s.")
            % {
                "first": lottery.ticket_name(0),
                "last": lottery.ticket_name(lottery.ticket_count - 1),
            }
        )
    draw = Draw.objects.create(
        jury=jury,
        lottery=lottery,
        number=1 + (jury.draws.aggregate(last=Max("number"))["last"] or 0),
        ticket=ticket,
        source=source,
        entered_by=by,
    )
    record(
        "draw.entered",
        jury=jury,
        by=by,
        draw=draw.number,
        lottery=lottery.number,
        ticket=ticket,
        source=source,
    )
    return draw


@transaction.atomic
def confirm_draw(*, draw: Draw, by: User) -> None:
    """The drawn panel is offered its seats; who held a seat before keeps it as it was.

    Somebody who has withdrawn since the lottery has declined: that seat is drawn anew.
    """
    jury = Jury.objects.select_for_update().get(pk=draw.jury_id)
    jury.require_stage(Stage.LOTTERY, Stage.PANEL)
    now = timezone.now()
    if not jury.draws.to_confirm().filter(pk=draw.pk).update(confirmed_by=by, confirmed_at=now):
        raise JuryError(_("This draw no longer awaits its check."))
    new = registrants_on(draw).exclude(pk__in=jury.seats.values("registrant"))
    PanelSeat.objects.bulk_create(
        PanelSeat(
            jury=jury,
            draw=draw,
            registrant=registrant,
            state=PanelSeat.State.DECLINED if registrant.withdrawn_at else PanelSeat.State.OFFERED,
            answered_at=now if registrant.withdrawn_at else None,
        )
        for registrant in new
    )
    jury.stage = Stage.PANEL
    jury.save(update_fields=["stage"])
    record("draw.confirmed", jury=jury, by=by, draw=draw.number, ticket=draw.ticket)


@transaction.atomic
def set_aside_draw(*, draw: Draw, reason: str, by: User) -> None:
    """The draw no longer counts: its seats are gone, its row and the reason stay for everybody.

    Only the latest draw can be set aside: a later one was drawn around its seats.
    """
    jury = Jury.objects.select_for_update().get(pk=draw.jury_id)
    if not reason.strip():
        raise JuryError(_("Write why the draw is set aside. The reason is public."))
    standing = jury.draws.standing()
    if standing.values_list("pk", flat=True).first() != draw.pk:
        raise JuryError(_("Only the latest draw that counts can be set aside."))
    try:
        jury.seats.filter(draw=draw).delete()
    except ProtectedError as error:
        raise JuryError(
            _("People of this draw are already part of the sessions, so it cannot be set aside.")
        ) from error
    standing.filter(pk=draw.pk).update(
        set_aside_by=by, set_aside_at=timezone.now(), set_aside_reason=reason.strip()
    )
    if not jury.draws.confirmed().exists():
        jury.stage = Stage.LOTTERY
        jury.save(update_fields=["stage"])
    record("draw.set_aside", jury=jury, by=by, draw=draw.number, reason=reason.strip())


def places_on(lottery: Lottery, ticket: int) -> list[int]:
    """The places of the people on a ticket of a ready lottery, ascending."""
    panels, tickets = cast(list[Any], lottery.panels), cast(list[int], lottery.tickets)
    return cast(list[int], panels[tickets[ticket]][0])


def registrants_on(draw: Draw) -> QuerySet[Registrant]:
    """The people on the drawn ticket, in the order of their identifiers."""
    chances = draw.lottery.chances.filter(place__in=places_on(draw.lottery, draw.ticket))
    return Registrant.objects.filter(pk__in=chances.values("registrant")).order_by("reference")


def _require_drawable(jury: Jury, lottery: Lottery) -> None:
    if lottery.state != Lottery.State.DONE:
        raise JuryError(_("The lottery is not ready."))
    if jury.draws.to_confirm().exists():
        raise JuryError(_("A drawn ticket awaits its check. Confirm it, or set the draw aside."))
    if lottery.draws.standing().exists():
        raise JuryError(_("A ticket of this lottery has been drawn already."))
    if not _is_current(jury, lottery):
        raise JuryError(
            _("The pool, the seats or the quotas have changed since this lottery. Start a new one.")
        )


def _is_current(jury: Jury, lottery: Lottery) -> bool:
    """Whether the lottery still speaks of the same quotas, seats and people.

    Somebody who withdrew is no reason for a new lottery: they cannot take the seat, and it is
    drawn anew. Somebody who came, or whose answers changed, is.
    """
    now, then = bridge.read(jury), bridge.recall(lottery)
    if (now.size, now.quotas, now.incomplete) != (then.size, then.quotas, ()):
        return False
    known = {person.registrant: (person.values, person.fixed) for person in then.people}
    alike = all(known.get(one.registrant) == (one.values, one.fixed) for one in now.people)
    return alike and now.seats_held == then.seats_held
