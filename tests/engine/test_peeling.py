"""Taking a point of the polytope apart, and going on where that gets stuck."""

from dataclasses import replace

import numpy as np
import pytest

from selection.engine import Pool, Quotas
from selection.engine.progress import silent
from selection.engine.search.decomposition import REACHED, decompose
from selection.engine.search.diving import Diver, limits
from selection.engine.search.method import Task, prepare
from selection.engine.search.peeling import Peeled, peel
from selection.engine.search.pricing import Pricer
from selection.engine.search.relaxation import fairest
from selection.engine.search.remainder import narrowed, remainder
from tests.engine.stored import council, village

MARKS = [[1, 1, 0], [1, 0, 1], [0, 1, 1], [0, 0, 0], [0, 0, 0]]


def task_and_target(pool: Pool, quotas: Quotas) -> tuple[Task, np.ndarray]:
    task = prepare(pool, quotas, progress=silent)
    sizes, space = task.types.sizes, task.pricer.polytope
    target, _ = fairest(space, sizes, open_=task.seatable, progress=silent)
    return task, target


def mixed(peeled: Peeled) -> np.ndarray:
    return np.array(peeled.lengths) @ np.array(peeled.panels)


@pytest.mark.parametrize("stored", [council, village])
def test_a_leximin_point_is_peeled_nearly_to_the_end_by_few_panels(stored):
    task, target = task_and_target(*stored())
    point = target * task.types.sizes

    peeled = peel(task.pricer.polytope, point, progress=silent)

    assert peeled.mass < 1e-4
    assert (np.abs(mixed(peeled) - point) / task.types.sizes).max() < peeled.mass + 1e-9
    assert all(task.pricer.polytope.holds(panel) for panel in peeled.panels)
    assert min(peeled.lengths) > 0
    assert len(peeled.panels) <= len(point)


@pytest.mark.parametrize("seed", range(12))
def test_a_mixture_of_panels_is_peeled_or_reached_by_the_search_that_follows(seed):
    rng = np.random.default_rng(seed)
    task, _ = task_and_target(*council())
    sizes, pricer = task.types.sizes, task.pricer
    panels = np.array([pricer.heavy(rng.normal(size=len(sizes))) for _ in range(15)])
    target = rng.dirichlet(np.ones(15)) @ panels / sizes

    near = decompose(pricer, sizes, task.panels, target, progress=silent)

    assert near.short <= REACHED
    assert near.mixture.chances(sizes) == pytest.approx(target, abs=1e-6)
    assert all(pricer.polytope.holds(panel) for panel in near.mixture.counts)


def test_what_is_left_stays_in_the_polytope_when_panels_are_given_back():
    task, target = task_and_target(*council())
    space, point = task.pricer.polytope, target * task.types.sizes
    peeled = peel(space, point, progress=silent)

    kept = peeled.back(0.4)
    rest = kept.rest(space, point)

    assert rest.mass == kept.mass >= 0.4
    assert len(kept.panels) < len(peeled.panels)
    assert (rest.use >= space.lower * rest.mass - 1e-7).all()
    assert (rest.use <= space.upper * rest.mass + 1e-7).all()


def test_panels_of_the_remainder_are_panels_on_the_same_face():
    task, target = task_and_target(*council())
    space, point = task.pricer.polytope, target * task.types.sizes
    rest = peel(space, point, progress=silent).back(0.2).rest(space, point)

    face = remainder(space, rest)
    small = Pricer(face.polytope).heavy(face.point)
    assert small is not None
    (panel,) = face.panels(small[None])

    assert len(face.free) < len(point)
    assert space.holds(panel)
    assert not panel[rest.counts == 0].any()
    tight = rest.use >= space.upper * rest.mass - 1e-9
    assert (space.use(panel)[tight] == space.upper[tight]).all()


def test_a_point_out_of_reach_is_peeled_no_further_than_panels_go():
    task, target = task_and_target(Pool.of(MARKS), Quotas.of(3, [[0, 0]] * 3, [[3, 1]] * 3))
    sizes, pricer = task.types.sizes, task.pricer

    near = decompose(pricer, sizes, task.panels, target, progress=silent)

    assert near.short > 0.01
    assert near.short == pytest.approx((target - near.mixture.chances(sizes)).max())
    assert near.mixture.probabilities.sum() == pytest.approx(1)


def test_stuck_at_once_the_whole_target_is_searched(monkeypatch):
    task, target = task_and_target(*council())
    nothing = Peeled([], [])
    monkeypatch.setattr("selection.engine.search.decomposition.peel", lambda *_, **__: nothing)

    near = decompose(task.pricer, task.types.sizes, task.panels, target, progress=silent)

    assert near.short <= REACHED


@pytest.mark.parametrize("mass", [0.1, 0.3, 0.7])
def test_stuck_halfway_the_rest_is_searched(monkeypatch, mass):
    task, target = task_and_target(*council())
    stuck = peel(task.pricer.polytope, target * task.types.sizes, progress=silent).back(mass)
    monkeypatch.setattr("selection.engine.search.decomposition.peel", lambda *_, **__: stuck)

    near = decompose(task.pricer, task.types.sizes, task.panels, target, progress=silent)

    assert near.short <= REACHED
    assert near.mixture.chances(task.types.sizes) == pytest.approx(target, abs=1e-6)


def test_dives_keep_within_the_part_they_are_sent_to():
    task, _ = task_and_target(*council())
    space = task.pricer.polytope
    diver, whole = Diver(space), limits(space)
    without = np.arange(len(space.cap)) % 5 == 0
    rng = np.random.default_rng(1)

    diver.inside(replace(whole, upper=np.where(without, 0.0, whole.upper)))
    found = [diver.heavy(rng.normal(size=len(without))) for _ in range(20)]
    diver.inside(whole)
    free = diver.heavy(without.astype(float))

    panels = [panel for panel in found if panel is not None]
    assert panels
    assert all(space.holds(panel) and not panel[without].any() for panel in panels)
    assert free is not None
    assert free[without].any()


@pytest.mark.parametrize("seed", range(9))
def test_heavy_panels_weigh_hardly_less_than_the_heaviest(seed):
    pricer = prepare(*council(), progress=silent).pricer
    weights = np.random.default_rng(seed).normal(size=len(pricer.polytope.cap))

    heavy, heaviest = pricer.heavy(weights), pricer.heaviest(weights)

    assert heavy is not None
    assert heaviest is not None
    assert weights @ heaviest >= weights @ heavy - 1e-9
    assert weights @ heavy >= 0.8 * (weights @ heaviest)


def test_the_narrowed_polytope_leaves_what_the_held_counts_do_not_use():
    task, _ = task_and_target(*council())
    space = task.pricer.polytope
    panel = task.panels[0]
    free = np.flatnonzero(panel == 0)
    held = np.where(panel > 0, panel, 0)

    rest = narrowed(space, free, held)

    assert rest.holds(np.zeros(len(free), dtype=np.int64))
    assert len(rest.cap) == len(free)
    assert not rest.holds(np.eye(len(free), dtype=np.int64)[0])
