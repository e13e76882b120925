"""What can go wrong in the engine: types with data, never sentences for people."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bound:
    """One quota bound: ``kind`` is "minimum" or "maximum".

    ``criterion`` and ``value`` are positions; ``limit`` is the bound itself and
    ``available`` the number of people with the value who could sit, one of each household.
    """

    criterion: int
    value: int
    kind: str
    limit: int
    available: int


@dataclass(frozen=True, slots=True)
class Change:
    """Move one quota bound from ``from_`` to ``to``."""

    criterion: int
    value: int
    kind: str
    from_: int
    to: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why no panel exists, and the cheapest change of quotas after which one does.

    Attributes
    ----------
    bounds : bounds that cannot hold together; without any one of them the others can.
        Empty when no quota is to blame: the size or the fixed people make a panel impossible.
    relaxation : the first of the alternatives or, where there is none, the change beyond; empty
        when no change of quotas helps.
    size : seats on the panel.
    seatable : the most people a panel could have if there were no quotas, each household once.
    clashing : positions of fixed people who share a household.
    alternatives : changes within the flexible bounds, each of which makes a panel possible, the
        cheapest first; none moves all the bounds that an earlier one moves.
    beyond : the cheapest change where every one goes beyond a flexible bound, else empty.
    """

    bounds: tuple[Bound, ...]
    relaxation: tuple[Change, ...]
    size: int
    seatable: int
    clashing: tuple[int, ...] = ()
    alternatives: tuple[tuple[Change, ...], ...] = ()
    beyond: tuple[Change, ...] = ()


class EngineError(Exception):
    """The engine cannot do what was asked."""


class NoFeasiblePanel(EngineError):
    """No panel meets size, quotas, households and fixed people; ``conflict`` says why."""

    def __init__(self, conflict: Conflict) -> None:
        super().__init__(conflict)
        self.conflict = conflict


class NothingDrawn(EngineError):
    """Drawing at random met the quotas in none of so many ``attempts``, though some panel does."""

    def __init__(self, attempts: int) -> None:
        super().__init__(attempts)
        self.attempts = attempts


class SolverFailure(EngineError):
    """The solver stopped without an answer; ``detail`` is its own word for why."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class Cancelled(EngineError):
    """The caller's progress function asked to stop."""


class TooManyProfiles(EngineError):
    """More combinations of values than can be weighed against each other."""
