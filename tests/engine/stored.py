"""Two pools with invented people, written down by a rule so that every machine has the same."""

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
