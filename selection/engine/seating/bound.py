"""Repeats that no plan can avoid.

People who shared a table in one round and are more than another round has tables must share
again there. Repeats are counted pair of rounds by pair of rounds, so these bounds add up.
"""

from collections.abc import Sequence
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray


def fewest_repeats(rounds: Sequence[Sequence[int]], held: NDArray[np.int32] | None = None) -> int:
    """A bound from below on repeats.

    Parameters
    ----------
    rounds : the table sizes of each round to come.
    held : (h, n) the table of each person in the rounds that have been held, -1 when absent.
    """
    among = sum(
        max(_shared_again(one, other), _shared_again(other, one))
        for one, other in combinations(rounds, 2)
    )
    history = [] if held is None else [_sizes_of(row) for row in held]
    return among + sum(_shared_again(past, sizes) for past in history for sizes in rounds)


def most_pairs(rounds: Sequence[Sequence[int]]) -> int:
    """No plan lets more different pairs meet: all there are, or one for each two who sit down."""
    people = sum(rounds[0])
    return min(comb(people, 2), sum(comb(size, 2) for sizes in rounds for size in sizes))


def _shared_again(groups: Sequence[int], sizes: Sequence[int]) -> int:
    """Fewest pairs within these groups who share a table of these sizes.

    Each group on its own is spread as evenly as the tables have room.
    """
    return sum(_spread(group, sizes) for group in groups)


def _spread(group: int, sizes: Sequence[int]) -> int:
    """The next person at a table with i of the group meets i of them: fill level by level."""
    pairs, level = 0, 0
    while group > 0:
        joining = min(group, sum(size > level for size in sizes))
        pairs += joining * level
        group -= joining
        level += 1
    return pairs


def _sizes_of(row: NDArray[np.int32]) -> list[int]:
    _, counts = np.unique(row[row >= 0], return_counts=True)
    return list(map(int, counts))
