"""The nearest panel, in English and as data."""

from collections.abc import Iterator
from typing import Any

from selection.engine.replacing.likeness import Substitution
from selection.terminal.inputs import Case


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
