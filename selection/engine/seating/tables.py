"""Seat a panel at tables over several rounds: every table mixed, and few people meet twice.

Repeats are counted as in the social golfer problem (I. Dotú, P. Van Hentenryck: Scheduling social
golfers locally, CPAIOR 2005), whose neighbourhood of swaps within a round this search shares.
Every other rule (keep-apart pairs, fixed seats, languages, table sizes) holds from the first
arrangement on, since no swap that would break it is ever made.
"""

import numpy as np

from selection.engine.progress import Progress, silent
from selection.engine.seating.annealing import anneal
from selection.engine.seating.bound import fewest_repeats
from selection.engine.seating.hall import REPEAT
from selection.engine.seating.obstacles import Obstacle, SeatingImpossible
from selection.engine.seating.opening import first_seats, house_for
from selection.engine.seating.plan import SeatingPlan, Surplus, UnevenTable, judged
from selection.engine.seating.problem import Balance, Facilitators, SeatingProblem

__all__ = [
    "Balance",
    "Facilitators",
    "Obstacle",
    "SeatingImpossible",
    "SeatingPlan",
    "SeatingProblem",
    "Surplus",
    "UnevenTable",
    "seat",
]

# A look at a round of n people takes as long as this many of its n² pairs, and a little more for
# what does not depend on them. Two seconds or so of one core.
_EFFORT = 115_000_000
_OVERHEAD = 8_000
_MOST_LOOKS = 4_000


def seat(
    problem: SeatingProblem,
    *,
    rng: np.random.Generator,
    steps: int | None = None,
    progress: Progress = silent,
) -> SeatingPlan:
    """A plan that keeps every rule of the problem, or ``SeatingImpossible``.

    The same problem, generator state and ``steps`` give the same plan: the search is bounded
    by its steps, which are looks at one round, and never by the clock. Without ``steps`` there
    are as many as take about two seconds.
    """
    rows = first_seats(problem, rng=rng)
    people = slice(0, len(problem))
    sizes = [np.bincount(row[people], minlength=problem.tables).tolist() for row in rows]
    best = anneal(
        house_for(problem, rows),
        rows,
        rng=rng,
        steps=_looks(problem) if steps is None else steps,
        goal=REPEAT * fewest_repeats(sizes, problem.held),
        progress=progress,
    )
    count = problem.facilitators.count if problem.facilitators else 0
    return judged(problem, best[:, people], best[:, len(problem) : len(problem) + count])


def _looks(problem: SeatingProblem) -> int:
    pairs = len(problem) ** 2
    return min(_EFFORT // (_OVERHEAD + pairs), _MOST_LOOKS * problem.rounds)
