"""Will the draw work, if it were held today?"""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from juries.models import Jury
from selection.engine import NoFeasiblePanel, Pool, Quotas, SolverFailure, find_panel
from selection.engine.answers.recruits import fewest_recruits
from selection.lottery import bridge
from selection.lottery.explanation import Explanation, Newcomers, explain, facts_of, newcomers


@dataclass(frozen=True, slots=True)
class Outlook:
    """Whether a panel can be drawn from ``people`` people; if not, why not.

    ``left_out`` more people are in the pool but lack an answer that the quotas need.
    """

    people: int
    seats: int
    left_out: int
    trouble: Explanation | None = None

    @property
    def works(self) -> bool:
        return self.trouble is None


def outlook(jury: Jury) -> Outlook:
    """What a draw from the pool as it stands would meet."""
    snapshot = bridge.read(jury)
    return Outlook(
        len(snapshot.people), snapshot.size, len(snapshot.incomplete), trouble_in(snapshot)
    )


def trouble_in(snapshot: bridge.Snapshot) -> Explanation | None:
    """Why no panel can be drawn from the snapshot; None when one can."""
    if not snapshot.quotas:
        return Explanation(_("The jury has no criteria yet."))
    if not snapshot.people:
        return Explanation(_("Nobody is in the pool yet."))
    pool, quotas = bridge.arrays(snapshot)
    try:
        find_panel(pool, quotas)
    except SolverFailure as error:
        return explain(facts_of(error), snapshot.quotas)
    except NoFeasiblePanel as error:
        told = explain(facts_of(error), snapshot.quotas)
        return replace(told, newcomers=_newcomers(pool, quotas, snapshot))
    return None


def _newcomers(pool: Pool, quotas: Quotas, snapshot: bridge.Snapshot) -> Newcomers | None:
    try:
        return newcomers(fewest_recruits(pool, quotas), snapshot.quotas)
    except SolverFailure:
        return None
