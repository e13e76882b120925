"""The certificate: whole weights that no panel outweighs, and what does not hold is found out."""

from dataclasses import replace

import numpy as np
import pytest

from selection.engine import Lottery, NoFeasiblePanel, Pool, Quotas, leximin, maximin
from selection.engine.answers.checking import Finding, check_lottery
from selection.engine.lotteries.certificate import Certificate, Claim
from selection.engine.search.exact import fairer
from selection.engine.solver import available
from selection.engine.types.grouping import group
from selection.engine.types.mixture import Mixture
from tests.engine import brute
from tests.engine.pools import random_task
from tests.engine.stored import council, odd_marks, village

POOLS = {"council": council, "village": village, "odd marks": lambda: odd_marks(4, 2, 10)}
RULES = {"leximin": leximin, "maximin": maximin}


def seeded() -> np.random.Generator:
    return np.random.default_rng(11)


def found(pool: Pool, quotas: Quotas, lottery: Lottery, **changes) -> tuple[Finding, ...]:
    said = {
        "rule": lottery.rule,
        "panels": lottery.panels,
        "probabilities": lottery.probabilities,
        "chances": np.round(lottery.chances, 9),
        "certificate": lottery.certificate,
    }
    return check_lottery(pool, quotas, **(said | changes))


def wrong(findings: tuple[Finding, ...]) -> set[str]:
    return {finding.code for finding in findings if not finding.fine}


def weights_of(pool: Pool, claim: Claim) -> np.ndarray:
    """(n,) the weight of each person."""
    weights = np.zeros(len(pool), dtype=int)
    for weight, people in zip(claim.weights, group(pool).people, strict=True):
        weights[people] = weight
    return weights


def test_the_proof_of_a_tiny_pool_is_what_one_would_write_by_hand():
    pool = Pool.of([[0], [0], [0], [1]])

    lottery = leximin(pool, Quotas.of(2, [[1, 1]], [[1, 1]]), rng=seeded())

    women, man = lottery.certificate.claims
    assert (women.types, women.weights, women.heaviest) == ((0,), (1, 0), 1)
    assert women.bound == pytest.approx(1 / 3)
    assert (man.types, man.heaviest, man.bound) == ((1,), man.weights[1], pytest.approx(1))
    assert lottery.certificate.bound == women.bound


@pytest.mark.parametrize("seed", range(60))
def test_no_panel_of_all_outweighs_a_claim_and_some_panel_reaches_it(seed):
    pool, quotas = random_task(seed)
    panels = brute.panels(pool, quotas)
    for rule in RULES.values() if panels else ():
        certificate = rule(pool, quotas, rng=seeded()).certificate
        for claim in certificate.claims:
            weights = weights_of(pool, claim)
            assert max(weights[list(panel)].sum() for panel in panels) == claim.heaviest
            assert not weights[pool.fixed].any()


@pytest.mark.parametrize("seed", range(60))
def test_claims_of_leximin_hold_everybody_who_can_sit_once_and_shut_out_the_rest(seed):
    pool, quotas = random_task(seed)
    try:
        lottery = leximin(pool, quotas, rng=seeded())
    except NoFeasiblePanel:
        return

    certificate = lottery.certificate
    claimed = [kind for claim in certificate.claims for kind in claim.types]
    assert sorted([*claimed, *certificate.shut_out]) == list(range(len(group(pool))))
    assert wrong(found(pool, quotas, lottery)) == set()


@pytest.mark.parametrize("solver", available())
@pytest.mark.parametrize("name", POOLS)
@pytest.mark.parametrize("rule", RULES)
def test_every_claim_holds_for_any_solver(rule, name, solver):
    pool, quotas = POOLS[name]()
    lottery = RULES[rule](pool, quotas, rng=seeded())

    findings = found(pool, quotas, lottery, solver=solver)

    assert wrong(findings) == set()
    assert {"panels", "probabilities", "chances", "heaviest", "held", "bound", "gap"} <= {
        finding.code for finding in findings
    }


@pytest.mark.parametrize("name", POOLS)
def test_points_prove_no_less_than_an_integer_program(name):
    pool, quotas = POOLS[name]()
    lottery = leximin(pool, quotas, rng=seeded())
    bare = tuple(replace(claim, points=()) for claim in lottery.certificate.claims)

    findings = found(pool, quotas, lottery, certificate=replace(lottery.certificate, claims=bare))

    weighed = [finding.parameters for finding in findings if finding.code == "heaviest"]
    assert len(weighed) == len(bare)
    assert all(each["found"] == each["said"] for each in weighed)


def test_the_relaxation_needs_points_only_and_small_ones():
    claims = leximin(*council(), rng=seeded()).certificate.claims

    assert len(claims) > 3
    for claim in claims:
        assert claim.points
        assert max(claim.weights) <= 100
        assert max(map(abs, claim.points)) <= 100


def at(claims: tuple[Claim, ...], number: int, **changes) -> tuple[Claim, ...]:
    changed = list(claims)
    changed[number] = replace(claims[number], **changes)
    return tuple(changed)


