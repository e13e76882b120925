"""Small pools of every kind, made from a seed."""

import numpy as np

from selection.engine import Pool, Quotas


def random_task(seed: int) -> tuple[Pool, Quotas]:
    """A pool of four to eleven people and quotas that may or may not have a panel."""
    rng = np.random.default_rng([20260601, seed])
    makers = (
        _exclusive,
        _around_some_people,
        _around_some_people,
        _odd,
        *[_around_some_people] * 2,
    )
    traits, quotas = makers[seed % len(makers)](rng)
    n = len(traits)
    households = rng.integers(0, n // 2 + 1, size=n) if rng.random() < 0.35 else np.full(n, -1)
    households = np.where(rng.random(n) < 0.7, households, -1)
    fixed = (rng.random(n) < 0.15) & (rng.random() < 0.3)
    excluded = (rng.random(n) < 0.2) & (rng.random() < 0.3) & ~fixed
    return Pool.of(traits, households=households, fixed=fixed, excluded=excluded), quotas


def _around_some_people(rng: np.random.Generator) -> tuple[np.ndarray, Quotas]:
    """Quotas around the make-up of some people, with a little room here and there."""
    n, criteria = int(rng.integers(4, 10)), int(rng.integers(1, 4))
    values = rng.integers(2, 4, size=criteria)
    traits = np.column_stack([rng.integers(0, count, size=n) for count in values])
    size = int(rng.integers(2, min(5, n)))
    some = traits[rng.permutation(n)[:size]]
    minimum, maximum = [], []
    for criterion, count in enumerate(values):
        held = np.bincount(some[:, criterion], minlength=count)
        minimum.append(np.maximum(0, held - rng.integers(0, 2, size=count)))
        maximum.append(np.maximum(0, held + rng.integers(0, 2, size=count)))
    if rng.random() < 0.1:
        minimum[0][0] += 1
        maximum[0][0] += 1
    return traits, Quotas.of(size, minimum, maximum)


def _exclusive(rng: np.random.Generator) -> tuple[np.ndarray, Quotas]:
    """Marks that at most one member may carry: three people who pairwise share a mark could be
    half there each, but never two of them whole."""
    n, marks, size = int(rng.integers(7, 12)), int(rng.integers(3, 6)), int(rng.integers(3, 5))
    traits = (rng.random((n, marks)) < 0.4).astype(int)
    minimum = [[0, 0] for _ in range(marks)]
    return traits, Quotas.of(size, minimum, [[size, 1] for _ in range(marks)])


def _odd(rng: np.random.Generator) -> tuple[np.ndarray, Quotas]:
    """The same with three people who do so for sure, their twins, others without a mark, and a
    criterion that everybody has."""
    pairs = np.repeat([[1, 1, 0], [1, 0, 1], [0, 1, 1]], rng.integers(1, 3, size=3), axis=0)
    marks = np.vstack([pairs, np.zeros((int(rng.integers(2, 5)), 3), dtype=int)])
    n, size = len(marks), int(rng.integers(2, 4))
    traits = np.column_stack([marks, rng.integers(0, 2, size=n)])[rng.permutation(n)]
    least, most = int(rng.integers(0, 2)), int(rng.integers(1, size + 1))
    minimum = [[0, 0]] * 3 + [[0, least]]
    return traits, Quotas.of(size, minimum, [[size, 1]] * 3 + [[size, max(least, most)]])
