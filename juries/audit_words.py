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
        "invitations.made": gettext_lazy("Invitations were made"),
        "import.begun": gettext_lazy("A file was brought to be imported"),
        "import.cancelled": gettext_lazy("An import was cancelled"),
        "registrants.imported": gettext_lazy("Registrants were imported"),
        "registration.received": gettext_lazy("Somebody registered"),
        "registration.entered": gettext_lazy("A registration was entered by staff"),
        "registration.changed": gettext_lazy("A registration was changed"),
        "registration.withdrawn": gettext_lazy("A registration was withdrawn"),
        "registration.new_code": gettext_lazy("A registrant was given a new code"),
        "duplicates.same_person": gettext_lazy("Two registrations were found to be one person"),
        "duplicates.two_people": gettext_lazy("Two registrations were found to be two people"),
        "lottery.requested": gettext_lazy("A lottery was asked for"),
        "lottery.ready": gettext_lazy("A lottery is ready"),
        "lottery.failed": gettext_lazy("A lottery was not possible"),
        "lottery.cancelled": gettext_lazy("A lottery was cancelled"),
        "draw.entered": gettext_lazy("A drawn ticket was entered"),
        "draw.confirmed": gettext_lazy("A draw was confirmed"),
        "draw.set_aside": gettext_lazy("A draw was set aside"),
        "seat.confirmed": gettext_lazy("A seat was confirmed"),
        "seat.declined": gettext_lazy("A seat was declined"),
        "session.planned": gettext_lazy("A session was planned"),
        "session.changed": gettext_lazy("A session was changed"),
        "session.published": gettext_lazy("A session was published"),
        "agenda.item_added": gettext_lazy("An item was added to the agenda"),
        "expert.added": gettext_lazy("An expert was added"),
        "expert.changed": gettext_lazy("The facts about an expert were changed"),
        "attendance.marked": gettext_lazy("Attendance was marked"),
        "tables.seated": gettext_lazy("People were seated at tables"),
        "statement.started": gettext_lazy("The statement was started"),
        "part.added": gettext_lazy("A part of the statement was added"),
        "part.revised": gettext_lazy("A part of the statement was rewritten"),
        "part.moved": gettext_lazy("A part of the statement was moved"),
        "part.removed": gettext_lazy("A part of the statement was removed"),
        "part.restored": gettext_lazy("An earlier wording was brought back"),
        "vote.rule_set": gettext_lazy("The rule of the vote was fixed"),
        "vote.opened": gettext_lazy("The vote was opened"),
        "vote.cast": gettext_lazy("A vote was cast"),
        "vote.closed": gettext_lazy("The vote was closed"),
        "dissent.written": gettext_lazy("A dissenting opinion was written"),
        "dissent.withdrawn": gettext_lazy("A dissenting opinion was withdrawn"),
        "statement.adopted": gettext_lazy("The statement was adopted"),
        "statement.published": gettext_lazy("The statement was published"),
        "statement.delivered": gettext_lazy("The statement was delivered"),
        "delivery.opened": gettext_lazy("The delivered statement was opened"),
        "delivery.link_issued": gettext_lazy("A new response link was made"),
        "answer.saved": gettext_lazy("A draft answer was saved"),
        "answer.published": gettext_lazy("Answers were published"),
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
    """In alphabetical order: a database may keep the names in any."""
    told = (name for name in sorted(facts) if facts[name] != "")
    return [(name.replace("_", " "), _shown(facts[name])) for name in told]


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_shown(one)}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(_shown(one) for one in value)
    return "–" if value is None else str(value).replace("_", " ")
