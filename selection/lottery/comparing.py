"""Lotteries of one pool side by side: what each rule makes of it, and which one is committed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from juries.figures.bars import BarGroup, BarRow, BarTable
from juries.figures.writing import decimal, per_cent
from juries.models import Jury
from selection.lottery.outcome import Outcome, outcome_kept
from selection.lottery.report import elapsed, is_proven, shift
from selection.models import Lottery, Round

"""What grows with the pool and is read only where it is shown."""


@dataclass(frozen=True, slots=True)
class Run:
    """A ready lottery or rehearsal in a few numbers, in words."""

    number: int
    rehearsal: bool
    rule: str
    outcome: Outcome
    proven: bool
    shift: str
    elapsed: str
    use: str

    @property
    def name(self) -> str:
        """What its page is called."""
        return run_name(self.number, rehearsal=self.rehearsal)

    @property
    def without(self) -> str:
        return number_format(self.outcome.without)

    @property
    def gini(self) -> str:
        return "–" if self.outcome.gini is None else decimal(self.outcome.gini, 3)


def run_name(number: int, *, rehearsal: bool) -> str:
    """What a lottery or rehearsal is called; they are numbered together."""
    name = _("Rehearsal %(number)s") if rehearsal else _("Lottery %(number)s")
    return name % {"number": number}


def runs_of(jury: Jury) -> list[Run]:
    """Every ready lottery of the pool that is frozen now, then the rehearsals, oldest first.

    Lotteries that only fill free seats are left out: they decide about fewer people.
    """
    ready = jury.lotteries.ready().light().prefetch_related("rounds").order_by("number")
    frozen = ready.real().filter(draw__in=jury.draws.standing(), seats_held=0)
    return [_run(lottery) for lottery in [*frozen, *ready.rehearsals()]]


def compared(runs: Sequence[Run]) -> BarTable:
    """The chances of each run as bars."""
    return BarTable(
        caption=_("Chances in each run"),
        headings=(_("Smallest chance"), _("Largest chance"), _("Difference, percentage points")),
        groups=(BarGroup("", tuple(_bars(run) for run in runs)),),
        legend=(_("smallest chance"), _("largest chance")),
        of=_("Run"),
    )


def _run(lottery: Lottery) -> Run:
    return Run(
        number=lottery.number,
        rehearsal=lottery.rehearsal,
        rule=lottery.rule,
        outcome=outcome_kept(lottery),
        proven=is_proven(lottery),
        shift=shift(lottery),
        elapsed=elapsed(lottery),
        use=_use(lottery),
    )


def _use(lottery: Lottery) -> str:
    """What has become of the lottery; blank for one that was only kept."""
    states = {round_.state for round_ in lottery.rounds.all()}
    if Round.State.DRAWN in states:
        return _("drawn from")
    return _("committed") if Round.State.COMMITTED in states else ""


def _bars(run: Run) -> BarRow:
    smallest, largest = run.outcome.smallest or 0.0, run.outcome.largest or 0.0
    return BarRow(
        f"{run.name}: {run.rule}",
        (per_cent(smallest), per_cent(largest), decimal(100 * run.outcome.spread, 1)),
        (smallest, largest),
        state="ok" if run.use else "",
        note=run.use,
    )
