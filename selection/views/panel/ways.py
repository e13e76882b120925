"""The pages of the panel beside each other, and the way to them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from juries.crumbs import Crumbs, Ways, desk_crumbs
from juries.enums import Act
from juries.models import Jury


def panel_ways(jury: Jury, acts: frozenset[Act], here: str) -> Ways:
    """The pages that ``acts`` open."""
    pages = [
        ("selection:panel", _("Panel"), Act.SEE_JURY),
        ("selection:named_seats", _("Named seats"), Act.MANAGE_PANEL),
        ("selection:members", _("Members"), Act.SEE_PANEL),
        ("selection:fees", _("Fees and travel"), Act.MANAGE_PANEL),
        ("needs", _("Needs"), Act.SEE_NEEDS),
    ]
    return [
        (label, reverse(name, args=[jury.slug]), name == f"selection:{here}")
        for name, label, act in pages
        if act in acts
    ]


def members_crumbs(jury: Jury, *further: tuple[str, str | None]) -> Crumbs:
    """The way to a page behind the list of members."""
    return desk_crumbs(
        jury, (_("Members"), reverse("selection:members", args=[jury.slug])), *further
    )
