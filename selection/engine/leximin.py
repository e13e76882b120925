"""Leximin: the smallest chance as large as possible, then the next smallest, and so on."""

import numpy as np

from selection.engine.lottery import Lottery
from selection.engine.method import find_lottery
from selection.engine.pool import Pool, Quotas
from selection.engine.progress import Progress, silent


def leximin(
    pool: Pool, quotas: Quotas, *, rng: np.random.Generator, progress: Progress = silent
) -> Lottery:
    """The leximin lottery of Flanigan, Gölz, Gupta, Hennig, Procaccia, Nature 596 (2021).

    Nobody's chance can be made larger without making smaller the chance of somebody who has no
    more. People whom no panel can hold have the chance 0 and do not count. Raises
    ``NoFeasiblePanel``.
    """
    return find_lottery(pool, quotas, rule="leximin", rng=rng, progress=progress)
