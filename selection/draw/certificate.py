"""The proof that no lottery is fairer, in terms of the committed pool."""

import hashlib
import math
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

from django.db.models import Q

import selection.engine
from selection.engine import VERSION
from selection.engine.version import NAME
from selection.lottery.rehearsing import rehearsals_held
from selection.models import Draw, Lottery, Rule
from selection.protocol.encoding import line

UNITS = 10**9
"""Bounds are written as so many parts of one, rounded up."""

BOUNDED = (Rule.LEXIMIN, Rule.MAXIMIN)
"""Rules whose claims bound people's chances; those of the others bound the rule's own measure."""


def certificate_file(lottery: Lottery) -> bytes:
    """``certificate.json`` of a ready lottery."""
    proof = cast(dict[str, Any], lottery.proof)
    return line(
        {
            "rule": lottery.rule,
            "claims": _claims(lottery),
            "shut_out": _shut_out(lottery, proof),
        }
    )


def summary(lottery: Lottery) -> dict[str, Any]:
    """What the commitment says of the proof; its digest stands beside it."""
    bounds = [claim["bound"] for claim in _claims(lottery) if claim["bound"]]
    smallest = min(bounds, default=[None, None])
    return {
        "rule": lottery.rule,
        "bound_num": smallest[0],
        "bound_den": smallest[1],
        "shift": math.ceil((lottery.largest_shift or 0.0) * lottery.ticket_count - 1e-9),
    }


def algorithm(draw: Draw) -> dict[str, Any]:
    """With which program the lottery was made, and how often it was tried."""
    jury = draw.jury
    return {
        "name": NAME,
        "version": VERSION,
        "source_sha256": source_digest(),
        "solvers": [f"highs {version('highspy')}"],
        "rehearsals": rehearsals_held(jury),
        "runs": jury.lotteries.ready().filter(draw=draw).count(),
    }


@cache
def source_digest() -> str:
    """One digest over the sources of the engine, file by file in the order of their names."""
    folder = Path(selection.engine.__path__[0])
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        found.update(path.relative_to(folder).as_posix().encode() + b"\0")
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _shut_out(lottery: Lottery, proof: dict[str, Any]) -> list[int]:
    """Who can be on no panel: no panel of the quotas has them, or somebody of their household sits.

    Whoever is kept or gone is named in the commitment and not here.
    """
    named = lottery.chances.filter(Q(fixed=True) | Q(gone=True)).values_list("place", flat=True)
    drawable = set(lottery.chances.values_list("place", flat=True)) - set(named)
    barred = [index for index, kind in enumerate(proof["types"]) if kind is None]
    return sorted({*_people_of(proof["shut_out"], proof["types"]), *(drawable & set(barred))})


def _claims(lottery: Lottery) -> list[dict[str, Any]]:
    proof = cast(dict[str, Any], lottery.proof)
    bounded = lottery.rule in BOUNDED
    return [_claim(claim, proof["types"], bounded=bounded) for claim in proof["claims"]]


def _claim(claim: dict[str, Any], types: list[int | None], *, bounded: bool) -> dict[str, Any]:
    return {
        "people": _people_of(claim["types"], types),
        "weights": _weights(claim, types),
        "heaviest": claim["heaviest"],
        "points": list(claim["points"]),
        "bound": [math.ceil(claim["bound"] * UNITS), UNITS] if bounded else None,
    }


def _weights(claim: dict[str, Any], types: list[int | None]) -> list[int]:
    return [0 if kind is None else claim["weights"][kind] for kind in types]


def _people_of(kinds: list[int], types: list[int | None]) -> list[int]:
    wanted = set(kinds)
    return [index for index, kind in enumerate(types) if kind in wanted]