def raised(numbers: tuple[int, ...], place: int, by: int = 1) -> tuple[int, ...]:
    return tuple(number + by * (each == place) for each, number in enumerate(numbers))


TAMPERED = {
    "a panel weighs more": (
        "heaviest",
        lambda proof: {"claims": at(proof.claims, 1, heaviest=proof.claims[1].heaviest - 1)},
    ),
    "a weight is raised": (
        "heaviest",
        lambda proof: {
            "claims": at(
                proof.claims,
                0,
                weights=raised(proof.claims[0].weights, proof.claims[0].types[0]),
            )
        },
    ),
    "points are raised": (
        "heaviest",
        lambda proof: {
            "claims": at(
                proof.claims,
                0,
                points=raised(proof.claims[0].points, len(proof.claims[0].points) - 1, 5),
            )
        },
    ),
    "a bound is lowered": (
        "bound",
        lambda proof: {"claims": at(proof.claims, 0, bound=proof.claims[0].bound - 1e-3)},
    ),
    "a claim is left out": ("gap", lambda proof: {"claims": proof.claims[:-1]}),
    "claims change places": ("held", lambda proof: {"claims": proof.claims[::-1]}),
    "somebody who can be drawn is shut out": ("shut_out", lambda _: {"shut_out": (0,)}),
    "a type that is not there": ("shape", lambda _: {"shut_out": (9999,)}),
    "weights are missing": ("shape", lambda proof: {"claims": at(proof.claims, 0, weights=(1,))}),
    "numbers too large to count with": (
        "shape",
        lambda proof: {
            "claims": at(proof.claims, 0, weights=raised(proof.claims[0].weights, 0, 2**60))
        },
    ),
    "a weight below nothing": (
        "shape",
        lambda proof: {
            "claims": at(proof.claims, 0, weights=raised(proof.claims[0].weights, 0, -1000))
        },
    ),
    "the bound of all": ("gap", lambda proof: {"bound": proof.bound - 1e-3}),
    "optimal in spite of a gap": ("gap", lambda _: {"gap": 0.01, "optimal": True}),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_certificate_that_was_tampered_with_is_found_out(what):
    pool, quotas = council()
    lottery = leximin(pool, quotas, rng=seeded())
    code, tamper = TAMPERED[what]

    changed = replace(lottery.certificate, **tamper(lottery.certificate))

    assert code in wrong(found(pool, quotas, lottery, certificate=changed))


def test_a_lottery_that_is_worse_than_its_certificate_says_is_found_out():
    pool, quotas = council()
    fair = leximin(pool, quotas, rng=seeded())
    one = {"panels": fair.panels[:1], "probabilities": [1.0]}
    chances = np.zeros(len(pool))
    chances[fair.panels[0]] = 1.0

    findings = found(pool, quotas, fair, **one, chances=chances)

    assert wrong(findings) == {"gap", "bound"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda fair: {"panels": (fair.panels[0][:-1], *fair.panels[1:])}, "panels"),
        (lambda fair: {"panels": (fair.panels[1], *fair.panels[1:])}, "panels"),
        (lambda fair: {"probabilities": fair.probabilities * 1.01}, "probabilities"),
        (lambda fair: {"probabilities": -fair.probabilities}, "probabilities"),
        (lambda fair: {"chances": fair.chances[::-1]}, "chances"),
    ],
)
def test_panels_and_chances_are_counted_anew(change, code):
    pool, quotas = council()
    fair = leximin(pool, quotas, rng=seeded())

    assert code in wrong(found(pool, quotas, fair, **change(fair)))


def test_maximin_passed_off_as_leximin_is_found_out():
    pool, quotas = council()
    lottery = maximin(pool, quotas, rng=seeded())

    assert wrong(found(pool, quotas, lottery)) == set()
    assert wrong(found(pool, quotas, lottery, rule="leximin")) == {"gap"}


@pytest.mark.parametrize(("rule", "work"), [(leximin, 1), (leximin, 60), (maximin, 1)])
def test_claims_hold_where_the_work_ran_out_and_the_gap_says_so(rule, work, monkeypatch):
    monkeypatch.setattr("selection.engine.search.exact.WORK", work)
    pool, quotas = odd_marks(4, 2, 10)

    lottery = rule(pool, quotas, rng=seeded())

    certificate: Certificate = lottery.certificate
    assert not certificate.optimal
    assert certificate.gap > 0.01
    assert certificate.bound - lottery.chances.min() <= certificate.gap + 1e-9
    assert wrong(found(pool, quotas, lottery)) == set()


def test_of_two_lotteries_leximin_prefers_the_one_that_leaves_fewer_people_with_the_least():
    sizes = np.array([1, 4, 2])
    everybody = np.ones(3, dtype=bool)
    few = Mixture(np.array([[0, 4, 0], [0, 0, 2]]), np.array([0.4, 0.6]))
    many = Mixture(np.array([[1, 0, 0], [0, 0, 2]]), np.array([0.4, 0.6]))

    assert fairer(few, many, sizes, seatable=everybody) is few
    assert fairer(many, few, sizes, seatable=everybody) is few
    assert fairer(few, many, sizes, seatable=np.array([True, False, True])) is many
