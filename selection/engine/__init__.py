"""The lottery engine: arrays in, arrays out; no names, no database, no settings."""

from selection.engine.errors import (
    Bound,
    Cancelled,
    Change,
    Conflict,
    EngineError,
    NoFeasiblePanel,
    SolverFailure,
)
from selection.engine.feasibility.conflict import find_conflict
from selection.engine.feasibility.existence import find_panel
from selection.engine.lotteries.certificate import Certificate
from selection.engine.lotteries.lottery import Lottery
from selection.engine.lotteries.tickets import Tickets, number_tickets
from selection.engine.pool import Pool, Quotas
from selection.engine.progress import Progress, silent
from selection.engine.rules.leximin import leximin
from selection.engine.rules.maximin import maximin

__all__ = [
    "Bound",
    "Cancelled",
    "Certificate",
    "Change",
    "Conflict",
    "EngineError",
    "Lottery",
    "NoFeasiblePanel",
    "Pool",
    "Progress",
    "Quotas",
    "SolverFailure",
    "Tickets",
    "find_conflict",
    "find_panel",
    "leximin",
    "maximin",
    "number_tickets",
    "silent",
]
