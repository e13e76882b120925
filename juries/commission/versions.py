"""Two people change the same jury: neither overwrites the other unseen."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from juries.errors import JuryError
from juries.models import Jury

# Deeds that change settings; one that does not list the fields names each as a fact of its own.
CHANGES = ("jury.changed", "invitations.doors_chosen")


class ChangedMeanwhile(JuryError):
    """Somebody has saved the jury since the form was opened; ``jury`` is how it stands now."""

    def __init__(self, jury: Jury) -> None:
        super().__init__(_("Somebody else has changed this while you were writing."))
        self.jury = jury


def differing(jury: Jury, facts: Mapping[str, Any]) -> list[str]:
    """The facts that stand otherwise in the jury, by name."""
    return [name for name, value in facts.items() if getattr(jury, name) != value]


def changed_since(jury: Jury, version: int) -> frozenset[str]:
    """The facts that others have changed after ``version``, as the log tells."""
    names: set[str] = set()
    for entry in jury.audit_entries.filter(verb__in=CHANGES).order_by("pk"):
        if entry.facts.get("version", version + 1) <= version:
            names.clear()
        else:
            names.update(entry.facts.get("fields", entry.facts))
    return frozenset(names)
