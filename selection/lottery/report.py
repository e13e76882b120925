"""What is told of a lottery: how it comes along, everybody's chance, and the proof."""

import math
from dataclasses import dataclass
from typing import Any, cast

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from juries.figures.bars import BarGroup, BarRow, BarTable
from juries.figures.writing import decimal, per_cent
from selection.lottery.explanation import spoken
from selection.lottery.outcome import MOST_BINS, NO_CHANCE, Outcome, outcome_kept
from selection.models import Lottery, Rule

OWN_MEASURE = (Rule.NASH, Rule.GOLDILOCKS)
"""Rules whose proof is about a measure of their own, and not about anybody's chance."""


@dataclass(frozen=True, slots=True)
class Chances:
    """The chances in a lottery; who held a seat beforehand or is gone is not counted.

    ``none`` has the identifiers of those without a chance; a rehearsal knows only how many.
    """

    people: int
    without: int
    smallest: str
    largest: str
    none: tuple[str, ...]
    bars: BarTable


def phase_sentence(lottery: Lottery) -> str:
    """What a lottery at work is doing."""
    if lottery.cancel_requested_at:
        return _("Being cancelled")
    if lottery.state == Lottery.State.QUEUED:
        return _("Waiting for its turn")
    return {
        "types": _("Grouping people who are alike"),
        "relaxation": _("Finding the best possible chances"),
        "decomposition": _("Looking for panels that give these chances"),
        "exact": _("Proving that nothing fairer exists"),
        "tickets": _("Numbering the tickets"),
    }.get(lottery.phase, _("Starting"))


