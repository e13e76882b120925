"""Will the draw work, if it were held today?"""

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from juries.models import Jury
from selection.engine import NoFeasiblePanel, Pool, Quotas, SolverFailure, find_panel
from selection.engine.answers.recruits import fewest_recruits
from selection.lottery import bridge
from selection.lottery.explanation import Explanation, explain, facts_of


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
    except (NoFeasiblePanel, SolverFailure) as error:
        return explain(failure_of(error, pool, quotas), snapshot.quotas)
    return None


def failure_of(
    error: NoFeasiblePanel | SolverFailure, pool: Pool, quotas: Quotas
) -> dict[str, Any]:
    """The error as a lottery's row keeps it, with who else would make a panel possible.

    Nobody can join once seats are held: then nothing is said of them.
    """
    facts = facts_of(error)
    if isinstance(error, SolverFailure) or pool.fixed.any():
        return facts
    try:
        recruits = fewest_recruits(pool, quotas)
    except SolverFailure:
        return facts
    return facts | {"recruits": asdict(recruits) if recruits else None}
