"""What people hear of a draw that is broken off: nothing more; and who knows of it already."""

from django.db.models import Exists, OuterRef, Q

from juries.models import Jury, Message
from juries.post.mailings import hold_back
from selection.models import Draw, How, PanelSeat

OFFER = "mail_offer"
OF_A_DRAW = frozenset(
    {OFFER, "mail_offer_reminder", "mail_seat_confirmed", "mail_not_drawn", "mail_reserve"}
)
State = PanelSeat.State


def hold_back_all(draw: Draw) -> int:
    """No message about the draw goes any more to anybody of its pool; how many those were.

    One that had been given up is gone too, or it would go once all of them are sent again.
    """
    pool = draw.entries.values("registrant")
    return hold_back(draw.jury.messages.filter(wording__in=OF_A_DRAW, registrant__in=pool))


def know_of_a_seat(jury: Jury) -> int:
    """How many people have heard, or have shown by their answer, that the draw gave them a seat."""
    not_gone = Message.objects.filter(
        registrant=OuterRef("registrant"), wording=OFFER, made_at__gte=OuterRef("offered_at")
    ).exclude(state=Message.State.SENT)
    answered = Q(state__in=[State.CONFIRMED, State.LEFT])
    told = Q(told_at__isnull=False) & ~(Q(told_how=How.EMAIL) & Exists(not_gone))
    return jury.seats.drawn().filter(answered | told).count()
