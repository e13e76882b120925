"""The lottery engine: arrays in, arrays out; no names, no database, no settings."""

from selection.engine.conflict import find_conflict
from selection.engine.errors import (
    Bound,
    Cancelled,
    Change,
    Conflict,
    EngineError,
    NoFeasiblePanel,
    SolverFailure,
)
from selection.engine.feasibility import find_panel
from selection.engine.leximin import leximin
from selection.engine.lottery import Certificate, Lottery
from selection.engine.maximin import maximin
from selection.engine.pool import Pool, Quotas
from selection.engine.progress import Progress, silent
from selection.engine.tickets import Tickets, number_tickets

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
