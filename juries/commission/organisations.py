"""Organisations in one installation: each sees only its own juries, people and details."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from juries.audit import SYSTEM, record
from juries.commission.members import give_role
from juries.enums import Role
from juries.errors import JuryError
from juries.models import Organisation, User


@transaction.atomic
def add_organisation(
    *, names: Mapping[str, str], email: str, name: str, password: str, slug: str = ""
) -> Organisation:
    """The organisation stands, and its first organiser can sign in and add the others.

    Somebody who has an account already keeps its password.
    """
    organisation = Organisation.objects.create(slug=_free_slug(slug or names["name_fi"]), **names)
    record("organisation.added", jury=None, by=SYSTEM, organisation=organisation.slug)
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        try:
            validate_password(password)
        except ValidationError as weak:
            raise JuryError(" ".join(weak.messages)) from weak
        user = User.objects.create_user(email, password, name=name)
    give_role(organisation=organisation, user=user, role=Role.ORGANISER, by=SYSTEM)
    return organisation


@transaction.atomic
def change_organisation(
    *, organisation: Organisation, by: User, facts: Mapping[str, Any]
) -> Organisation:
    """The organisation has the new names, contact and languages."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    changed = sorted(name for name, value in facts.items() if getattr(organisation, name) != value)
    for name in changed:
        setattr(organisation, name, facts[name])
    if changed:
        organisation.save(update_fields=changed)
        record(
            "organisation.changed",
            jury=None,
            by=by,
            organisation=organisation.slug,
            fields=changed,
        )
    return organisation


def _free_slug(wanted: str) -> str:
    slug = slugify(wanted)[:50].strip("-")
    if not slug:
        raise JuryError(_("Give the organisation a short name for addresses, in letters a to z."))
    if Organisation.objects.filter(slug=slug).exists():
        raise JuryError(_("There is an organisation of this name already."))
    return slug
