"""A panel that has been drawn and waits for answers, and what is done with its messages."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import uuid4

from django.http import HttpResponse
from django.utils import timezone

from juries.models import Jury, Message, Registrant, User
from juries.post import outbox
from selection.models import How, PanelSeat
from selection.panel.circles import CIRCLES, by_letter, sum_of_letters
from selection.panel.telling import mark_posted, tell
from tests import factories
from tests.selection.conftest import text

State = PanelSeat.State


def offered(
    jury: Jury, *, answer_by: date, told_at: datetime | None = None, people: int = 4
) -> list[PanelSeat]:
    """Seats nobody has answered yet; told by e-mail where a moment is given."""
    seats = factories.make_panel(jury, factories.make_mixed_pool(jury, people), State.OFFERED)
    how = How.EMAIL if told_at else ""
    jury.seats.update(answer_by=answer_by, told_at=told_at, told_how=how)
    for seat in seats:
        seat.refresh_from_db()
    return seats


def tell_all(jury: Jury, circle: str, by: User, typed: int) -> int:
    """The circle is told by e-mail, with the number typed."""
    return tell(jury=jury, circle=circle, mailing=uuid4(), typed=typed, by=by)


def letters_of(jury: Jury, circle: str) -> str:
    """The sum of the letters that would be printed now."""
    chosen = CIRCLES[circle]
    return sum_of_letters(chosen, by_letter(chosen.untold(jury)))


def post(jury: Jury, circle: str, by: User) -> int:
    """The letters of the circle, as they are now, have gone."""
    return mark_posted(jury=jury, circle=circle, letters=letters_of(jury, circle), by=by)


def send_all() -> int:
    """Two minutes later everything goes."""
    Message.objects.update(due_at=timezone.now())
    return outbox.send_due()


def give(people: Sequence[Registrant], **facts: object) -> None:
    """The people have other particulars."""
    Registrant.objects.filter(pk__in=[person.pk for person in people]).update(**facts)


def words(response: HttpResponse) -> str:
    """The page, which opened, with a space wherever it has a break."""
    return " ".join(text(response).split())
