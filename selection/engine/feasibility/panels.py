"""The panel as a program that people can read: seats of each type, size and households."""

import numpy as np

from selection.engine.solver import Expression, Matrix, Model, Program, Variable, model, total
from selection.engine.types.grouping import Polytope


def panel_program(space: Polytope) -> tuple[Model, list[Variable], list[Expression]]:
    """The seats of each type and how many people count towards each row.

    The panel has the right size and at most one person of each household; quotas are left to the
    caller.
    """
    program = model("panel")
    seats = [
        program.add_variable(f"seats_{kind}", 0, cap, "Integer")
        for kind, cap in enumerate(space.cap.tolist())
    ]
    members: list[list[Variable]] = [[] for _ in space.lower]
    for row, kind in zip(space.rows.tolist(), space.columns.tolist(), strict=True):
        members[row].append(seats[kind])
    used = [total(kinds) for kinds in members]
    for row in range(space.quotas, len(used)):
        if len(used[row]):
            program.addConstraint(used[row] >= int(space.lower[row]))
            program.addConstraint(used[row] <= int(space.upper[row]))
    return program, seats, used


def warm_program(space: Polytope, *, whole: bool) -> Program:
    """The same with the quotas, as a program that stays warm: some panel, nothing to gain."""
    nothing = np.zeros(len(space.cap))
    entries = np.ones(len(space.rows))
    matrix = Matrix((len(space.lower), len(space.cap)), space.rows, space.columns, entries)
    return Program(nothing, nothing, space.cap, matrix, space.lower, space.upper, whole=whole)
