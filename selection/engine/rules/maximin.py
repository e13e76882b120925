"""Maximin: the smallest chance as large as possible."""

import numpy as np

from selection.engine.lotteries.lottery import Lottery, publish
from selection.engine.pool import Pool, Quotas
from selection.engine.progress import Progress, silent
from selection.engine.search.decomposition import decompose
from selection.engine.search.exact import best_smallest
from selection.engine.search.method import prepare
from selection.engine.search.proof import by_points, certify
from selection.engine.search.relaxation import fairest


def maximin(
    pool: Pool, quotas: Quotas, *, rng: np.random.Generator, progress: Progress = silent
) -> Lottery:
    """A lottery that makes the least likely person as likely as possible.

    It says nothing about anybody else's chance. People whom no panel can hold have the chance 0
    and do not count. Raises ``NoFeasiblePanel``.

    The panels that reach leximin's chances, or come near, reach the smallest of them as well:
    mixing these alone is a small program, and seldom is another panel needed.
    """
    task = prepare(pool, quotas, progress=progress)
    sizes, pricer, seatable = task.types.sizes, task.pricer, task.seatable
    target, levels = fairest(pricer.polytope, sizes, open_=seatable, progress=progress)
    near = decompose(pricer, sizes, task.panels, target, progress=progress)
    bound = levels[0].chance if levels else 1.0
    mixture, weighing = best_smallest(
        pricer, sizes, near.panels, seatable=seatable, bound=bound, progress=progress
    )
    method, weighings = "exact", [weighing] if weighing else []
    if weighing is None:
        method = "relaxation"
        weighings = [
            by_points(pricer.polytope, sizes, level, open_=seatable) for level in levels[:1]
        ]
    chances = mixture.chances(sizes)
    certificate = certify(method, weighings, chances, sizes, seatable=seatable)
    return publish("maximin", task.types, mixture, certificate, people=task.people, rng=rng)
