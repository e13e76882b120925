"""The day itself: who sits where, and who was there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from juries.enums import Act
from juries.errors import JuryError
from juries.models import Jury, Registrant
from juries.web import jury_view, own_view
from selection.engine.seating.problem import Balance
from selection.models import PanelSeat
from sessions import attendance, programme, seating
from sessions.forms import TablesForm
from sessions.models import Attendance, SeatingPlan, TableSeat
from sessions.views.programme import acts, session_crumbs, session_of

SEATS_AT_A_TABLE = 6


@jury_view(Act.SEE_PANEL)
def tables(request: HttpRequest, jury: Jury, number: int) -> HttpResponse:
    session = session_of(jury, number)
    plan = SeatingPlan.objects.filter(session=session).first()
    jurors = jury.seats.confirmed().count()
    context = {
        "jury": jury,
        "session": session,
        "acts": acts(request),
        "jurors": jurors,
        "rounds_planned": seating.rounds_in(session),
        "plan": plan,
        "rounds": seating.rounds_of(plan) if plan else [],
        "form": TablesForm(
            initial={
                "tables": plan.table_count if plan else max(1, jurors // SEATS_AT_A_TABLE),
                "balance": request.GET.get("balance", Balance.MIXED),
            }
        ),
        "crumbs": session_crumbs(session, (_("Tables"), None)),
    }
    return render(request, "sessions/tables.html", context)


@jury_view(Act.PLAN_SESSIONS)
def seat(request: HttpRequest, jury: Jury, number: int) -> HttpResponse:
    session = session_of(jury, number)
    form = TablesForm(request.POST or None)
    if form.is_valid():
        try:
            seating.seat_panel(session=session, by=request.user, **form.cleaned_data)
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            chosen = {"balance": form.cleaned_data["balance"].value}
            page = reverse("sessions:tables", args=[jury.slug, number], query=chosen)
            return redirect(page)
    context = {
        "jury": jury,
        "form": form,
        "title": _("Seat the tables"),
        "button": _("Seat the tables"),
        "crumbs": session_crumbs(session, (_("Tables"), None)),
    }
    return render(request, "sessions/form.html", context)


@jury_view(Act.TAKE_ATTENDANCE)
def attend(request: HttpRequest, jury: Jury, number: int) -> HttpResponse:
    session = session_of(jury, number)
    seats = jury.seats.confirmed().select_related("registrant")
    if request.method == "POST":
        marks = {seat.pk: request.POST.get(f"seat-{seat.pk}", "") for seat in seats}
        attendance.mark_attendance(
            session=session,
            states={
                pk: Attendance.State(mark)
                for pk, mark in marks.items()
                if mark in Attendance.State.values
            },
            by=request.user,
        )
        return redirect("sessions:attendance", jury.slug, number)
    states = dict(session.attendances.values_list("seat", "state"))
    context = {
        "jury": jury,
        "session": session,
        "rows": [(seat, states.get(seat.pk, "")) for seat in seats],
        "present": sum(state == Attendance.State.PRESENT for state in states.values()),
        "states": Attendance.State.choices,
        "crumbs": session_crumbs(session, (_("Attendance"), None)),
    }
    return render(request, "sessions/attendance.html", context)


@own_view
def own_sessions(request: HttpRequest, registrant: Registrant) -> HttpResponse:
    """When and where the juror's sessions are, what is on, and at which table to sit."""
    sessions = registrant.jury.sessions.filter(published_at__isnull=False)
    places = TableSeat.objects.filter(
        seat__registrant=registrant, seat__state="confirmed", plan__session__in=sessions
    ).values_list("plan__session", "round", "table")
    own_tables: dict[int, list[tuple[int, int]]] = {}
    for session_id, number, table in places:
        own_tables.setdefault(session_id, []).append((number, table))
    context = {
        "jury": registrant.jury,
        "juror": PanelSeat.objects.confirmed().filter(registrant=registrant).exists(),
        "days": [
            (
                session,
                programme.timetable(session, list(session.items.all())),
                own_tables.get(session.pk, []),
            )
            for session in sessions.prefetch_related("items__experts")
        ],
    }
    return render(request, "sessions/own_sessions.html", context)
