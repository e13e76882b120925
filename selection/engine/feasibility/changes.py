"""The cheapest changes of quotas after which there is a panel.

Lowering a minimum m costs 1 + 2/m for each person, raising a maximum costs 1: what a group is
promised weighs more than what it may have at most, and most where it is promised little. The next
alternative is the cheapest change that leaves at least one bound of each earlier one alone.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from selection.engine.errors import Bound, Change
from selection.engine.feasibility.limits import Limit
from selection.engine.feasibility.panels import panel_program
from selection.engine.solver import Variable, settle, total
from selection.engine.types.grouping import Polytope

type Moves = dict[int, int]
"""By the number of a limit, how many people it moves by."""


def cheapest_changes(
    space: Polytope, limits: Sequence[Limit], *, flexible: bool
) -> Iterator[tuple[Change, ...]]:
    """Changes that each make a panel possible, the cheapest first.

    ``flexible`` keeps them within the flexible bounds. ``space`` has no panel; every bound that
    can be in the way is among the ``limits``.
    """
    search = _Search(space, limits, flexible=flexible)
    while True:
        moves = search.best()
        if not moves:
            return
        yield tuple(_change(limits[number].bound, by) for number, by in moves.items())
        search.forbid(moves)


class _Search:
    """The panel, and for each limit how far it gives way."""

    def __init__(self, space: Polytope, limits: Sequence[Limit], *, flexible: bool) -> None:
        panel = panel_program(space)
        self._program = panel.program
        self._give: list[Variable] = []
        self._moved: dict[int, Variable] = {}
        for number, limit in enumerate(limits):
            most = limit.flex if flexible else _furthest(limit.bound)
            give = self._program.add_variable(f"give_{number}", 0, most, "Integer")
            count = total([panel.used[limit.row], limit.sign * give])
            fits = count >= limit.limit if limit.sign > 0 else count <= limit.limit
            self._program.addConstraint(fits)
            self._give.append(give)
        prices = [_price(limit.bound) for limit in limits]
        self._program.setObjective(
            total(price * give for price, give in zip(prices, self._give, strict=True))
        )

    def best(self) -> Moves | None:
        """The cheapest moves that are left, or None."""
        if not settle(self._program):
            return None
        moves = {number: round(give.value() or 0) for number, give in enumerate(self._give)}
        return {number: by for number, by in moves.items() if by}

    def forbid(self, moves: Moves) -> None:
        """From here on at least one of these limits stays where it is."""
        moved = [self._moves(number) for number in moves]
        self._program.addConstraint(total(moved) <= len(moved) - 1)

    def _moves(self, number: int) -> Variable:
        """Whether a limit moves, as a variable that is 0 or 1."""
        if number not in self._moved:
            give = self._give[number]
            moved = self._program.add_variable(f"moved_{number}", 0, 1, "Integer")
            self._program.addConstraint(give <= give.upBound * moved)
            self._moved[number] = moved
        return self._moved[number]


def _furthest(bound: Bound) -> int:
    """Nobody gains from a minimum below 0 or a maximum above the people there are."""
    return bound.limit if bound.kind == "minimum" else bound.available - bound.limit


def _price(bound: Bound) -> float:
    return float(1 + Fraction(2, bound.limit)) if bound.kind == "minimum" else 1.0


def _change(bound: Bound, by: int) -> Change:
    to = bound.limit - by if bound.kind == "minimum" else bound.limit + by
    return Change(bound.criterion, bound.value, bound.kind, bound.limit, to)
