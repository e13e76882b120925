"""Pools with invented people, written down by a rule so that every machine has the same."""

import numpy as np

from selection.engine import Pool, Quotas


def council() -> tuple[Pool, Quotas]:
    """120 people by gender, age, area and education; the educated and older are too many."""
    person = np.arange(120)
    gender = person * 7 % 12 < 7
    age = np.array([0, 1, 1, 2, 2, 2, 3, 3, 3, 3])[person * 3 % 10]
    area = np.array([0, 0, 0, 1, 1, 2, 3])[person * 5 % 7]
    education = np.array([0, 1, 1, 2, 2, 2])[(person // 3 + person) % 6]
    traits = np.column_stack([gender, age, area, education])
    minimum = [[9, 9], [4, 4, 4, 4], [6, 4, 2, 2], [5, 6, 5]]
    maximum = [[11, 11], [6, 6, 6, 6], [9, 6, 4, 4], [8, 9, 8]]
    return Pool.of(traits), Quotas.of(20, minimum, maximum)


def village() -> tuple[Pool, Quotas]:
    """60 people, most of them living two to a house, two confirmed and three who may not sit."""
    person = np.arange(60)
    traits = np.column_stack([person % 2, person // 2 % 3, person // 4 % 2])
    households = np.where(person < 44, person // 2, -1)
    fixed = np.isin(person, [0, 59])
    excluded = np.isin(person, [5, 21, 50])
    minimum = [[5, 5], [3, 3, 3], [5, 5]]
    maximum = [[7, 7], [5, 5, 5], [7, 7]]
    pool = Pool.of(traits, households=households, fixed=fixed, excluded=excluded)
    return pool, Quotas.of(12, minimum, maximum)


def odd_marks(copies: int, twins: int, plain: int) -> tuple[Pool, Quotas]:
    """Marks that one member may carry at most, three by three: each of the people who carry two of
    three marks could be half there, but never two of them whole. The relaxation is not tight."""
    pairs = [[1, 1, 0], [1, 0, 1], [0, 1, 1]]
    marked = [
        np.kron(np.eye(copies, dtype=int)[copy], pair) for copy in range(copies) for pair in pairs
    ]
    marks = np.vstack([np.repeat(marked, twins, axis=0), np.zeros((plain, 3 * copies), dtype=int)])
    n, size = len(marks), copies + max(2, plain // 3)
    person = np.arange(n)
    traits = np.column_stack([marks, person * 3 % 7 < 4, np.array([0, 1, 1, 2, 2])[person * 7 % 5]])
    minimum = [[0, 0]] * (3 * copies)
    maximum = [[size, 1]] * (3 * copies)
    for criterion, values in ((3 * copies, 2), (3 * copies + 1, 3)):
        share = np.bincount(traits[:, criterion], minlength=values) * size / n
        minimum = [*minimum, np.floor(share).astype(int)]
        maximum = [*maximum, np.ceil(share).astype(int)]
    return Pool.of(traits), Quotas.of(size, minimum, maximum)
