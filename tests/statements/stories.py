"""How far a jury has come with its statement, one plain function for each stretch."""

from collections.abc import Sequence
from datetime import date

from django.test import Client

from juries.enums import Role
from juries.models import Jury, User
from juries.web import OWN_REGISTRANT
from selection.models import PanelSeat
from statements import adoption, answering, delivery, drafting, voting
from statements.models import Delivery, Part, Statement
from tests import factories

HEADINGS = ("Yhteinen tila", "Kirjastoauto ja palvelukyyti")


def organiser(jury: Jury) -> User:
    return factories.make_member(jury, Role.ORGANISER)


def seated(jury: Jury, people: int = 4) -> list[PanelSeat]:
    """The jury's panel, every seat confirmed."""
    return factories.make_panel(jury, factories.make_mixed_pool(jury, people))


def drafted(jury: Jury, headings: Sequence[str] = HEADINGS) -> Statement:
    """A statement with an opening section and a recommendation for each heading."""
    by = organiser(jury)
    statement = drafting.start_statement(jury=jury, language="fi", by=by)
    drafting.add_part(
        statement=statement,
        kind=Part.Kind.SECTION,
        heading="Johdanto",
        text="Me raadin jäsenet.",
        by=by,
    )
    for heading in headings:
        drafting.add_part(
            statement=statement,
            kind=Part.Kind.RECOMMENDATION,
            heading=heading,
            text=f"{heading} tulee.\n\nToinen kappale.",
            reasons="Koska sitä tarvitaan.",
            by=by,
        )
    return statement


def words(statement: Statement) -> list[tuple[int | None, str]]:
    """Number and heading of each part, in order."""
    return [(line.number, line.revision.heading) for line in drafting.outline(statement)]


def voting_on(jury: Jury, headings: Sequence[str] = HEADINGS) -> Statement:
    statement = drafted(jury, headings)
    voting.open_vote(statement=statement, by=organiser(jury))
    statement.refresh_from_db()
    return statement


def cast_all(statement: Statement, seats: Sequence[PanelSeat], votes: Sequence[str]) -> None:
    """The statement has one recommendation; each seat votes as its place in ``votes`` says."""
    (part,) = voting.recommendations_of(statement)
    for seat, choice in zip(seats, votes, strict=True):
        voting.cast_vote(seat=seat, choices={part.pk: choice})


def choices(statement: Statement, choice: str = "yes") -> dict[int, str]:
    """The same choice on every recommendation."""
    return {part.pk: choice for part in voting.recommendations_of(statement)}


def counted(jury: Jury, headings: Sequence[str] = HEADINGS) -> Statement:
    """Everybody with a seat has voted yes on everything, and the vote is closed."""
    statement = voting_on(jury, headings)
    for seat in jury.seats.confirmed():
        voting.cast_vote(seat=seat, choices=choices(statement))
    voting.close_vote(statement=statement, by=organiser(jury))
    statement.refresh_from_db()
    return statement


def published(jury: Jury, headings: Sequence[str] = HEADINGS) -> Statement:
    statement = counted(jury, headings)
    adoption.adopt_statement(statement=statement, by=organiser(jury))
    return adoption.publish_statement(statement=statement, by=organiser(jury))


def delivered(
    statement: Statement, due_on: date = date(2027, 9, 8), body: str = "Kaupunginhallitus"
) -> tuple[Delivery, str]:
    """The delivery and the code of its link."""
    return delivery.deliver(
        statement=statement,
        body=body,
        person="Piia Päättäjä",
        due_on=due_on,
        by=organiser(statement.jury),
    )


def answers(given: Delivery, status: str = "implemented") -> dict[int, answering.AnswerText]:
    """The same answer to every recommendation."""
    return {
        part.pk: answering.AnswerText(status, "Näin tehdään.", "Tilapalvelut", date(2028, 1, 1))
        for part in answering.parts_to_answer(given)
    }


def answered(given: Delivery, status: str = "implemented") -> None:
    answering.save_draft(delivery=given, answers=answers(given, status))
    answering.publish_answers(delivery=given)


def own_client(seat: PanelSeat) -> Client:
    """A browser in which the juror has entered the personal code."""
    client = Client()
    session = client.session
    session[OWN_REGISTRANT] = seat.registrant_id
    session.save()
    return client
