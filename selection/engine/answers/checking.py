"""Whether a lottery is what it claims to be, found anew by whoever does not believe it.

Panels, probabilities and chances are counted. The certificate is linear programming duality in
whole numbers: that no panel weighs more than it says is added up from points where it has them and
else found by an integer program, with any solver; the bounds follow by arithmetic.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from selection.engine.answers.heaviest import heaviest_by_points, heaviest_by_program
from selection.engine.lotteries.certificate import OPTIMAL, Certificate, Claim
from selection.engine.pool import Pool, Quotas
from selection.engine.solver import HIGHS
from selection.engine.types.grouping import group

Floats = NDArray[np.float64]
ROUNDING = 1e-9
"""Chances are written down with nine digits."""
PROVEN = ("leximin", "maximin")
LARGEST = 2**32
"""No honest number in a certificate is larger; sums of these still fit into 64 bits."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One claim, and what was found.

    Attributes
    ----------
    code : "panels", "probabilities", "chances", "shape", "shut_out", "heaviest", "bound", "held"
        or "gap"; the functions say what each is about.
    fine : the claim holds.
    parameters : numbers for a sentence about it.
    """

    code: str
    fine: bool
    parameters: Mapping[str, float]


def check_lottery(
    pool: Pool,
    quotas: Quotas,
    *,
    rule: str,
    panels: Iterable[Sequence[int] | NDArray[np.integer]],
    probabilities: Sequence[float] | Floats,
    chances: Sequence[float] | Floats,
    certificate: Certificate,
    solver: str = HIGHS,
) -> tuple[Finding, ...]:
    """Every claim of a lottery: first those that counting settles, then the certificate's.

    "panels": each is feasible, and no two are the same. "probabilities": positive, summing to 1.
    "chances": what the panels add up to.
    """
    said = np.asarray(chances, dtype=np.float64)
    each = [np.asarray(panel, dtype=np.int64) for panel in panels]
    shares = np.asarray(probabilities, dtype=np.float64)
    return (
        *_counted(pool, quotas, each, shares, said),
        *check_certificate(
            pool, quotas, rule=rule, chances=said, certificate=certificate, solver=solver
        ),
    )


def check_certificate(
    pool: Pool,
    quotas: Quotas,
    *,
    rule: str,
    chances: Sequence[float] | Floats,
    certificate: Certificate,
    solver: str = HIGHS,
) -> tuple[Finding, ...]:
    """The certificate's claims about these chances; empty for rules that are proven otherwise.

    "shape": the parts fit the pool; nothing else is looked at when they do not. "shut_out": no
    panel seats any of those people. For each claim "heaviest": no panel weighs more; "held":
    everybody with a weight is under this claim or an earlier one; "bound": what follows for the
    chances. "gap": it is no less than what the bounds leave, ``optimal`` is not said in spite of
    it, and leximin has a claim for everybody who can be drawn.
    """
    if rule not in PROVEN:
        return ()
    types = group(pool)
    if not _fits(certificate, len(types), sum(len(bounds) for bounds in quotas.minimum)):
        return (Finding("shape", False, {"types": len(types)}),)
    of = np.full(len(pool), -1)
    for kind, people in enumerate(types.people):
        of[people] = kind
    said = np.asarray(chances, dtype=np.float64)
    return tuple(_proven(_Case(pool, quotas, said, of, certificate, rule, solver)))


@dataclass(frozen=True, slots=True, eq=False)
class _Case:
    """A certificate about the chances of a pool's people, each of whom is ``of`` a type."""

    pool: Pool
    quotas: Quotas
    chances: Floats
    of: NDArray[np.int64]
    certificate: Certificate
    rule: str
    solver: str

    def among(self, kinds: Sequence[int]) -> NDArray[np.bool_]:
        """(n,) who is of these types."""
        return np.isin(self.of, np.array(kinds, dtype=np.int64))

    def people(self, weights: Sequence[int]) -> NDArray[np.int64]:
        """(n,) the weights of the people; who is of no type weighs nothing."""
        return np.array([*weights, 0], dtype=np.int64)[self.of]


