"""What is told of a lottery: how it comes along, everybody's chance, and the proof."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from juries.figures.bars import BarGroup, BarRow, BarTable
from juries.figures.writing import decimal, per_cent
from selection.models import Lottery, Rule

NO_CHANCE = 1e-9
"""A chance below this is rounding: the person is on no panel."""

ON_THE_LINE = 1e-4
"""A chance this near below a bin's upper end, in bins, is only rounding away from it."""

BIN_WIDTHS = (1, 2, 5, 10)
MOST_BINS = 12


@dataclass(frozen=True, slots=True)
class Chances:
    """Everybody's chance in a lottery; who held a seat beforehand is not counted."""

    people: int
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
    people = lottery.chances.filter(fixed=False).order_by("place")
    rows = [
        (reference, chance or 0.0)
        for reference, chance in people.values_list("registrant__reference", "probability")
    ]
    possible = [chance for _reference, chance in rows if chance > NO_CHANCE]
    return Chances(
        people=len(rows),
        smallest=per_cent(min(possible, default=0.0)),
        largest=per_cent(max(possible, default=0.0)),
        none=tuple(reference for reference, chance in rows if chance <= NO_CHANCE),
        bars=_histogram([chance for _reference, chance in rows]),
    )


def rule_sentences(rule: str) -> tuple[str, str]:
    """The rule in two plain sentences."""
    first = _("Every ticket is a whole panel that meets all quotas.")
    if rule == Rule.MAXIMIN:
        return first, _("Among such lotteries, the smallest chance is as large as it can be.")
    if rule == Rule.NASH:
        return first, _(
            "Among such lotteries, all chances multiplied together give as much as they can:"
            " nobody gains by a share of their own chance what others lose by more."
        )
    if rule == Rule.GOLDILOCKS:
        return first, _(
            "Among such lotteries, the smallest chance is not far too small"
            " and the largest not far too large."
        )
    return first, _(
        "Among such lotteries, the smallest chance is as large as it can be, "
        "then the next smallest, and so on."
    )


def proof_sentences(lottery: Lottery) -> tuple[str, ...]:
    """How good the lottery provably is, and what rounding to tickets cost."""
    certificate = cast(dict[str, Any], lottery.certificate)
    if certificate["optimal"]:
        proof = _("It is proven that no lottery with these quotas is fairer by this rule.")
    else:
        proof = _(
            "Nobody's chance is more than %(gap)s percentage points "
            "below the best that is known to be possible."
        ) % {"gap": _points_up(certificate["gap"], 4)}
    bound = _(
        "No lottery with these quotas could give everybody who can be drawn more than %(bound)s."
    ) % {"bound": per_cent(certificate["bound"], 2)}
    rounding = _(
        "All tickets are equally likely. Putting the lottery on %(count)s tickets moves "
        "nobody's chance by more than %(shift)s percentage points."
    ) % {
        "count": number_format(lottery.ticket_count),
        "shift": _points_up(lottery.largest_shift or 0.0, 2),
    }
    return proof, bound, rounding


def _points_up(difference: float, decimals: int) -> str:
    """A difference of chances in percentage points, rounded up: nobody's is larger."""
    scale = 10**decimals
    return decimal(math.ceil(100 * difference * scale - 1e-9) / scale, decimals)


def _histogram(chances: Sequence[float]) -> BarTable:
    """How many people have which chance.

    Those who have none stand in a row of their own, and so do the few far above all others: bars
    as wide as they need would hide how the rest differ.
    """
    possible = sorted(100 * chance for chance in chances if chance > NO_CHANCE)
    width = _bin_width(possible)
    counts = Counter(min(int(chance / width + ON_THE_LINE), MOST_BINS) for chance in possible)
    rows = []
    if len(possible) < len(chances):
        rows.append((_("no chance"), len(chances) - len(possible)))
    for place in range(min(counts, default=0), max(counts, default=-1) + 1):
        rows.append((_bin_label(place, width, possible[-1]), counts[place]))
    return BarTable(
        caption=_("How many people have which chance"),
        headings=(_("People"), _("Share of the pool")),
        groups=(BarGroup("", tuple(_histogram_row(*row, everybody=len(chances)) for row in rows)),),
    )


def _bin_width(possible: Sequence[float]) -> int:
    """So wide that all but a few of the chances, sorted, lie below the last bin."""
    most = possible[int(0.95 * (len(possible) - 1))] if possible else 0.0
    return next((width for width in BIN_WIDTHS if most < MOST_BINS * width), BIN_WIDTHS[-1])


def _bin_label(place: int, width: int, largest: float) -> str:
    end = math.ceil(largest) if place == MOST_BINS else (place + 1) * width
    return _("%(from)s–%(to)s\xa0%%") % {"from": place * width, "to": min(end, 100)}


def _histogram_row(label: str, people: int, *, everybody: int) -> BarRow:
    share = people / everybody if everybody else 0.0
    return BarRow(label, (number_format(people), per_cent(share)), (float(people),))


def blind_panel(lottery: Lottery, places: Iterable[int]) -> list[tuple[str, list[int]]]:
    """Identifier and value positions of the people at ``places``: no names."""
    rows = lottery.chances.filter(place__in=list(places)).order_by("place")
    return list(rows.values_list("registrant__reference", "values"))
