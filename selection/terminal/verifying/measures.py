"""The certificates of nash and goldilocks, checked: one claim about weights bounds one measure.

When no panel weighs more than W, the chances in any lottery, each times its weight, sum to at most
W. What follows for the measure is found here from the rule's definition alone.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, inf, log

import numpy as np

from selection.engine.answers.heaviest import heaviest_by_program
from selection.terminal.reading.inputs import Case
from selection.terminal.records.stored import StoredLottery
from selection.terminal.verifying.claims import Claim, Verdict

# How finely chances are known: a tenth of what counts as a gap.
_ROUNDING = 1e-7
_STEPS = 200


@dataclass(frozen=True, slots=True)
class Weighed:
    """The people about whom the lottery decides: their chances and whole weights.

    ``heaviest`` is what no panel outweighs; the weights of others are 0.
    """

    chances: Sequence[float]
    weights: Sequence[int]
    heaviest: int

    @property
    def mean(self) -> float:
        """The chance that all would have if all had the same."""
        return sum(self.chances) / len(self.chances)


def measure_again(lottery: StoredLottery, case: Case, *, solver: str) -> Iterator[Claim]:
    """That no panel weighs more than the proof says, and what follows for the rule's measure."""
    proof = lottery.proof[0]
    free = [person for person, kind in enumerate(lottery.kinds) if kind in set(proof.kinds)]
    if not free:
        yield Claim("shape", Verdict.WRONG, "the proof speaks of nobody")
        return
    weights = np.zeros(len(lottery.ids), dtype=np.int64)
    weights[free] = [proof.weights[lottery.kinds[person]] for person in free]
    found = heaviest_by_program(case.pool, case.quotas, weights, solver=solver)
    light = found is not None and found <= proof.heaviest
    yield Claim(
        "heaviest",
        Verdict.FINE if light else Verdict.WRONG,
        "no panel weighs more than the proof says: a solver found none"
        if light
        else f"a panel weighs {found}, and the proof says at most {proof.heaviest}",
    )
    weighed = Weighed(
        [lottery.chances[person] for person in free], weights[free].tolist(), proof.heaviest
    )
    fine, sentence = MEASURES[lottery.rule](weighed, lottery.gap)
    yield Claim("gap", Verdict.FINE if fine else Verdict.WRONG, sentence)


def _product(weighed: Weighed, gap: float) -> tuple[bool, str]:
    """Numbers that sum to at most W have the geometric mean W / N at most."""
    count = len(weighed.chances)
    if min(weighed.weights) <= 0 or weighed.heaviest <= 0 or min(weighed.chances) <= 0:
        return False, "the product of chances is 0, or somebody has no weight"
    most = log(weighed.heaviest / count) - sum(map(log, weighed.weights)) / count
    reached = sum(map(log, weighed.chances)) / count
    doubt = _ROUNDING / min(weighed.chances)
    return most - reached <= gap + doubt, (
        f"no lottery's chances have a geometric mean of more than {exp(most):.4%}; this one's is "
        f"{exp(reached):.4%}"
    )


def _tradeoff(weighed: Weighed, gap: float) -> tuple[bool, str]:
    """``largest / mean + mean / smallest``, least within what the claim leaves."""
    mean = weighed.mean
    up = sum(weight for weight in weighed.weights if weight > 0)
    down = -sum(weight for weight in weighed.weights if weight < 0)

    def least(floor: float) -> float:
        over = up * floor - weighed.heaviest
        ceiling = max(mean, over / down) if down else (mean if over <= 0 else inf)
        return ceiling / mean + mean / floor

    bound = _smallest(least, mean)
    floor = min(weighed.chances)
    reached = max(weighed.chances) / mean + (mean / floor if floor > 0 else inf)
    doubt = _ROUNDING * (1 / mean + mean / floor**2) if floor > 0 else 0.0
    return reached - bound <= gap * bound + doubt, (
        f"no lottery's largest and smallest chance measure less than {bound:.6f}; this one's "
        f"measure {reached:.6f}"
    )


def _smallest(convex: Callable[[float], float], most: float) -> float:
    """The least value of a convex function between 0 and ``most``, by ternary search."""
    low, high = most * 1e-9, most
    for _ in range(_STEPS):
        left, right = low + (high - low) / 3, high - (high - low) / 3
        if convex(left) <= convex(right):
            high = right
        else:
            low = left
    return convex((low + high) / 2)


MEASURES: Mapping[str, Callable[[Weighed, float], tuple[bool, str]]] = {
    "nash": _product,
    "goldilocks": _tradeoff,
}
