"""A jury whose panel sits: three drawn and confirmed, and one named without a vote."""

from datetime import UTC, datetime

import pytest

from juries.enums import Role
from juries.models import Jury, User
from selection.models import PanelSeat
from selection.panel.named_seats import name_to_seat
from sessions.models import Attendance, JurySession
from tests import factories


@pytest.fixture
def by(jury: Jury) -> User:
    return factories.make_member(jury, Role.ORGANISER)


@pytest.fixture
def seats(jury: Jury, by: User) -> list[PanelSeat]:
    """The three drawn ones, then the named one."""
    people = factories.make_mixed_pool(jury, 4)
    drawn = factories.make_panel(jury, people[:3])
    named = name_to_seat(
        jury=jury,
        body="Vammaisneuvosto",
        votes=False,
        name="Veikko Vammala",
        email="veikko@kaarnalahti.example",
        by=by,
    )
    jury.refresh_from_db()
    return [*drawn, named.seat]


def attended(seat: PanelSeat, number: int, state: str = Attendance.State.PRESENT) -> None:
    """The holder of the seat was at the session, or as ``state`` says."""
    session, _made = JurySession.objects.get_or_create(
        jury=seat.jury,
        number=number,
        defaults={
            "title_fi": "Istunto",
            "starts_at": datetime(2026, 4, number, 9, tzinfo=UTC),
            "place": "Kirjasto",
        },
    )
    Attendance.objects.create(session=session, seat=seat, state=state)
