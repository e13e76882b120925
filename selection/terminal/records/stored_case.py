"""The case that a lottery file was made for."""

from juries.files.pools import Criterion
from juries.files.quota_files import QuotaRow
from selection.engine.pool import Pool
from selection.terminal.reading.inputs import Case, quotas_of
from selection.terminal.records.stored import StoredCriterion, StoredLottery


def stored_case(lottery: StoredLottery) -> Case:
    """The people and quotas of the lottery; its quotas have no rows in a quota file."""
    criteria = [_criterion(criterion) for criterion in lottery.criteria]
    return Case(
        ids=lottery.ids,
        traits=lottery.traits,
        criteria=criteria,
        pool=Pool.of(
            lottery.traits,
            households=lottery.households,
            fixed=lottery.fixed,
            excluded=lottery.excluded,
        ),
        quotas=quotas_of(lottery.size, criteria),
    )


def _criterion(stored: StoredCriterion) -> Criterion:
    rows = [
        QuotaRow(stored.name, quota.value, quota.minimum, quota.maximum, None, None, 0)
        for quota in stored.quotas
    ]
    return Criterion(stored.name, tuple(rows))
