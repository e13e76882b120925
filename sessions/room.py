"""What sessions add to the pages that show the whole chain."""

from django.db.models import Count, Exists, OuterRef
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from juries.enums import Act, Stage
from juries.models import Jury, Registrant
from juries.rooms import Card, Section, Step
from selection.models import PanelSeat
from sessions import programme
from sessions.models import AgendaItem, Attendance, Expert


def steps(jury: Jury, acts: frozenset[Act]) -> list[Step]:
    """One step: the days on which the jury sits."""
    if Act.SEE_PANEL not in acts:
        return []
    sessions = list(jury.sessions.annotate(marked=Count("attendances")))
    held = sum(session.starts_at < timezone.now() and session.marked > 0 for session in sessions)
    if not sessions:
        sentence = _("Plan the days, the experts and the tables. No session is planned yet.")
    else:
        planned = ngettext(
            "%(number)s session planned", "%(number)s sessions planned", len(sessions)
        )
        sentence = _("%(planned)s, %(held)s held.") % {
            "planned": planned % {"number": len(sessions)},
            "held": held,
        }
    url = reverse("sessions:programme", args=[jury.slug])
    if sessions and held == len(sessions):
        return [Step(_("Sessions"), sentence, "done", url)]
    return [Step(_("Sessions"), sentence, "now" if jury.stage == Stage.PANEL else "later", url)]


def taking_part(jury: Jury) -> frozenset[int]:
    """Who has been marked present at a session."""
    present = Attendance.objects.filter(session__jury=jury, state=Attendance.State.PRESENT)
    return frozenset(present.values_list("seat__registrant", flat=True))


def days_present(jury: Jury) -> dict[int, int]:
    """On how many days each registrant has been marked present, some with several sessions."""
    present = Attendance.objects.filter(session__jury=jury, state=Attendance.State.PRESENT)
    days = Count(TruncDate("session__starts_at"), distinct=True)
    return dict(present.values_list("seat__registrant").order_by().annotate(days=days))


def public_sections(jury: Jury) -> list[Section]:
    """The agenda of the published sessions, and the experts they hear."""
    sessions = list(
        jury.sessions.filter(published_at__isnull=False).prefetch_related("items__experts")
    )
    if not sessions:
        return []
    heard = AgendaItem.experts.through.objects.filter(
        expert=OuterRef("pk"), agendaitem__session__in=sessions
    )
    context = {
        "days": [
            (session, programme.timetable(session, list(session.items.all())))
            for session in sessions
        ],
        "experts": Expert.objects.filter(jury=jury).filter(Exists(heard)),
    }
    return [Section("agenda", _("Sessions and experts"), "sessions/public_agenda.html", context)]


def own_cards(registrant: Registrant) -> list[Card]:
    """For a juror: when and where to be."""
    if not PanelSeat.objects.confirmed().filter(registrant=registrant).exists():
        return []
    coming = (
        registrant.jury.sessions.filter(published_at__isnull=False, starts_at__gte=timezone.now())
        .order_by("starts_at")
        .first()
    )
    sentence = (
        _("Next: %(title)s.") % {"title": coming.title}
        if coming
        else _("The agenda of every session, and where you sit.")
    )
    return [Card(_("My sessions"), sentence, reverse("sessions:own_sessions"), _("See the agenda"))]
