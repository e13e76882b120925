"""Statistics become criteria: what was proposed is stored, and the other criteria stay."""

from itertools import product
from typing import Any

from django.db import transaction

from juries.audit import record
from juries.models import Criterion, Jury, Upload, User
from juries.targets.pairs import add_combination, set_pair_populations
from juries.targets.proposing import Proposal, ProposedCriterion, ProposedPair, ProposedValue
from juries.targets.quota_changes import bounds_of, moved_since
from juries.targets.quotas import calculate, locked_for_criteria
from juries.targets.storing import Wanted, refuse_late_criterion, store_criterion


@transaction.atomic
def take_statistics(
    *,
    jury: Jury,
    proposal: Proposal,
    band: int,
    by: User,
    upload: Upload | None = None,
    reason: str = "",
) -> None:
    """The jury has the proposed criteria, each with its people and quotas; the file is forgotten.

    A criterion of the same name is replaced; locked values keep their quotas.
    """
    jury = locked_for_criteria(jury)
    before = bounds_of(jury)
    jury.quota_band = band
    jury.save(update_fields=["quota_band"])
    stored = {one.name: _store(jury, one, proposal.statistics) for one in proposal.criteria}
    for pair in proposal.pairs:
        _store_pair(jury, stored, pair)
    record(
        "criteria.taken_from_statistics",
        jury=jury,
        by=by,
        criteria=list(stored),
        band=band,
        source=proposal.statistics,
        **moved_since(before, jury, reason),
    )
    if upload:
        upload.delete()


def _store(jury: Jury, proposed: ProposedCriterion, statistics: str) -> Criterion:
    wanted = [Wanted(value.name, _facts(value)) for value in proposed.values]
    criterion = store_criterion(
        jury, proposed.name, wanted, source=proposed.source, statistics=statistics
    )
    calculate(criterion, jury)
    return criterion


def _facts(value: ProposedValue) -> dict[str, Any]:
    return {
        "population": value.count.people,
        "youngest": value.span.youngest if value.span else None,
        "oldest": value.span.oldest if value.span else None,
        "postal_codes": list(value.postal_codes),
    }


def _store_pair(jury: Jury, stored: dict[str, Criterion], pair: ProposedPair) -> None:
    first, second = stored[pair.first], stored[pair.second]
    combined = jury.criteria.filter(first__in=(first, second), second__in=(first, second)).first()
    if combined is None:
        refuse_late_criterion(jury, pair.first)
        combined = add_combination(jury, first, second)
    keys = product(first.values.all(), second.values.all())
    set_pair_populations(
        combined,
        {
            frozenset((one.pk, other.pk)): pair.people.get((one.position, other.position), 0)
            for one, other in keys
        },
    )
    calculate(combined, jury)
