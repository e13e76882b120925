"""Reading what is sensitive leaves a line in the log: who read, when, and what kind; never what.

    note_reading(jury=jury, kind=Sensitive.NEEDS, people=12, by=request.user)

Call it in the view or verb that opens the seal, before anything is shown.
"""

from collections.abc import Mapping
from types import MappingProxyType

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from juries.audit import record
from juries.models import AuditEntry, Jury, Registrant, User


class Sensitive(models.TextChoices):
    """What is read only for a purpose, and with a trace."""

    NEEDS = "needs", _("needs: access, diet, childcare, a ride, an interpreter")
    PROTECTED = "protected", _("whose address is protected")
    ANSWERS = "answers", _("answers to sensitive questions")


VERBS: Mapping[str, str] = MappingProxyType(
    {
        Sensitive.NEEDS: "needs.read",
        Sensitive.PROTECTED: "protected.read",
        Sensitive.ANSWERS: "sensitive_answers.read",
    }
)
OTHER_VERBS = ("sample.protected_read", "people.exported", "registration.new_code")
"""Whoever is given somebody's new code could open their own page, with everything on it."""


def note_reading(
    *, jury: Jury, kind: Sensitive, people: int, by: User, about: Registrant | None = None
) -> AuditEntry:
    """It stands in the log that ``by`` read this of so many people, or of one in particular."""
    one = {"registrant": about.pk} if about else {}
    return record(VERBS[kind], jury=jury, by=by, people=people, **one)


def readings(jury: Jury) -> QuerySet[AuditEntry]:
    """Every reading, every file of people taken out and every new code, the latest first."""
    verbs = [*VERBS.values(), *OTHER_VERBS]
    return jury.audit_entries.filter(verb__in=verbs).select_related("by")
