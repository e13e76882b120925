"""Who may do what in an organisation: accounts are made, roles are given and taken away."""

from collections import defaultdict
from dataclasses import dataclass

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from juries.audit import record
from juries.enums import Role
from juries.errors import JuryError
from juries.models import AuditEntry, Jury, Membership, Organisation, User

LINES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with roles in the organisation; ``waiting`` until they have signed in once."""

    user: User
    memberships: list[Membership]
    waiting: bool


@dataclass(frozen=True, slots=True)
class Door:
    """The two parts of the address at which somebody chooses a password, for three days."""

    key: str
    token: str


def members_of(organisation: Organisation) -> list[Member]:
    """Everybody with a role, by name; one query, however many there are."""
    by_user: dict[User, list[Membership]] = defaultdict(list)
    memberships = organisation.memberships.select_related("user", "jury")
    for membership in memberships.order_by("user__name", "user__email", "jury_id", "role"):
        by_user[membership.user].append(membership)
    return [Member(user, held, user.last_login is None) for user, held in by_user.items()]


def latest_changes(organisation: Organisation) -> list[AuditEntry]:
    """The log of the organisation itself and of who was given or lost a role in it."""
    entries = AuditEntry.objects.filter(facts__organisation=organisation.slug)
    return list(entries.select_related("by", "jury")[:LINES_SHOWN])


@transaction.atomic
def add_member(
    *,
    organisation: Organisation,
    email: str,
    name: str,
    role: Role,
    by: User,
    jury: Jury | None = None,
) -> User:
    """Somebody has the role, and an account if there was none: its password is not chosen yet."""
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_user(email, name=name)
        record(
            "member.account_made",
            jury=None,
            by=by,
            organisation=organisation.slug,
            user=user.pk,
        )
    give_role(organisation=organisation, user=user, role=role, by=by, jury=jury)
    return user


@transaction.atomic
def give_role(
    *, organisation: Organisation, user: User, role: Role, by: User | str, jury: Jury | None = None
) -> None:
    """The user has the role, in one jury or in every jury of the organisation."""
    if jury is not None and jury.organisation_id != organisation.pk:
        raise JuryError(_("This jury belongs to another organisation."))
    _membership, given = Membership.objects.get_or_create(
        user=user, organisation=organisation, jury=jury, role=role
    )
    if given:
        _record("member.role_given", organisation, user, role, by, jury)


@transaction.atomic
def take_role(*, membership: Membership, by: User) -> None:
    """The user no longer has the role; an organisation always keeps an organiser."""
    organisation = Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    membership = Membership.objects.select_related("user", "jury").get(pk=membership.pk)
    if is_last_organiser(membership):
        raise JuryError(_("This is the last organiser. Give the role to somebody else first."))
    membership.delete()
    _record(
        "member.role_taken",
        organisation,
        membership.user,
        Role(membership.role),
        by,
        membership.jury,
    )


def is_last_organiser(membership: Membership) -> bool:
    """Whether nobody but the holder organises the whole organisation."""
    if membership.role != Role.ORGANISER or membership.jury_id is not None:
        return False
    others = Membership.objects.filter(
        organisation=membership.organisation_id,
        jury=None,
        role=Role.ORGANISER,
        user__is_active=True,
    )
    return not others.exclude(pk=membership.pk).exists()


@transaction.atomic
def make_link(*, organisation: Organisation, user: User, by: User) -> Door:
    """A way in for somebody who has never signed in: there they choose a password themselves."""
    if user.last_login is not None:
        raise JuryError(_("This person has signed in already and has a password."))
    if user.memberships.exclude(organisation=organisation).exists():
        raise JuryError(
            _("This person works for another organisation too, which makes the link for them.")
        )
    record("member.link_made", jury=None, by=by, organisation=organisation.slug, user=user.pk)
    return Door(
        key=urlsafe_base64_encode(force_bytes(user.pk)),
        token=default_token_generator.make_token(user),
    )


def _record(
    verb: str,
    organisation: Organisation,
    user: User,
    role: Role,
    by: User | str,
    jury: Jury | None,
) -> None:
    record(verb, jury=jury, by=by, organisation=organisation.slug, user=user.pk, role=role.value)