def _proven(case: _Case) -> Iterator[Finding]:
    nobody = case.among(case.certificate.shut_out)
    if nobody.any():
        marks = nobody.astype(np.int64)
        most = heaviest_by_program(case.pool, case.quotas, marks, solver=case.solver)
        yield Finding("shut_out", most == 0, {"people": int(marks.sum())})
    waiting = (case.of >= 0) & ~nobody
    nobody |= case.of < 0
    gap, doubt = 0.0, 0.0
    for number, claim in enumerate(case.certificate.claims):
        weights = case.people(claim.weights)
        yield _heaviest(case, number, claim, weights, nobody)
        mine = waiting & case.among(claim.types)
        stray = int(np.count_nonzero(weights[nobody | (waiting & ~mine)]))
        weight = max(1, int(weights[mine].sum()))
        yield Finding("held", not stray and bool(weights[mine].any()), {"claim": number})
        before = weights[~waiting]
        bound = (claim.heaviest - float(before @ case.chances[~waiting])) / weight
        doubt = max(doubt, ROUNDING * (1 + int(before.sum()) / weight))
        smallest = float(case.chances[waiting].min(initial=1.0))
        gap = max(gap, bound - smallest)
        parameters = {"claim": number, "bound": bound, "said": claim.bound, "smallest": smallest}
        yield Finding("bound", bound <= claim.bound + doubt, parameters)
        waiting &= ~mine
    yield _gap(case, gap, doubt, int(waiting.sum()))


def _heaviest(
    case: _Case, number: int, claim: Claim, weights: NDArray[np.int64], nobody: NDArray[np.bool_]
) -> Finding:
    found: int | None
    if claim.points:
        points = np.array(claim.points, dtype=np.int64)
        found = heaviest_by_points(case.pool, case.quotas, weights, points, nobody=nobody)
    else:
        found = heaviest_by_program(case.pool, case.quotas, weights, solver=case.solver)
    parameters = {"claim": number, "said": claim.heaviest, "added_up": int(bool(claim.points))}
    if found is not None:
        parameters["found"] = found
    return Finding("heaviest", found is not None and found <= claim.heaviest, parameters)


def _gap(case: _Case, gap: float, doubt: float, unclaimed: int) -> Finding:
    certificate = case.certificate
    first = certificate.claims[0].bound if certificate.claims else 1.0
    fine = gap <= certificate.gap + doubt and first <= certificate.bound + ROUNDING
    fine = fine and (certificate.gap <= OPTIMAL or not certificate.optimal)
    fine = fine and (not unclaimed or (case.rule == "maximin" and bool(certificate.claims)))
    parameters = {"gap": gap, "said": certificate.gap, "unclaimed": unclaimed}
    return Finding("gap", fine, parameters)


def _fits(certificate: Certificate, types: int, values: int) -> bool:
    """Positions, lengths and sizes are such that counting with them means something."""

    def whole(numbers: Sequence[int], least: int, most: int) -> bool:
        return all(least <= number < most for number in numbers)

    return whole(certificate.shut_out, 0, types) and all(
        whole(claim.types, 0, types)
        and len(claim.weights) == types
        and whole(claim.weights, 0, LARGEST)
        and len(claim.points) in (0, values + 1)
        and whole(claim.points, -LARGEST, LARGEST)
        for claim in certificate.claims
    )


def _counted(
    pool: Pool, quotas: Quotas, panels: list[NDArray[np.int64]], shares: Floats, said: Floats
) -> Iterator[Finding]:
    lawful = sum(_is_panel(pool, quotas, panel) for panel in panels)
    distinct = len({np.sort(panel).tobytes() for panel in panels})
    parameters = {"panels": len(panels), "lawful": lawful, "distinct": distinct}
    yield Finding("panels", lawful == distinct == len(panels), parameters)
    total = float(shares.sum())
    positive = bool((shares > 0).all())
    yield Finding("probabilities", positive and abs(total - 1) <= ROUNDING, {"total": total})
    found = np.zeros(len(pool))
    for panel, share in zip(panels, shares.tolist(), strict=True):
        found[panel] += share
    off = float(np.abs(found - said).max(initial=0.0))
    yield Finding("chances", off <= ROUNDING, {"off": off})


def _is_panel(pool: Pool, quotas: Quotas, panel: NDArray[np.int64]) -> bool:
    homes = pool.households[panel]
    homes = homes[homes >= 0]
    return (
        len(np.unique(panel)) == len(panel) == quotas.size
        and int(pool.fixed[panel].sum()) == int(pool.fixed.sum())
        and not pool.excluded[panel].any()
        and len(np.unique(homes)) == len(homes)
        and all(
            _within(pool.traits[panel, criterion], least, most)
            for criterion, (least, most) in enumerate(
                zip(quotas.minimum, quotas.maximum, strict=True)
            )
        )
    )


def _within(values: NDArray[np.int32], least: NDArray[np.int32], most: NDArray[np.int32]) -> bool:
    held = np.bincount(values, minlength=len(least))
    return bool(((least <= held) & (held <= most)).all())
