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

WIDEST = 3
"""Two people trade their values of at most this many criteria."""
KEYS = 2.0**62
"""Where there are more combinations of values than numbers for them, no squares are found."""


class Exchanges:
    """The squares of the types; types of equal values, from other households, count as one look.

    Attributes
    ----------
    look : (T,) the look of each type.
    """

    def __init__(self, types: Types) -> None:
        looks, look = np.unique(types.traits, axis=0, return_inverse=True)
        self.look: Counts = np.asarray(look, dtype=np.int64).reshape(-1)
        self._looks = looks.astype(np.int64)
        self._digit = _digits(self._looks)
        self._key = self._looks @ self._digit
        self._trades = _trades(looks.shape[1], whole=len(looks) < len(types))
        if np.prod(looks.max(axis=0, initial=0) + 1.0) > KEYS:
            self._trades = self._trades[:0]

    def around(self, kind: int, partners: Counts) -> NDArray[np.int64]:
        """Squares with ``kind`` in one corner.

        Rows ``(partner, look, look)``: the type itself and the partner have together the values
        that the two looks have together.
        """
        mine = self.look[kind]
        other = self.look[partners]
        moved = self._trades @ ((self._looks[other] - self._looks[mine]) * self._digit).T
        one = self._find(self._key[mine] + moved)
        two = self._find(self._key[other] - moved)
        trade, place = np.nonzero((one >= 0) & (two >= 0) & (moved != 0))
        return np.stack([partners[place], one[trade, place], two[trade, place]], axis=1)

    def best(self, cost: Counts) -> Counts:
        """(looks,) for each look its type of the least cost."""
        falling = np.argsort(-cost, kind="stable")
        best = np.zeros(len(self._looks), dtype=np.int64)
        best[self.look[falling]] = falling
        return best

    def _find(self, key: Counts) -> Counts:
        """The look of each key, -1 where there is none; keys ascend with the looks."""
        place = np.minimum(np.searchsorted(self._key, key), len(self._key) - 1)
        return np.where(self._key[place] == key, place, -1)


def _digits(looks: Counts) -> Counts:
    """What a value weighs in the one number that stands for a look; the first weighs most."""
    base = looks.max(axis=0, initial=0) + 1
    return np.cumprod(base[::-1])[::-1] // base


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
