"""A lottery as ``lottery.json``: for the same lottery the same bytes, the seconds aside."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from math import fsum
from typing import Any

from juries.files.pools import Criterion
from selection.engine.lotteries.certificate import Certificate
from selection.engine.lotteries.listing import list_panels
from selection.engine.lotteries.lottery import Lottery
from selection.engine.lotteries.tickets import Tickets
from selection.engine.types.grouping import group
from selection.engine.version import NAME, VERSION
from selection.terminal.reading.inputs import Case
from selection.terminal.records.stored import FORMAT

# Probabilities are whole numbers of this unit and add up to exactly 1; chances are their sums and
# rounded less finely, so that they stay what the panels add up to.
_UNITS = 10**12
_CHANCE_DIGITS = 9
_GAP_DIGITS = 12


def lottery_text(
    case: Case, lottery: Lottery, tickets: Tickets | None, *, seed: int, seconds: float
) -> str:
    """The file's text: one line for each person and each panel."""
    listing = list_panels(lottery, tickets)
    probabilities = _rounded(listing.probabilities.tolist())
    panels, numbered = listing.panels.tolist(), listing.tickets.tolist()
    content: dict[str, Any] = {
        "format": FORMAT,
        "engine": {"name": NAME, "version": VERSION},
        "rule": lottery.rule,
        "size": case.quotas.size,
        "seed": seed,
        "seconds": round(seconds, 2),
        "types": lottery.types,
        "certificate": _certificate(lottery.certificate),
        "proof": _proof(lottery.certificate),
        "criteria": [_criterion(criterion) for criterion in case.criteria],
        "people": _people(case, panels, probabilities, numbered),
        "panels": [
            {"members": [case.ids[person] for person in panel], "probability": probability}
            for panel, probability in zip(panels, probabilities, strict=True)
        ],
    }
    if tickets is not None:
        content["ticket_shift"] = round(tickets.largest_shift, _CHANCE_DIGITS)
        content["tickets"] = numbered
    return _one_line_each(content)


def _rounded(probabilities: Sequence[float]) -> list[float]:
    """At most twelve digits each, summing to exactly 1: the largest gives way.

    What is positive stays so, and the panels of tickets alone stay at 0.
    """
    units = [
        max(1, round(probability * _UNITS)) if probability else 0 for probability in probabilities
    ]
    largest = units.index(max(units))
    units[largest] += _UNITS - sum(units)
    return [unit / _UNITS for unit in units]


def _certificate(certificate: Certificate) -> dict[str, Any]:
    return {
        "optimal": certificate.optimal,
        "bound": round(certificate.bound, _CHANCE_DIGITS),
        "gap": round(certificate.gap, _GAP_DIGITS),
        "method": certificate.method,
        "shut_out": list(certificate.shut_out),
    }


def _proof(certificate: Certificate) -> list[dict[str, Any]]:
    """One entry a claim; types are the numbers that people have under ``type``."""
    return [
        {
            "types": list(claim.types),
            "bound": round(claim.bound, _CHANCE_DIGITS),
            "heaviest": claim.heaviest,
            "weights": list(claim.weights),
            "points": list(claim.points),
        }
        for claim in certificate.claims
    ]


def _people(
    case: Case,
    panels: Sequence[Sequence[int]],
    probabilities: Sequence[float],
    tickets: Sequence[int],
) -> list[dict[str, Any]]:
    """One entry a person; household, fixed, excluded and tickets only where there is something."""
    chances = _chances(len(case.ids), panels, probabilities)
    counts = Counter(person for panel in tickets for person in panels[panel])
    kinds = {
        person: kind
        for kind, members in enumerate(group(case.pool).people)
        for person in members.tolist()
    }
    people = []
    for position, name in enumerate(case.ids):
        person: dict[str, Any] = {"id": name, "chance": chances[position]}
        if position in kinds:
            person["type"] = kinds[position]
        if tickets:
            person["tickets"] = counts[position]
        if case.pool.households[position] >= 0:
            person["household"] = int(case.pool.households[position])
        for mark in ("fixed", "excluded"):
            if getattr(case.pool, mark)[position]:
                person[mark] = True
        people.append(person | {"values": _values(case, position)})
    return people


def _chances(
    people: int, panels: Sequence[Sequence[int]], probabilities: Sequence[float]
) -> list[float]:
    shares: list[list[float]] = [[] for _ in range(people)]
    for panel, probability in zip(panels, probabilities, strict=True):
        for person in panel:
            shares[person].append(probability)
    return [round(fsum(share), _CHANCE_DIGITS) for share in shares]


def _criterion(criterion: Criterion) -> dict[str, Any]:
    quotas = [
        {"value": quota.value, "min": quota.minimum, "max": quota.maximum}
        for quota in criterion.quotas
    ]
    return {"name": criterion.name, "quotas": quotas}


def _values(case: Case, person: int) -> list[str]:
    return [
        criterion.values[trait]
        for criterion, trait in zip(case.criteria, case.traits[person], strict=True)
    ]


def _one_line_each(content: Mapping[str, Any]) -> str:
    """JSON with a line for each entry, so that people and version control can read it."""
    return (
        "{\n"
        + ",\n".join(f"{_json(key)}: {_lines(item)}" for key, item in content.items())
        + "\n}\n"
    )


def _lines(item: object) -> str:
    if isinstance(item, list) and item and isinstance(item[0], dict):
        return "[\n " + ",\n ".join(map(_json, item)) + "\n]"
    return _json(item)


def _json(item: object) -> str:
    return json.dumps(item, ensure_ascii=False, allow_nan=False)
