"""How people who are alike share the seats of their type evenly, with as few cuts as possible.

Each panel is an interval as long as its probability; a stay is a part of it on which one person
sits. See ``lifting`` for where this comes from.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from selection.engine.errors import SolverFailure
from selection.engine.solver import Matrix, Program
from selection.engine.types.grouping import Counts

Floats = NDArray[np.float64]
SLIVER = 1e-12


class Stay(NamedTuple):
    """``who`` sits on ``panel`` from ``start`` to ``end`` of its interval."""

    who: int
    panel: int
    start: float
    end: float


class Piece(NamedTuple):
    """A part of a panel's interval with the seats of each member type still to be given."""

    panel: int
    start: float
    end: float
    left: tuple[int, ...]

    @property
    def length(self) -> float:
        return self.end - self.start


def share_alone(people: int, counts: Counts, probabilities: Floats) -> Iterator[Stay]:
    """``counts[p]`` of these people sit on panel p, each of them equally long in all."""
    panel = np.flatnonzero(counts)
    left, start = counts[panel].copy(), np.zeros(len(panel))
    end = probabilities[panel].copy()
    need = float((end * left).sum()) / people
    for person in range(people):
        length = end - start
        must = left == people - person
        optional = np.flatnonzero(~must)
        reach = np.cumsum(length[optional])
        short = need - float(length[must].sum())
        whole = optional[reach <= short + SLIVER]
        rest = short - float(length[whole].sum())
        taken = must.copy()
        taken[whole] = True
        if rest > SLIVER and len(whole) < len(optional):
            cut = optional[len(whole)]
            panel, left = np.append(panel, panel[cut]), np.append(left, left[cut])
            start, end = np.append(start, start[cut] + rest), np.append(end, end[cut])
            end[cut] = start[cut] + rest
            taken = np.append(taken, False)
            taken[cut] = True
        for piece in np.flatnonzero(taken).tolist():
            yield Stay(person, int(panel[piece]), float(start[piece]), float(end[piece]))
        left = left - taken
        keep = left > 0
        panel, left, start, end = panel[keep], left[keep], start[keep], end[keep]


def share_turns(people: int, stays: list[Stay]) -> Iterator[Stay]:
    """The stays of one seat, handed from person to person so that each has it equally long."""
    need = sum(stay.end - stay.start for stay in stays) / people
    person, room = 0, need
    for stay in stays:
        start = stay.start
        while person < people - 1 and stay.end - start > room + SLIVER:
            yield Stay(person, stay.panel, start, start + room)
            start, person, room = start + room, person + 1, need
        yield Stay(person, stay.panel, start, stay.end)
        room -= stay.end - start


def share_households(
    homes: int, counts: Counts, probabilities: Floats
) -> dict[tuple[int, int], list[Stay]]:
    """The stays of each (household, member type), one member of a household at a time.

    ``counts[p, a]`` members of type a sit on panel p; each household has each of them equally long.
    """
    stays: dict[tuple[int, int], list[Stay]] = defaultdict(list)
    pieces = [
        Piece(panel, 0.0, probability, tuple(left))
        for panel, (probability, left) in enumerate(
            zip(probabilities.tolist(), counts.tolist(), strict=True)
        )
        if any(left)
    ]
    for home in range(homes):
        rest: list[Piece] = []
        for piece, portion in zip(pieces, _portions(homes - home, pieces), strict=True):
            rest.extend(_seat(home, piece, portion, stays))
        pieces = [piece for piece in rest if any(piece.left)]
    return stays


def _portions(homes: int, pieces: list[Piece]) -> Floats:
    """(pieces, member types) the share of each piece on which the next household's member sits.

    A vertex of the ways to share evenly: hardly any piece has to be cut.
    """
    left = np.array([piece.left for piece in pieces], dtype=np.float64)
    if homes == 1 or not pieces:
        return left
    count, kinds = left.shape
    length = np.array([piece.length for piece in pieces])
    due = (length @ left) / homes
    every = np.arange(count * kinds)
    matrix = Matrix(
        (count + kinds, count * kinds),
        np.concatenate([every // kinds, count + every % kinds]),
        np.concatenate([every, every]),
        np.concatenate([np.ones(count * kinds), np.repeat(length, kinds)]),
    )
    forced = (left.sum(axis=1) == homes).astype(np.float64)
    vertex = Program(
        np.zeros(count * kinds),
        np.zeros(count * kinds),
        np.minimum(left, 1.0).ravel(),
        matrix,
        np.concatenate([forced, due]),
        np.concatenate([np.ones(count), due]),
    ).solve()
    if vertex is None:
        raise SolverFailure("households cannot share evenly")
    return vertex.columns.reshape(count, kinds)


def _seat(
    home: int, piece: Piece, portion: Floats, stays: dict[tuple[int, int], list[Stay]]
) -> Iterator[Piece]:
    """Seat the household's members one after the other on the piece; what is left to give."""
    start = piece.start
    for kind, share in enumerate(portion.tolist()):
        end = min(piece.end, start + share * piece.length)
        if piece.end - end <= SLIVER:
            end = piece.end
        if end - start <= SLIVER:
            continue
        stays[home, kind].append(Stay(0, piece.panel, start, end))
        left = tuple(seats - (place == kind) for place, seats in enumerate(piece.left))
        yield Piece(piece.panel, start, end, left)
        start = end
    if start < piece.end:
        yield Piece(piece.panel, start, piece.end, piece.left)
