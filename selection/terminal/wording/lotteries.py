"""A lottery in a few lines, in English and as data."""

from collections.abc import Iterator, Mapping
from typing import Any

from selection.engine.lotteries.lottery import Lottery
from selection.engine.lotteries.tickets import Tickets
from selection.terminal.reading.inputs import Case

PROOFS: Mapping[str, str] = {
    "leximin": "no lottery gives everybody more than {bound:.2%}",
    "maximin": "no lottery gives everybody more than {bound:.2%}",
    "nash": "no lottery's chances have a geometric mean of more than {bound:.2%}",
    "goldilocks": "no lottery's largest and smallest chance measure less than {bound:.3f}",
}


def about_lottery(case: Case, lottery: Lottery, tickets: Tickets | None) -> Iterator[str]:
    """People, panels, chances, the proof and the tickets."""
    yield (
        f"{lottery.rule}: {len(case.ids)} people of {lottery.types} types, "
        f"{len(lottery.panels)} panels of {case.quotas.size}"
    )
    some = lottery.chances[lottery.chances > 0]
    without = _without(len(case.ids) - len(some))
    yield f"chances from {some.min():.2%} to {some.max():.2%}; {without}"
    yield _proof(lottery)
    if tickets is not None:
        yield (
            f"{len(tickets.panels)} tickets; they move nobody's chance by more than "
            f"{100 * tickets.largest_shift:.3f} percentage points"
        )


def lottery_facts(
    case: Case, lottery: Lottery, tickets: Tickets | None, seconds: float
) -> dict[str, Any]:
    """The summary for programs; the lottery file has the rest."""
    some = lottery.chances[lottery.chances > 0]
    certificate = lottery.certificate
    return {
        "rule": lottery.rule,
        "people": len(case.ids),
        "types": lottery.types,
        "size": case.quotas.size,
        "panels": len(lottery.panels),
        "smallest_chance": round(float(some.min()), 9),
        "largest_chance": round(float(some.max()), 9),
        "without_chance": len(case.ids) - len(some),
        "optimal": certificate.optimal,
        "gap": round(certificate.gap, 9),
        "tickets": len(tickets.panels) if tickets else None,
        "ticket_shift": round(tickets.largest_shift, 9) if tickets else None,
        "seconds": round(seconds, 2),
    }


def _without(people: int) -> str:
    if not people:
        return "everybody has one"
    return f"{people} {'person is' if people == 1 else 'people are'} in no possible panel"


def _proof(lottery: Lottery) -> str:
    certificate = lottery.certificate
    bound = PROOFS[lottery.rule].format(bound=certificate.bound)
    if certificate.optimal:
        return f"proven optimal ({certificate.method}): {bound}"
    return f"not proven optimal: {bound}, and the gap to what is proven is {certificate.gap:.2g}"
