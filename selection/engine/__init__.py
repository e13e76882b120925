"""The lottery engine: arrays in, arrays out; no names, no database, no settings."""

from selection.engine.answers.chances import ChanceLevel, Standing, chance_levels, standing
from selection.engine.answers.checking import Finding, check_certificate, check_lottery
from selection.engine.answers.lifting import Lift, lifting_recruits
from selection.engine.answers.recruits import Recruits, fewest_recruits
from selection.engine.answers.shut_out import Barrier, ShutOut, shut_out
from selection.engine.errors import (
    Bound,
    Cancelled,
    Change,
    Conflict,
    EngineError,
    NoFeasiblePanel,
    NothingDrawn,
    SolverFailure,
)
from selection.engine.feasibility.conflict import find_conflict
from selection.engine.feasibility.existence import find_panel
from selection.engine.inviting.letters import Forecast, forecast, letters_needed
from selection.engine.inviting.sample import TooFewPeople, stratified_sample
from selection.engine.inviting.strata import Stratum
from selection.engine.lotteries.certificate import Certificate, Claim
from selection.engine.lotteries.listing import Listing, list_panels
from selection.engine.lotteries.lottery import Lottery
from selection.engine.lotteries.tickets import Tickets, number_tickets
from selection.engine.pool import Pool, Quotas
from selection.engine.progress import Progress, silent
from selection.engine.replacing.deviation import Deviation
from selection.engine.replacing.likeness import Pair, Substitution, nearest_panel
from selection.engine.replacing.replacement import replace
from selection.engine.replacing.reserves import Reserves, reserve_list
from selection.engine.rules.catalogue import PROVEN, RULES, Rule
from selection.engine.rules.comparison import RuleSummary, compare
from selection.engine.rules.goldilocks import goldilocks
from selection.engine.rules.leximin import leximin
from selection.engine.rules.maximin import maximin
from selection.engine.rules.nash import nash
from selection.engine.rules.plain import plain
from selection.engine.seating.tables import (
    Balance,
    Facilitators,
    Obstacle,
    SeatingImpossible,
    SeatingPlan,
    SeatingProblem,
    seat,
)
from selection.engine.version import VERSION

__all__ = [
    "Balance",
    "Barrier",
    "Bound",
    "Cancelled",
    "Certificate",
    "ChanceLevel",
    "Change",
    "Claim",
    "Conflict",
    "Deviation",
    "EngineError",
    "Facilitators",
    "Finding",
    "Forecast",
    "Lift",
    "Listing",
    "Lottery",
    "NoFeasiblePanel",
    "NothingDrawn",
    "Obstacle",
    "PROVEN",
    "Pair",
    "Pool",
    "Progress",
    "Quotas",
    "RULES",
    "Recruits",
    "Reserves",
    "Rule",
    "RuleSummary",
    "SeatingImpossible",
    "SeatingPlan",
    "SeatingProblem",
    "ShutOut",
    "SolverFailure",
    "Standing",
    "Stratum",
    "Substitution",
    "Tickets",
    "TooFewPeople",
    "VERSION",
    "chance_levels",
    "check_certificate",
    "check_lottery",
    "compare",
    "fewest_recruits",
    "find_conflict",
    "find_panel",
    "forecast",
    "goldilocks",
    "letters_needed",
    "leximin",
    "lifting_recruits",
    "list_panels",
    "maximin",
    "nash",
    "nearest_panel",
    "number_tickets",
    "plain",
    "replace",
    "reserve_list",
    "seat",
    "shut_out",
    "silent",
    "standing",
    "stratified_sample",
]
