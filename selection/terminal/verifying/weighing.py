"""The certificate of fairness, checked against the chances in the file."""

from collections.abc import Iterator, Sequence

from selection.engine.answers.checking import PROVEN, Finding, check_certificate
from selection.engine.errors import SolverFailure
from selection.engine.lotteries.certificate import Certificate
from selection.engine.lotteries.certificate import Claim as Proof
from selection.engine.types.grouping import group
from selection.terminal.reading.inputs import Case
from selection.terminal.records.stored import StoredLottery
from selection.terminal.records.stored_case import stored_case
from selection.terminal.verifying.claims import Claim, Verdict
from selection.terminal.verifying.measures import MEASURES, measure_again

type Findings = Sequence[Finding]


def weigh_again(lottery: StoredLottery, *, solver: str) -> Iterator[Claim]:
    """What the certificate says about the chances, with a solver where adding is not enough."""
    case = stored_case(lottery)
    if not lottery.proof or lottery.rule not in (*PROVEN, *MEASURES):
        sentence = f"the file holds no proof for the rule {lottery.rule}"
        yield Claim("proof", Verdict.OPEN, sentence)
        return
    numbers = _types(case, lottery)
    if numbers is None:
        sentence = "people who are alike are not of the same type, or others are"
        yield Claim("types", Verdict.WRONG, sentence)
        return
    certificate = _certificate(lottery, numbers)
    if certificate is None:
        yield Claim("shape", Verdict.WRONG, "the proof does not fit the people")
        return
    try:
        if lottery.rule in MEASURES:
            yield from measure_again(lottery, case, solver=solver)
        else:
            yield from _claims(lottery, _findings(lottery, case, certificate, solver))
    except SolverFailure as error:
        sentence = f"the solver stopped without an answer ({error.detail})"
        yield Claim("proof", Verdict.OPEN, sentence)


def _findings(
    lottery: StoredLottery, case: Case, certificate: Certificate, solver: str
) -> Findings:
    return check_certificate(
        case.pool,
        case.quotas,
        rule=lottery.rule,
        chances=lottery.chances,
        certificate=certificate,
        solver=solver,
    )


def _types(case: Case, lottery: StoredLottery) -> list[int] | None:
    """For each of the engine's types the number that the file gives it; None where they differ."""
    numbers: list[int] = []
    typed = 0
    for people in group(case.pool).people:
        found = {lottery.kinds[person] for person in people.tolist()}
        if len(found) != 1 or found & {-1, *numbers}:
            return None
        numbers.append(found.pop())
        typed += len(people)
    return numbers if typed == sum(kind >= 0 for kind in lottery.kinds) else None


def _certificate(lottery: StoredLottery, numbers: Sequence[int]) -> Certificate | None:
    """The certificate in the engine's own numbers of types; None when it does not fit them."""
    places = {number: place for place, number in enumerate(numbers)}
    named = {kind for claim in lottery.proof for kind in claim.kinds} | set(lottery.shut_out)
    lengths = {len(claim.weights) for claim in lottery.proof}
    if not named <= set(places) or lengths != {len(numbers)} or max(numbers) >= len(numbers):
        return None
    return Certificate(
        optimal=lottery.optimal,
        bound=lottery.bound,
        gap=lottery.gap,
        method="",
        claims=tuple(
            Proof(
                tuple(places[kind] for kind in claim.kinds),
                tuple(claim.weights[number] for number in numbers),
                claim.heaviest,
                claim.bound,
                claim.points,
            )
            for claim in lottery.proof
        ),
        shut_out=tuple(places[kind] for kind in lottery.shut_out),
    )


def _claims(lottery: StoredLottery, findings: Findings) -> Iterator[Claim]:
    """A sentence for each kind of finding; the levels of the proof share theirs."""
    by_code: dict[str, list[Finding]] = {}
    for finding in findings:
        by_code.setdefault(finding.code, []).append(finding)
    if "shape" in by_code:
        sentence = "the proof does not fit the people or the quotas"
        yield Claim("shape", Verdict.WRONG, sentence)
        return
    for finding in by_code.get("shut_out", []):
        people = int(finding.parameters["people"])
        yield _claim(
            [finding],
            f"{people} {'person is' if people == 1 else 'people are'} in no possible panel",
            "somebody who is said to be in no possible panel is in one",
        )
    yield _heaviest(by_code["heaviest"])
    yield _claim(
        by_code["held"] + by_code["bound"],
        _smallest(lottery, by_code["bound"][0]),
        "level {claim} of the proof does not give the bound that it says",
    )
    yield _gap(lottery, by_code["gap"][0])


def _claim(findings: Findings, claim: str, fault: str) -> Claim:
    """Fine when all findings are; else wrong, with the level of the first that is not."""
    code = findings[0].code
    for finding in findings:
        if not finding.fine:
            level = int(finding.parameters.get("claim", 0)) + 1
            return Claim(code, Verdict.WRONG, fault.format(claim=level))
    return Claim(code, Verdict.FINE, claim)


def _heaviest(findings: Findings) -> Claim:
    solved = sum(not finding.parameters["added_up"] for finding in findings)
    levels = "1 level" if len(findings) == 1 else f"all {len(findings)} levels"
    how = "a solver found none" if solved else "its points add up"
    return _claim(
        findings,
        f"no panel weighs more than the proof says, at {levels}: {how}",
        "at level {claim} of the proof a panel may weigh more than it says",
    )


def _smallest(lottery: StoredLottery, first: Finding) -> str:
    found = first.parameters
    return (
        f"no lottery gives everybody more than {found['bound']:.4%}: no panel weighs more than "
        f"{lottery.proof[0].heaviest}; the smallest chance is {found['smallest']:.4%}"
    )


def _gap(lottery: StoredLottery, finding: Finding) -> Claim:
    claim = "nobody's chance can be raised without lowering that of somebody who has no more"
    if lottery.rule != "leximin":
        claim = "the smallest chance cannot be raised"
    if not lottery.optimal:
        claim = f"nobody's chance is more than {lottery.gap:.2g} below what is proven to be best"
    fault = (
        f"a chance is {finding.parameters['gap']:.3g} below what is proven to be best, and "
        f"{lottery.gap:.3g} is said"
    )
    if finding.parameters["unclaimed"] and lottery.rule == "leximin":
        fault = f"the proof leaves out {int(finding.parameters['unclaimed'])} people"
    return _claim([finding], claim, fault)
