"""How long each kind of data is kept: a number of days counted from a day of the jury's timetable.

    clock_of(jury, DataClass.NEEDS)    # Clock(anchor=…, days=14)
    due_on(jury, DataClass.NEEDS)      # the first day on which it is erased; None for drafts
    kept_until(jury, DataClass.NEEDS)  # in words, for notices and the form's settings

``DEFAULTS`` stand unless ``Jury.retention`` says another number of days for a class.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from juries.enums import DataClass
from juries.models import Jury

LONGEST_DAYS = 3650


class Anchor(StrEnum):
    """The day from which a clock is counted."""

    REGISTRATION_CLOSES = "registration_closes_on"
    FIRST_SESSION = "first_session_on"
    LAST_SESSION = "last_session_on"
    LAST_TOUCH = "touched_at"  # of each row; no day of the jury


@dataclass(frozen=True, slots=True)
class Clock:
    anchor: Anchor
    days: int


DEFAULTS: Mapping[DataClass, Clock] = MappingProxyType(
    {
        DataClass.SAMPLE: Clock(Anchor.REGISTRATION_CLOSES, 30),
        DataClass.NOT_DRAWN: Clock(Anchor.FIRST_SESSION, 90),
        DataClass.NEEDS: Clock(Anchor.LAST_SESSION, 14),
        DataClass.MEMBERS: Clock(Anchor.LAST_SESSION, 730),
        DataClass.MESSAGES: Clock(Anchor.LAST_SESSION, 90),
        DataClass.DRAFTS: Clock(Anchor.LAST_TOUCH, 7),
    }
)

ANCHORS: Mapping[Anchor, Promise] = MappingProxyType(
    {
        Anchor.REGISTRATION_CLOSES: pgettext_lazy("counted from", "registration closes"),
        Anchor.FIRST_SESSION: pgettext_lazy("counted from", "the first session"),
        Anchor.LAST_SESSION: pgettext_lazy("counted from", "the last session"),
        Anchor.LAST_TOUCH: pgettext_lazy("counted from", "something was last written in it"),
    }
)


def clock_of(jury: Jury, data_class: DataClass) -> Clock:
    """The clock of this kind of data in this jury."""
    clock = DEFAULTS[data_class]
    days = jury.retention.get(data_class.value)
    return Clock(clock.anchor, days) if isinstance(days, int) else clock


def due_on(jury: Jury, data_class: DataClass) -> date | None:
    """The first day on which data of this kind is erased; None where each row has its own day."""
    clock = clock_of(jury, data_class)
    if clock.anchor is Anchor.LAST_TOUCH:
        return None
    anchored: date = getattr(jury, clock.anchor)
    return anchored + timedelta(days=clock.days)


def kept_until(jury: Jury, data_class: DataClass) -> str:
    """How long data of this kind is kept, in words and with its day."""
    clock = clock_of(jury, data_class)
    span = ngettext("%(days)s day after %(anchor)s", "%(days)s days after %(anchor)s", clock.days)
    words = span % {"days": clock.days, "anchor": ANCHORS[clock.anchor]}
    day = due_on(jury, data_class)
    if day is None:
        return words
    return _("%(span)s: until %(day)s") % {"span": words, "day": date_format(day, "j.n.Y")}
