"""Seats drawn again, and the nearest panel where they cannot be, in English and as data."""

from collections.abc import Iterator, Mapping
from typing import Any

from selection.engine.lotteries.lottery import Lottery
from selection.engine.replacing.likeness import Substitution
from selection.terminal.reading.inputs import Case


def about_replacement(case: Case, lottery: Lottery) -> str:
    """How many seats are free, and the chances of those who may come."""
    stay = int(case.pool.fixed.sum())
    some = lottery.chances[~case.pool.fixed & (lottery.chances > 0)]
    text = f"{lottery.rule}: {stay} members stay; {case.quotas.size - stay} seats are free"
    if not len(some):
        return text
    return f"{text}, for {len(some)} people with chances from {some.min():.2%} to {some.max():.2%}"


def about_moves(moves: Mapping[str, Any]) -> Iterator[str]:
    """Who leaves and who comes, from the facts that name them."""
    yield f"leave: {', '.join(moves['gone']) or 'nobody'}"
    yield f"come: {', '.join(moves['came']) or 'nobody'}"


def about_substitution(case: Case, found: Substitution) -> Iterator[str]:
    """Who comes for whom, and what the panel misses."""
    yield "like for like: the quotas cannot be met any more, so the nearest people come"
    for pair in found.pairs:
        yield (
            f"  {case.ids[pair.substitute]} for {case.ids[pair.gone]}: {pair.equal} of "
            f"{len(case.criteria)} criteria the same"
        )
    for missed in found.missed:
        quota = case.criteria[missed.criterion].quotas[missed.value]
        if missed.kind == "minimum":
            trouble = f"{missed.by} too few, at least {quota.minimum} were asked for"
        else:
            trouble = f"{missed.by} too many, at most {quota.maximum} were asked for"
        yield f"  missed: {quota.criterion} “{quota.value}”: {trouble}"


def substitution_facts(case: Case, found: Substitution) -> dict[str, Any]:
    """The same for programs."""
    pairs = [
        {
            "gone": case.ids[pair.gone],
            "substitute": case.ids[pair.substitute],
            "equal": pair.equal,
        }
        for pair in found.pairs
    ]
    missed = [
        {
            "criterion": case.criteria[each.criterion].name,
            "value": case.criteria[each.criterion].values[each.value],
            "kind": each.kind,
            "by": each.by,
        }
        for each in found.missed
    ]
    return {"pairs": pairs, "missed": missed, "loss": found.loss}
