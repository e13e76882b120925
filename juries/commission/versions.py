"""Two people change the same jury: neither overwrites the other unseen."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from juries.errors import JuryError
from juries.models import Jury


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
    entries = jury.audit_entries.filter(verb="jury.changed", facts__version__gt=version)
    return frozenset().union(*(entry.facts["fields"] for entry in entries))
