"""From the arguments of ``seat`` to a seating problem."""

from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selection.engine.seating.tables import Balance, Facilitators, SeatingProblem
from selection.terminal.exits import Unusable
from selection.terminal.reading.guests import Guests, words
from selection.terminal.reading.history import History


@dataclass(frozen=True, slots=True)
class Room:
    """The problem, with the names of those in it.

    Attributes
    ----------
    guests : the people who are there.
    facilitators : the names of the facilitators.
    languages : the languages of each table; empty when languages do not matter.
    problem : what the engine is asked.
    """

    guests: Guests
    facilitators: Sequence[str]
    languages: Sequence[frozenset[str]]
    problem: SeatingProblem


def room_for(options: Namespace, guests: Guests, history: History) -> Room:
    """The problem that the options put, or ``Unusable`` with the first that makes no sense."""
    numbers = {name: at for at, name in enumerate(guests.ids)}
    languages = _table_languages(options, guests)
    leaders = [name.partition("=") for name in options.facilitators]
    names = [name for name, _, _ in leaders]
    _require_new(names, guests)
    fixed, pins = _fixed(options, numbers, history.rounds)
    team = Facilitators(
        len(names),
        allowed=_may_sit([words(text) for _, _, text in leaders], languages),
        held=history.of(names),
    )
    problem = SeatingProblem(
        traits=_traits(guests),
        tables=options.tables,
        rounds=options.rounds,
        held=history.of(guests.ids),
        apart=tuple(_pair(text, numbers) for text in options.apart),
        fixed=fixed,
        pins=pins,
        allowed=_may_sit(guests.languages, languages),
        capacity=_capacity(options),
        facilitators=team,
        balance=Balance(options.balance),
    )
    return Room(guests, names, languages, problem)


def listed(arguments: Iterable[str]) -> list[str]:
    """Names separated by commas, by spaces, or both."""
    return [name for argument in arguments for name in argument.split(",") if name]


def _traits(guests: Guests) -> NDArray[np.int32]:
    """Values numbered in the order of the alphabet."""
    columns = [
        np.unique([values[at] for values in guests.values], return_inverse=True)[1]
        for at in range(len(guests.criteria))
    ]
    return np.array(columns, dtype=np.int32).reshape(len(columns), len(guests.ids)).T.copy()


def _person(name: str, numbers: Mapping[str, int]) -> int:
    if name not in numbers:
        raise Unusable(f"“{name}” is not among the people to be seated.")
    return numbers[name]


def _pair(text: str, numbers: Mapping[str, int]) -> tuple[int, int]:
    names = text.split(",")
    if len(names) != 2 or names[0] == names[1]:
        raise Unusable(f"--apart {text}: name two people with a comma between, such as p01,p02.")
    return _person(names[0], numbers), _person(names[1], numbers)


def _fixed(
    options: Namespace, numbers: Mapping[str, int], held: int
) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int, int], ...]]:
    """Seats fixed in every round, and those fixed in one round."""
    fixed: dict[int, int] = {}
    pins: dict[tuple[int, int], int] = {}
    for text in options.fixed:
        name, *rest = text.split(",")
        if len(rest) not in (1, 2):
            raise Unusable(f"--fixed {text}: write p01,3 or, for round 2 only, p01,3,2.")
        person = _person(name, numbers)
        table = _number(f"--fixed {text}", rest[0], "table", 1, options.tables) - 1
        if len(rest) == 1:
            known = fixed.setdefault(person, table)
        else:
            last = held + options.rounds
            turn = _number(f"--fixed {text}", rest[1], "round", held + 1, last) - held - 1
            known = pins.setdefault((turn, person), table)
        if known != table:
            raise Unusable(f"--fixed {text}: {name} is fixed at table {known + 1} already.")
    return (
        tuple(fixed.items()),
        tuple((turn, person, table) for (turn, person), table in pins.items()),
    )


def _number(where: str, text: str, what: str, least: int, most: int) -> int:
    if not (text.isascii() and text.isdigit() and least <= int(text[:9]) <= most):
        raise Unusable(f"{where}: “{text}” is not a {what} from {least} to {most}.")
    return int(text)


def _by_table(option: str, arguments: Iterable[str], tables: int) -> dict[int, str]:
    """What is said of each table, in arguments such as 3=sv."""
    said: dict[int, str] = {}
    for text in listed(arguments):
        number, mark, value = text.partition("=")
        if not mark or not value:
            raise Unusable(f"{option} {text}: write the table, = and its value, such as 3=sv.")
        table = _number(f"{option} {text}", number, "table", 1, tables) - 1
        if said.setdefault(table, value) != value:
            raise Unusable(f"{option} {text}: table {number} has another value already.")
    return said


def _capacity(options: Namespace) -> tuple[int | None, ...] | None:
    if not options.seats:
        return None
    said = _by_table("--seats", options.seats, options.tables)
    seats = {at: _number("--seats", text, "number", 1, 10**6) for at, text in said.items()}
    return tuple(seats.get(table) for table in range(options.tables))


def _table_languages(options: Namespace, guests: Guests) -> list[frozenset[str]]:
    """The languages of each table: those told, else the one that most people speak."""
    if options.languages is None:
        if options.table_language or any("=" in name for name in options.facilitators):
            raise Unusable(
                "A table or a facilitator has a language; name the column with --languages."
            )
        return []
    said = _by_table("--table-language", options.table_language, options.tables)
    spoken = Counter(sorted(word for speaks in guests.languages for word in speaks))
    usual = frozenset(word for word, _ in spoken.most_common(1))
    tables = range(options.tables)
    return [words(said[table]) if table in said else usual for table in tables]


def _may_sit(
    people: Sequence[frozenset[str]], tables: Sequence[frozenset[str]]
) -> NDArray[np.bool_] | None:
    """(people, tables) whether they have a language in common; who names none may sit anywhere."""
    if not tables:
        return None
    fine = [[not speaks or bool(speaks & table) for table in tables] for speaks in people]
    return np.array(fine, dtype=bool).reshape(len(people), len(tables))


def _require_new(names: Sequence[str], guests: Guests) -> None:
    taken = set(guests.ids)
    for name in names:
        if not name or name in taken:
            raise Unusable(
                f"--facilitators: “{name}” is named twice, or is somebody at the tables."
            )
        taken.add(name)
