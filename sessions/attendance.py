"""Who was there."""

from collections.abc import Mapping

from django.db import transaction

from juries.audit import record
from juries.models import User
from selection.models import PanelSeat
from sessions.models import Attendance, JurySession


@transaction.atomic
def mark_attendance(
    *, session: JurySession, states: Mapping[int, Attendance.State], by: User
) -> None:
    """Each seat named in ``states`` (by its key) stands as marked; the others as before."""
    seats = PanelSeat.objects.filter(jury=session.jury_id, pk__in=states)
    Attendance.objects.bulk_create(
        [Attendance(session=session, seat=seat, state=states[seat.pk]) for seat in seats],
        update_conflicts=True,
        unique_fields=["session", "seat"],
        update_fields=["state", "marked_at"],
    )
    present = sum(state == Attendance.State.PRESENT for state in states.values())
    record(
        "attendance.marked",
        jury=session.jury,
        by=by,
        session=session.number,
        present=present,
        absent=len(states) - present,
    )
