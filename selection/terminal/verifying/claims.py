"""What a lottery file claims, counted anew with nothing but addition.

The one claim that counting cannot settle, that no feasible panel weighs more than the certificate
says, is ``weighing``'s.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from math import fsum

from selection.terminal.records.stored import StoredLottery
from selection.terminal.records.tickets import fault_of_panel

# Chances and shifts are written with nine digits.
_ROUNDING = 1e-9


class Verdict(StrEnum):
    FINE = "fine"
    WRONG = "WRONG"
    OPEN = "not checkable"


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim: what it is about, whether it holds, and the sentence that says so."""

    code: str
    verdict: Verdict
    sentence: str


def count_again(lottery: StoredLottery) -> Iterator[Claim]:
    """Every claim of the file that counting settles."""
    looks = dict(LOOKS)
    if any(lottery.fixed) or any(lottery.excluded):
        looks["held"] = _held
    if lottery.tickets:
        looks |= TICKET_LOOKS
    for code, look in looks.items():
        fault, claim = look(lottery)
        yield Claim(code, Verdict.WRONG if fault else Verdict.FINE, fault or claim)
    if not lottery.tickets:
        yield Claim("tickets", Verdict.OPEN, "the lottery has no numbered tickets")


def _probabilities(lottery: StoredLottery) -> tuple[str, str]:
    drawn = set(lottery.tickets)
    for panel, probability in enumerate(lottery.probabilities):
        if probability < 0 or (probability == 0 and panel not in drawn):
            return f"panel {panel} has the probability {probability}", ""
    total = fsum(lottery.probabilities)
    if abs(total - 1) > _ROUNDING:
        return f"the probabilities add up to {total:.12g}", ""
    count = sum(probability > 0 for probability in lottery.probabilities)
    return "", f"the probabilities of the {count} panels add up to 1"


def _distinct(lottery: StoredLottery) -> tuple[str, str]:
    first: dict[tuple[int, ...], int] = {}
    for panel, members in enumerate(lottery.panels):
        other = first.setdefault(tuple(sorted(members)), panel)
        if other != panel:
            return f"panels {other} and {panel} are the same", ""
    return "", "no two panels are the same"


def _panels(lottery: StoredLottery) -> tuple[str, str]:
    people = "people of different households" if max(lottery.households) >= 0 else "people"
    for panel in range(len(lottery.panels)):
        fault = fault_of_panel(lottery, panel)
        if fault:
            return f"panel {panel} {fault}", ""
    return "", f"every panel has {lottery.size} {people} and meets every quota"


def _held(lottery: StoredLottery) -> tuple[str, str]:
    on = {person for person, fixed in enumerate(lottery.fixed) if fixed}
    off = {person for person, excluded in enumerate(lottery.excluded) if excluded}
    for panel, members in enumerate(lottery.panels):
        for person in sorted(on - set(members)):
            return f"panel {panel} is without {lottery.ids[person]}, whose seat is fixed", ""
        for person in sorted(off & set(members)):
            return f"panel {panel} has {lottery.ids[person]}, who is excluded", ""
    return "", f"fixed on every panel: {_people(len(on))}; excluded from all: {_people(len(off))}"


def _chances(lottery: StoredLottery) -> tuple[str, str]:
    shares: list[list[float]] = [[] for _ in lottery.ids]
    for members, probability in zip(lottery.panels, lottery.probabilities, strict=True):
        for person in members:
            shares[person].append(probability)
    for person, chance in enumerate(lottery.chances):
        found = fsum(shares[person])
        if abs(found - chance) > _ROUNDING:
            name = lottery.ids[person]
            return f"{name} is said to have {chance:.9f}, and the panels give {found:.9f}", ""
    return "", f"the chances of all {_people(len(lottery.ids))} are what their panels add up to"


def _counts(lottery: StoredLottery) -> tuple[str, str]:
    found = _tickets_of(lottery)
    for person, count in enumerate(lottery.counts):
        if count != found[person]:
            name = lottery.ids[person]
            return f"{name} is said to be on {count} tickets and is on {found[person]}", ""
    return "", f"everybody is on as many of the {len(lottery.tickets)} tickets as is said"


def _shift(lottery: StoredLottery) -> tuple[str, str]:
    found, count = _tickets_of(lottery), len(lottery.tickets)
    shift = max(abs(found[person] / count - each) for person, each in enumerate(lottery.chances))
    said = lottery.ticket_shift
    if said is None or abs(shift - said) > 2 * _ROUNDING:
        return f"tickets move a chance by {shift:.9f}, and {said} is said", ""
    return "", f"the tickets move nobody's chance by more than {100 * shift:.4f} percentage points"


def _tickets_of(lottery: StoredLottery) -> Counter[int]:
    """How many tickets name each person."""
    found: Counter[int] = Counter()
    for panel, copies in Counter(lottery.tickets).items():
        for person in lottery.panels[panel]:
            found[person] += copies
    return found


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


type Look = Callable[[StoredLottery], tuple[str, str]]

LOOKS: dict[str, Look] = {
    "probabilities": _probabilities,
    "distinct": _distinct,
    "panels": _panels,
    "chances": _chances,
}
TICKET_LOOKS: dict[str, Look] = {
    "counts": _counts,
    "shift": _shift,
}
