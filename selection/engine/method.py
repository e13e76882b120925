"""How a lottery is found: types, relaxation, decomposition, certificate, exact fall-back."""

from dataclasses import replace

import numpy as np

from selection.engine.conflict import explain
from selection.engine.coverage import cover
from selection.engine.decomposition import decompose
from selection.engine.errors import NoFeasiblePanel
from selection.engine.exact import prove
from selection.engine.grouping import group, polytope
from selection.engine.lottery import OPTIMAL, Certificate, Lottery, publish
from selection.engine.pool import Pool, Quotas
from selection.engine.pricing import Pricer
from selection.engine.progress import Progress
from selection.engine.relaxation import fairest


def find_lottery(
    pool: Pool,
    quotas: Quotas,
    *,
    rule: str,
    rng: np.random.Generator,
    progress: Progress,
) -> Lottery:
    """The best lottery by the rule, or ``NoFeasiblePanel``."""
    first_only = rule == "maximin"
    types = group(pool)
    space = polytope(pool, quotas, types)
    search, people = rng.spawn(2)
    covered = None
    if not len(types.clashing):
        covered = cover(Pricer(space, rng=search), progress=progress)
    if covered is None:
        raise NoFeasiblePanel(explain(pool, quotas, types, space))
    panels, seatable = covered
    space = replace(space, cap=np.where(seatable, space.cap, 0))
    sizes = types.sizes
    target, smallest = fairest(
        space, sizes, open_=seatable, first_only=first_only, progress=progress
    )
    pricer = Pricer(space, rng=search)
    near = decompose(pricer, sizes, panels, target, progress=progress)
    mixture, gap, way = near.mixture, near.short, "relaxation"
    if gap > OPTIMAL:
        proof = prove(
            pricer, sizes, near.panels, seatable=seatable, first_only=first_only, progress=progress
        )
        mixture, gap, way, smallest = proof.mixture, proof.gap, "exact", proof.smallest
    certificate = Certificate(gap <= OPTIMAL, smallest, gap, way)
    return publish(rule, types, mixture, certificate, people=len(pool), rng=people)
