"""Who can get a letter: people of a sample without one, and people who have not answered theirs."""

from collections.abc import Iterable

from django.db.models import QuerySet

from juries.invitation.choosing import Candidates, Plan
from juries.models import AddressSample, Invitation, Invitee, Jury

AT_ONCE = 2000


def those_not_invited(sample: AddressSample) -> Candidates:
    """The people of the sample who have no letter, by group."""
    rows = sample.invitees.filter(invitation=None).order_by("stratum", "pk")
    return _by_group(rows.values_list("stratum", "pk").iterator(AT_ONCE))


def those_to_remind(jury: Jury) -> Candidates:
    """The invitations in letters that have gone out and were not answered, by group.

    Whoever has withdrawn or wants no letters is not among them, nor whoever is reached only by
    hand, nor anybody for whom a reminder waits to be sent.
    """
    rows = (
        unanswered(jury)
        .filter(wave__sent_on__isnull=False, wave__seed__isnull=False)
        .exclude(reminded_in__isnull=False, reminded_in__sent_on=None)
        .order_by("stratum", "pk")
    )
    return _by_group(rows.values_list("stratum", "pk").iterator(AT_ONCE))


def unanswered(jury: Jury) -> QuerySet[Invitation]:
    """Invitations of people at an open address who have not registered and may be written to."""
    return jury.invitations.filter(
        registrant=None, quiet=False, invitee__isnull=False, invitee__protected=False
    )


def people_among(candidates: Candidates, plan: Plan, *, many: int = 3) -> list[int]:
    """The keys of some who can be chosen, from as many groups as there are."""
    firsts = [
        candidates[part.group][turn]
        for turn in range(many)
        for part in plan.parts
        if turn < min(part.wanted, part.left)
    ]
    return firsts[:many]


def shown_invitees(keys: Iterable[int]) -> list[Invitee]:
    """People of a sample who can be shown; nobody whose address is protected."""
    return list(Invitee.objects.filter(pk__in=keys, protected=False).order_by("number"))


def shown_invited(keys: Iterable[int]) -> list[Invitee]:
    """The people behind invitations who can be shown."""
    return list(Invitee.objects.filter(invitation__in=keys, protected=False).order_by("number"))


def _by_group(rows: Iterable[tuple[str, int]]) -> Candidates:
    groups: dict[str, list[int]] = {}
    for group, pk in rows:
        groups.setdefault(group, []).append(pk)
    return groups
