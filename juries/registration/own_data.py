"""Everything the house holds about a registrant, for the registrant: to read and to take away.

Articles 15 and 20 of the GDPR. Whoever is given the data is logged; the log holds none of it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from juries.audit import REGISTRANT, record
from juries.enums import Channel
from juries.models import Consent, Registrant
from juries.registration.answers import content_of, needs_of
from juries.registration.entry import PARTICULARS
from juries.registration.own_page import as_read
from juries.rooms import held_in_rooms


@dataclass(frozen=True, slots=True)
class Told:
    """A value that people read otherwise than machines do."""

    content: Any
    text: str


@dataclass(frozen=True, slots=True)
class Held:
    """The data under their headings, with names for machines beside names for people."""

    key: str
    title: str
    rows: tuple[tuple[str, str, Any], ...]

    def read(self) -> list[tuple[str, str]]:
        """What is held, as one reads it; what is not held has no row."""
        told = ((label, _as_read(value)) for _key, label, value in self.rows)
        return [(label, text) for label, text in told if text]


@transaction.atomic
def hand_over(*, registrant: Registrant) -> list[Held]:
    """Everything that is held, and a line in the log that it was asked for."""
    record("registration.data_taken", jury=registrant.jury, by=REGISTRANT, registrant=registrant.pk)
    return held_about(registrant)


def held_about(registrant: Registrant) -> list[Held]:
    """Everything that is held of the registrant."""
    return [
        Held("registration", _("Registration"), _registration(registrant)),
        Held("told", _("What you told"), _told(registrant)),
        Held("criteria", _("Groups used in the draw"), _criteria(registrant)),
        Held("answers", _("Answers to the jury's own questions"), _answers(registrant)),
        Held("needs", _("Needs"), _needs(registrant)),
        Held("consents", _("Consents"), _consents(registrant)),
        Held("messages", _("Messages sent to you"), _messages(registrant)),
        Held("calls", _("Calls"), _calls(registrant)),
        *(Held(held.key, held.title, held.rows) for held in held_in_rooms(registrant)),
    ]


def as_document(held: list[Held]) -> dict[str, Any]:
    """The same for a machine: dates in ISO 8601, nothing translated but your own words."""
    return {
        part.key: [
            {"key": key, "label": label, "value": _plain(value)} for key, label, value in part.rows
        ]
        for part in held
    }


def _registration(registrant: Registrant) -> tuple[tuple[str, str, Any], ...]:
    return (
        ("jury", _("Jury"), str(registrant.jury)),
        ("reference", _identifier(registrant), registrant.reference),
        ("registered_at", _("Signed up"), registrant.registered_at),
        ("changed_at", _("Last changed"), registrant.changed_at),
        ("withdrawn_at", _("Withdrawn"), registrant.withdrawn_at),
        ("channel", _("Way of registering"), registrant.get_channel_display()),
        ("outreach", _("Where you heard of it"), str(registrant.outreach or "")),
        ("email_confirmed_at", _("E-mail address confirmed"), registrant.email_confirmed_at),
        ("guardian_agreed_at", _("Guardian agreed"), registrant.guardian_agreed_at),
        ("excluded", _("Cannot be drawn"), str(registrant.excluded or "")),
    )


def _identifier(registrant: Registrant) -> str:
    """What the identifier is to them: whoever was named to a seat is in no lottery."""
    if registrant.channel == Channel.NAMED:
        return _("Identifier")
    return _("Your identifier in the lottery")


def _told(registrant: Registrant) -> tuple[tuple[str, str, Any], ...]:
    labels = {
        "name": _("Name"),
        "email": _("E-mail address"),
        "phone": _("Phone number"),
        "street_address": _("Street address"),
        "postal_code": _("Postal code"),
        "birth_year": _("Year of birth"),
        "language": _("Contact language"),
        "address_protected": _("Non-disclosure order for safety"),
        "guardian_name": _("Name of your guardian"),
        "guardian_contact": _("E-mail address or phone number of your guardian"),
    }
    values = {name: getattr(registrant, name) for name in PARTICULARS}
    spoken = get_language_info(registrant.language)["name_translated"]
    values["language"] = Told(registrant.language, str(spoken))
    return tuple((name, labels[name], values[name]) for name in PARTICULARS)


def _criteria(registrant: Registrant) -> tuple[tuple[str, str, Any], ...]:
    traits = registrant.traits.select_related("criterion", "value").order_by("criterion__position")
    return tuple((trait.criterion.key, str(trait.criterion), str(trait.value)) for trait in traits)


def _answers(registrant: Registrant) -> tuple[tuple[str, str, Any], ...]:
    answers = registrant.answers.select_related("question").order_by("question__section__position")
    told = ((answer.question, content_of(answer)) for answer in answers)
    return tuple(
        (f"question_{question.pk}", str(question), Told(content, as_read(question, content)))
        for question, content in told
    )


def _needs(registrant: Registrant) -> tuple[tuple[str, str, Any], ...]:
    needs = needs_of(registrant)
    return (("needs", _("Needs"), needs.sentence()),) if needs else ()


def _consents(registrant: Registrant) -> tuple[tuple[str, str, Any], ...]:
    consents = Consent.objects.filter(registrant=registrant).select_related("text__question")
    return tuple(
        (
            f"question_{consent.text.question_id}",
            str(consent.text.question),
            Told(
                {
                    "given_at": _plain(consent.given_at),
                    "withdrawn_at": _plain(consent.withdrawn_at),
                },
                _period(consent),
            ),
        )
        for consent in consents
    )


def _period(consent: Consent) -> str:
    given = _as_read(consent.given_at)
    if consent.withdrawn_at is None:
        return _("given %(given)s") % {"given": given}
    return _("given %(given)s, taken back %(taken)s") % {
        "given": given,
        "taken": _as_read(consent.withdrawn_at),
    }


def _messages(registrant: Registrant) -> tuple[tuple[str, str, Any], ...]:
    return tuple(
        (
            message.wording,
            message.get_state_display(),
            Told(_plain(message.sent_at), _as_read(message.sent_at) or "–"),
        )
        for message in registrant.messages.all()
    )


def _calls(registrant: Registrant) -> tuple[tuple[str, str, Any], ...]:
    return tuple(
        (
            call.outcome,
            call.get_outcome_display(),
            Told(
                {"at": _plain(call.at), "note": call.note},
                " ".join(filter(None, [_as_read(call.at), call.note])),
            ),
        )
        for call in registrant.calls.order_by("pk")
    )


def _as_read(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else ""
    if isinstance(value, datetime):
        return str(date_format(timezone.localtime(value), "DATETIME_FORMAT"))
    if isinstance(value, Told):
        return value.text
    return str(value or "")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, Told):
        return value.content
    return value
