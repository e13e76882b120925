"""D1: the same pool gives the same commitment, to the byte, in every process."""

import os
import shutil
import subprocess
import sys

RUNS = 20


def run(deed, path, **environment):
    """What a process of its own prints that does the deed in the house at the path."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.trust.held_again", deed],
        env=os.environ
        | {
            "RAATIHUONE_MODE": "test",
            "RAATIHUONE_DATA": str(path.parent),
            "DATABASE_URL": f"sqlite:///{path}",
            **environment,
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def held_again(waiting, number):
    copy = waiting.with_name(f"{number}.sqlite3")
    shutil.copy(waiting, copy)
    threads = str(1 + number % 2)
    return run(
        "hold",
        copy,
        PYTHONHASHSEED=str(1000 + number),
        OMP_NUM_THREADS=threads,
        OPENBLAS_NUM_THREADS=threads,
    )


def test_d1_twenty_processes_make_the_same_commitment(tmp_path):
    waiting = tmp_path / "waiting.sqlite3"
    run("set_up", waiting)

    commitments, seeds = zip(*(held_again(waiting, number) for number in range(RUNS)), strict=True)

    assert len(set(commitments)) == 1
    assert b'"format":"kr-arvonta/1"' in bytes.fromhex(commitments[0])
    assert len(set(seeds)) == RUNS  # the control: what depends on hashing differs in each
