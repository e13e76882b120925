"""Who lives together: decided by somebody, or by the address they gave.

Two people are joined where somebody decided that they are one household, and where they gave the
same address and nobody decided that they are two. People joined, even through others, are one
household. So a shared address counts before anybody has looked at it, as the letter promises, and
a block of flats without door numbers is parted pair by pair. See docs/decisions/households.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from juries.audit import record
from juries.files.addresses import same_address_key
from juries.models import DuplicateDecision, Household, Jury, Registrant, User
from juries.pool.duplicates import pairs_among, undecided_pair

type Join = tuple[int, int]

Outcome = DuplicateDecision.Outcome


@dataclass(frozen=True, slots=True)
class Resident:
    """Where somebody lives, as far as is known."""

    pk: int
    household: int | None
    street_address: str
    postal_code: str


@transaction.atomic
def two_people(*, jury: Jury, earlier: int, later: int, by: User) -> None:
    """Both registrations stand, in two households, and the pair is not asked about again."""
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    first, second = undecided_pair(jury, earlier, later)
    decide(jury, first, second, Outcome.TWO_PEOPLE, by)
    record("duplicates.two_people", jury=jury, by=by, earlier=first.pk, later=second.pk)


@transaction.atomic
def one_household(*, jury: Jury, earlier: int, later: int, by: User) -> None:
    """Both registrations stand, in one household: where the jury says so, one at most is drawn."""
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    first, second = undecided_pair(jury, earlier, later)
    decide(jury, first, second, Outcome.ONE_HOUSEHOLD, by)
    settle_households(jury)
    record("duplicates.one_household", jury=jury, by=by, earlier=first.pk, later=second.pk)


def decide(
    jury: Jury, earlier: Registrant, later: Registrant, outcome: str, by: User, **taken: object
) -> None:
    """The decision on the pair stands."""
    DuplicateDecision.objects.create(
        jury=jury, earlier=earlier, later=later, outcome=outcome, decided_by=by, taken=taken
    )


def settle_households(jury: Jury) -> None:
    """The households stand as the decisions say, neither more nor fewer."""
    jury.households.all().delete()
    merged = dict(jury.registrants.exclude(merged_into=None).values_list("pk", "merged_into_id"))
    decisions = jury.duplicate_decisions.filter(outcome=Outcome.ONE_HOUSEHOLD)
    joins = [
        (_standing(earlier, merged), _standing(later, merged))
        for earlier, later in decisions.values_list("earlier_id", "later_id")
    ]
    for members in joined(joins):
        household = Household.objects.create(jury=jury)
        jury.registrants.filter(pk__in=members).update(household=household)


def homes_of(jury: Jury, residents: Sequence[Resident]) -> list[int | None]:
    """One number for each household of several, in the order of ``residents``; else None."""
    apart = set(
        jury.duplicate_decisions.filter(outcome=Outcome.TWO_PEOPLE).values_list(
            "earlier_id", "later_id"
        )
    )
    joins = [*_decided(residents), *(pair for pair in _neighbours(residents) if pair not in apart)]
    home = {pk: number for number, members in enumerate(joined(joins)) for pk in members}
    numbers: dict[int, int] = {}
    return [
        numbers.setdefault(home[one.pk], len(numbers)) if one.pk in home else None
        for one in residents
    ]


def joined(joins: Iterable[Join]) -> list[set[int]]:
    """Everybody who hangs together through ``joins``, as sets of several that share nobody."""
    group: dict[int, set[int]] = {}
    for one, other in joins:
        smaller, larger = sorted((group.get(one, {one}), group.get(other, {other})), key=len)
        larger |= smaller
        for pk in smaller | {one, other}:
            group[pk] = larger
    sets = {id(members): members for members in group.values()}
    return [members for members in sets.values() if len(members) > 1]


def _standing(pk: int, merged: Mapping[int, int]) -> int:
    """Whose registration stands for this one."""
    while pk in merged:
        pk = merged[pk]
    return pk


def _decided(residents: Sequence[Resident]) -> Iterable[Join]:
    """Everybody of a decided household with its first: so many joins as people, not as pairs."""
    first: dict[int, int] = {}
    for one in residents:
        if one.household is not None:
            yield first.setdefault(one.household, one.pk), one.pk


def _neighbours(residents: Sequence[Resident]) -> Iterable[Join]:
    """The pairs at one address, the same that the page of pairs shows."""
    addresses: dict[str, list[int]] = {}
    for one in residents:
        if key := same_address_key([one.street_address, one.postal_code]):
            addresses.setdefault(key, []).append(one.pk)
    for members in addresses.values():
        yield from pairs_among(sorted(members))
