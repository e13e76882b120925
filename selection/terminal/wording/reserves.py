"""Reserves and what they are worth, in English and as data."""

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

import numpy as np

from selection.engine.replacing.reserves import Reserves
from selection.terminal.reading.inputs import Case


def about_reserves(found: Reserves, options: Namespace) -> Iterator[str]:
    """What the first reserves are worth, at a few lengths of the list."""
    count = len(found.people)
    if count < options.count:
        yield f"only {count} people can be reserves"
    yield "reserves   expected loss   all quotas met"
    for first in sorted({0, 1, count // 4, count // 2, 3 * count // 4, count}):
        yield (
            f"{first:>8}   {found.expected[first]:>6.2f} ± {found.error[first]:<4.2f}   "
            f"{1 - found.broken[first]:>14.0%}"
        )
    yield f"written to {options.out}"


def reserve_facts(case: Case, found: Reserves) -> dict[str, Any]:
    """The same for programs, at every length."""
    return {
        "reserves": [case.ids[person] for person in found.people.tolist()],
        "expected_loss": np.round(found.expected, 6).tolist(),
        "standard_error": np.round(found.error, 6).tolist(),
        "quotas_missed": np.round(found.broken, 6).tolist(),
    }
