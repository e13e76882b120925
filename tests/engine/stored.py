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


def scattered(
    people: int,
    values: tuple[int, ...],
    size: int,
    *,
    salt: int,
    slack: int = 0,
    homes: int = 0,
    fixed: int = 0,
) -> tuple[Pool, Quotas]:
    """People with as many ``values`` as each criterion has, the later ones rarer, as if by chance.

    The quotas are what every so-and-so-many-th person makes up, with ``slack`` tenths of them a
    seat wider; ``homes`` tenths of the people share a household; the first ``fixed`` of those who
    make up the quotas hold a seat.
    """
    columns = []
    for criterion, count in enumerate(values):
        shares = np.cumsum([1 / (value + 1) for value in range(count)])
        columns.append(np.searchsorted(shares / shares[-1], _spread(people, salt, criterion)))
    traits = np.column_stack(columns)
    some = np.argsort(_spread(people, salt, 50), kind="stable")[:size]
    minimum, maximum = [], []
    for criterion, count in enumerate(values):
        held = np.bincount(traits[some, criterion], minlength=count)
        wider = _spread(2 * count, salt, 60 + criterion) * 10 < slack
        minimum.append(np.maximum(0, held - wider[:count]))
        maximum.append(held + wider[count:])
    together = _spread(people, salt, 70) * 10 < homes
    home = (_spread(people, salt, 80) * people / 2).astype(int)
    home[some] = people + some
    held_seats = np.isin(np.arange(people), some[:fixed])
    pool = Pool.of(traits, households=np.where(together, home, -1), fixed=held_seats)
    return pool, Quotas.of(size, minimum, maximum)


def _spread(count: int, salt: int, column: int) -> np.ndarray:
    """Numbers in [0, 1) that look random: the finalizer of MurmurHash3."""
    number = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(1_000_003)
    number += np.uint64(salt * 10_007 + column * 101)
    for factor in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
        number ^= number >> np.uint64(33)
        number *= np.uint64(factor)
    number ^= number >> np.uint64(33)
    return number.astype(np.float64) / 2.0**64
