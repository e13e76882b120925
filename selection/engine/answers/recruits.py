"""The fewest additional registrants with whom a panel becomes possible.

An integer program over the pool's types and newcomers by value. A newcomer's value is left open
where it does not matter: then the panel keeps room below the maximum of every value of that
criterion and needs the newcomer for the minimum of none, so that it stands whatever the value is.
"""

from dataclasses import dataclass, replace

from selection.engine.errors import SolverFailure
from selection.engine.feasibility.panels import panel_program
from selection.engine.pool import Pool, Quotas
from selection.engine.solver import Expression, Variable, settle, total
from selection.engine.types.grouping import Polytope, group, polytope


@dataclass(frozen=True, slots=True)
class Need:
    """So many of the newcomers must have this value of this criterion."""

    criterion: int
    value: int
    people: int


@dataclass(frozen=True, slots=True)
class Recruits:
    """The fewest newcomers, of households of their own, with whom there is a panel.

    Attributes
    ----------
    people : how many; 0 when there is a panel without any.
    enough : values with which a panel is sure, criterion after criterion, in whatever combination;
        what else the newcomers are does not matter.
    needed : of these, what so few newcomers must have in any case.
    """

    people: int
    enough: tuple[Need, ...]
    needed: tuple[Need, ...]


def fewest_recruits(pool: Pool, quotas: Quotas) -> Recruits | None:
    """The fewest newcomers who make a panel possible, with as few demands as possible.

    None when no newcomers help: the quotas contradict each other or the size, or fixed people
    break them.
    """
    types = group(pool)
    space = polytope(pool, quotas, types)
    if len(types.clashing) or quotas.size < len(types.fixed):
        return None
    return _Newcomers(space, quotas).fewest()


class _Newcomers:
    """The panel with newcomers by value; ``open`` ones of a criterion may have any value."""

    def __init__(self, space: Polytope, quotas: Quotas) -> None:
        self._panel = panel_program(space, newcomers=int(space.lower[space.quotas]))
        self._space = space
        self._values: dict[tuple[int, int], Variable] = {}
        self._open: list[Variable] = []
        row = 0
        for criterion, bounds in enumerate(quotas.minimum):
            self._add_criterion(criterion, range(row, row + len(bounds)))
            row += len(bounds)

    def _add_criterion(self, criterion: int, rows: range) -> None:
        program, most = self._panel.program, self._panel.newcomers.upBound
        free = program.add_variable(f"open_{criterion}", 0, most, "Integer")
        mine = []
        for value, row in enumerate(rows):
            new = program.add_variable(f"new_{criterion}_{value}", 0, most, "Integer")
            count = [self._panel.used[row], new]
            program.addConstraint(total(count) >= int(self._space.lower[row]))
            program.addConstraint(total([*count, free]) <= int(self._space.upper[row]))
            self._values[criterion, value] = new
            mine.append(new)
        program.addConstraint(total([*mine, free]) == self._panel.newcomers)
        self._open.append(free)

    def fewest(self) -> Recruits | None:
        program, newcomers = self._panel.program, self._panel.newcomers
        program.setObjective(total([newcomers]))
        if not settle(program):
            return None
        people = _whole(newcomers)
        program.addConstraint(newcomers <= people)
        self._least(-total(self._open))
        enough = [Need(*place, _whole(new)) for place, new in self._values.items()]
        enough = [need for need in enough if need.people]
        program.addConstraint(total(self._open) <= 0)
        needed = [replace(need, people=self._fewest_with(need)) for need in enough]
        return Recruits(people, tuple(enough), tuple(need for need in needed if need.people))

    def _fewest_with(self, need: Need) -> int:
        new = self._values[need.criterion, need.value]
        self._least(total([new]))
        return _whole(new)

    def _least(self, count: Expression) -> None:
        self._panel.program.setObjective(count)
        if not settle(self._panel.program):
            raise SolverFailure("newcomers vanished")


def _whole(variable: Variable) -> int:
    return round(variable.value() or 0)
