"""One round of a draw as its files tell it: fingerprint, chance, everybody's count, the panel."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from juries.figures.bars import BarGroup, BarRow, BarTable
from juries.figures.writing import per_cent
from selection.lottery.report import rule_sentences
from selection.models import Round
from selection.protocol.words import hex_groups, spoken_words
from selection.record.events import moment_in_words
from selection.record.published import Names, PublishedRound
from selection.record.sums import Sum, sum_of

MOST_ROWS = 12
WIDTHS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
NOBODY = -1
"""The row of those who are on no ticket."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who was drawn, as the record names them."""

    number: str
    pseudonym: str


@dataclass(frozen=True, slots=True)
class ToldRound:
    """A round in words and numbers, for a page."""

    number: int
    title: str
    digest: str
    hex: str
    words: str
    broken_off: bool
    sources: tuple[str, ...]
    beacon_round: str
    signature: str
    sum: Sum | None
    rule: tuple[str, ...]
    proven: tuple[str, ...]
    tried: str
    counts: BarTable
    quotas: BarTable
    members: tuple[Member, ...]
    verifier: str


def told_round(drawn: PublishedRound, names: Names) -> ToldRound:
    """The round as its commitment and its result say."""
    made, result = drawn.commitment, drawn.result or {}
    drand, signed = made["chance"]["drand"], result.get("drand")
    return ToldRound(
        number=drawn.number,
        title=_title(drawn),
        digest=drawn.digest,
        hex=hex_groups(drawn.digest),
        words=" ".join(spoken_words(drawn.digest)),
        broken_off=drawn.state == Round.State.ABORTED,
        sources=tuple(_sources(drawn)),
        beacon_round=str(drand["round"]) if drand else "",
        signature=signed["signature"] if signed else "",
        sum=sum_of(drawn),
        rule=rule_sentences(made["certificate"]["rule"]),
        proven=tuple(_proven(drawn)),
        tried=_tried(drawn),
        counts=_counts(drawn),
        quotas=_quotas(drawn, names),
        members=tuple(Member(str(one["index"]), one["p"]) for one in result.get("members", ())),
        verifier=made["verifier_sha256"],
    )


def _title(drawn: PublishedRound) -> str:
    if drawn.number:
        return _("Round %(number)s: the free seats") % {"number": drawn.number}
    return _("The draw of the panel")


def _sources(drawn: PublishedRound) -> Iterator[str]:
    chance = drawn.commitment["chance"]
    yield _("Balls with digits, drawn in public before %(moment)s.") % {
        "moment": moment_in_words(chance["balls_deadline"])
    }
    if not chance["drand"]:
        yield _("There is no beacon: the balls decide alone.")
        return
    yield _("The drand beacon, round %(number)s, published on %(moment)s.") % {
        "number": chance["drand"]["round"],
        "moment": moment_in_words(chance["drand"]["time"]),
    }
    yield _("If no balls are drawn in time, the beacon decides alone.")
    yield _("If the beacon cannot be had by %(moment)s, the balls decide alone.") % {
        "moment": moment_in_words(chance["fallback_after"])
    }


def _proven(drawn: PublishedRound) -> Iterator[str]:
    lottery, proof = drawn.commitment["lottery"], drawn.commitment["certificate"]
    yield _(
        "Of the people who can be drawn, everybody is on at least %(least)s and at most %(most)s"
        " of the %(tickets)s tickets."
    ) % {
        "least": number_format(lottery["min_count"]),
        "most": number_format(lottery["max_count"]),
        "tickets": number_format(lottery["m"]),
    }
    nobody = dict(lottery["histogram"]).get(0, 0)
    if nobody:
        yield ngettext(
            "%(people)s person is on no ticket: no panel that meets the quotas has room for them,"
            " or their chance was smaller than one ticket.",
            "%(people)s people are on no ticket: no panel that meets the quotas has room for them,"
            " or their chance was smaller than one ticket.",
            nobody,
        ) % {"people": number_format(nobody)}
    if proof["bound_den"]:
        yield _(
            "No lottery with these quotas could give everybody who can be drawn more than"
            " %(bound)s."
        ) % {"bound": per_cent(proof["bound_num"] / proof["bound_den"], 2)}
    yield ngettext(
        "Writing the lottery on tickets moves nobody's count by more than %(shift)s ticket.",
        "Writing the lottery on tickets moves nobody's count by more than %(shift)s tickets.",
        proof["shift"],
    ) % {"shift": proof["shift"]}


def _tried(drawn: PublishedRound) -> str:
    made = drawn.commitment["algorithm"]
    return _(
        "Lotteries computed for this pool: %(runs)s. Rehearsals with shuffled people:"
        " %(rehearsals)s. Program: %(program)s."
    ) % {
        "runs": made["runs"],
        "rehearsals": made["rehearsals"],
        "program": ", ".join([f"{made['name']} {made['version']}", *made["solvers"]]),
    }


def _counts(drawn: PublishedRound) -> BarTable:
    """How many people are on how many tickets, in ranges where there are many counts."""
    histogram: list[tuple[int, int]] = drawn.commitment["lottery"]["histogram"]
    everybody = sum(people for _count, people in histogram)
    width = _width([count for count, _people in histogram])
    rows: Counter[int] = Counter()
    for count, people in histogram:
        rows[count // width if count else NOBODY] += people
    return BarTable(
        caption=_("How many people are on how many tickets"),
        headings=(_("People"), _("Share of the pool")),
        groups=(
            BarGroup(
                "",
                tuple(
                    BarRow(
                        _range(place, width),
                        (number_format(people), per_cent(people / everybody)),
                        (float(people),),
                    )
                    for place, people in sorted(rows.items())
                ),
            ),
        ),
    )


def _width(counts: Sequence[int]) -> int:
    """The smallest round number by which the counts fall into few enough ranges."""
    return next(width for width in WIDTHS if len({one // width for one in counts}) <= MOST_ROWS)


def _range(place: int, width: int) -> str:
    first = place * width
    if place == NOBODY:
        return _("no ticket")
    if width == 1:
        return ngettext("%(count)s ticket", "%(count)s tickets", first) % {
            "count": number_format(first)
        }
    return _("%(first)s–%(last)s tickets") % {
        "first": number_format(first),
        "last": number_format(first + width - 1),
    }


def _quotas(drawn: PublishedRound, names: Names) -> BarTable:
    """The quotas, and what the drawn panel has of each once there is one."""
    counts = (drawn.result or {}).get("quota_counts", ())
    found = {(one["c"], one["v"]): one["n"] for one in counts}
    groups = []
    for criterion, targets in groupby(drawn.commitment["targets"], lambda one: str(one["c"])):
        rows = []
        for target in targets:
            n = found.get((criterion, target["v"]))
            allowed = _between(target["min"], target["max"])
            cells = (allowed,) if n is None else (number_format(n), allowed)
            rows.append(
                BarRow(
                    names.of_value(criterion, target["v"]),
                    cells,
                    (float(target["min"] if n is None else n),),
                    marker=float(target["max"]),
                )
            )
        groups.append(BarGroup(names.of_criterion(criterion), tuple(rows)))
    return BarTable(
        caption=_("The quotas and the panel") if found else _("The quotas"),
        headings=(_("Panel"), _("Quota")) if found else (_("Quota"),),
        groups=tuple(groups),
        marker=_("the most that the quota allows"),
    )


def _between(least: int, most: int) -> str:
    return number_format(least) if least == most else f"{least}–{most}"
