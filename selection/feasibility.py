"""Will the draw work, if it were held today?"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from juries.models import Jury
from selection import bridge
from selection.engine import NoFeasiblePanel, SolverFailure, find_panel
from selection.explanation import Explanation, explain, facts_of


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
        len(snapshot.people), snapshot.size, len(snapshot.incomplete), _trouble(snapshot)
    )


def _trouble(snapshot: bridge.Snapshot) -> Explanation | None:
    if not snapshot.quotas:
        return Explanation(_("The jury has no criteria yet."))
    if not snapshot.people:
        return Explanation(_("Nobody is in the pool yet."))
    try:
        find_panel(*bridge.arrays(snapshot))
    except (NoFeasiblePanel, SolverFailure) as error:
        return explain(facts_of(error), snapshot.quotas)
    return None
