"""The dates of a jury: what a year of an organiser usually looks like, and what is late."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from juries.commission.kinds import TEMPLATES
from juries.enums import Kind, Stage
from juries.models import AuditEntry, Jury, Wave

SATURDAY = 5

# In the order in which they come; each label is also that of the form's field.
LABELS: dict[str, Promise] = {
    "letters_on": gettext_lazy("Letters go out"),
    "registration_opens_on": gettext_lazy("Registration opens"),
    "registration_closes_on": gettext_lazy("Registration closes"),
    "draw_on": gettext_lazy("Draw"),
    "first_session_on": gettext_lazy("First session"),
    "last_session_on": gettext_lazy("Last session"),
    "statement_on": gettext_lazy("Statement"),
    "response_due_on": gettext_lazy("Answer due at the latest"),
}
MAY_BE_EMPTY = frozenset({"letters_on", "statement_on"})

# Letters may go out shortly after registration has opened: only the others must come in order.
IN_ORDER = tuple(name for name in LABELS if name != "letters_on")

# What the applications on the right write in the log they share, and what it says of the timetable.
TOLD_BY_THE_LOG: Mapping[str, str] = MappingProxyType(
    {"statement.adopted": "statement_on", "answer.published": "response_due_on"}
)


@dataclass(frozen=True, slots=True)
class Milestone:
    """One date of the timetable as a page prints it."""

    name: str
    label: str
    day: date
    state: str

    @property
    def past(self) -> bool:
        return self.state in {"done", "late"}


def suggested_dates(first_session_on: date, kind: str = Kind.KANSALAISRAATI) -> dict[str, date]:
    """All the dates of a jury of the kind whose first session is on that day."""
    return TEMPLATES[kind].dates(first_session_on)


def usual_first_session(today: date) -> date:
    """The first Saturday that leaves five months for preparation, letters and registration."""
    earliest = today + timedelta(weeks=22)
    return earliest + timedelta(days=(SATURDAY - earliest.weekday()) % 7)


def milestones(jury: Jury, today: date) -> list[Milestone]:
    """The timetable as anyone may read it: what is past, what comes next, what comes later."""
    dated_names = _dated_names(jury)
    passed = {name for day, name in dated_names if day < today}
    if jury.stage not in {Stage.SETTING_UP, Stage.REGISTRATION}:
        passed |= _done_by_stage(jury, today)
    following = [name for _day, name in dated_names if name not in passed][:1]
    return [
        Milestone(name, str(LABELS[name]), day, _state(name, passed, (), following))
        for day, name in dated_names
    ]


def desk_milestones(jury: Jury, today: date, done: Collection[str]) -> list[Milestone]:
    """The timetable as the staff need it: what is done, what is late, what comes next."""
    lateness = {name for name, _sentence in _late(jury, today, done)}
    dated_names = _dated_names(jury)
    open_names = [name for _day, name in dated_names if name not in done and name not in lateness]
    return [
        Milestone(
            name,
            str(LABELS[name]),
            day,
            _state(name, done, lateness, open_names[:1]),
        )
        for day, name in dated_names
    ]


def late(jury: Jury, today: date, done: Collection[str]) -> list[str]:
    """A sentence for each deed whose day has passed without it."""
    return [sentence for _name, sentence in _late(jury, today, done)]


def what_is_done(juries: Iterable[Jury], today: date) -> dict[int, frozenset[str]]:
    """The milestones each jury has passed, by key; two queries, however many juries there are."""
    stages = {jury.pk: jury for jury in juries}
    done: dict[int, set[str]] = defaultdict(set)
    sent = Wave.objects.filter(jury__in=stages, sent_on__isnull=False)
    for pk in sent.values_list("jury", flat=True).distinct():
        done[pk].add("letters_on")
    told = AuditEntry.objects.filter(jury__in=stages, verb__in=TOLD_BY_THE_LOG)
    for pk, verb in told.order_by().values_list("jury", "verb").distinct():
        if pk is not None:
            done[pk].add(TOLD_BY_THE_LOG[verb])
    return {pk: frozenset(done[pk]) | _done_by_stage(jury, today) for pk, jury in stages.items()}


def _done_by_stage(jury: Jury, today: date) -> set[str]:
    done = set()
    if jury.stage != Stage.SETTING_UP:
        done.add("registration_opens_on")
    if jury.stage in {Stage.LOTTERY, Stage.FROZEN, Stage.PANEL}:
        done |= {"registration_closes_on", "letters_on"}
    if jury.stage == Stage.PANEL:
        done.add("draw_on")
        done |= {
            name for name in ("first_session_on", "last_session_on") if getattr(jury, name) < today
        }
    return done


def _dated_names(jury: Jury) -> list[tuple[date, str]]:
    """The milestones that have a day, as they come."""
    given = [(getattr(jury, name), name) for name in LABELS if getattr(jury, name)]
    return sorted(given, key=lambda one: one[0])


def _state(
    name: str, done: Collection[str], lateness: Collection[str], following: Collection[str]
) -> str:
    if name in done:
        return "done"
    if name in lateness:
        return "late"
    return "next" if name in following else "later"


LATE: Mapping[str, Promise] = MappingProxyType(
    {
        "letters_on": gettext_lazy(
            "Letters were to go out on %(day)s. Mark the wave as sent, or change the date in the"
            " settings."
        ),
        "registration_opens_on": gettext_lazy(
            "Registration was to open on %(day)s. Open it, or change the dates."
        ),
        "registration_closes_on": gettext_lazy(
            "The registration period ended on %(day)s. Close registration, or choose a later"
            " day in the settings."
        ),
        "draw_on": gettext_lazy("The draw was to be held on %(day)s."),
        "first_session_on": gettext_lazy(
            "The first session was to be on %(day)s, but the panel has not been drawn."
        ),
        "statement_on": gettext_lazy("The statement was to be ready on %(day)s."),
        "response_due_on": gettext_lazy("The answer was due on %(day)s, and there is none yet."),
    }
)
# A thing is late when its day has passed and the jury stands where it should be done.
AWAITED: Mapping[str, Callable[[Jury, Collection[str]], bool]] = MappingProxyType(
    {
        "letters_on": lambda jury, _done: jury.stage in {Stage.SETTING_UP, Stage.REGISTRATION},
        "registration_opens_on": lambda jury, _done: jury.stage == Stage.SETTING_UP,
        "registration_closes_on": lambda jury, _done: jury.stage == Stage.REGISTRATION,
        "draw_on": lambda jury, _done: jury.stage != Stage.PANEL,
        "first_session_on": lambda jury, _done: jury.stage != Stage.PANEL,
        "statement_on": lambda jury, _done: jury.stage == Stage.PANEL,
        "response_due_on": lambda jury, done: "statement_on" in done,
    }
)


def _late(jury: Jury, today: date, done: Collection[str]) -> Iterator[tuple[str, str]]:
    for name, text in LATE.items():
        day = getattr(jury, name)
        if day and day < today and name not in done and AWAITED[name](jury, done):
            yield name, dated(str(text), day)


def dated(text: str, day: date, **facts: str) -> str:
    """The sentence with the day in it, as the reader's language writes days."""
    return text % {"day": date_format(day, "SHORT_DATE_FORMAT"), **facts}
