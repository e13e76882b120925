"""What a lottery comes to in a few numbers, without saying whose."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from selection.engine import Lottery as EngineLottery
from selection.engine import Tickets
from selection.engine.rules.comparison import gini
from selection.lottery.bridge import Snapshot
from selection.models import Lottery

NO_CHANCE = 1e-9
"""A chance below this is rounding: the person is on no panel."""

ON_THE_LINE = 1e-4
"""A chance this near below a bin's upper end, in bins, is only rounding away from it."""

BIN_WIDTHS = (1, 2, 5, 10)
MOST_BINS = 12


@dataclass(frozen=True, slots=True)
class Outcome:
    """The chances of those whom a lottery decides about.

    ``smallest``, ``largest`` and ``gini`` are of those among them who have a chance at all, and
    None when nobody has; ``without`` have none. ``bins`` counts the others: the number of a bin,
    each of so many per cent ``width``, and its people. The few far above all others are together
    in the last one, since bins as wide as they need would hide how the rest differ.
    """

    people: int
    without: int
    smallest: float | None
    largest: float | None
    gini: float | None
    width: int
    bins: list[list[int]]

    @property
    def spread(self) -> float:
        """How far the largest chance is above the smallest."""
        return (self.largest or 0.0) - (self.smallest or 0.0)


def outcome_of(chances: Sequence[float]) -> Outcome:
    """The chances of these people in a few numbers."""
    some = sorted(chance for chance in chances if chance > NO_CHANCE)
    width = _bin_width(some)
    bins = Counter(min(int(100 * chance / width + ON_THE_LINE), MOST_BINS) for chance in some)
    return Outcome(
        people=len(chances),
        without=len(chances) - len(some),
        smallest=some[0] if some else None,
        largest=some[-1] if some else None,
        gini=gini(np.array(some)) if some else None,
        width=width,
        bins=[[number, bins[number]] for number in sorted(bins)],
    )


def outcome_kept(lottery: Lottery) -> Outcome:
    """The outcome of a ready lottery: from everybody's chance, or as a rehearsal kept it."""
    if lottery.rehearsal:
        kept: dict[str, Any] = lottery.outcome or {}
        return Outcome(**kept["chances"])
    rows = lottery.chances.filter(fixed=False, gone=False).values_list("probability", flat=True)
    return outcome_of([chance or 0.0 for chance in rows])


def totals(snapshot: Snapshot, result: EngineLottery, tickets: Tickets) -> dict[str, Any]:
    """All that is kept of a rehearsal: its outcome, and how often each value is on one ticket."""
    drawable = [not person.fixed and not person.gone for person in snapshot.people]
    members = tickets.panels[0].tolist()
    on_it = [
        Counter(snapshot.people[place].values[column] for place in members)
        for column in range(len(snapshot.quotas))
    ]
    return {
        "chances": asdict(outcome_of(result.chances[drawable].tolist())),
        "panel": [
            [counts[value] for value in range(len(table["values"]))]
            for counts, table in zip(on_it, snapshot.quotas, strict=True)
        ],
    }


def _bin_width(chances: Sequence[float]) -> int:
    """So wide that all but a few of the chances, sorted, lie below the last bin."""
    most = 100 * chances[int(0.95 * (len(chances) - 1))] if chances else 0.0
    return next((width for width in BIN_WIDTHS if most < MOST_BINS * width), BIN_WIDTHS[-1])
