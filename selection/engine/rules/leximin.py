"""Leximin: the smallest chance as large as possible, then the next smallest, and so on."""

import numpy as np

from selection.engine.lotteries.certificate import OPTIMAL
from selection.engine.lotteries.lottery import Lottery, publish
from selection.engine.pool import Pool, Quotas
from selection.engine.progress import Progress, silent
from selection.engine.search.decomposition import decompose
from selection.engine.search.exact import fairer, prove
from selection.engine.search.method import prepare
from selection.engine.search.proof import by_points, certify
from selection.engine.search.relaxation import fairest


def leximin(
    pool: Pool, quotas: Quotas, *, rng: np.random.Generator, progress: Progress = silent
) -> Lottery:
    """The leximin lottery of Flanigan, Gölz, Gupta, Hennig, Procaccia, Nature 596 (2021).

    Nobody's chance can be made larger without making smaller the chance of somebody who has no
    more. People whom no panel can hold have the chance 0 and do not count. Raises
    ``NoFeasiblePanel``.

    The relaxation's chances bound every lottery; when a lottery over real panels reaches them it
    is best. When none does, column generation with integer programs finds and proves the best.
    """
    task = prepare(pool, quotas, progress=progress)
    sizes, pricer, seatable = task.types.sizes, task.pricer, task.seatable
    target, levels = fairest(pricer.polytope, sizes, open_=seatable, progress=progress)
    weighings = [by_points(pricer.polytope, sizes, level, open_=seatable) for level in levels]
    near = decompose(pricer, sizes, task.panels, target, progress=progress)
    mixture, method, short = near.mixture, "relaxation", near.short
    if short > OPTIMAL:
        proof = prove(pricer, sizes, near.panels, seatable=seatable, progress=progress)
        mixture = proof.mixture
        if proof.complete:
            weighings, method, short = proof.weighings, "exact", 0.0
        else:
            mixture = fairer(near.mixture, proof.mixture, sizes, seatable=seatable)
            short = float((target - mixture.chances(sizes)).max())
    chances = mixture.chances(sizes)
    certificate = certify(method, weighings, chances, sizes, seatable=seatable, short=short)
    return publish("leximin", task.types, mixture, certificate, people=task.people, rng=rng)
