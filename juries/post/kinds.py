"""Which letters and messages there are, which facts each may tell, and which it must."""

from collections.abc import Mapping
from dataclasses import dataclass
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
    }
)
OF_THE_JURY = tuple(FACTS)[:12]


@dataclass(frozen=True, slots=True)
class Kind:
    """One letter or message. Messages never carry words that somebody typed into a form."""

    key: str
    name: Promise
    purpose: Promise
    own_facts: tuple[str, ...]
    needed: tuple[str, ...]
    is_letter: bool = False

    @property
    def facts(self) -> tuple[str, ...]:
        return OF_THE_JURY + self.own_facts


@dataclass(frozen=True, slots=True)
class Text:
    """A subject, or the heading of a letter, and what stands under it."""

    subject: str
    body: str


IN_LETTERS = ("name", "code", "code_rule", "link")
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
