"""The way to a page, printed above it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from juries.models import Jury

type Crumbs = list[tuple[str, str | None]]


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
