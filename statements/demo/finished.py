"""The story of the finished jury, deed by deed, from the closing of registration to the answers."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from juries import setting_up
from juries.audit import JUROR
from juries.enums import Stage
from juries.models import Jury, User
from selection import draw, panel, probabilities
from selection.models import Lottery, PanelSeat
from sessions import attendance, programme, seating
from sessions.models import AgendaItem, Attendance, Expert, JurySession
from statements import adoption, answering, delivery, dissenting, document, drafting, voting
from statements.demo import texts
from statements.models import Delivery, Part, Revision, Statement

SEED = 2035
TICKETS = (417, 86)
DECLINED = 4
ABSENT_FROM_THE_VOTE = 2
TABLES = 5
ANSWERING_BODY = "Kaupunginhallitus"
WAITING_BODY = "Lähidemokratiajaosto"
CLOSED_ON = date(2026, 2, 28)
HELSINKI = ZoneInfo("Europe/Helsinki")


def is_told(jury: Jury) -> bool:
    """Whether the jury's story has been told to its end."""
    return jury.registration_closes_on == CLOSED_ON


def finish(*, jury: Jury, by: User) -> None:
    """The jury has been drawn, has sat, has stated and has been answered."""
    if jury.stage == Stage.REGISTRATION:
        setting_up.close_registration(jury=jury, by=by)
        jury.refresh_from_db()
    if jury.stage == Stage.LOTTERY:
        _draw(jury, TICKETS[0], by)
        jury.refresh_from_db()
    _confirm(jury, by)
    if not jury.sessions.exists():
        _plan(jury, by)
    _state(jury, by)
    _move_back(jury)


def _draw(jury: Jury, ticket: int, by: User) -> None:
    lottery = probabilities.request_lottery(jury=jury, by=by, seed=SEED)
    probabilities.carry_out(lottery.pk)
    lottery.refresh_from_db()
    drawn = draw.enter_draw(
        lottery=lottery,
        ticket=ticket,
        source="Kolme kymmensivuista noppaa, heittäjänä kaupunginvaltuuston puheenjohtaja",
        by=by,
    )
    draw.confirm_draw(draw=drawn, by=by)


def _confirm(jury: Jury, by: User) -> None:
    """Some decline, others are drawn in their place, and in the end everybody has said yes."""
    if not jury.seats.filter(state=PanelSeat.State.DECLINED).exists():
        for seat in jury.seats.order_by("registrant__reference")[:DECLINED]:
            panel.decline_seat(seat=seat, by=JUROR)
    if jury.seats.held().count() < jury.panel_size:
        _draw(jury, TICKETS[1], by)
    for seat in jury.seats.filter(state=PanelSeat.State.OFFERED):
        panel.accept_seat(seat=seat, by=JUROR)


def _plan(jury: Jury, by: User) -> None:
    experts = {
        name: programme.add_expert(
            jury=jury,
            facts={
                "kind": kind,
                "name": name,
                "affiliation": affiliation,
                "topic": topic,
                "interests": interests,
            },
            by=by,
        )
        for kind, name, affiliation, topic, interests in texts.EXPERTS
    }
    for day in texts.DAYS:
        _hold(jury, day, experts, by)


def _hold(jury: Jury, day: texts.Day, experts: dict[str, Expert], by: User) -> None:
    session = programme.plan_session(
        jury=jury,
        facts={
            "title_fi": day.fi,
            "title_sv": day.sv,
            "starts_at": datetime.combine(day.date, time(*day.clock), HELSINKI),
            "place": day.place,
        },
        by=by,
    )
    for item in day.items:
        programme.add_item(
            session=session,
            facts={
                "kind": item.kind,
                "title_fi": item.fi,
                "title_sv": item.sv,
                "minutes": item.minutes,
            },
            experts=[experts[name] for name in item.experts],
            by=by,
        )
    programme.publish_session(session=session, by=by)
    if session.items.filter(kind=AgendaItem.Kind.ROUND).exists():
        seating.seat_panel(session=session, tables=TABLES, by=by, seed=SEED)
    _attend(session, by)


def _attend(session: JurySession, by: User) -> None:
    """Everybody came, except that two could not on the day of the vote."""
    votes = session.items.filter(kind=AgendaItem.Kind.VOTE).exists()
    seats = list(_members(session.jury))
    absent = seats[-ABSENT_FROM_THE_VOTE:] if votes else []
    states = {
        seat.pk: Attendance.State.ABSENT if seat in absent else Attendance.State.PRESENT
        for seat in seats
    }
    attendance.mark_attendance(session=session, states=states, by=by)


def _members(jury: Jury) -> QuerySet[PanelSeat]:
    return jury.seats.confirmed().order_by("registrant__reference")


