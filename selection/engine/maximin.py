"""Maximin: the smallest chance as large as possible."""

import numpy as np

from selection.engine.lottery import Lottery
from selection.engine.method import find_lottery
from selection.engine.pool import Pool, Quotas
from selection.engine.progress import Progress, silent


def maximin(
    pool: Pool, quotas: Quotas, *, rng: np.random.Generator, progress: Progress = silent
) -> Lottery:
    """A lottery that makes the least likely person as likely as possible.

    It says nothing about anybody else's chance. People whom no panel can hold have the chance 0
    and do not count. Raises ``NoFeasiblePanel``.
    """
    return find_lottery(pool, quotas, rule="maximin", rng=rng, progress=progress)
