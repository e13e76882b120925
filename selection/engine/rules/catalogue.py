"""The rules by name. The rule asked for is the rule used, or an error."""

from collections.abc import Mapping
from typing import Protocol

import numpy as np

from selection.engine.lotteries.lottery import Lottery
from selection.engine.pool import Pool, Quotas
from selection.engine.progress import Progress, silent
from selection.engine.rules.goldilocks import goldilocks
from selection.engine.rules.leximin import leximin
from selection.engine.rules.maximin import maximin
from selection.engine.rules.nash import nash
from selection.engine.rules.plain import plain


class Rule(Protocol):
    """Finds the lottery that is best in its own sense; raises ``NoFeasiblePanel``."""

    def __call__(
        self, pool: Pool, quotas: Quotas, *, rng: np.random.Generator, progress: Progress = silent
    ) -> Lottery: ...


RULES: Mapping[str, Rule] = {
    "leximin": leximin,
    "maximin": maximin,
    "nash": nash,
    "goldilocks": goldilocks,
    "plain": plain,
}

PROVEN: Mapping[str, Rule] = {name: rule for name, rule in RULES.items() if name != "plain"}
"""The rules whose chances are known and proven, fit for a real draw."""
