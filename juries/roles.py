"""May somebody do something? The one place that knows how roles grant acts."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy

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


# What somebody in the role is there to do, for whoever gives the role.
ROLE_SENTENCES = (
    (Role.ORGANISER, gettext_lazy("sets juries up and runs them from the first day to the last")),
    (Role.RECRUITER, gettext_lazy("invites, answers the phone, keeps the register of people")),
    (Role.FACILITATOR, gettext_lazy("runs the sessions and helps to write the statement")),
    (Role.OBSERVER, gettext_lazy("reads how things stand, without anybody's contact details")),
    (Role.ARRANGER, gettext_lazy("reads what each member needs: access, diet, a ride")),
    (Role.PRIVACY_OFFICER, gettext_lazy("reads the log and who has a protected address")),
)
