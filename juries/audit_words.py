"""The audit log in plain words: who did what, when, and the facts that were written down."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from juries.audit import DECISION_MAKER, JUROR, REGISTRANT, SYSTEM
from juries.models import AuditEntry, Call

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
        "jury.copied": gettext_lazy("The jury was created as a copy of another"),
        "jury.removed": gettext_lazy("The jury was removed"),
        "jury.restored": gettext_lazy("The jury was brought back"),
        "jury.erased": gettext_lazy("A removed jury was erased for good"),
        "organisation.added": gettext_lazy("The organisation was added"),
        "organisation.changed": gettext_lazy("The organisation's details were changed"),
        "member.account_made": gettext_lazy("An account was made"),
        "member.link_made": gettext_lazy("A link for choosing a password was made"),
        "member.role_given": gettext_lazy("Somebody was given a role"),
        "member.role_taken": gettext_lazy("A role was taken away"),
        "registration.opened": gettext_lazy("Registration was opened"),
        "registration.closed": gettext_lazy("Registration was closed"),
        "registration.reopened": gettext_lazy("Registration was opened again"),
        "criteria.set_from_population": gettext_lazy(
            "Criteria and quotas were calculated from a population table"
        ),
        "criteria.set_from_quotas": gettext_lazy("Criteria were taken from a quota file"),
        "criteria.recalculated": gettext_lazy("Quotas were calculated anew"),
        "criteria.changed": gettext_lazy("Quotas were changed by hand"),
        "criteria.combined": gettext_lazy("Two criteria were combined"),
        "criteria.placed": gettext_lazy("The groups of a criterion were changed"),
        "criteria.taken_from_statistics": gettext_lazy("Criteria were made from statistics"),
        "criteria.added": gettext_lazy("A criterion was added"),
        "criteria.removed": gettext_lazy("A criterion was removed"),
        "form.question_added": gettext_lazy("A question was added to the form"),
        "form.question_changed": gettext_lazy("A question of the form was changed"),
        "form.question_moved": gettext_lazy("A question of the form was moved"),
        "form.question_removed": gettext_lazy("A question was removed from the form"),
        "form.question_turned_off": gettext_lazy("A question of the form was turned off"),
        "form.question_turned_on": gettext_lazy("A question of the form was turned on"),
        "form.section_added": gettext_lazy("A section was added to the form"),
        "form.section_changed": gettext_lazy("The heading of a section of the form was changed"),
        "form.section_moved": gettext_lazy("A section of the form was moved"),
        "form.section_removed": gettext_lazy("A section was removed from the form"),
        "form.trial_begun": gettext_lazy("The form was opened for trial"),
        "form.trial_ended": gettext_lazy("The trial of the form was ended"),
        "invitations.made": gettext_lazy("Invitations were made"),
        "invitations.doors_chosen": gettext_lazy("It was chosen who can register"),
        "invitations.exported": gettext_lazy("Invitations were taken out as a file"),
        "invitation.quietened": gettext_lazy("Somebody gets no more letters"),
        "sample.imported": gettext_lazy("An address sample was imported"),
        "sample.erased": gettext_lazy("An address sample was erased"),
        "sample.protected_read": gettext_lazy("Invitations by hand were read"),
        "wave.made": gettext_lazy("A wave of letters was made"),
        "wave.sent": gettext_lazy("A wave of letters was marked as sent"),
        "wave.taken_back": gettext_lazy("A wave of letters was taken back"),
        "outreach.added": gettext_lazy("An outreach code was added"),
        "outreach.removed": gettext_lazy("An outreach code was removed"),
        "wording.changed": gettext_lazy("A letter or message was rewritten"),
        "wording.reset": gettext_lazy("A letter or message went back to the house's own words"),
        "letters.requested": gettext_lazy("The letters of a wave were asked for"),
        "letters.ready": gettext_lazy("The letters of a wave are ready"),
        "letters.failed": gettext_lazy("The letters of a wave could not be made"),
        "letters.cancelled": gettext_lazy("The making of letters was cancelled"),
        "letters.downloaded": gettext_lazy("The letters of a wave were downloaded"),
        "letters.erased": gettext_lazy("The file of letters was erased"),
        "messages.sent_to_many": gettext_lazy("Messages to many were sent"),
        "messages.undone": gettext_lazy("The sending of messages was undone"),
        "messages.sent_again": gettext_lazy("Messages that had failed were sent again"),
        "import.begun": gettext_lazy("A file was brought to be imported"),
        "import.cancelled": gettext_lazy("An import was cancelled"),
        "registrants.imported": gettext_lazy("Registrants were imported"),
        "needs.read": gettext_lazy("Needs were read"),
        "needs.written": gettext_lazy("What somebody with a named seat needs was written down"),
        "protected.read": gettext_lazy("It was read whose address is protected"),
        "sensitive_answers.read": gettext_lazy("Answers to sensitive questions were read"),
        "people.exported": gettext_lazy("Personal data was taken out as a file"),
        "retention.changed": gettext_lazy("It was changed how long data is kept"),
        "data.erased": gettext_lazy("Data whose time had come was erased"),
        "consent.given": gettext_lazy("Somebody gave a consent"),
        "consent.withdrawn": gettext_lazy("Somebody took a consent back"),
        "registration.received": gettext_lazy("Somebody registered"),
        "registration.entered": gettext_lazy("A registration was entered by staff"),
        "registration.changed": gettext_lazy("A registration was changed"),
        "registration.withdrawn": gettext_lazy("A registration was withdrawn"),
        "registration.email_confirmed": gettext_lazy("A registrant's e-mail address was confirmed"),
        "registration.guardian_agreed": gettext_lazy("A guardian agreed"),
        "registration.data_taken": gettext_lazy("A registrant was given their data"),
        "registration.new_code": gettext_lazy("A registrant was given a new code"),
        "duplicates.same_person": gettext_lazy("Two registrations were found to be one person"),
        "duplicates.two_people": gettext_lazy("Two registrations were found to be two people"),
        "duplicates.one_household": gettext_lazy(
            "Two registrations were found to be one household"
        ),
        "duplicates.taken_back": gettext_lazy("A decision on two registrations was taken back"),
        "incomplete.left_out": gettext_lazy("People who lacked an answer were left out"),
        "exclusion_rule.added": gettext_lazy("A rule on who cannot be drawn was added"),
        "exclusion_rule.changed": gettext_lazy("A rule on who cannot be drawn was reworded"),
        "exclusion_rule.removed": gettext_lazy("A rule on who cannot be drawn was removed"),
        "registrant.excluded": gettext_lazy("A registrant was excluded under a rule"),
        "registrant.included": gettext_lazy("A registrant is no longer excluded"),
        "call.logged": gettext_lazy("A call was written down"),
        "lottery.requested": gettext_lazy("A lottery was asked for"),
        "lottery.ready": gettext_lazy("A lottery is ready"),
        "lottery.failed": gettext_lazy("A lottery was not possible"),
        "lottery.cancelled": gettext_lazy("A lottery was cancelled"),
        "pool.frozen": gettext_lazy("The pool was frozen"),
        "draw.opening_approved": gettext_lazy("An open record was approved"),
        "draw.committed": gettext_lazy("A lottery was committed to"),
        "ball.entered": gettext_lazy("A ball was typed in"),
        "ball.confirmed": gettext_lazy("A ball was confirmed"),
        "ball.taken_back": gettext_lazy("A ball was taken back, to be typed in again"),
        "beacon.entered": gettext_lazy("A beacon was typed in and waits for somebody else"),
        "beacon.confirmed": gettext_lazy("A beacon that was typed in was confirmed"),
        "beacon.taken_back": gettext_lazy("A beacon that was typed in was taken back"),
        "beacon.taken": gettext_lazy("The beacon was taken"),
        "draw.fell_back": gettext_lazy("The balls were left to decide alone"),
        "draw.drawn": gettext_lazy("A panel was drawn"),
        "draw.broken_off": gettext_lazy("A draw was broken off"),
        "draw.round_broken_off": gettext_lazy("A replacement round was broken off"),
        "draw.closed": gettext_lazy("A draw was closed"),
        "rehearsal.requested": gettext_lazy("A rehearsal of the lottery was asked for"),
        "rehearsal.ready": gettext_lazy("A rehearsal of the lottery is ready"),
        "rehearsal.failed": gettext_lazy("A rehearsal of the lottery was not possible"),
        "rehearsal.cancelled": gettext_lazy("A rehearsal of the lottery was cancelled"),
        "quotas.eased": gettext_lazy("Quotas were changed so that a panel is possible"),
        "draw.entered": gettext_lazy("A drawn ticket was entered"),
        "draw.confirmed": gettext_lazy("A draw was confirmed"),
        "draw.set_aside": gettext_lazy("A draw was set aside"),
        "record.copied": gettext_lazy("The full record of a draw was taken out for an auditor"),
        "auditor.recorded": gettext_lazy("An auditor's statement was published"),
        "auditor.removed": gettext_lazy("An auditor's statement was removed"),
        "receipt.shown": gettext_lazy("Somebody's receipt of the draw was read, to be printed"),
        "seat.confirmed": gettext_lazy("A seat was confirmed"),
        "seat.declined": gettext_lazy("A seat was declined"),
        "seat.left": gettext_lazy("A member left the panel"),
        "seat.lapsed": gettext_lazy("An offer was not answered in time, and the seat was released"),
        "seat.deadline_extended": gettext_lazy("Somebody was given more time to answer an offer"),
        "seats.deadlines_extended": gettext_lazy(
            "People who were told later were given as many days to answer as the others"
        ),
        "seats.told": gettext_lazy("People were marked as told how the draw went"),
        "seats.letters_printed": gettext_lazy("Letters about the draw were downloaded"),
        "seats.reminded": gettext_lazy("People were reminded to answer an offer"),
        "seat.replaced": gettext_lazy("An empty seat was given to the next in order"),
        "reserves.drawn_up": gettext_lazy("A reserve list was drawn up"),
        "named_seat.named": gettext_lazy("A body named somebody to a seat"),
        "named_seat.changed": gettext_lazy("A named seat was changed"),
        "named_seat.given_up": gettext_lazy("A named seat was given up"),
        "name_consent.given": gettext_lazy("A member let their name be published"),
        "name_consent.withdrawn": gettext_lazy("A member took back the consent to their name"),
        "fee_basis.changed": gettext_lazy("The basis of a member's fee was changed"),
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


FACTS: Mapping[str, Promise] = MappingProxyType(
    {
        "absent": pgettext_lazy("fact in the log", "absent"),
        "answers": pgettext_lazy("fact in the log", "answers"),
        "balance": pgettext_lazy("fact in the log", "balance"),
        "ball": pgettext_lazy("fact in the log", "ball"),
        "band": pgettext_lazy("fact in the log", "band"),
        "base": pgettext_lazy("fact in the log", "base"),
        "batch": pgettext_lazy("fact in the log", "batch"),
        "certificate": pgettext_lazy("fact in the log", "certificate"),
        "changed": pgettext_lazy("fact in the log", "changed"),
        "checked": pgettext_lazy("fact in the log", "signature checked"),
        "code": pgettext_lazy("fact in the log", "what happened"),
        "code_use": pgettext_lazy("fact in the log", "handing letters on"),
        "copied_from": pgettext_lazy("fact in the log", "copied from"),
        "columns": pgettext_lazy("fact in the log", "columns"),
        "count": pgettext_lazy("fact in the log", "count"),
        "counts": pgettext_lazy("fact in the log", "counts"),
        "criteria": pgettext_lazy("fact in the log", "criteria"),
        "criterion": pgettext_lazy("fact in the log", "criterion"),
        "delete_on": pgettext_lazy("fact in the log", "to be erased on"),
        "delivery": pgettext_lazy("fact in the log", "delivery"),
        "digit": pgettext_lazy("fact in the log", "digit"),
        "draw": pgettext_lazy("fact in the log", "draw"),
        "due_on": pgettext_lazy("fact in the log", "due on"),
        "earlier": pgettext_lazy("fact in the log", "earlier"),
        "entries": pgettext_lazy("fact in the log", "lines of the log"),
        "exclusion_rule": pgettext_lazy("fact in the log", "exclusion rule"),
        "expert": pgettext_lazy("fact in the log", "expert"),
        "fields": pgettext_lazy("fact in the log", "fields"),
        "file_digest": pgettext_lazy("fact in the log", "file digest"),
        "format": pgettext_lazy("fact in the log", "format"),
        "group": pgettext_lazy("fact in the log", "group"),
        "held_back": pgettext_lazy("fact in the log", "messages held back"),
        "how": pgettext_lazy("fact in the log", "by which way"),
        "invitation": pgettext_lazy("fact in the log", "invitation"),
        "invitation_only": pgettext_lazy("fact in the log", "only by invitation"),
        "item": pgettext_lazy("fact in the log", "item"),
        "jury": pgettext_lazy("fact in the log", "jury"),
        "kind": pgettext_lazy("fact in the log", "kind"),
        "language": pgettext_lazy("fact in the log", "language"),
        "languages": pgettext_lazy("fact in the log", "languages"),
        "later": pgettext_lazy("fact in the log", "later"),
        "left_out": pgettext_lazy("fact in the log", "left out"),
        "letters": pgettext_lazy("fact in the log", "letters"),
        "lottery": pgettext_lazy("fact in the log", "lottery"),
        "members": pgettext_lazy("fact in the log", "members"),
        "missed": pgettext_lazy("fact in the log", "quotas missed"),
        "moved": pgettext_lazy("fact in the log", "minimums and maximums that moved"),
        "on_the_day": pgettext_lazy("fact in the log", "on the day itself"),
        "organisation": pgettext_lazy("fact in the log", "organisation"),
        "outreach": pgettext_lazy("fact in the log", "outreach code"),
        "outcome": pgettext_lazy("fact in the log", "outcome"),
        "panel_size": pgettext_lazy("fact in the log", "panel size"),
        "part": pgettext_lazy("fact in the log", "part"),
        "people": pgettext_lazy("fact in the log", "people"),
        "percent": pgettext_lazy("fact in the log", "percent"),
        "permit_number": pgettext_lazy("fact in the log", "permit number"),
        "present": pgettext_lazy("fact in the log", "present"),
        "protected": pgettext_lazy("fact in the log", "protected addresses"),
        "purpose": pgettext_lazy("fact in the log", "purpose"),
        "question": pgettext_lazy("fact in the log", "question"),
        "quotas": pgettext_lazy("fact in the log", "quotas"),
        "reason": pgettext_lazy("fact in the log", "reason"),
        "recommendations": pgettext_lazy("fact in the log", "recommendations"),
        "registrant": pgettext_lazy("fact in the log", "registrant"),
        "registrants": pgettext_lazy("fact in the log", "registrants"),
        "reserves": pgettext_lazy("fact in the log", "from the reserve list"),
        "revision": pgettext_lazy("fact in the log", "revision"),
        "role": pgettext_lazy("fact in the log", "role"),
        "round": pgettext_lazy("fact in the log", "round"),
        "rounds": pgettext_lazy("fact in the log", "rounds"),
        "rule": pgettext_lazy("fact in the log", "rule"),
        "sample": pgettext_lazy("fact in the log", "sample"),
        "seat": pgettext_lazy("fact in the log", "seat"),
        "seats_held": pgettext_lazy("fact in the log", "seats held"),
        "section": pgettext_lazy("fact in the log", "section"),
        "seed": pgettext_lazy("fact in the log", "seed"),
        "sent_on": pgettext_lazy("fact in the log", "sent on"),
        "session": pgettext_lazy("fact in the log", "session"),
        "sha256": pgettext_lazy("fact in the log", "sha256"),
        "source": pgettext_lazy("fact in the log", "source"),
        "stands": pgettext_lazy("fact in the log", "stands"),
        "statement": pgettext_lazy("fact in the log", "statement"),
        "step": pgettext_lazy("fact in the log", "step"),
        "tables": pgettext_lazy("fact in the log", "tables"),
        "ticket": pgettext_lazy("fact in the log", "ticket"),
        "upload": pgettext_lazy("fact in the log", "file"),
        "data": pgettext_lazy("fact in the log", "kind of data"),
        "user": pgettext_lazy("fact in the log", "account"),
        "values": pgettext_lazy("fact in the log", "values"),
        "version": pgettext_lazy("fact in the log", "version"),
        "votes": pgettext_lazy("fact in the log", "has a vote"),
        "voters": pgettext_lazy("fact in the log", "voters"),
        "wording": pgettext_lazy("fact in the log", "letter or message"),
        "wave": pgettext_lazy("fact in the log", "wave"),
    }
)


TOLD: Mapping[str, Promise] = MappingProxyType(
    {
        "name": gettext_lazy("name"),
        "email": gettext_lazy("e-mail address"),
        "email_confirmed_at": gettext_lazy("confirmation of the e-mail address"),
        "phone": gettext_lazy("phone number"),
        "street_address": gettext_lazy("street address"),
        "postal_code": gettext_lazy("postal code"),
        "birth_year": gettext_lazy("year of birth"),
        "language": gettext_lazy("contact language"),
        "guardian_name": gettext_lazy("name of the guardian"),
        "guardian_contact": gettext_lazy("contact of the guardian"),
        "guardian_agreed_at": gettext_lazy("the guardian’s agreement"),
        "address_protected": gettext_lazy("protection of the address"),
        "invitation": gettext_lazy("invitation"),
        "outreach": gettext_lazy("outreach code"),
        "excluded": gettext_lazy("exclusion by a rule"),
        "traits": gettext_lazy("answers to the criteria"),
        "answers": gettext_lazy("answers to further questions"),
        "needs": gettext_lazy("needs"),
        "consents": gettext_lazy("consents"),
        "body": gettext_lazy("the body that named"),
        "votes": gettext_lazy("the vote"),
    }
)
"""What a registrant told, as the log names what was changed in it."""

OUTCOMES: Mapping[str, Promise] = MappingProxyType(dict(Call.Outcome.choices))
"""What came of a call, by the key that the log keeps."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log as the page prints it; ``number`` is its place in its chain."""

    number: int
    at: datetime
    who: str
    what: str
    facts: list[tuple[str, str]]


def lines(entries: Iterable[AuditEntry]) -> list[Line]:
    """The entries in words."""
    return [
        Line(
            number=entry.seq,
            at=entry.at,
            who=_who(entry),
            what=_what(entry.verb),
            facts=_facts(entry.facts),
        )
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
    return [
        (
            str(FACTS.get(name, name)),
            _told(name, facts[name]),
        )
        for name in told
    ]


def _told(name: str, value: Any) -> str:
    if name == "changed":
        return _changed(value)
    if name == "outcome":
        return str(OUTCOMES.get(value) or _shown(value))
    return _shown(value)


def _changed(names: Any) -> str:
    """The names of what was changed, in words where there are some."""
    listed = names if isinstance(names, list) else [names]
    return ", ".join(str(TOLD.get(name) or _shown(name)) for name in listed)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_shown(one)}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(_shown(one) for one in value)
    return "–" if value is None else str(value).replace("_", " ")