def _state(jury: Jury, by: User) -> None:
    statement = drafting.start_statement(jury=jury, language="fi", by=by)
    if statement.state == Statement.State.DRAFTING:
        _draft(statement, by)
        voting.open_vote(statement=statement, by=by)
        statement.refresh_from_db()
    if statement.state == Statement.State.VOTING:
        _vote(statement, by)
        statement.refresh_from_db()
    if statement.state == Statement.State.COUNTED:
        _dissent(statement)
        adoption.adopt_statement(statement=statement, by=by)
    statement = adoption.publish_statement(statement=statement, by=by)
    if not statement.deliveries.exists():
        _deliver(statement, by)


def _draft(statement: Statement, by: User) -> None:
    if statement.parts.exists():
        return
    heading, text = texts.PREAMBLE
    drafting.add_part(
        statement=statement, kind=Part.Kind.SECTION, heading=heading, text=text, by=by
    )
    for recommendation in texts.RECOMMENDATIONS:
        drafting.add_part(
            statement=statement,
            kind=Part.Kind.RECOMMENDATION,
            heading=recommendation.heading,
            text=recommendation.text,
            reasons=recommendation.reasons,
            by=by,
        )


def _vote(statement: Statement, by: User) -> None:
    parts = list(voting.recommendations_of(statement))
    choices = zip(*(_votes(row) for row in texts.RECOMMENDATIONS), strict=True)
    voters = list(_members(statement.jury))[:-ABSENT_FROM_THE_VOTE]
    for seat, ballot in zip(voters, choices, strict=True):
        if not statement.voter_marks.filter(seat=seat).exists():
            voting.cast_vote(
                seat=seat,
                choices={part.pk: choice for part, choice in zip(parts, ballot, strict=True)},
            )
    voting.close_vote(statement=statement, by=by)


def _votes(recommendation: texts.Recommendation) -> Iterator[str]:
    for choice, count in zip(("yes", "no", "blank"), recommendation.votes, strict=True):
        yield from [choice] * count


def _dissent(statement: Statement) -> None:
    if statement.dissents.exists():
        return
    last = voting.recommendations_of(statement).order_by("position").last()
    dissenting.write_dissent(
        seat=_members(statement.jury)[0],
        part=last,
        text=texts.DISSENT,
        by_name=False,
        signed_as=texts.DISSENT_SIGNED_AS,
    )


def _deliver(statement: Statement, by: User) -> None:
    """One body has answered everything; another still has its answers before it."""
    answered, _code = delivery.deliver(
        statement=statement,
        body=ANSWERING_BODY,
        person="Kaupunginhallituksen puheenjohtaja",
        due_on=date(2026, 9, 9),
        by=by,
    )
    answers = {
        part.pk: answering.AnswerText(row.answer, row.answer_reasons, row.owner, row.due_on)
        for part, row in zip(
            voting.recommendations_of(statement), texts.RECOMMENDATIONS, strict=True
        )
    }
    answering.save_draft(delivery=answered, answers=answers)
    answering.publish_answers(delivery=answered)
    delivery.deliver(
        statement=statement,
        body=WAITING_BODY,
        person="Jaoston sihteeri",
        due_on=date(2027, 1, 15),
        by=by,
    )


def _move_back(jury: Jury) -> None:
    """The jury's dates are those of its story, not of the day the demo was loaded."""
    Jury.objects.filter(pk=jury.pk).update(
        registration_closes_on=CLOSED_ON,
        draw_on=date(2026, 3, 5),
        first_session_on=texts.DAYS[0].date,
        last_session_on=texts.DAYS[-1].date,
        response_due_on=date(2026, 9, 9),
        published_at=_at(2026, 1, 12),
    )
    jury.registrants.update(registered_at=_at(2026, 2, 1))
    Lottery.objects.filter(jury=jury).update(
        requested_at=_at(2026, 3, 5), started_at=_at(2026, 3, 5), finished_at=_at(2026, 3, 5)
    )
    jury.draws.update(entered_at=_at(2026, 3, 5), confirmed_at=_at(2026, 3, 5))
    jury.seats.update(answered_at=_at(2026, 3, 12))
    Statement.objects.filter(jury=jury).update(
        vote_opened_at=_at(2026, 5, 9),
        vote_closed_at=_at(2026, 5, 9),
        adopted_at=_at(2026, 5, 9),
        published_at=_at(2026, 5, 11),
    )
    Revision.objects.filter(part__statement__jury=jury).update(at=_at(2026, 4, 28))
    _freeze_again(Statement.objects.get(jury=jury))
    deliveries = Delivery.objects.filter(statement__jury=jury)
    deliveries.update(delivered_at=_at(2026, 5, 11))
    deliveries.filter(body=ANSWERING_BODY).update(published_at=_at(2026, 9, 7))


def _freeze_again(statement: Statement) -> None:
    """The adopted text names the day it was adopted, which has just been moved."""
    statement.adopted_text = document.canonical_text(document.document_of(statement))
    statement.adopted_sha256 = document.fingerprint(statement.adopted_text)
    statement.save(update_fields=["adopted_text", "adopted_sha256"])


def _at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)
