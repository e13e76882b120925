"""People take the seats of their type by turns, so that each is on as many tickets as the next."""

import numpy as np
from numpy.typing import NDArray

from selection.engine.lotteries.colouring import coloured
from selection.engine.types.grouping import Counts, HouseholdClass, Types

Seated = tuple[Counts, Counts]


def take_turns(
    types: Types, panels: NDArray[np.int32], copies: Counts, *, rng: np.random.Generator
) -> NDArray[np.int32]:
    """(tickets, size) the people on each ticket, ascending; copies of a panel follow each other.

    ``panels`` is (T, P) counts of types. The people of a type are on equally many tickets, or one
    apart; households of one class too, and nobody sits with somebody of the same household.
    """
    first = np.concatenate([[0], np.cumsum(copies)])
    count = int(first[-1])
    seated = [
        _alone(rng.permutation(types.people[kind]), _seats(panels[kind], copies, first))
        for kind in types.alone.tolist()
    ]
    for household in types.classes:
        kinds = np.unique(household.slots)
        seats = [_seats(panels[kind], copies, first) for kind in kinds.tolist()]
        seated.append(_together(household, kinds, seats, rng))
    always = np.repeat(np.arange(count), len(types.fixed)), np.tile(types.fixed, count)
    ticket, person = (np.concatenate(column) for column in zip(*seated, always, strict=True))
    return person[np.lexsort((person, ticket))].reshape(count, -1).astype(np.int32)


def _seats(counts: NDArray[np.int32], copies: Counts, first: Counts) -> Counts:
    """The ticket of each seat of a type, ascending."""
    used = np.flatnonzero(counts * copies)
    tickets = np.concatenate(
        [
            np.zeros(0, np.int64),
            *(
                np.repeat(np.arange(first[place], first[place + 1]), counts[place])
                for place in used.tolist()
            ),
        ]
    )
    return tickets.astype(np.int64)


def _alone(people: Counts, tickets: Counts) -> Seated:
    return tickets, people[np.arange(len(tickets)) % len(people)]


def _together(
    household: HouseholdClass, kinds: Counts, seats: list[Counts], rng: np.random.Generator
) -> Seated:
    """Homes are the colours of the seats; in a home, those who are alike take turns."""
    homes = rng.permutation(household.people)
    ticket = np.concatenate(seats)
    kind = np.repeat(kinds, [len(tickets) for tickets in seats])
    order = np.lexsort((kind, ticket))
    ticket, kind = ticket[order], kind[order]
    home = np.array(
        coloured(list(zip(ticket.tolist(), kind.tolist(), strict=True)), len(homes)), dtype=np.int64
    )
    person = np.zeros(len(ticket), dtype=np.int64)
    for each in kinds.tolist():
        mine = np.flatnonzero(kind == each)
        twins = homes[:, household.slots == each]
        person[mine] = twins[home[mine], _turn(home[mine]) % twins.shape[1]]
    return ticket, person


def _turn(home: Counts) -> Counts:
    """How often each home came before."""
    order = np.argsort(home, kind="stable")
    sorted_ = home[order]
    start = np.searchsorted(sorted_, sorted_)
    turn = np.zeros(len(home), dtype=np.int64)
    turn[order] = np.arange(len(home)) - start
    return turn
