"""Goldilocks: no chance too small, and none too large."""

from dataclasses import replace
from math import inf, sqrt

import numpy as np
from numpy.typing import NDArray

from selection.engine.lotteries.certificate import OPTIMAL, Certificate, Claim
from selection.engine.lotteries.lottery import Lottery, publish
from selection.engine.pool import Pool, Quotas
from selection.engine.progress import Progress, silent
from selection.engine.search.between import Continuous
from selection.engine.search.between_columns import Columns
from selection.engine.search.decomposition import decompose
from selection.engine.search.method import Task, prepare
from selection.engine.search.outweighed import outweighed
from selection.engine.search.relaxation import fairest
from selection.engine.search.tradeoff import Measure, Pair, best_tradeoff
from selection.engine.types.grouping import Counts
from selection.engine.types.mixture import Mixture

Floats = NDArray[np.float64]
ROOM = 1e-9


def goldilocks(
    pool: Pool,
    quotas: Quotas,
    *,
    rng: np.random.Generator,
    progress: Progress = silent,
    gamma: float = 1.0,
) -> Lottery:
    """The lottery with the least ``largest chance * n / k + gamma * (k / n) / smallest chance``.

    C. Baharav, B. Flanigan, "Fair, manipulation-robust, and transparent sortition", EC 2024
    (arXiv 2406.15009), who recommend ``gamma = 1``. A small chance is unfair; a large one is what
    people gain who say they are somebody whom few are. Both terms are 1 and ``gamma`` when all have
    k / n, and each grows in proportion as its end moves away from that: with ``gamma = 1``, halving
    the smallest chance is as bad as adding k / n to the largest. A larger ``gamma`` raises the
    smallest chance at the cost of the largest.

    Only people whom the lottery decides about count: n are those whom some panel can hold, the
    fixed ones aside, and k the seats left for them. The rule leaves open who has which chance in
    between: where the relaxation is reached, the rest is leximin below the ceiling. Raises
    ``NoFeasiblePanel``, and ``ValueError`` when ``gamma`` is not positive.

    The certificate speaks of the measure above: ``bound`` is what no lottery's is below, ``gap``
    how far the one reached is above it, as a share of it. Its claim has weights of both signs,
    summing to A over people where positive and to -B where negative: when no panel weighs more than
    W, every lottery has ``A * smallest - B * largest <= W``. With k / n between both, that bounds
    the measure.
    """
    if not 0 < gamma < inf:
        raise ValueError("gamma must be positive")
    task = prepare(pool, quotas, progress=progress)
    people = int(task.types.sizes[task.seatable].sum())
    if not people:
        return _nobody(task, rng)
    mean = (quotas.size - len(task.types.fixed)) / people
    measure = Measure(1 / mean, gamma * mean)
    progress("relaxation", 0.0)
    relaxed = Continuous(task.pricer.polytope, task.types.sizes, open_=task.seatable)
    goal, slope = best_tradeoff(measure, relaxed.furthest, slope=gamma)
    mixture, panels = _reach(task, goal, progress)
    weights, method = relaxed.weights(slope), "relaxation"
    if measure.of(_ends(task, mixture)) > measure.of(goal) * (1 + OPTIMAL):
        real = Columns(
            task.pricer, task.types.sizes, panels, seatable=task.seatable, progress=progress
        )
        goal, slope = best_tradeoff(measure, real.furthest, slope=slope)
        mixture = real.mixture(slope, goal.floor)
        weights, method = real.weights(slope), "exact"
    certificate = _certificate(task, measure, mean, weights, _ends(task, mixture), method)
    return publish("goldilocks", task.types, mixture, certificate, people=task.people, rng=rng)


def _nobody(task: Task, rng: np.random.Generator) -> Lottery:
    """The fixed people are the panel."""
    mixture = Mixture(np.array(task.panels[:1]), np.ones(1))
    shut_out = tuple(np.flatnonzero(~task.seatable).tolist())
    certificate = Certificate(True, 0.0, 0.0, "relaxation", shut_out=shut_out)
    return publish("goldilocks", task.types, mixture, certificate, people=task.people, rng=rng)


def _reach(task: Task, goal: Pair, progress: Progress) -> tuple[Mixture, list[Counts]]:
    """The lottery nearest to the leximin chances below the ceiling, and the panels found."""
    space, sizes = task.pricer.polytope, task.types.sizes
    below = replace(space, cap=np.minimum(space.cap, (goal.ceiling + ROOM) * sizes))
    target, _ = fairest(below, sizes, open_=task.seatable, progress=progress)
    near = decompose(task.pricer, sizes, task.panels, target, progress=progress)
    return near.mixture, near.panels


def _ends(task: Task, mixture: Mixture) -> Pair:
    chances = mixture.chances(task.types.sizes)[task.seatable]
    return Pair(float(chances.min()), float(chances.max()))


def _certificate(
    task: Task, measure: Measure, mean: float, each: Floats, ends: Pair, method: str
) -> Certificate:
    weights, heaviest = outweighed(task.pricer, each)
    weighed = weights * task.types.sizes
    up, down = int(weighed[weighed > 0].sum()), -int(weighed[weighed < 0].sum())
    bound = _least(measure, mean, up, down, heaviest)
    gap = max(0.0, measure.of(ends) / bound - 1)
    kinds = tuple(np.flatnonzero(task.seatable).tolist())
    shut_out = tuple(np.flatnonzero(~task.seatable).tolist())
    claim = Claim(kinds, tuple(weights.tolist()), heaviest, bound)
    return Certificate(gap <= OPTIMAL, bound, gap, method, (claim,), shut_out)


def _least(measure: Measure, mean: float, up: int, down: int, heaviest: int) -> float:
    """The least measure with ``floor <= mean <= ceiling`` and ``up * floor - down * ceiling <=
    heaviest``."""
    if not up:
        return measure.of(Pair(mean, max(mean, -heaviest / down if down else 0.0)))
    # Up to this floor the ceiling can be as low as the mean.
    free = min(mean, (heaviest + down * mean) / up)
    if not down:
        return measure.of(Pair(free, mean))
    floor = min(mean, max(free, sqrt(measure.below * down / (measure.above * up))))
    return measure.of(Pair(floor, max(mean, (up * floor - heaviest) / down)))
