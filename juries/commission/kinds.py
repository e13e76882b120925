"""Each kind of jury is a template: what it usually looks like, filled in for whoever starts one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from juries.enums import CodeUse, Kind

# Days from the first session of a jury that meets for a few weeks.
WEEKS_OF_WORK: Mapping[str, int] = MappingProxyType(
    {
        "letters_on": -13 * 7 + 2,
        "registration_opens_on": -12 * 7 + 2,
        "registration_closes_on": -7 * 7 + 1,
        "draw_on": -7 * 7 + 4,
        "first_session_on": 0,
        "last_session_on": 4 * 7,
        "statement_on": 5 * 7,
        "response_due_on": 21 * 7 + 4,
    }
)
# A standing group meets for a term and gives its opinions along the way, answered one by one.
TWO_YEARS: Mapping[str, int] = MappingProxyType(
    {
        "letters_on": -9 * 7 + 2,
        "registration_opens_on": -8 * 7 + 2,
        "registration_closes_on": -4 * 7 + 1,
        "draw_on": -4 * 7 + 4,
        "first_session_on": 0,
        "last_session_on": 2 * 52 * 7,
        "response_due_on": (2 * 52 + 17) * 7,
    }
)
CHARGE_OF_A_QUESTION = _(
    "One or two questions in plain words, such as: How should …? What are we ready to give up,"
    " and what must be secured for everyone?"
)
CHARGE_OF_A_GROUP = _(
    "What the group follows and gives its opinion on, in plain words, such as: How do services and"
    " meeting places in our area work, and what should be done about them?"
)
BACKGROUND_OF_A_QUESTION = _(
    "Why this is asked now, what has been decided already, and what the answer affects. May wait."
)
BACKGROUND_OF_A_GROUP = _(
    "Why there is a group, how often it meets, what it may propose and who answers it. May wait."
)


@dataclass(frozen=True, slots=True)
class Template:
    """What a jury of one kind usually looks like.

    ``leaving`` is the share of those drawn who usually leave before the end: the panel is drawn
    so much larger than the smallest that still does the work.
    """

    kind: Kind
    purpose: Promise
    example: Promise
    seats: int
    leaving: float
    charge_hint: Promise
    background_hint: Promise
    offsets: Mapping[str, int]
    minimum_age: int = 16
    guardian_below: int = 18
    answer_days: int = 7
    invitation_only: bool = True
    one_per_household: bool = True

    @property
    def likely_at_the_end(self) -> int:
        """How many of the seats are usually taken at the last session."""
        return round(self.seats * (1 - self.leaving))

    def facts(self, first_session_on: date) -> dict[str, Any]:
        """The facts with which a jury of this kind starts."""
        return {
            "kind": self.kind,
            "panel_size": self.seats,
            "minimum_age": self.minimum_age,
            "guardian_below": self.guardian_below,
            "answer_days": self.answer_days,
            "invitation_only": self.invitation_only,
            "code_use": CodeUse.PERSONAL,
            "one_per_household": self.one_per_household,
            **self.dates(first_session_on),
        }

    def dates(self, first_session_on: date) -> dict[str, date]:
        """All the dates of a jury of this kind whose first session is on that day."""
        return {
            name: first_session_on + timedelta(days=days) for name, days in self.offsets.items()
        }


TEMPLATES: Mapping[str, Template] = MappingProxyType(
    {
        template.kind.value: template
        for template in (
            Template(
                Kind.KANSALAISRAATI,
                purpose=_(
                    "A few days over some weeks: about thirty people hear experts, talk in small"
                    " groups and write one statement."
                ),
                example=_("Short and about the matter, as in “Local services 2035”."),
                seats=30,
                leaving=0.15,
                charge_hint=CHARGE_OF_A_QUESTION,
                background_hint=BACKGROUND_OF_A_QUESTION,
                offsets=WEEKS_OF_WORK,
            ),
            Template(
                Kind.KANSALAISPANEELI,
                purpose=_(
                    "Many people at once, often online and for a shorter time: a hundred or more,"
                    " in small groups."
                ),
                example=_("Short and about the matter, as in “The town centre in 2040”."),
                seats=100,
                leaving=0.25,
                charge_hint=CHARGE_OF_A_QUESTION,
                background_hint=BACKGROUND_OF_A_QUESTION,
                offsets=WEEKS_OF_WORK,
            ),
            Template(
                Kind.ASUKASRAATI,
                purpose=_(
                    "A standing group of residents that meets regularly for a term and gives its"
                    " opinions along the way."
                ),
                example=_("Say whose council it is, as in “Residents' council for health care”."),
                seats=20,
                leaving=0.2,
                charge_hint=CHARGE_OF_A_GROUP,
                background_hint=BACKGROUND_OF_A_GROUP,
                offsets=TWO_YEARS,
                invitation_only=False,
            ),
            Template(
                Kind.PITAJARAATI,
                purpose=_(
                    "A small standing group of one area for two years: five to ten members who"
                    " speak for the place where they live."
                ),
                example=_("Say which area, as in “Parish council of Saarenpää”."),
                seats=7,
                leaving=0.15,
                charge_hint=CHARGE_OF_A_GROUP,
                background_hint=BACKGROUND_OF_A_GROUP,
                offsets=TWO_YEARS,
                minimum_age=15,
                invitation_only=False,
            ),
        )
    }
)


def names_of(kind: Kind) -> dict[str, str]:
    """What a jury of the kind is called in each language: the start of a name."""
    names = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            names[code] = capfirst(str(kind.label))
    return names
