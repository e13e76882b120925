"""Judging an imported file: who is in it, and everything that keeps them from being stored."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.files.answers import yes_or_no
from juries.files.languages import language_named
from juries.files.tables import Row, Table, fold
from juries.intake.columns import FACTS, AskedCriterion
from juries.models import CriterionValue, Jury, Registrant
from juries.models.translated import LANGUAGE_CODES
from juries.registration.entry import Particulars
from juries.targets.derivation import criteria_of, derive, youngest_birth_year

OLDEST_BIRTH_YEAR = 1900
MOST_UNKNOWN = 30

LIMITS = {
    name: int(cast("models.CharField[str, str]", Registrant._meta.get_field(name)).max_length or 0)
    for name in ("reference", "name", "phone", "street_address", "postal_code", "email")
}

type Mapped = Mapping[tuple[int, str], CriterionValue | None]


def shown_rows(table: Table, columns: Sequence[str]) -> list[Row]:
    """The rows of a file that can be shown: nobody's whose address is protected or may be."""
    if "address_protected" not in columns:
        return list(table.rows)
    place = columns.index("address_protected")
    return [row for row in table.rows if _is_plainly_no(row.cells[place])]


def _is_plainly_no(text: str) -> bool:
    try:
        return not yes_or_no(text)
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Person:
    """One row of the file, ready to be stored."""

    line: int
    reference: str
    particulars: Particulars
    values: tuple[CriterionValue, ...]


@dataclass(frozen=True, slots=True)
class UnknownValue:
    """A text that is no value of its criterion; ``settled`` once its meaning has been said."""

    asked: AskedCriterion
    text: str
    line: int
    rows: int
    settled: bool


@dataclass(slots=True)
class Judgement:
    """What the file would bring. It can be stored when nothing is wrong and nothing unknown."""

    people: list[Person] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    unknown: list[UnknownValue] = field(default_factory=list)
    incomplete: int = 0
    left_out: int = 0

    @property
    def can_be_stored(self) -> bool:
        settled = all(one.settled for one in self.unknown)
        return bool(self.people) and settled and not self.problems


def judge(
    jury: Jury,
    table: Table,
    criteria: Sequence[AskedCriterion],
    *,
    columns: Sequence[str],
    mapped: Mapped,
) -> Judgement:
    """Every row judged, with ``columns`` saying what each column is.

    ``mapped`` says, by criterion and folded text, what an unknown value stands for; None for
    nothing.
    """
    judgement = Judgement(problems=list(_wrong_columns(columns, criteria)))
    if judgement.problems:
        return judgement
    taken = set(jury.registrants.values_list("reference", flat=True))
    reading = _Reading(jury, criteria, columns, mapped, taken)
    judgement.people = [reading.person(row) for row in table.rows if reading.takes_part(row)]
    judgement.left_out = len(table.rows) - len(judgement.people)
    judgement.unknown = reading.unknown_values()
    judgement.problems = [*reading.hardly_the_columns(), *reading.problems]
    judgement.incomplete = len(reading.incomplete)
    return judgement


def _wrong_columns(columns: Sequence[str], criteria: Sequence[AskedCriterion]) -> Iterator[str]:
    labels = {name: str(label) for name, label in FACTS.items()}
    labels |= {asked.target: str(asked.criterion) for asked in criteria}
    for target, label in labels.items():
        if columns.count(target) > 1:
            yield _("Two columns are chosen for “%(what)s”. Choose one.") % {"what": label}
    for asked in criteria:
        if not asked.is_told_by(columns):
            yield _("Choose the column for the criterion “%(criterion)s”.") % {
                "criterion": asked.criterion
            }


