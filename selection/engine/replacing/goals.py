"""The three goals of a like-for-like panel as integer programs: quotas, likeness, lot."""

import numpy as np
from numpy.typing import NDArray

from selection.engine.errors import SolverFailure
from selection.engine.replacing.draft import Draft
from selection.engine.types.grouping import Counts, Polytope, Types

Floats = NDArray[np.float64]
Columns = NDArray[np.int64]
ROUNDING = 1e-6
GUESS = 1.0


class Goals:
    """Settles one goal after the other; a goal once settled is a limit for those after it.

    Columns: ``seats`` of each type, people ``under`` and ``over`` each quota value, and
    ``matches[a, b]``, how many people of the look ``a`` leave and are followed by the look ``b``.
    """

    def __init__(
        self, space: Polytope, types: Types, gone: NDArray[np.int32], *, price: Floats
    ) -> None:
        self._space, self._types, self._gone, self._price = space, types, gone, price
        self._draft = Draft()
        self._seats = self._draft.block(len(types), space.cap)
        self._under = self._draft.block(space.quotas, np.inf)
        self._over = self._draft.block(space.quotas, np.inf)
        self._write_panel()

    def settle(self) -> bool:
        """Settle quotas and likeness; false when the seats cannot be filled at all."""
        missed = np.concatenate([self._under, self._over])
        return self._settle(missed, np.concatenate([self._price, self._price])) and self._settle(
            *self._write_matches()
        )

    def _settle(self, columns: Columns, price: Floats) -> bool:
        """Make the price as small as it can be, and close what no such panel uses.

        A column whose reduced cost is more than what whole panels lose against the relaxation is 0
        in all the best of them (Dantzig, Fulkerson, Johnson, Operations Research 2, 1954). The loss
        is guessed first, since the integer program without those columns is far smaller.
        """
        gain = np.zeros(self._draft.columns)
        gain[columns] = -price
        relaxed = self._draft.program(gain, whole=False).solve()
        if relaxed is None:
            return False
        dear = np.where(relaxed.columns < ROUNDING, -relaxed.reduced, 0.0)
        guess = GUESS
        while guess <= 4 * float(dear.max(initial=GUESS)):
            used = self._draft.without(np.flatnonzero(dear > guess))
            best = used.program(gain, whole=True).solve()
            if best is not None and relaxed.value - best.value <= guess:
                used.row((columns, price), upper=ROUNDING - best.value)
                self._draft = used
                return True
            guess *= 4
        return False

    def seated(self, rng: np.random.Generator) -> Counts:
        """The people who come, chosen by lot among the best."""
        people = np.concatenate([*self._types.people, np.zeros(0, np.int64)])
        chosen = self._draft.block(len(people), 1.0)
        ends = np.cumsum(self._types.sizes).tolist()
        for seats, start, end in zip(self._seats, [0, *ends], ends, strict=False):
            mine = chosen[start:end]
            self._draft.row((mine, 1.0), (np.array([seats]), -1.0), lower=0.0, upper=0.0)
        place = np.zeros(int(people.max(initial=0)) + 1, dtype=np.int64)
        place[people] = chosen
        for household in self._types.classes:
            for home in household.people:
                self._draft.row((place[home], 1.0), upper=1.0)
        gain = np.zeros(self._draft.columns)
        gain[chosen] = rng.random(len(people))
        best = self._draft.program(gain, whole=True).solve()
        if best is None:
            raise SolverFailure("a best panel that cannot be seated")
        return people[best.columns[chosen] > 0.5]

    def _write_panel(self) -> None:
        """Quotas that may be missed; size and households that may not."""
        space = self._space
        for row, (low, high) in enumerate(
            zip(space.lower.tolist(), space.upper.tolist(), strict=True)
        ):
            held = (self._seats[space.columns[space.rows == row]], 1.0)
            if row >= space.quotas:
                self._draft.row(held, lower=low, upper=high)
                continue
            self._draft.row(held, (self._under[[row]], 1.0), lower=low)
            self._draft.row(held, (self._over[[row]], -1.0), upper=high)

    def _write_matches(self) -> tuple[Columns, Floats]:
        """As many matches as there can be; their columns, and in how many criteria each differs."""
        leaving, left = np.unique(self._gone, axis=0, return_counts=True)
        coming, look = np.unique(self._types.traits, axis=0, return_inverse=True)
        matches = self._draft.block(len(leaving) * len(coming), np.inf)
        table = matches.reshape(len(leaving), len(coming))
        for row, count in enumerate(left.tolist()):
            self._draft.row((table[row], 1.0), upper=count)
        for place in range(len(coming)):
            seats = self._seats[np.reshape(look, -1) == place]
            self._draft.row((table[:, place], 1.0), (seats, -1.0), upper=0.0)
        pairs = min(len(self._gone), int(self._space.upper[self._space.quotas]))
        self._draft.row((matches, 1.0), lower=pairs, upper=pairs)
        differing = (leaving[:, None, :] != coming[None, :, :]).sum(axis=2)
        return matches, differing.ravel().astype(np.float64)
