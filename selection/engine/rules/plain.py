"""Plain: stratified random draws until one meets the quotas, to compare other rules with."""

import numpy as np

from selection.engine.errors import NothingDrawn
from selection.engine.feasibility.existence import find_panel
from selection.engine.lotteries.certificate import Certificate
from selection.engine.lotteries.lottery import Lottery, publish
from selection.engine.pool import Pool, Quotas
from selection.engine.progress import Progress, silent
from selection.engine.search.stratified import Urn, fill
from selection.engine.types.grouping import Counts, group, polytope
from selection.engine.types.mixture import Mixture

BATCH = 250
ATTEMPTS = 10


def plain(
    pool: Pool,
    quotas: Quotas,
    *,
    rng: np.random.Generator,
    progress: Progress = silent,
    draws: int = 1000,
) -> Lottery:
    """What filling the most urgent value first at random gives; see ``search.stratified``.

    The method has chances that nobody can work out. These are estimates: the lottery is over the
    panels of ``draws`` successful draws, each as likely, and people of one type, whom the method
    treats alike, share their chance. An estimate of a type's mean chance p is off by about
    ``sqrt(p * (1 - p) / draws)``; an estimate of 0 can stand for a small chance. Nothing is proven:
    the certificate's ``bound`` is 1.

    At most ``10 * draws`` panels are tried; when fewer than ``draws`` of them meet the quotas, the
    lottery is over those. Raises ``NoFeasiblePanel``, ``NothingDrawn`` when none of them does, and
    ``ValueError`` when there is nothing to draw.
    """
    if draws < 1:
        raise ValueError("there must be at least one draw")
    find_panel(pool, quotas)
    types = group(pool)
    urn = Urn.of(types, polytope(pool, quotas, types))
    drawn, attempts = np.zeros((0, len(types)), dtype=np.int64), 0
    while len(drawn) < draws and attempts < ATTEMPTS * draws:
        progress("decomposition", max(len(drawn) / draws, attempts / (ATTEMPTS * draws)))
        drawn = np.concatenate([drawn, fill(urn, BATCH, rng=rng)])
        attempts += BATCH
    if not len(drawn):
        raise NothingDrawn(attempts)
    mixture = _shares(drawn[:draws])
    smallest = float(mixture.chances(types.sizes).min(initial=1.0))
    certificate = Certificate(False, 1.0, 1 - smallest, "draws")
    return publish("plain", types, mixture, certificate, people=len(pool), rng=rng)


def _shares(drawn: Counts) -> Mixture:
    panels, times = np.unique(drawn, axis=0, return_counts=True)
    return Mixture(panels, times / len(drawn))