def elapsed(lottery: Lottery) -> str:
    """How long the lottery has been at work, or was, counted from its start."""
    if lottery.started_at is None:
        return _("not started")
    seconds = int(((lottery.finished_at or timezone.now()) - lottery.started_at).total_seconds())
    if seconds < 60:
        return _("%(seconds)s s") % {"seconds": max(seconds, 1)}
    return _("%(minutes)s min %(seconds)s s") % {"minutes": seconds // 60, "seconds": seconds % 60}


def chances_of(lottery: Lottery) -> Chances:
    """The chances of a ready lottery."""
    outcome = outcome_kept(lottery)
    return Chances(
        people=outcome.people,
        without=outcome.without,
        smallest=per_cent(outcome.smallest or 0.0),
        largest=per_cent(outcome.largest or 0.0),
        none=_without_chance(lottery),
        bars=_histogram(outcome),
    )


def trial_panel(lottery: Lottery) -> BarTable:
    """What one panel of a rehearsal looks like against the quotas."""
    panel = cast(dict[str, Any], lottery.outcome)["panel"]
    return BarTable(
        caption=_("One panel of this rehearsal, as totals"),
        headings=(_("On the panel"), _("Quota")),
        groups=tuple(
            BarGroup(
                spoken(table["names"]),
                tuple(
                    BarRow(
                        spoken(row["names"]),
                        (number_format(count), _quota(row["minimum"], row["maximum"])),
                        (float(count),),
                    )
                    for row, count in zip(table["values"], counts, strict=True)
                ),
            )
            for table, counts in zip(lottery.quotas, panel, strict=True)
        ),
    )


def rule_sentences(rule: str) -> tuple[str, str]:
    """What the rule means for people, and which jury it suits."""
    if rule == Rule.MAXIMIN:
        return (
            _(
                "Whoever has the smallest chance gets as much as any lottery can give;"
                " how the others differ is left open."
            ),
            _("It suits a jury to which only the smallest chance matters."),
        )
    if rule == Rule.NASH:
        return (
            _(
                "Nobody's chance can grow by some share unless others together lose at least as"
                " large a share of theirs."
            ),
            _("It suits a jury where some may have a little less when many others gain by it."),
        )
    if rule == Rule.GOLDILOCKS:
        return (
            _(
                "The smallest and the largest chance are weighed against each other, so that"
                " neither is far from equal shares."
            ),
            _(
                "It suits a jury where people might claim to be of a rare group to be drawn more"
                " surely: that gains them little."
            ),
        )
    return (
        _("The smallest chance is as large as it can be, then the next smallest, and so on."),
        _("It suits most juries: nobody has less than the quotas make unavoidable."),
    )


def proof_sentences(lottery: Lottery) -> tuple[str, ...]:
    """How good the lottery provably is, and what rounding to tickets cost."""
    certificate = cast(dict[str, Any], lottery.certificate)
    rounding = _(
        "All tickets are equally likely. Putting the lottery on %(count)s tickets moves "
        "nobody's chance by more than %(shift)s percentage points."
    ) % {"count": number_format(lottery.ticket_count), "shift": shift(lottery)}
    if lottery.rule in OWN_MEASURE:
        return _proof(lottery), rounding
    bound = _(
        "No lottery with these quotas could give everybody who can be drawn more than %(bound)s."
    ) % {"bound": per_cent(certificate["bound"], 2)}
    return _proof(lottery), bound, rounding


def shift(lottery: Lottery) -> str:
    """By how much the tickets move anybody's chance at most, in percentage points."""
    return _points_up(lottery.largest_shift or 0.0, 2)


def is_proven(lottery: Lottery) -> bool:
    """Whether no lottery is better by the rule of this one."""
    return bool(cast(dict[str, Any], lottery.certificate)["optimal"])


def _proof(lottery: Lottery) -> str:
    if is_proven(lottery):
        return _("It is proven that no lottery with these quotas is fairer by this rule.")
    gap = cast(dict[str, Any], lottery.certificate)["gap"]
    if lottery.rule in OWN_MEASURE:
        return _(
            "What the rule measures is at most %(gap)s %% off the best that is known to be"
            " possible."
        ) % {"gap": _points_up(gap, 4)}
    return _(
        "Nobody's chance is more than %(gap)s percentage points "
        "below the best that is known to be possible."
    ) % {"gap": _points_up(gap, 4)}


def _points_up(difference: float, decimals: int) -> str:
    """A difference of chances in percentage points, rounded up: nobody's is larger."""
    scale = 10**decimals
    return decimal(math.ceil(100 * difference * scale - 1e-9) / scale, decimals)


def _quota(least: int, most: int) -> str:
    return number_format(least) if least == most else f"{least}–{most}"


def _without_chance(lottery: Lottery) -> tuple[str, ...]:
    people = lottery.chances.filter(fixed=False, gone=False)
    without = people.exclude(probability__gt=NO_CHANCE)
    return tuple(sorted(without.values_list("registrant__reference", flat=True)))


def _histogram(outcome: Outcome) -> BarTable:
    """How many people have which chance; those who have none stand in a row of their own."""
    rows = [(_("no chance"), outcome.without)] if outcome.without else []
    counts = {number: people for number, people in outcome.bins}
    for number in range(min(counts, default=0), max(counts, default=-1) + 1):
        label = _bin_label(number, outcome.width, 100 * (outcome.largest or 0.0))
        rows.append((label, counts.get(number, 0)))
    drawn = (_histogram_row(*row, everybody=outcome.people) for row in rows)
    return BarTable(
        caption=_("How many people have which chance"),
        headings=(_("People"), _("Share of the pool")),
        groups=(BarGroup("", tuple(drawn)),),
    )


def _bin_label(place: int, width: int, largest: float) -> str:
    end = math.ceil(largest) if place == MOST_BINS else (place + 1) * width
    return _("%(from)s–%(to)s %%") % {"from": place * width, "to": min(end, 100)}


def _histogram_row(label: str, people: int, *, everybody: int) -> BarRow:
    share = people / everybody if everybody else 0.0
    return BarRow(label, (number_format(people), per_cent(share)), (float(people),))
