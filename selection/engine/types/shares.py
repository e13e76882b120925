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
from selection.engine.types.stays import SLIVER, Stays, joined

Floats = NDArray[np.float64]


class Stay(NamedTuple):
    """Somebody sits on ``panel`` from ``start`` to ``end`` of its interval."""

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


def share_alone(people: Counts, counts: Counts, probabilities: Floats) -> Stays:
    """``counts[p]`` of these people sit on panel p, each of them equally long in all."""
    return _in_line(people, counts, probabilities) or _one_by_one(people, counts, probabilities)


def _in_line(people: Counts, counts: Counts, probabilities: Floats) -> Stays | None:
    """All seats one after the other on a line that is cut into as many parts as there are people.

    The seats of one panel are spread over the line. None if they are so near that somebody would
    sit on two of them at once.
    """
    used = np.flatnonzero(counts)
    panel = np.repeat(used, counts[used])
    turn = np.arange(len(panel)) - np.repeat(np.cumsum(counts[used]) - counts[used], counts[used])
    order = np.lexsort((panel, (turn + 0.5) / counts[panel]))
    panel = panel[order]
    seats = np.append(0.0, np.cumsum(probabilities[panel]))
    need = seats[-1] / len(people)
    again = np.argsort(panel, kind="stable")
    near = np.diff(seats[:-1][again]) < need - SLIVER
    if np.any(near & (np.diff(panel[again]) == 0)):
        return None
    parts = np.arange(1, len(people)) * need
    after = np.minimum(np.searchsorted(seats, parts), len(panel))
    for side in (after - 1, after):
        parts = np.where(np.abs(seats[side] - parts) <= SLIVER, seats[side], parts)
    points = np.union1d(seats, parts)
    seat = np.searchsorted(seats, points[:-1], side="right") - 1
    person = np.searchsorted(parts, points[:-1], side="right")
    start, end = points[:-1] - seats[seat], points[1:] - seats[seat]
    return Stays(people[person], panel[seat], start, end)


def _one_by_one(people: Counts, counts: Counts, probabilities: Floats) -> Stays:
    """Person after person takes whole seats and cuts the last; who must sit, sits first."""
    used = np.flatnonzero(counts)
    seats = _Seats(used, counts[used], np.zeros(len(used)), probabilities[used])
    need = float(probabilities @ counts) / len(people)
    stays = []
    for place, person in enumerate(people.tolist()):
        seats, taken = _take(seats, need, must=seats.left == len(people) - place)
        who = np.full(int(taken.sum()), person)
        stays.append(Stays(who, seats.panel[taken], seats.start[taken], seats.end[taken]))
        left = seats.left - taken
        some = left > 0
        seats = _Seats(seats.panel[some], left[some], seats.start[some], seats.end[some])
    return joined(stays)


class _Seats(NamedTuple):
    """Parts of panels' intervals, and how many seats are left on each."""

    panel: Counts
    left: Counts
    start: Floats
    end: Floats


def _take(
    seats: _Seats, need: float, *, must: NDArray[np.bool_]
) -> tuple[_Seats, NDArray[np.bool_]]:
    """The parts that one person takes, as long as needed together; the last may be cut in two."""
    length = seats.end - seats.start
    optional = np.flatnonzero(~must)
    reach = np.cumsum(length[optional])
    short = need - float(length[must].sum())
    whole = optional[reach <= short + SLIVER]
    taken = must.copy()
    taken[whole] = True
    rest = short - float(length[whole].sum())
    if rest <= SLIVER or len(whole) == len(optional):
        return seats, taken
    cut = optional[len(whole)]
    panel, left, start, end = (np.append(column, column[cut]) for column in seats)
    end[cut] = start[-1] = start[cut] + rest
    taken[cut] = True
    return _Seats(panel, left, start, end), np.append(taken, False)


def share_turns(people: Counts, stays: list[Stay]) -> Stays:
    """The stays of one seat, handed from person to person so that each has it equally long."""
    need = sum(stay.end - stay.start for stay in stays) / len(people)
    place, room = 0, need
    parts: list[tuple[int, Stay]] = []
    for stay in stays:
        start = stay.start
        while place < len(people) - 1 and stay.end - start > room + SLIVER:
            parts.append((place, Stay(stay.panel, start, start + room)))
            start, place, room = start + room, place + 1, need
        parts.append((place, Stay(stay.panel, start, stay.end)))
        room -= stay.end - start
    panel, start_, end = zip(*(stay for _, stay in parts), strict=True)
    return Stays(
        people[[place for place, _ in parts]], np.array(panel), np.array(start_), np.array(end)
    )


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
        stays[home, kind].append(Stay(piece.panel, start, end))
        left = tuple(seats - (place == kind) for place, seats in enumerate(piece.left))
        yield Piece(piece.panel, start, end, left)
        start = end
    if start < piece.end:
        yield Piece(piece.panel, start, piece.end, piece.left)
