"""The parts of the method by themselves."""

import ast
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import selection.engine
from selection.engine import Pool, Quotas, leximin, maximin
from selection.engine.lotteries.lottery import Lottery
from selection.engine.progress import silent
from selection.engine.search.decomposition import decompose
from selection.engine.search.exact import prove
from selection.engine.search.method import prepare
from selection.engine.search.nearest import Nearest
from selection.engine.search.relaxation import fairest
from selection.engine.types.grouping import group
from tests.engine.stored import council

ENGINE = Path(selection.engine.__file__).parent
SOLVERS = {"scipy", "pulp", "highspy"}


def seeded(seed: int = 5) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_only_the_solver_module_imports_solvers():
    for file in ENGINE.rglob("*.py"):
        names = set()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            if isinstance(node, ast.ImportFrom):
                names.add(str(node.module).partition(".")[0])
        assert file.name == "solver.py" or not names & SOLVERS, file.name


def test_importing_the_engine_loads_neither_solvers_nor_django():
    code = "import sys, selection.engine; print(*sorted({n.split('.')[0] for n in sys.modules}))"

    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert not (SOLVERS | {"django", "celery"}) & set(loaded.stdout.split())


@pytest.mark.parametrize("seed", range(8))
def test_nearest_finds_the_weights_of_a_point_inside(seed):
    rng = seeded(seed)
    points = rng.random((40, 6))
    target = rng.dirichlet(np.ones(40)) @ points
    nearest = Nearest(6)

    for block in np.split(points - target, 4):
        nearest.add(block)

    assert nearest.weights.min() >= 0
    assert nearest.weights.sum() == pytest.approx(1)
    assert np.abs(nearest.weights @ points - target).max() < 1e-6


def test_nearest_stops_at_the_face_before_a_point_outside():
    corners = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    nearest = Nearest(3)

    nearest.add(corners - np.array([1.0, 1.0, 1.0]))

    assert nearest.weights == pytest.approx(np.full(3, 1 / 3))
    assert nearest.missing == pytest.approx(np.full(3, -2 / 3))


def test_the_exact_way_agrees_with_the_relaxation_where_that_is_tight():
    task = prepare(*council(), progress=silent)
    sizes, seatable = task.types.sizes, task.seatable
    target, levels = fairest(task.pricer.polytope, sizes, open_=seatable, progress=silent)

    near = decompose(task.pricer, sizes, task.panels, target, progress=silent)
    proof = prove(task.pricer, sizes, task.panels, seatable=seatable, progress=silent)

    assert near.short <= 1e-7
    assert proof.complete
    assert len(proof.weighings) > 1
    assert levels[0].chance == pytest.approx(target.min())
    assert proof.mixture.chances(sizes) == pytest.approx(target, abs=1e-6)


def test_work_that_runs_out_leaves_an_honest_certificate(monkeypatch):
    marks = [[1, 1, 0], [1, 0, 1], [0, 1, 1], [0, 0, 0], [0, 0, 0]]
    quotas = Quotas.of(3, [[0, 0]] * 3, [[3, 1]] * 3)
    full = leximin(Pool.of(marks), quotas, rng=seeded())
    monkeypatch.setattr("selection.engine.search.exact.WORK", 1)

    cut = leximin(Pool.of(marks), quotas, rng=seeded())

    assert (full.certificate.method, full.certificate.optimal) == ("exact", True)
    assert (cut.certificate.method, cut.certificate.optimal) == ("relaxation", False)
    assert cut.certificate.gap > 0.01
    assert cut.certificate.bound - cut.chances.min() <= cut.certificate.gap + 1e-9


@pytest.mark.parametrize("rule", [leximin, maximin])
def test_a_panel_of_fixed_people_only_is_certain(rule):
    pool = Pool.of([[0], [1], [1]], fixed=[True, True, False])

    lottery: Lottery = rule(pool, Quotas.of(2, [[0, 0]], [[2, 2]]), rng=seeded())

    assert lottery.chances.tolist() == [1.0, 1.0, 0.0]
    assert [panel.tolist() for panel in lottery.panels] == [[0, 1]]


@pytest.mark.parametrize("rule", [leximin, maximin])
def test_everybody_fixed_or_excluded_is_certain(rule):
    pool = Pool.of([[0], [1]], fixed=[True, False], excluded=[False, True])

    lottery: Lottery = rule(pool, Quotas.of(1, [[0, 0]], [[1, 1]]), rng=seeded())

    assert lottery.chances.tolist() == [1.0, 0.0]


def test_twins_and_couples_are_types_of_their_household():
    traits = [[0], [0], [0], [0], [0], [1], [0]]
    pool = Pool.of(traits, households=[1, 1, 2, 2, 3, 3, -1])

    types = group(pool)

    assert sorted(len(people) for people in types.people) == [1, 1, 1, 4]
    assert [len(household.people) for household in types.classes] == [2, 1]


@pytest.mark.parametrize(
    "wrong",
    [
        {"households": [1]},
        {"fixed": [True, False, True]},
        {"fixed": [True, False], "excluded": [True, False]},
    ],
)
def test_a_pool_that_contradicts_itself_is_refused(wrong):
    with pytest.raises(ValueError, match="person|both"):
        Pool.of([[0], [1]], **wrong)


def test_a_value_without_a_quota_is_refused():
    with pytest.raises(ValueError, match="without a quota"):
        leximin(Pool.of([[0], [2]]), Quotas.of(1, [[0, 0]], [[1, 1]]), rng=seeded())


def test_a_pool_keeps_its_own_read_only_copy():
    traits = np.zeros((2, 1), dtype=np.int32)
    pool = Pool.of(traits)

    traits[0, 0] = 1

    assert pool.traits[0, 0] == 0
    assert not pool.traits.flags.writeable
