"""The story of the finished jury, deed by deed, from the closing of registration to the answers."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice

from django.db.models import QuerySet
from django.utils import timezone

from juries.audit import JUROR
from juries.enums import Role, Stage
from juries.models import Jury, Trait, User
from juries.retention import run_retention
from selection.draw.balls import confirm_ball, enter_ball
from selection.draw.committing import Chance, commit
from selection.draw.freezing import freeze_pool
from selection.lottery import probabilities
from selection.models import PanelSeat, Round
from selection.panel import seats as panel_seats
from sessions import attendance, programme, seating
from sessions.models import AgendaItem, Attendance, Expert, JurySession
from statements import adoption, answering, delivery, dissenting, drafting, voting
from statements.demo import clock, texts
from statements.models import Delivery, Part, Statement

SEED = 2035
TICKETS = (417, 86)
DECLINED = 4
ABSENT_FROM_THE_VOTE = 2
TABLES = 5
ANSWERING_BODY = "Kaupunginhallitus"
WAITING_BODY = "Lähidemokratiajaosto"
ANSWER_DUE = {ANSWERING_BODY: date(2026, 9, 9), WAITING_BODY: date(2027, 1, 15)}


def is_told(jury: Jury) -> bool:
    """Whether the jury's story has been told to its end."""
    return Delivery.objects.filter(statement__jury=jury, body=WAITING_BODY).exists()


def finish(*, jury: Jury, by: User) -> None:
    """The jury has been drawn, has sat, has stated and has been answered."""
    with clock.on(2026, 3, 2):
        if jury.stage == Stage.REGISTRATION:
            freeze_pool(jury=jury, by=by)
            jury.refresh_from_db()
    with clock.on(2026, 3, 5):
        if jury.stage == Stage.FROZEN:
            _draw(jury, TICKETS[0], by)
            jury.refresh_from_db()
    with clock.on(2026, 3, 12):
        _confirm(jury, by)
        if not jury.sessions.exists():
            _plan(jury, by)
    _state(jury, by)


def _draw(jury: Jury, ticket: int, by: User) -> None:
    lottery = probabilities.request_lottery(jury=jury, by=by, seed=SEED)
    probabilities.carry_out(lottery.pk)
    lottery.refresh_from_db()
    chance = Chance(Round.Sources.BALLS, timezone.now() + timedelta(hours=1))
    round_ = commit(lottery=lottery, chance=chance, by=by)
    for digit in map(int, f"{ticket:03}"):
        ball = enter_ball(round_=round_, digit=digit, by=by)
        confirm_ball(ball=ball, digit=digit, by=_witness(jury))


def _witness(jury: Jury) -> User:
    """Somebody who saw the balls and is not the one who typed them in."""
    return User.objects.filter(
        memberships__role=Role.OBSERVER, memberships__organisation=jury.organisation
    )[0]


def _confirm(jury: Jury, by: User) -> None:
    """Some decline, others are drawn in their place, and in the end everybody has said yes."""
    if not jury.seats.filter(state=PanelSeat.State.DECLINED).exists():
        for seat in islice(_replaceable(jury), DECLINED):
            panel_seats.decline_seat(seat=seat, by=JUROR)
    if jury.seats.held().count() < jury.panel_size:
        _draw(jury, TICKETS[1], by)
    for seat in jury.seats.filter(state=PanelSeat.State.OFFERED):
        panel_seats.accept_seat(seat=seat, by=JUROR)


def _replaceable(jury: Jury) -> Iterator[PanelSeat]:
    """Seats of people to whom somebody not drawn is alike: all of them can be filled again."""
    answers: dict[int, set[int]] = defaultdict(set)
    for person, value in Trait.objects.filter(registrant__jury=jury).values_list(
        "registrant", "value"
    ):
        answers[person].add(value)
    seats = {seat.registrant_id: seat for seat in jury.seats.order_by("registrant__reference")}
    alike = Counter(frozenset(answers[person]) for person in answers if person not in seats)
    for person, seat in seats.items():
        kind = frozenset(answers[person])
        if alike[kind]:
            alike[kind] -= 1
            yield seat


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
            "starts_at": datetime.combine(day.date, time(*day.clock), clock.HELSINKI),
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
    with clock.on(2026, 4, 28):
        statement = drafting.start_statement(jury=jury, language="fi", by=by)
        if statement.state == Statement.State.DRAFTING:
            _draft(statement, by)
    with clock.on(2026, 5, 9):
        if statement.state == Statement.State.DRAFTING:
            voting.open_vote(statement=statement, by=by)
            statement.refresh_from_db()
        if statement.state == Statement.State.VOTING:
            _vote(statement, by)
            statement.refresh_from_db()
        if statement.state == Statement.State.COUNTED:
            _dissent(statement)
            adoption.adopt_statement(statement=statement, by=by)
    with clock.on(2026, 5, 11):
        statement = adoption.publish_statement(statement=statement, by=by)
        _deliver(statement, ANSWERING_BODY, "Kaupunginhallituksen puheenjohtaja", by)
    with clock.on(2026, 8, 10):
        run_retention(on=date(2026, 8, 10))
    with clock.on(2026, 9, 7):
        _answer(statement)
        _deliver(statement, WAITING_BODY, "Jaoston sihteeri", by)


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


def _deliver(statement: Statement, body: str, person: str, by: User) -> None:
    if not statement.deliveries.filter(body=body).exists():
        delivery.deliver(
            statement=statement, body=body, person=person, due_on=ANSWER_DUE[body], by=by
        )


def _answer(statement: Statement) -> None:
    """One body answers everything; another still has its answers before it."""
    answered = statement.deliveries.get(body=ANSWERING_BODY)
    if answered.published_at:
        return
    parts = voting.recommendations_of(statement)
    answering.save_draft(
        delivery=answered,
        answers={
            part.pk: answering.AnswerText(row.answer, row.answer_reasons, row.owner, row.due_on)
            for part, row in zip(parts, texts.RECOMMENDATIONS, strict=True)
        },
    )
    answering.publish_answers(delivery=answered)
