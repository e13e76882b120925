"""``lottery.json`` as it is read back: everything in it is looked at before it is believed."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

from selection.terminal.exits import Unusable
from selection.terminal.paths import read_bytes

FORMAT = "raatihuone-lottery/1"
MANY = 2**31
LARGE = 2**53


@dataclass(frozen=True, slots=True)
class StoredValue:
    """One value of a criterion and its quota."""

    value: str
    minimum: int
    maximum: int


@dataclass(frozen=True, slots=True)
class StoredCriterion:
    """A criterion with its values, in the order of the quota file."""

    name: str
    quotas: tuple[StoredValue, ...]


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """No panel weighs more than ``heaviest``; see the engine's ``Claim`` for what follows.

    ``kinds`` are held to the bound; ``weights`` has one entry a type, ``points`` one for each
    quota value and one for a seat, or none.
    """

    kinds: tuple[int, ...]
    weights: tuple[int, ...]
    heaviest: int
    bound: float
    points: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StoredLottery:
    """A lottery file whose parts fit together; whether its claims are true is not said.

    People, values and panels are positions: ``traits[person][criterion]`` is a position among the
    criterion's quotas, ``panels[panel]`` are positions of people, ``tickets[ticket]`` is a
    position of a panel. Equal ``households`` live together; -1 is no household. People of one of
    the ``kinds`` weigh the same in the ``proof``; -1 is for people who weigh nothing.
    """

    rule: str
    size: int
    optimal: bool
    bound: float
    gap: float
    shut_out: tuple[int, ...]
    proof: tuple[StoredClaim, ...]
    criteria: tuple[StoredCriterion, ...]
    ids: tuple[str, ...]
    traits: tuple[tuple[int, ...], ...]
    households: tuple[int, ...]
    fixed: tuple[bool, ...]
    excluded: tuple[bool, ...]
    kinds: tuple[int, ...]
    chances: tuple[float, ...]
    counts: tuple[int | None, ...]
    panels: tuple[tuple[int, ...], ...]
    probabilities: tuple[float, ...]
    tickets: tuple[int, ...]
    ticket_shift: float | None

    def values(self, person: int) -> tuple[str, ...]:
        """The person's values, criterion after criterion."""
        return tuple(
            criterion.quotas[trait].value
            for criterion, trait in zip(self.criteria, self.traits[person], strict=True)
        )


def read_lottery(path: Path) -> StoredLottery:
    """The lottery in the file, or ``Unusable``."""
    return parse_lottery(read_bytes(path), file=str(path))


def parse_lottery(content: bytes, *, file: str) -> StoredLottery:
    """The lottery in these bytes, or ``Unusable`` with what is wrong first."""
    found = parse_json(content, file=file, what="a lottery file")
    if found.get("format") != FORMAT:
        raise Unusable(f"{file}: this is not a lottery file.")
    try:
        return _lottery(found)
    except Malformed as error:
        raise Unusable(f"{file}: {error}; the file has been changed or cut.") from None


class Malformed(Exception):
    """A part of a file is not what it has to be; the text says which part."""


def parse_json(content: bytes, *, file: str, what: str) -> dict[str, Any]:
    """A JSON object in which no name comes twice and every number is finite; or ``Unusable``."""
    try:
        found = json.loads(content, parse_constant=_refuse, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise Unusable(f"{file}: this is not {what}.") from None
    return found if isinstance(found, dict) else {}


def _refuse(text: str) -> float:
    raise ValueError(text)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name comes twice")
    return found


def take[Kind](entry: Any, name: str, kind: type[Kind], *, where: str = "") -> Kind:
    """The named part of an entry, of this kind; or ``Malformed``."""
    found = entry.get(name) if isinstance(entry, dict) else None
    if kind is float and type(found) is int and abs(found) < 2**53:
        found = float(found)
    if not isinstance(found, kind) or (isinstance(found, bool) and kind is not bool):
        raise Malformed(f"{where}“{name}” is missing or is not {_KINDS[kind]}")
    if isinstance(found, float) and not isfinite(found):
        raise Malformed(f"{where}“{name}” is not a finite number")
    if isinstance(found, int) and abs(found) >= LARGE:
        raise Malformed(f"{where}“{name}” is too large")
    return found


def take_count(entry: Any, name: str, *, where: str = "", least: int = 0) -> int:
    """The named number of seats; or ``Malformed``."""
    found = take(entry, name, int, where=where)
    if not least <= found < MANY:
        raise Malformed(f"{where}“{name}” is no number of seats")
    return found


_KINDS: Mapping[type, str] = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    list: "a list",
    dict: "an object",
}


