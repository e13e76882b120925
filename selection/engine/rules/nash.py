"""Nash: the product of chances as large as possible."""

import numpy as np
from numpy.typing import NDArray

from selection.engine.lotteries.certificate import OPTIMAL, Certificate, Claim
from selection.engine.lotteries.lottery import Lottery, publish
from selection.engine.pool import Pool, Quotas
from selection.engine.progress import Progress, silent
from selection.engine.search.decomposition import decompose
from selection.engine.search.method import Task, prepare
from selection.engine.search.outweighed import outweighed
from selection.engine.search.product import even_product
from selection.engine.search.product_columns import largest_product

Floats = NDArray[np.float64]


def nash(
    pool: Pool, quotas: Quotas, *, rng: np.random.Generator, progress: Progress = silent
) -> Lottery:
    """The lottery with the largest product of chances, over the people whom a panel can hold.

    J. Nash, "The bargaining problem", Econometrica 18 (1950); for panels Flanigan, Gölz, Gupta,
    Hennig, Procaccia, Nature 596 (2021), doi 10.1038/s41586-021-03788-6. The fixed people, whose
    chance is 1, change nothing. Raises ``NoFeasiblePanel``.

    The certificate speaks of the geometric mean of these people's chances: ``bound`` is what no
    lottery's exceeds, ``gap`` the difference of the logarithms of the bound and of the mean reached
    (a loss of so large a part). Its claim holds for every lottery: when no panel weighs more than
    W, the chances times the weights sum to at most W; of N numbers with this sum the geometric
    mean is at most W / N, hence that of the chances at most W / N over that of the weights.
    """
    task = prepare(pool, quotas, progress=progress)
    sizes, pricer, seatable = task.types.sizes, task.pricer, task.seatable
    progress("relaxation", 0.0)
    target, method = even_product(pricer.polytope, sizes, open_=seatable), "relaxation"
    near = decompose(pricer, sizes, task.panels, target, progress=progress)
    if near.short > OPTIMAL:
        best = largest_product(pricer, sizes, near.panels, seatable=seatable, progress=progress)
        target, method = best.chances, "exact"
        near = decompose(pricer, sizes, best.panels, target, progress=progress)
    chances = near.mixture.chances(sizes)
    certificate = _certificate(task, target, chances, method)
    return publish("nash", task.types, near.mixture, certificate, people=task.people, rng=rng)


def _certificate(task: Task, target: Floats, chances: Floats, method: str) -> Certificate:
    """What weights of one over the chance prove about these chances."""
    kinds = np.flatnonzero(task.seatable)
    shut_out = tuple(np.flatnonzero(~task.seatable).tolist())
    if not len(kinds):
        return Certificate(True, 1.0, 0.0, method, shut_out=shut_out)
    each = np.zeros(len(target))
    each[kinds] = 1 / target[kinds]
    weights, heaviest = outweighed(task.pricer, each)
    sizes = task.types.sizes[kinds]
    people = int(sizes.sum())
    log_bound = np.log(heaviest / people) - float(sizes @ np.log(weights[kinds])) / people
    gap = max(0.0, float(log_bound) - float(sizes @ np.log(chances[kinds])) / people)
    bound = float(np.exp(log_bound))
    claim = Claim(tuple(kinds.tolist()), tuple(weights.tolist()), heaviest, bound)
    return Certificate(gap <= OPTIMAL, bound, gap, method, (claim,), shut_out)
