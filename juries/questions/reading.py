"""The form as it is asked: pages of questions in the reader's language.

Everything a page needs is here: what the answer is called in a form (``name``), what can be
answered (``options``), when it is asked (``condition``), with which answers nobody can take part
(``stops_for``). Only questions that are turned on and pages that ask something are read. What the
jury cannot do without is on and required, whatever its row says: the postal code where an area is
derived from it, the address and the postal code where one member is drawn from each household.
The contact language is asked where there is a choice; a jury of one language has that one.

``form_of`` reads the rows (four queries); ``kept_form_of`` keeps what it read until the form, the
criteria or the settings of the jury change, and asks nothing. The jury must be fresh.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from juries.models import Criterion, CriterionValue, Jury, Question
from juries.questions.kinds import ALWAYS_ASKED, NO, YES, name_of
from juries.questions.standard import ensure_form

Kind = Question.Kind
KEPT_FORMS = 256
NAMES_OF_LANGUAGES = dict(settings.LANGUAGES)


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer. ``value`` is the row of the criterion's value, where it is one."""

    key: str
    label: str
    value: int | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """The question is asked if the one of that name was answered with one of the keys."""

    name: str
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it is asked."""

    pk: int
    name: str
    kind: str
    label: str
    help: str
    required: bool
    sensitive: bool
    legal_basis: str
    version: int
    options: tuple[Option, ...] = ()
    condition: Condition | None = None
    stops_for: frozenset[str] = frozenset()
    criterion: int | None = None

    def is_asked(self, answers: Mapping[str, Any]) -> bool:
        """Whether it is asked of somebody with these answers: a key, or keys, by name."""
        if self.condition is None:
            return True
        return bool(self.condition.keys & _keys(answers.get(self.condition.name)))

    def stops(self, answers: Mapping[str, Any]) -> bool:
        """Whether somebody with these answers cannot take part."""
        return self.is_asked(answers) and bool(self.stops_for & _keys(answers.get(self.name)))


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the form: a section and its questions."""

    pk: int
    title: str
    intro: str
    questions: tuple[Asked, ...]


def form_of(jury: Jury) -> tuple[Page, ...]:
    """The form of the jury in the active language, made first if there is none."""
    form = _Form.of(jury)
    if not form.in_step:
        ensure_form(jury)
        form = _Form.of(jury)
    return tuple(form.pages())


def kept_form_of(jury: Jury) -> tuple[Page, ...]:
    """The form of the jury in the active language, read again only when something has changed."""
    key = (
        (jury.pk, jury.created_at, jury.form_stamp, jury.one_per_household)
        + tuple(jury.languages)
        + (get_language(),)
    )
    if key not in _KEPT:
        if len(_KEPT) >= KEPT_FORMS:
            _KEPT.clear()
        _KEPT[key] = form_of(jury)
    return _KEPT[key]


_KEPT: dict[tuple[Any, ...], tuple[Page, ...]] = {}


@dataclass(frozen=True, slots=True)
class _Form:
    """The rows from which the pages are read."""

    jury: Jury
    questions: dict[int, Question]
    values: dict[int, list[CriterionValue]]
    needed: frozenset[str]

    @classmethod
    def of(cls, jury: Jury) -> "_Form":
        questions = Question.objects.filter(section__jury=jury).prefetch_related("choices")
        ordered = questions.select_related("section", "criterion").order_by(
            "section__position", "section_id", "position", "pk"
        )
        return cls(jury, {row.pk: row for row in ordered}, _values_of(jury), needed_kinds(jury))

    @property
    def in_step(self) -> bool:
        """Whether each criterion that is asked has its question, and no other has one."""
        asking = [row.criterion for row in self.questions.values() if row.criterion]
        return (
            bool(self.questions)
            and set(self.values) <= {criterion.pk for criterion in asking}
            and all(criterion.source == Criterion.Source.ASKED for criterion in asking)
        )

    def pages(self) -> Iterator[Page]:
        for section, rows in groupby(self.questions.values(), lambda row: row.section):
            asked = tuple(self._asked(row) for row in rows if self._is_on(row))
            if asked:
                yield Page(section.pk, section.title, section.intro, asked)

    def _is_on(self, row: Question) -> bool:
        if row.kind == Kind.LANGUAGE:
            return len(self.jury.languages) > 1
        return row.on or row.kind in self.needed

    def _asked(self, row: Question) -> Asked:
        return Asked(
            pk=row.pk,
            name=name_of(row),
            kind=row.kind,
            label=row.label or str(row.criterion or row),
            help=row.help,
            required=row.required or row.kind in self.needed,
            sensitive=row.sensitive,
            legal_basis=row.legal_basis,
            version=row.version,
            options=tuple(self._options(row)),
            condition=self._condition(row),
            stops_for=frozenset(row.stops_for),
            criterion=row.criterion_id,
        )

    def _options(self, row: Question) -> Iterator[Option]:
        if row.kind == Kind.YES_NO:
            yield Option(YES, _("Yes"))
            yield Option(NO, _("No"))
        elif row.criterion_id:
            for value in self.values.get(row.criterion_id, ()):
                yield Option(value.key, str(value), value.pk)
        elif row.kind == Kind.LANGUAGE:
            for code in self.jury.languages:
                yield Option(code, NAMES_OF_LANGUAGES[code].capitalize())
        else:
            for choice in row.choices.all():
                yield Option(choice.key, str(choice))

    def _condition(self, row: Question) -> Condition | None:
        followed = self.questions.get(row.shown_if_id) if row.shown_if_id else None
        return Condition(name_of(followed), frozenset(row.shown_for)) if followed else None


def needed_kinds(jury: Jury) -> frozenset[str]:
    """The kinds of question that this jury cannot do without."""
    needed = {str(kind) for kind in ALWAYS_ASKED}
    if jury.one_per_household:
        needed |= {Kind.ADDRESS, Kind.POSTAL_CODE}
    if jury.criteria.filter(source=Criterion.Source.POSTAL_CODE).exists():
        needed.add(Kind.POSTAL_CODE)
    return frozenset(needed)


def _values_of(jury: Jury) -> dict[int, list[CriterionValue]]:
    """The values of each criterion that is asked."""
    rows = CriterionValue.objects.filter(
        criterion__jury=jury, criterion__source=Criterion.Source.ASKED
    )
    values: dict[int, list[CriterionValue]] = {}
    for row in rows:
        values.setdefault(row.criterion_id, []).append(row)
    return values


def _keys(answer: Any) -> frozenset[str]:
    """The answer as keys, whether one was chosen or several."""
    if answer in (None, "", []):
        return frozenset()
    return frozenset(answer if isinstance(answer, list | tuple | set) else [str(answer)])
