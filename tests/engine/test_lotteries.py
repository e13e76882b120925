"""Both rules against brute force over all panels, on hundreds of small random pools."""

from collections import Counter

import numpy as np
import pytest

from selection.engine import Lottery, NoFeasiblePanel, Pool, Quotas, leximin, maximin
from tests.engine import brute
from tests.engine.pools import random_task

TASKS = 520
BLOCK = 26
KINDS_AMONG = 200
SAME = 2e-6


def seeded() -> np.random.Generator:
    return np.random.default_rng(7)


def require_sound(lottery: Lottery, pool: Pool, quotas: Quotas) -> None:
    """Distinct feasible panels whose probabilities make the chances."""
    chances = np.zeros(len(pool))
    for panel, probability in zip(lottery.panels, lottery.probabilities, strict=True):
        assert brute.is_panel(pool, quotas, tuple(panel.tolist()))
        assert (np.diff(panel) > 0).all()
        assert probability > 0
        chances[panel] += probability
    assert len({panel.tobytes() for panel in lottery.panels}) == len(lottery.panels)
    assert lottery.probabilities.sum() == pytest.approx(1, abs=1e-9)
    assert np.abs(chances - lottery.chances).max() < 1e-9


def kinds_of(pool: Pool, lottery: Lottery) -> set[str]:
    """What is special about a pool."""
    homes = pool.households[pool.households >= 0]
    taken = pool.households[pool.fixed]
    free = ~pool.excluded & ~np.isin(pool.households, taken[taken >= 0])
    chances = lottery.chances
    special = {
        "household": len(set(homes.tolist())) < len(homes),
        "fixed": pool.fixed.any(),
        "excluded": pool.excluded.any(),
        "relaxation not tight": lottery.certificate.method == "exact",
        "somebody in no panel": (free & (chances == 0)).any(),
        "several levels": len(np.unique(chances[chances > 0].round(6))) > 2,
    }
    return {kind for kind, so in special.items() if so}


@pytest.mark.parametrize("block", range(TASKS // BLOCK))
def test_leximin_and_maximin_are_what_brute_force_finds(block):
    for seed in range(block * BLOCK, (block + 1) * BLOCK):
        pool, quotas = random_task(seed)
        if not brute.panels(pool, quotas):
            with pytest.raises(NoFeasiblePanel):
                leximin(pool, quotas, rng=seeded())
            continue

        fair = leximin(pool, quotas, rng=seeded())
        quick = maximin(pool, quotas, rng=seeded())

        chances = brute.leximin(pool, quotas)
        assert np.abs(fair.chances - chances).max() < SAME, seed
        seatable = chances > 0
        assert quick.chances[seatable].min() == pytest.approx(chances[seatable].min(), abs=SAME)
        assert not quick.chances[~seatable].any()
        for lottery in (fair, quick):
            require_sound(lottery, pool, quotas)
            assert lottery.certificate.optimal
            assert lottery.certificate.gap <= 1e-6


def test_the_random_pools_are_of_every_kind():
    seen: Counter[str] = Counter()
    for seed in range(KINDS_AMONG):
        pool, quotas = random_task(seed)
        try:
            seen.update(kinds_of(pool, leximin(pool, quotas, rng=seeded())))
        except NoFeasiblePanel:
            seen["no panel"] += 1

    kinds = ("no panel", "household", "fixed", "excluded", "relaxation not tight")
    for kind in (*kinds, "somebody in no panel", "several levels"):
        assert seen[kind] >= 10, kind
