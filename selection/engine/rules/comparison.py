"""What each rule makes of one pool, side by side."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selection.engine.lotteries.certificate import Certificate
from selection.engine.lotteries.lottery import Lottery
from selection.engine.pool import Pool, Quotas
from selection.engine.progress import Progress, silent
from selection.engine.rules.catalogue import RULES

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RuleSummary:
    """A rule's chances in a few numbers.

    They are those of the people whom the lottery decides about: not the fixed ones, not the
    excluded ones, not members of a fixed person's household. ``smallest``, ``largest``, ``gini``,
    ``geometric_mean`` and ``goldilocks`` are of those among them who have a chance at all under
    this rule, and None when nobody has.

    Attributes
    ----------
    rule : its name in the catalogue.
    people : how many the lottery decides about.
    without : how many of them have no chance.
    smallest, largest : chances.
    gini : mean difference between two people over twice the mean chance; 0 when all are equal.
        C. Gini, "Variabilità e mutabilità" (1912).
    geometric_mean : what ``nash`` makes as large as possible.
    goldilocks : what ``goldilocks`` makes as small as possible, with its ``gamma`` of 1.
    certificate : what is proven about the lottery, in the rule's own sense.
    """

    rule: str
    people: int
    without: int
    smallest: float | None
    largest: float | None
    gini: float | None
    geometric_mean: float | None
    goldilocks: float | None
    certificate: Certificate


def compare(
    pool: Pool,
    quotas: Quotas,
    *,
    rules: Iterable[str] = tuple(RULES),
    rng: np.random.Generator,
    progress: Progress = silent,
) -> tuple[RuleSummary, ...]:
    """A summary for each of these rules, in this order.

    Each rule has a random stream of its own, by its place in the catalogue: its summary does not
    depend on which others are asked for. Raises ``ValueError`` for a rule that is not in the
    catalogue, ``NoFeasiblePanel``, and whatever a rule raises.
    """
    rules = tuple(rules)
    if unknown := set(rules) - set(RULES):
        raise ValueError(f"no such rule: {sorted(unknown)}")
    streams = dict(zip(RULES, rng.spawn(len(RULES)), strict=True))
    return tuple(
        summarise(pool, RULES[name](pool, quotas, rng=streams[name], progress=progress))
        for name in rules
    )


def summarise(pool: Pool, lottery: Lottery) -> RuleSummary:
    """The lottery's chances in a few numbers."""
    taken = pool.households[pool.fixed]
    open_ = ~pool.fixed & ~pool.excluded & ~np.isin(pool.households, taken[taken >= 0])
    chances = lottery.chances[open_]
    some = chances[chances > 0]
    people, known = len(chances), _figures(some)
    return RuleSummary(lottery.rule, people, people - len(some), *known, lottery.certificate)


type _Figures = tuple[float | None, float | None, float | None, float | None, float | None]


def _figures(chances: Floats) -> _Figures:
    if not len(chances):
        return None, None, None, None, None
    smallest, largest, mean = float(chances.min()), float(chances.max()), float(chances.mean())
    geometric = float(np.exp(np.log(chances).mean()))
    return smallest, largest, gini(chances), geometric, largest / mean + mean / smallest


def gini(chances: Floats) -> float:
    """The Gini coefficient of these positive chances."""
    order = np.sort(chances)
    ranks = np.arange(1, len(order) + 1)
    share = float((ranks * order).sum() / order.sum())
    return max(0.0, (2 * share - len(order) - 1) / len(order))
