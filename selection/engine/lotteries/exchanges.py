"""Two seats change hands and no quota notices.

Where a panel has one person (young, north) and one (old, south), it may have one (young, south)
and one (old, north) instead: each value keeps its number of seats. These squares are the moves of
the independence model's Markov basis in Diaconis, Sturmfels, "Algebraic algorithms for sampling
from conditional distributions", Annals of Statistics 26 (1998), doi 10.1214/aos/1030563990; here
they lead from one panel to another.
"""

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from selection.engine.types.grouping import Counts, Types
from selection.engine.types.looks import digits, find_looks

LONGEST = 2**22
WIDEST = 3
"""Two people trade their values of at most this many criteria."""


class Exchanges:
    """The squares of the types; types of equal values, from other households, count as one look.

    Attributes
    ----------
    look : (T,) the look of each type.

    Where a row's values make no number of 62 bits, no squares are found.
    """

    def __init__(self, types: Types) -> None:
        self._looks, self.look = find_looks(types.traits)
        self._trades = _trades(types.traits.shape[1], whole=len(self._looks) < len(types))
        weights = digits(self._looks)
        if weights is None:
            weights, self._trades = np.zeros(types.traits.shape[1], np.int64), self._trades[:0]
        self._digit = weights
        self._key = self._looks @ weights
        self._table = _table(self._key, int(self._looks.max(axis=0, initial=0) @ weights))

    def around(self, kind: int, partners: Counts) -> NDArray[np.int64]:
        """Squares with ``kind`` in one corner.

        Rows ``(partner, look, look)``: the type itself and the partner have together the values
        that the two looks have together.
        """
        mine = self.look[kind]
        other = self.look[partners]
        moved = self._trades @ ((self._looks[other] - self._looks[mine]) * self._digit).T
        one = self._find(self._key[mine] + moved)
        trade, place = np.nonzero((one >= 0) & (moved != 0))
        two = self._find(self._key[other[place]] - moved[trade, place])
        both = np.flatnonzero(two >= 0)
        trade, place = trade[both], place[both]
        return np.stack([partners[place], one[trade, place], two[both]], axis=1)

    def best(self, cost: Counts) -> Counts:
        """(looks,) for each look its type of the least cost."""
        falling = np.argsort(-cost, kind="stable")
        best = np.zeros(len(self._looks), dtype=np.int64)
        best[self.look[falling]] = falling
        return best

    def _find(self, key: Counts) -> Counts:
        """The look of each key, -1 where there is none; keys ascend with the looks."""
        if self._table is not None:
            return self._table[key]
        place = np.minimum(np.searchsorted(self._key, key), len(self._key) - 1)
        return np.where(self._key[place] == key, place, -1)


def _table(keys: Counts, most: int) -> Counts | None:
    """The place of every key up to ``most``, -1 where there is none; None where it is too long."""
    if most >= LONGEST:
        return None
    table = np.full(most + 1, -1)
    table[keys] = np.arange(len(keys))
    return table


def _trades(criteria: int, *, whole: bool) -> Counts:
    """Which criteria two people trade, one set in each row; all of them where that changes types.

    To trade the others instead leads to the same square.
    """
    sets = [
        chosen
        for size in range(1, min(criteria // 2, WIDEST) + 1)
        for chosen in combinations(range(criteria), size)
    ]
    if whole:
        sets.append(tuple(range(criteria)))
    trades = np.zeros((len(sets), criteria), dtype=np.int64)
    for row, chosen in enumerate(sets):
        trades[row, list(chosen)] = 1
    return trades
