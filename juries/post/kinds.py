"""Which letters and messages there are, which facts each may tell, and which it must."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TEXTS = Path(__file__).parent / "texts"

FACTS: Mapping[str, Promise] = MappingProxyType(
    {
        "jury": _("name of the jury"),
        "charge": _("the question the jury answers"),
        "organisation": _("the organiser"),
        "commissioner": _("who commissioned the jury"),
        "seats": _("how many members are drawn"),
        "minimum_age": _("minimum age"),
        "closes_on": _("last day to register"),
        "draw_on": _("day of the draw"),
        "first_session_on": _("day of the first session"),
        "last_session_on": _("day of the last session"),
        "fee": _("fee in euros"),
        "contact": _("first contact: name, e-mail and phone"),
        "name": _("the person's name"),
        "code": _("the person's code"),
        "code_rule": _("who may use the code"),
        "link": _("the address to open"),
        "missing": _("what the person has not told"),
        "answer_by": _("last day to answer the offer of a seat"),
        "why_offered": _("that the person was drawn, or comes next for a seat that fell free"),
        "chance": _("the person's own chance of being drawn"),
        "tickets": _("how many tickets the person was on"),
        "all_tickets": _("how many tickets there were"),
        "record": _("the address where everybody reads how the panel was drawn"),
    }
)
OF_THE_JURY = tuple(FACTS)[:12]


class Door(StrEnum):
    """Where the square code of a letter leads."""

    SIGN_UP = "sign_up"
    OFFER = "offer"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Kind:
    """One letter, message or script. Only letters carry words that somebody typed into a form."""

    key: str
    name: Promise
    purpose: Promise
    own_facts: tuple[str, ...]
    needed: tuple[str, ...]
    is_letter: bool = False
    door: Door = Door.SIGN_UP

    @property
    def facts(self) -> tuple[str, ...]:
        return OF_THE_JURY + self.own_facts


@dataclass(frozen=True, slots=True)
class Text:
    """A subject, or the heading of a letter, and what stands under it."""

    subject: str
    body: str


IN_LETTERS = ("name", "code", "code_rule", "link")
OF_THE_DRAW = ("chance", "tickets", "all_tickets", "record")
KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.key: kind
        for kind in (
            Kind(
                "letter_invitation",
                _("Letter: invitation"),
                _("Goes by post to everyone who is invited."),
                IN_LETTERS,
                ("code", "link"),
                is_letter=True,
            ),
            Kind(
                "letter_reminder",
                _("Letter: reminder"),
                _("Goes by post to those invited who have not answered."),
                IN_LETTERS,
                ("code", "link"),
                is_letter=True,
            ),
            Kind(
                "mail_receipt",
                _("Message: registration received"),
                _("Goes by e-mail to whoever has registered."),
                ("code", "link"),
                ("link",),
            ),
            Kind(
                "mail_confirm",
                _("Message: confirm your e-mail address"),
                _("Goes by e-mail where addresses are confirmed."),
                ("link",),
                ("link",),
            ),
            Kind(
                "mail_reminder",
                _("Message: address not yet confirmed"),
                _("Goes by e-mail, when you send it, to those whose address is not confirmed."),
                ("link",),
                ("link",),
            ),
            Kind(
                "mail_missing",
                _("Message: an answer is missing"),
                _("Goes by e-mail, when you send it, to those who lack an answer quotas need."),
                ("link", "missing"),
                ("link", "missing"),
            ),
            Kind(
                "mail_guardian",
                _("Message: to a guardian"),
                _("Goes by e-mail to the guardian of somebody under age."),
                ("link",),
                ("link",),
            ),
            Kind(
                "mail_offer",
                _("Message: a seat is offered"),
                _("Goes by e-mail, when you send it, to those who were drawn."),
                ("link", "answer_by", "why_offered", *OF_THE_DRAW),
                ("link", "answer_by"),
            ),
            Kind(
                "letter_offer",
                _("Letter: a seat is offered"),
                _("Goes by post to those who were drawn and have no e-mail."),
                ("name", "code", "link", "answer_by", "why_offered", *OF_THE_DRAW),
                ("code", "link", "answer_by"),
                is_letter=True,
                door=Door.OFFER,
            ),
            Kind(
                "mail_offer_reminder",
                _("Message: reminder of an offered seat"),
                _("Goes by e-mail two days before the last day, or when you send it."),
                ("link", "answer_by"),
                ("link", "answer_by"),
            ),
            Kind(
                "mail_seat_confirmed",
                _("Message: thank you for taking the seat"),
                _("Goes by e-mail to whoever takes a seat."),
                ("link",),
                ("link",),
            ),
            Kind(
                "mail_not_drawn",
                _("Message: not drawn"),
                _("Goes by e-mail, when you send it, to those who were not drawn."),
                ("link", *OF_THE_DRAW),
                (),
            ),
            Kind(
                "letter_not_drawn",
                _("Letter: not drawn"),
                _("Goes by post to those who were not drawn and have no e-mail."),
                ("name", *OF_THE_DRAW),
                (),
                is_letter=True,
                door=Door.RECORD,
            ),
            Kind(
                "mail_reserve",
                _("Message: on the reserve list"),
                _("Goes by e-mail, when you send it, to those on the reserve list."),
                ("link", *OF_THE_DRAW),
                (),
            ),
            Kind(
                "letter_reserve",
                _("Letter: on the reserve list"),
                _("Goes by post to those on the reserve list who have no e-mail."),
                ("name", *OF_THE_DRAW),
                (),
                is_letter=True,
                door=Door.RECORD,
            ),
            Kind(
                "call_script",
                _("Script: calling somebody who was drawn"),
                _("Stands before whoever calls, in the language of the person called."),
                ("answer_by", "why_offered"),
                (),
            ),
        )
    }
)


@cache
def house_text(key: str, language: str) -> Text:
    """The text the house has of its own: the first line is the subject."""
    subject, _empty, body = (
        (TEXTS / f"{key}.{language}.txt").read_text(encoding="utf-8").strip().partition("\n\n")
    )
    return Text(subject, body)