def _lottery(found: Mapping[str, Any]) -> StoredLottery:
    criteria = tuple(map(_criterion, _entries(found, "criteria")))
    people = list(_entries(found, "people"))
    ids = tuple(take(entry, "id", str, where=where) for where, entry in people)
    if len(set(ids)) < len(ids):
        raise Malformed("an id comes twice among the people")
    positions = {name: position for position, name in enumerate(ids)}
    panels = list(_entries(found, "panels"))
    tickets = found.get("tickets", [])
    if not isinstance(tickets, list) or any(
        type(panel) is not int or not 0 <= panel < len(panels) for panel in tickets
    ):
        raise Malformed("“tickets” has an entry that is no panel of this file")
    for where, entry in people:
        if entry.get("fixed") and entry.get("excluded"):
            raise Malformed(f"{where}nobody can be both fixed and excluded")
    certificate = take(found, "certificate", dict)
    shift = take(found, "ticket_shift", float) if "ticket_shift" in found else None
    return StoredLottery(
        rule=take(found, "rule", str),
        size=take_count(found, "size", least=1),
        optimal=take(certificate, "optimal", bool),
        bound=take(certificate, "bound", float),
        gap=take(certificate, "gap", float),
        shut_out=_wholes(certificate, "shut_out"),
        proof=tuple(_claim(where, entry) for where, entry in _entries(found, "proof", least=0)),
        criteria=criteria,
        ids=ids,
        traits=tuple(_traits(where, entry, criteria) for where, entry in people),
        households=tuple(
            _maybe(entry, "household", int, -1, where=where) for where, entry in people
        ),
        fixed=tuple(_maybe(entry, "fixed", bool, False, where=where) for where, entry in people),
        excluded=tuple(
            _maybe(entry, "excluded", bool, False, where=where) for where, entry in people
        ),
        kinds=tuple(_maybe(entry, "type", int, -1, where=where) for where, entry in people),
        chances=tuple(take(entry, "chance", float, where=where) for where, entry in people),
        counts=tuple(_maybe(entry, "tickets", int, None, where=where) for where, entry in people),
        panels=tuple(_members(where, entry, positions) for where, entry in panels),
        probabilities=tuple(
            take(entry, "probability", float, where=where) for where, entry in panels
        ),
        tickets=tuple(tickets),
        ticket_shift=shift,
    )


def _entries(found: Mapping[str, Any], name: str, *, least: int = 1) -> Iterable[tuple[str, Any]]:
    """Each entry of a list with the words that say where it is."""
    entries = take(found, name, list)
    if len(entries) < least:
        raise Malformed(f"“{name}” is empty")
    return [(f"{name}, entry {number}: ", entry) for number, entry in enumerate(entries)]


def _maybe[Kind, Other](
    entry: Any, name: str, kind: type[Kind], otherwise: Other, *, where: str
) -> Kind | Other:
    missing = isinstance(entry, dict) and entry.get(name) is None
    return otherwise if missing else take(entry, name, kind, where=where)


def _wholes(entry: Any, name: str, *, where: str = "") -> tuple[int, ...]:
    numbers = take(entry, name, list, where=where)
    if any(type(number) is not int or abs(number) >= MANY for number in numbers):
        raise Malformed(f"{where}“{name}” has an entry that is no whole number, or too large a one")
    return tuple(numbers)


def _claim(where: str, entry: Any) -> StoredClaim:
    return StoredClaim(
        kinds=_wholes(entry, "types", where=where),
        weights=_wholes(entry, "weights", where=where),
        heaviest=take(entry, "heaviest", int, where=where),
        bound=take(entry, "bound", float, where=where),
        points=_wholes(entry, "points", where=where),
    )


def _criterion(placed: tuple[str, Any]) -> StoredCriterion:
    where, entry = placed
    quotas = tuple(
        StoredValue(
            take(quota, "value", str, where=where),
            take_count(quota, "min", where=where),
            take_count(quota, "max", where=where),
        )
        for quota in take(entry, "quotas", list, where=where)
    )
    if len({quota.value for quota in quotas}) < len(quotas):
        raise Malformed(f"{where}a value comes twice")
    return StoredCriterion(take(entry, "name", str, where=where), quotas)


def _traits(where: str, entry: Any, criteria: tuple[StoredCriterion, ...]) -> tuple[int, ...]:
    values = take(entry, "values", list, where=where)
    known = [[quota.value for quota in criterion.quotas] for criterion in criteria]
    try:
        return tuple(names.index(value) for names, value in zip(known, values, strict=True))
    except ValueError:
        raise Malformed(f"{where}“values” does not fit the criteria") from None


def _members(where: str, entry: Any, positions: Mapping[str, int]) -> tuple[int, ...]:
    members = take(entry, "members", list, where=where)
    try:
        return tuple(positions[name] for name in members)
    except (KeyError, TypeError):
        raise Malformed(f"{where}a member is not among the people") from None