class _Reading:
    """One reading of one file, with what was met on the way."""

    def __init__(
        self,
        jury: Jury,
        criteria: Sequence[AskedCriterion],
        columns: Sequence[str],
        mapped: Mapped,
        taken: Collection[str],
    ) -> None:
        self.jury = jury
        self.asked = {asked.criterion.pk: asked for asked in criteria if asked.target in columns}
        self.criteria = criteria_of(jury)
        self.positions = {target: place for place, target in enumerate(columns) if target}
        self.mapped = mapped
        self.taken = taken
        self.youngest = youngest_birth_year(jury)
        self.default_language: str = (jury.languages or list(LANGUAGE_CODES))[0]
        self.seen: dict[str, int] = {}
        self.problems: list[str] = []
        self.incomplete: set[int] = set()
        self.unknown: dict[tuple[int, str], tuple[str, list[int]]] = {}

    def takes_part(self, row: Row) -> bool:
        """Whether nothing in the row says that the person may not or cannot take part."""
        return self._truth(row, "eligible") is not False and (
            self._truth(row, "can_attend") is not False
        )

    def person(self, row: Row) -> Person:
        particulars = self._particulars(row)
        for fact in LIMITS:
            told = getattr(particulars, fact, self._said(row, fact))
            self._check_length(row, fact, told)
        return Person(
            line=row.line,
            reference=self._reference(row, self._said(row, "reference")),
            particulars=particulars.without_protected_address(),
            values=self._values(row, particulars),
        )

    def _said(self, row: Row, fact: str) -> str:
        place = self.positions.get(fact)
        return "" if place is None else " ".join(row.cells[place].split())

    def _particulars(self, row: Row) -> Particulars:
        names = (self._said(row, name) for name in ("first_name", "last_name"))
        return Particulars(
            name=self._said(row, "name") or " ".join(name for name in names if name),
            email=self._email(row, self._said(row, "email")),
            phone=self._said(row, "phone"),
            street_address=self._said(row, "street_address"),
            postal_code=self._said(row, "postal_code"),
            birth_year=self._birth_year(row, self._said(row, "birth_year")),
            language=self._language(row, self._said(row, "language")),
            address_protected=bool(self._truth(row, "address_protected")),
        )

    def _values(self, row: Row, told: Particulars) -> tuple[CriterionValue, ...]:
        derived = derive(
            self.jury,
            birth_year=told.birth_year,
            postal_code=told.postal_code,
            asked_values=self._asked_values(row),
            criteria=self.criteria,
        )
        if not derived.complete:
            self.incomplete.add(row.line)
        return derived.values

    def _asked_values(self, row: Row) -> Iterator[CriterionValue]:
        for pk, asked in self.asked.items():
            text = row.cells[self.positions[asked.target]]
            folded = fold(text)
            if folded and folded not in asked.by_name:
                self.unknown.setdefault((pk, folded), (text, []))[1].append(row.line)
            value = asked.by_name.get(folded) or self.mapped.get((pk, folded))
            if value:
                yield value

    def _truth(self, row: Row, fact: str) -> bool | None:
        text = self._said(row, fact)
        try:
            return yes_or_no(text)
        except ValueError:
            self._wrong(row, _("“%(text)s” is neither yes nor no.") % {"text": text})
            return None

    def unknown_values(self) -> list[UnknownValue]:
        """Every text that is no value of its criterion, where it can still be meant as one."""
        return [
            UnknownValue(self.asked[pk], text, lines[0], len(lines), (pk, folded) in self.mapped)
            for (pk, folded), (text, lines) in self.unknown.items()
            if self._different_texts(pk) <= MOST_UNKNOWN
        ]

    def hardly_the_columns(self) -> Iterator[str]:
        """A sentence for each column with so many unknown texts that it must be another one."""
        for pk, asked in self.asked.items():
            if self._different_texts(pk) > MOST_UNKNOWN:
                yield _(
                    "The column for “%(criterion)s” holds %(count)s different texts that are not"
                    " among its values. Is it the right column?"
                ) % {"criterion": asked.criterion, "count": self._different_texts(pk)}

    def _different_texts(self, pk: int) -> int:
        return sum(criterion == pk for criterion, _text in self.unknown)

    def _reference(self, row: Row, text: str) -> str:
        if "reference" not in self.positions:
            return ""
        first = self.seen.setdefault(text, row.line)
        if not text:
            self._wrong(row, _("the identifier is missing."))
        elif first != row.line:
            self._wrong(
                row,
                _("the identifier “%(text)s” stands already on row %(first)s.")
                % {"text": text, "first": first},
            )
        elif text in self.taken:
            self._wrong(row, _("somebody is registered already as “%(text)s”.") % {"text": text})
        return text

    def _email(self, row: Row, text: str) -> str:
        if text:
            try:
                validate_email(text)
            except ValidationError:
                self._wrong(row, _("“%(text)s” is not an e-mail address.") % {"text": text})
        return text

    def _birth_year(self, row: Row, text: str) -> int | None:
        if not text:
            return None
        if not re.fullmatch(r"[0-9]{4}", text):
            self._wrong(
                row, _("“%(text)s” is not a year of birth of four digits.") % {"text": text}
            )
            return None
        year = int(text)
        if not OLDEST_BIRTH_YEAR <= year <= timezone.localdate().year:
            self._wrong(row, _("nobody is born in %(text)s.") % {"text": text})
        elif year > self.youngest:
            self._wrong(
                row, _("born in %(text)s is younger than the minimum age.") % {"text": text}
            )
        return year

    def _language(self, row: Row, text: str) -> str:
        if text and not language_named(text):
            self._wrong(row, _("“%(text)s” is not a language of this service.") % {"text": text})
        return language_named(text) or self.default_language

    def _check_length(self, row: Row, fact: str, text: str) -> None:
        limit = LIMITS[fact]
        if len(text) > limit:
            self._wrong(
                row,
                _("%(what)s is too long: the limit is %(limit)s characters.")
                % {"what": FACTS[fact], "limit": limit},
            )

    def _wrong(self, row: Row, what: str) -> None:
        self.problems.append(_("Row %(row)s: %(problem)s") % {"row": row.line, "problem": what})
