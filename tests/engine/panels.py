"""Panels to be seated, and the figures of a plan counted one by one."""

from itertools import combinations, product

import numpy as np

from selection.engine.seating.tables import SeatingPlan, SeatingProblem, seat


def panel(people: int, *, seed: int = 0) -> np.ndarray:
    """Five criteria with shares as in a Finnish panel."""
    rng = np.random.default_rng(seed)
    shares = [
        (0.49, 0.49, 0.02),
        (0.12, 0.2, 0.24, 0.22, 0.22),
        (0.25, 0.45, 0.3),
        (0.4, 0.3, 0.2, 0.1),
        (0.85, 0.08, 0.07),
    ]
    columns = [rng.choice(len(share), size=people, p=share) for share in shares]
    return np.stack(columns, axis=1).astype(np.int32)


def seated(problem: SeatingProblem, *, seed: int = 1, steps: int = 300) -> SeatingPlan:
    return seat(problem, rng=np.random.default_rng(seed), steps=steps)


def meetings(rows: np.ndarray) -> np.ndarray:
    """(n, n) in how many rounds two people shared a table; nobody does where they were absent."""
    together = ((rows[:, :, None] == rows[:, None, :]) & (rows[:, :, None] >= 0)).sum(axis=0)
    np.fill_diagonal(together, 0)
    return together


def repeats_of(rows: np.ndarray, held: np.ndarray | None = None) -> int:
    """Each meeting counts the earlier ones of the pair, added up one by one."""
    new = meetings(rows)
    old = np.zeros_like(new) if held is None else meetings(held)
    total = 0
    for one, other in combinations(range(len(new)), 2):
        total += sum(int(old[one, other]) + number for number in range(int(new[one, other])))
    return total


def imbalance_of(traits: np.ndarray, rows: np.ndarray) -> int:
    """How many people too many or too few of a value, table by table."""
    people = len(traits)
    off = 0
    for row, table, column in product(rows, range(int(rows.max()) + 1), traits.T):
        at_table = row == table
        for value in np.unique(column):
            count = int((column[at_table] == value).sum())
            share = int((column == value).sum()) * int(at_table.sum())
            off += max(share // people - count, count + (-share // people), 0)
    return off
