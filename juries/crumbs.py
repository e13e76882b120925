"""The way to a page, printed above it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from juries.enums import Act
from juries.models import Jury, Organisation

type Crumbs = list[tuple[str, str | None]]
type Ways = list[tuple[str, str, bool]]


def desk_crumbs(jury: Jury, *further: tuple[str, str | None]) -> Crumbs:
    """The way to a page of staff within a jury."""
    return [
        (_("Juries"), reverse("juries")),
        (jury.name, reverse("home", args=[jury.slug])),
        *further,
    ]


def public_crumbs(jury: Jury, *further: tuple[str, str | None]) -> Crumbs:
    """The way to a page that anyone may read."""
    return [(jury.name, reverse("jury", args=[jury.slug])), *further]


def organisation_ways(organisation: Organisation, here: str) -> Ways:
    """The pages of an organisation beside each other."""
    pages = (("organisation", _("Details")), ("members", _("Who may do what")))
    return [(label, reverse(name, args=[organisation.slug]), name == here) for name, label in pages]


def recruitment_ways(jury: Jury, acts: frozenset[Act], here: str) -> Ways:
    """The pages of recruitment beside each other, as far as ``acts`` open them."""
    pages = [
        ("recruitment", _("Recruitment"), Act.RECRUIT),
        ("post", _("Letters and messages"), Act.SEND),
        ("registrants", _("Registrants"), Act.SEE_CONTACTS),
        ("calls", _("Calls"), Act.RECRUIT),
        ("duplicates", _("The same person twice?"), Act.RECRUIT),
        ("exclusions", _("Who cannot be drawn"), Act.RECRUIT),
        ("import", _("Import"), Act.RECRUIT),
        ("exports", _("Files out"), Act.EXPORT_PEOPLE),
        ("pool", _("Pool"), Act.SEE_POOL),
        ("by_hand", _("Letters by hand"), Act.SEE_PROTECTED),
        ("reach", _("Reach"), Act.SEE_POOL),
    ]
    return [
        (label, reverse(name, args=[jury.slug]), name == here)
        for name, label, act in pages
        if act in acts
    ]
