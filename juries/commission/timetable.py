"""The dates of a jury: what a year of an organiser usually looks like, and what is late."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juries.enums import Stage
from juries.models import Jury

SATURDAY = 5

# Days from the first session; an answer is due four months after the last one.
OFFSETS = {
    "registration_opens_on": -12 * 7 + 2,
    "registration_closes_on": -7 * 7 + 1,
    "draw_on": -7 * 7 + 4,
    "first_session_on": 0,
    "last_session_on": 4 * 7,
    "response_due_on": 21 * 7 + 4,
}

# In the order in which they come; each label is also that of the form's field.
LABELS: dict[str, Promise] = {
    "registration_opens_on": gettext_lazy("Registration opens"),
    "registration_closes_on": gettext_lazy("Registration closes"),
    "draw_on": gettext_lazy("Draw"),
    "first_session_on": gettext_lazy("First session"),
    "last_session_on": gettext_lazy("Last session"),
    "response_due_on": gettext_lazy("Answer due at the latest"),
}


@dataclass(frozen=True, slots=True)
class Milestone:
    """One date of the timetable as the public page prints it."""

    label: str
    day: date
    past: bool


def suggested_dates(first_session_on: date) -> dict[str, date]:
    """All the dates of a one-off jury whose first session is on that day."""
    return {name: first_session_on + timedelta(days=days) for name, days in OFFSETS.items()}


def usual_first_session(today: date) -> date:
    """The first Saturday that leaves five months for preparation, letters and registration."""
    earliest = today + timedelta(weeks=22)
    return earliest + timedelta(days=(SATURDAY - earliest.weekday()) % 7)


def milestones(jury: Jury, today: date) -> list[Milestone]:
    """The timetable in order."""
    return [
        Milestone(str(label), getattr(jury, name), getattr(jury, name) < today)
        for name, label in LABELS.items()
    ]


def late(jury: Jury, today: date) -> Iterator[str]:
    """A sentence for each deed whose day has passed without it."""
    if jury.stage == Stage.SETTING_UP and jury.registration_opens_on < today:
        yield dated(
            _("Registration was to open on %(day)s. Open it, or change the dates."),
            jury.registration_opens_on,
        )
    if jury.stage == Stage.REGISTRATION and jury.registration_closes_on < today:
        yield dated(
            _(
                "The registration period ended on %(day)s. Close registration, or choose a later"
                " day in the settings."
            ),
            jury.registration_closes_on,
        )
    if jury.stage != Stage.PANEL and jury.draw_on < today:
        yield dated(_("The draw was to be held on %(day)s."), jury.draw_on)


def dated(text: str, day: date, **facts: str) -> str:
    """The sentence with the day in it, as the reader's language writes days."""
    return text % {"day": date_format(day, "SHORT_DATE_FORMAT"), **facts}
