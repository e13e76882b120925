"""May somebody do something? The one place that knows how roles grant acts."""

from django.contrib.auth.models import AnonymousUser

from juries.enums import GRANTS, Act, Role
from juries.models import Jury, Membership, Organisation, User


def acts_of(user: User | AnonymousUser, jury: Jury) -> frozenset[Act]:
    """Every act that ``user``'s roles grant in ``jury``."""
    if not user.is_authenticated:
        return frozenset()
    roles = Membership.objects.filter(user=user, organisation=jury.organisation_id).filter(
        jury__isnull=True
    ) | Membership.objects.filter(user=user, jury=jury)
    return frozenset().union(*(GRANTS[Role(role)] for role in roles.values_list("role", flat=True)))


def may(user: User | AnonymousUser, act: Act, jury: Jury) -> bool:
    """Whether ``user`` may do ``act`` in ``jury``."""
    return act in acts_of(user, jury)


def organisations_of(user: User | AnonymousUser) -> "list[Organisation]":
    """The organisations in which ``user`` may create juries."""
    if not user.is_authenticated:
        return []
    return list(
        Organisation.objects.filter(
            memberships__user=user, memberships__jury=None, memberships__role=Role.ORGANISER
        ).distinct()
    )
