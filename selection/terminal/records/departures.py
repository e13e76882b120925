"""Who leaves a panel and who stays, from its lottery file, its panel file and the ids named."""

from argparse import Namespace
from dataclasses import dataclass, replace

from selection.engine.replacing.replacement import after
from selection.engine.rules.catalogue import PROVEN
from selection.terminal.exits import Unusable
from selection.terminal.reading.inputs import Case
from selection.terminal.reading.people import listed, positions_of, read_panel
from selection.terminal.records.stored import read_lottery
from selection.terminal.records.stored_case import stored_case


@dataclass(frozen=True, slots=True)
class Departure:
    """The seats to be drawn again, by which rule, and the members who stay and leave.

    In the case's pool ``kept`` are fixed, and all who have ever left are excluded.
    """

    case: Case
    rule: str
    kept: list[int]
    gone: list[int]


def read_departure(options: Namespace) -> Departure:
    """Who is gone and who is kept, as the engine takes them; or ``Unusable``."""
    stored = read_lottery(options.lottery)
    if stored.rule not in PROVEN:
        raise Unusable(f"{options.lottery}: there is no rule “{stored.rule}”.")
    case = stored_case(stored)
    _, members = read_panel(options.panel, case)
    away = positions_of(listed(options.gone), case, path=options.lottery)
    kept = [person for person in members if person not in away]
    gone = [person for person in members if person in away]
    if any(case.pool.excluded[kept]):
        raise Unusable(f"{options.panel}: somebody on the panel is excluded in the lottery.")
    pool = after(case.pool, kept=kept, gone=away)
    return Departure(replace(case, pool=pool), stored.rule, kept, gone)
