"""The relaxation written down person by person, for a solver that the engine does not use."""

import numpy as np
from scipy.optimize import linprog

from selection.engine import Pool, Quotas


def smallest_chance(pool: Pool, quotas: Quotas, counted: np.ndarray) -> float:
    """The largest smallest chance of the people ``counted``; nobody else sits."""
    n = len(pool)
    rows, limits = [], []
    for criterion, (least, most) in enumerate(zip(quotas.minimum, quotas.maximum, strict=True)):
        for value, (low, high) in enumerate(zip(least.tolist(), most.tolist(), strict=True)):
            has = np.append((pool.traits[:, criterion] == value).astype(float), 0.0)
            rows += [has, -has]
            limits += [high, -low]
    for home in np.unique(pool.households[pool.households >= 0]):
        rows.append(np.append((pool.households == home).astype(float), 0.0))
        limits.append(1)
    for person in np.flatnonzero(counted):
        row = np.zeros(n + 1)
        row[person], row[n] = -1, 1
        rows.append(row)
        limits.append(0)
    sits = counted | pool.fixed
    bounds = [(float(fixed), float(some)) for fixed, some in zip(pool.fixed, sits, strict=True)]
    found = linprog(
        np.append(np.zeros(n), -1.0),
        A_ub=np.array(rows),
        b_ub=limits,
        A_eq=[np.append(np.ones(n), 0.0)],
        b_eq=[quotas.size],
        bounds=[*bounds, (0, 1)],
    )
    assert found.status == 0, found.message
    return float(-found.fun)
