"""The panel as a program: seats of each type, size and households."""

from dataclasses import dataclass

import numpy as np

from selection.engine.solver import Expression, Matrix, Model, Program, Variable, model, total
from selection.engine.types.grouping import Polytope


@dataclass(frozen=True, slots=True, eq=False)
class PanelProgram:
    """A program that people can read.

    Attributes
    ----------
    program : the right size, and at most one person of each household; quotas are left to the
        caller.
    seats : how many of each type are on the panel.
    newcomers : how many people are on it who are not in the pool.
    used : for each row of the polytope how many people of the pool count towards it.
    """

    program: Model
    seats: list[Variable]
    newcomers: Variable
    used: list[Expression]


def panel_program(space: Polytope, *, newcomers: int = 0) -> PanelProgram:
    """The panel, with so many people at most who are not in the pool."""
    program = model("panel")
    seats = [
        program.add_variable(f"seats_{kind}", 0, cap, "Integer")
        for kind, cap in enumerate(space.cap.tolist())
    ]
    new = program.add_variable("newcomers", 0, newcomers, "Integer")
    members: list[list[Variable]] = [[] for _ in space.lower]
    for row, kind in zip(space.rows.tolist(), space.columns.tolist(), strict=True):
        members[row].append(seats[kind])
    used = [total(kinds) for kinds in members]
    program.addConstraint(total([used[space.quotas], new]) == int(space.lower[space.quotas]))
    for count, most in zip(used[space.quotas + 1 :], space.upper[space.quotas + 1 :], strict=True):
        program.addConstraint(count <= int(most))
    return PanelProgram(program, seats, new, used)


def warm_program(space: Polytope, *, whole: bool) -> Program:
    """The panel with its quotas as a program that stays warm, with nothing to gain."""
    nothing = np.zeros(len(space.cap))
    entries = np.ones(len(space.rows))
    matrix = Matrix((len(space.lower), len(space.cap)), space.rows, space.columns, entries)
    return Program(nothing, nothing, space.cap, matrix, space.lower, space.upper, whole=whole)
