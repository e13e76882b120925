"""Some members leave: the confirmed stay, and their seats are drawn by the same rule."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from selection.engine.lotteries.lottery import Lottery
from selection.engine.pool import Pool, Quotas
from selection.engine.progress import Progress, silent
from selection.engine.rules.catalogue import Rule
from selection.engine.rules.leximin import leximin


def replace(
    pool: Pool,
    quotas: Quotas,
    *,
    kept: ArrayLike,
    gone: ArrayLike,
    rule: Rule = leximin,
    rng: np.random.Generator,
    progress: Progress = silent,
) -> Lottery:
    """The lottery over the seats that are empty: every panel has all of ``kept``, nobody ``gone``.

    ``kept`` and ``gone`` are positions in the pool. The quotas are those of the whole panel, and
    nobody of a kept member's household is drawn. People whom the pool fixes are kept as well
    unless they are gone; people whom it excludes stay excluded. Chances are as equal among the
    others as the rule makes them; the kept have the chance 1 and the gone 0.

    Raises ``NoFeasiblePanel`` when the quotas cannot be met any more, and ``ValueError`` when
    somebody is both kept and gone, or kept and excluded.
    """
    return rule(after(pool, kept=kept, gone=gone), quotas, rng=rng, progress=progress)


def after(pool: Pool, *, kept: ArrayLike, gone: ArrayLike) -> Pool:
    """The pool with the kept fixed and the gone excluded."""
    stay, leave = _marked(pool, kept), _marked(pool, gone)
    if bool(np.any(stay & leave)):
        raise ValueError("nobody can be both kept and gone")
    return Pool.of(
        pool.traits,
        households=pool.households,
        fixed=(pool.fixed & ~leave) | stay,
        excluded=pool.excluded | leave,
    )


def _marked(pool: Pool, people: ArrayLike) -> NDArray[np.bool_]:
    positions = np.asarray(people, dtype=np.int64).reshape(-1)
    if len(positions) and not 0 <= int(positions.min()) <= int(positions.max()) < len(pool):
        raise ValueError("everybody kept or gone must be in the pool")
    marked = np.zeros(len(pool), dtype=bool)
    marked[positions] = True
    return marked
