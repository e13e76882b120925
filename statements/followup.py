"""What became of the recommendations: every body's answers, and who is late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from statements.document import Document, Item
from statements.models import Delivery, Response, Statement


@dataclass(frozen=True, slots=True)
class Answered:
    """A recommendation with a body's newest published answer and those it replaced."""

    item: Item
    answer: Response | None
    earlier: tuple[Response, ...]


@dataclass(frozen=True, slots=True)
class BodyAnswers:
    """One body's answers, or that there are none yet."""

    delivery: Delivery
    is_overdue: bool
    rows: tuple[Answered, ...]


def deliveries_of(statement: Statement, today: date) -> list[tuple[Delivery, bool]]:
    """The deliveries, each with whether its answer is late."""
    return [(delivery, delivery.is_overdue(today)) for delivery in statement.deliveries.all()]


def answers_of(statement: Statement, document: Document, today: date) -> list[BodyAnswers]:
    """What each body has published, in two queries."""
    published: dict[tuple[int, int], list[Response]] = {}
    responses: Iterable[Response] = Response.objects.published().filter(
        delivery__statement=statement
    )
    for response in responses:
        published.setdefault((response.delivery_id, response.part_id), []).append(response)
    return [
        BodyAnswers(
            delivery=delivery,
            is_overdue=is_overdue,
            rows=tuple(
                _answered(item, published.get((delivery.pk, item.part_id), []))
                for item in document.accepted
            ),
        )
        for delivery, is_overdue in deliveries_of(statement, today)
    ]


def _answered(item: Item, versions: list[Response]) -> Answered:
    """``versions`` come newest first."""
    return Answered(
        item=item, answer=versions[0] if versions else None, earlier=tuple(versions[1:])
    )
