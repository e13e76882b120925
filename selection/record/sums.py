"""The sum of balls and beacon, as somebody works it out on paper."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from selection.record.published import PublishedRound


@dataclass(frozen=True, slots=True)
class Sum:
    """What is added, and the ticket that comes out: the last digits of the sum."""

    balls: str
    beacon: str
    whole: int
    ticket: str

    @property
    def is_over(self) -> bool:
        """Whether something in front is left out to come to the ticket."""
        return len(str(self.whole)) > len(self.ticket)

    @property
    def line(self) -> str:
        """The sum in one line, however many numbers there are."""
        terms = [term for term in (self.balls, self.beacon) if term]
        if len(terms) == 1:
            return _("The number is %(number)s") % {"number": self.ticket}
        written = f"{' + '.join(terms)} = {self.whole}"
        if self.is_over:
            return _("%(sum)s; the last digits are %(ticket)s") % {
                "sum": written,
                "ticket": self.ticket,
            }
        return written


def sum_of(drawn: PublishedRound) -> Sum | None:
    """The sum of a round, or None before it has a result."""
    result = drawn.result
    if result is None:
        return None
    balls, beacon = result["balls"] or "", result["b"]
    return Sum(
        balls=balls,
        beacon="" if beacon is None else drawn.ticket_name(beacon),
        whole=(int(balls) if balls else 0) + (beacon or 0),
        ticket=drawn.ticket_name(result["index"]),
    )
