"""From the files named on the command line to what the engine takes."""

from argparse import Namespace
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from juries.files.errors import FileError, UnreadableFile
from juries.files.pools import Criterion, criteria_of, read_pool
from juries.files.quota_files import quota_rows
from juries.files.tables import Table, read_table
from selection.engine.pool import Pool, Quotas
from selection.terminal.exits import Unusable
from selection.terminal.paths import read_bytes

ANY = np.iinfo(np.int32).max


@dataclass(frozen=True, slots=True)
class Case:
    """One draw to be made: people sorted by id, so that the order of rows does not matter."""

    ids: Sequence[str]
    traits: Sequence[Sequence[int]]
    criteria: Sequence[Criterion]
    pool: Pool
    quotas: Quotas


def read_case(options: Namespace) -> Case:
    """The case in the files, or ``FileError`` with everything wrong in the first wrong file."""
    criteria = _criteria(options.quotas, options.pool)
    people = read_pool(
        open_table(options.pool),
        criteria,
        id_column=options.id,
        household_columns=options.household,
    )
    order = sorted(range(len(people.ids)), key=people.ids.__getitem__)
    traits = [people.traits[position] for position in order]
    return Case(
        ids=[people.ids[position] for position in order],
        traits=traits,
        criteria=criteria,
        pool=Pool.of(
            traits, households=_numbered([people.households[position] for position in order])
        ),
        quotas=quotas_of(options.size, criteria),
    )


def quotas_of(size: int, criteria: Sequence[Criterion]) -> Quotas:
    """The quotas; a flexible bound that is left blank sets no limit."""
    rows = [criterion.quotas for criterion in criteria]
    return Quotas.of(
        size,
        [[quota.minimum for quota in quotas] for quotas in rows],
        [[quota.maximum for quota in quotas] for quotas in rows],
        minimum_flex=[[quota.minimum_flex or 0 for quota in quotas] for quotas in rows],
        maximum_flex=[
            [ANY if quota.maximum_flex is None else quota.maximum_flex for quota in quotas]
            for quotas in rows
        ],
    )


def _criteria(quotas: Path, pool: Path) -> Sequence[Criterion]:
    """The criteria of the quota file; who took one file for the other is told so."""
    try:
        return criteria_of(quota_rows(open_table(quotas)))
    except UnreadableFile:
        with suppress(FileError):
            quota_rows(open_table(pool))
            raise Unusable(
                f"{quotas}: this is not a quota file, and {pool} is one: --quotas and --pool are "
                "the wrong way round."
            ) from None
        raise


def open_table(path: Path) -> Table:
    return read_table(read_bytes(path), file=str(path))


def _numbered(households: Sequence[int]) -> list[int]:
    """Households by first appearance, whatever order the file had."""
    numbers: dict[int, int] = {}
    return [home if home < 0 else numbers.setdefault(home, len(numbers)) for home in households]
