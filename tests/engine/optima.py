"""The best chances of larger pools, kept in ``optima.json`` so that a change that is worse fails.

    python -m tests.engine.optima

writes them anew: only for new pools, or when the old figures were proven wrong.
"""

import json
from collections.abc import Callable
from functools import partial
from itertools import groupby
from pathlib import Path

import numpy as np

from selection.engine import Lottery, Pool, Quotas, leximin
from tests.engine.stored import council, odd_marks, scattered, village

FILE = Path(__file__).parent / "optima.json"
SIX = (4, 4, 4, 4, 4, 4)

POOLS: dict[str, Callable[[], tuple[Pool, Quotas]]] = {
    "council": council,
    "village": village,
    "odd marks, few": partial(odd_marks, 4, 2, 10),
    "odd marks, many": partial(odd_marks, 7, 3, 20),
    "small with households": partial(scattered, 60, (2, 3, 3, 2), 9, salt=0, homes=4),
    "not tight": partial(scattered, 80, (3, 4, 3, 4, 2), 10, salt=2, slack=1),
    "not tight, most shut out": partial(scattered, 100, SIX, 10, salt=5, slack=1),
    "not tight, half shut out": partial(scattered, 100, SIX, 10, salt=15, slack=1),
    "not tight, many levels": partial(scattered, 100, SIX, 10, salt=13, slack=1),
    "households and seats held": partial(
        scattered, 150, (2, 4, 4, 3, 5), 15, salt=0, slack=2, homes=5, fixed=2
    ),
    "six criteria": partial(scattered, 200, (3, 4, 4, 5, 3, 4), 16, salt=3, slack=2),
    "seven criteria": partial(scattered, 110, (3,) * 7, 12, salt=4, slack=1),
    "many people": partial(scattered, 300, (2, 3, 4, 5, 3), 25, salt=3, slack=3, homes=3),
}


def lottery_of(name: str) -> Lottery:
    """The leximin lottery of a pool."""
    return leximin(*POOLS[name](), rng=np.random.default_rng(1))


def levels_of(lottery: Lottery) -> list[list[float]]:
    """The sorted chances, each with how many people have it."""
    chances = np.sort(lottery.chances).round(8)
    steps = np.concatenate([[0], np.cumsum(np.diff(chances) > 1e-6)])
    return [
        [float(chances[places[0]]), len(places)]
        for places in (list(group) for _, group in groupby(range(len(chances)), steps.__getitem__))
    ]


def main() -> None:
    """Write the optima."""
    found = {}
    for name in POOLS:
        lottery = lottery_of(name)
        assert lottery.certificate.optimal, name
        found[name] = {"method": lottery.certificate.method, "levels": levels_of(lottery)}
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(each)}" for name, each in found.items())
    FILE.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
