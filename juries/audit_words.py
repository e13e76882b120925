"""The audit log in plain words: who did what, when, and the facts that were written down."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juries.audit import DECISION_MAKER, JUROR, REGISTRANT, SYSTEM
from juries.models import AuditEntry

ACTORS: Mapping[str, Promise] = MappingProxyType(
    {
        REGISTRANT: gettext_lazy("a registrant"),
        JUROR: gettext_lazy("a juror"),
        DECISION_MAKER: gettext_lazy("a decision-maker"),
        SYSTEM: gettext_lazy("the house itself"),
    }
)

VERBS: Mapping[str, Promise] = MappingProxyType(
    {
        "jury.created": gettext_lazy("The jury was created"),
        "jury.changed": gettext_lazy("The settings were changed"),
        "jury.published": gettext_lazy("The public page was published"),
        "jury.unpublished": gettext_lazy("The public page was hidden"),
        "registration.opened": gettext_lazy("Registration was opened"),
        "registration.closed": gettext_lazy("Registration was closed"),
        "registration.reopened": gettext_lazy("Registration was opened again"),
        "criteria.set_from_population": gettext_lazy(
            "Criteria and quotas were calculated from a population table"
        ),
        "criteria.set_from_quotas": gettext_lazy("Criteria were taken from a quota file"),
        "criteria.recalculated": gettext_lazy("Quotas were calculated anew"),
        "criteria.changed": gettext_lazy("Quotas were changed by hand"),
        "criteria.added": gettext_lazy("A criterion was added"),
        "criteria.removed": gettext_lazy("A criterion was removed"),
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log as the page prints it."""

    at: datetime
    who: str
    what: str
    facts: list[tuple[str, str]]


def lines(entries: Iterable[AuditEntry]) -> list[Line]:
    """The entries in words."""
    return [
        Line(at=entry.at, who=_who(entry), what=_what(entry.verb), facts=_facts(entry.facts))
        for entry in entries
    ]


def _who(entry: AuditEntry) -> str:
    return str(entry.by or ACTORS.get(entry.actor) or entry.actor)


def _what(verb: str) -> str:
    """The sentence of the verb; the log also keeps deeds of rooms that have none."""
    return str(VERBS.get(verb) or verb.replace(".", ": ").replace("_", " "))


def _facts(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(name.replace("_", " "), _shown(value)) for name, value in facts.items() if value != ""]


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_shown(one)}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(_shown(one) for one in value)
    return "–" if value is None else str(value)
