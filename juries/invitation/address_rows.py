"""From one row of a file of addresses to somebody who can be invited."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.files.languages import language_named
from juries.files.tables import Row, Table, fold
from juries.invitation.address_columns import FACTS
from juries.models import Criterion, Invitee, Jury
from juries.targets.derivation import criteria_of, derive

OLDEST_BIRTH_YEAR = 1900
PLAINLY_NO = frozenset({"", "0", "-", "–", "n", "ei", "e", "nej", "no", "false", "epätosi"})
LIMITS = {
    name: int(cast("models.CharField[str, str]", Invitee._meta.get_field(name)).max_length or 0)
    for name in ("name", "street_address", "postal_code", "town", "stratum")
}
_YEAR = re.compile(r"(?<![0-9])([12][0-9]{3})(?![0-9])")
_SHORTENED = re.compile(r"[0-9]{2,4}")

type GroupOf = Callable[[int | None, str], str]


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody in the file; ``number`` is the row."""

    number: int
    name: str
    street_address: str
    postal_code: str
    town: str
    language: str
    birth_year: int | None
    stratum: str
    protected: bool = False


def is_marked(text: str) -> bool:
    """Whether the text marks a protected address: whatever is not plainly a no does."""
    return fold(text) not in PLAINLY_NO


def shown_rows(table: Table, columns: Sequence[str]) -> list[Row]:
    """The rows of a file that can be shown to whoever brings it."""
    if "protected" not in columns:
        return list(table.rows)
    place = columns.index("protected")
    return [row for row in table.rows if not is_marked(row.cells[place])]


class RowReader:
    """Reads the rows of one file and keeps, in words, what is wrong with them."""

    def __init__(self, jury: Jury, columns: Sequence[str], group_by: Criterion | None) -> None:
        self.places = {name: place for place, name in enumerate(columns) if name}
        self.languages = jury.languages or ["fi"]
        self.group_of = _grouping(jury, group_by)
        self.this_year = timezone.localdate().year
        self.problems: list[str] = []

    def addressee(self, row: Row) -> Addressee:
        """Whoever stands on the row, as the columns say."""
        name = self._said(row, "name") or " ".join(
            filter(None, (self._said(row, "first_names"), self._said(row, "last_name")))
        )
        year = self._birth_year(row)
        postal_code = _whole_postal_code(self._said(row, "postal_code"))
        told = Addressee(
            number=row.line,
            name=name,
            street_address=self._said(row, "street_address"),
            postal_code=postal_code,
            town=self._said(row, "town"),
            language=self._language(row),
            birth_year=year,
            stratum=self._said(row, "stratum") or self.group_of(year, postal_code),
            protected=is_marked(self._said(row, "protected")),
        )
        for fact, limit in LIMITS.items():
            if len(getattr(told, fact)) > limit:
                facts = {"what": FACTS[fact], "limit": limit}
                self._wrong(
                    row, _("%(what)s is too long: the limit is %(limit)s characters.") % facts
                )
        return told

    def _said(self, row: Row, fact: str) -> str:
        place = self.places.get(fact)
        return "" if place is None else " ".join(row.cells[place].split())

    def _language(self, row: Row) -> str:
        """The person's own language where the jury speaks it, or else the jury's first."""
        language = language_named(self._said(row, "language"))
        return language if language in self.languages else self.languages[0]

    def _birth_year(self, row: Row) -> int | None:
        text = self._said(row, "birth_year")
        found = _YEAR.search(text)
        if not text:
            return None
        year = int(found[1]) if found else 0
        if OLDEST_BIRTH_YEAR <= year <= self.this_year:
            return year
        self._wrong(row, _("“%(text)s” is no year or day of birth.") % {"text": text[:40]})
        return None

    def _wrong(self, row: Row, what: str) -> None:
        self.problems.append(_("Row %(row)s: %(problem)s") % {"row": row.line, "problem": what})


def _whole_postal_code(text: str) -> str:
    """Spreadsheets take 00100 for a number and leave 100 of it."""
    return text.zfill(5) if _SHORTENED.fullmatch(text) else text


def _grouping(jury: Jury, group_by: Criterion | None) -> GroupOf:
    """Which group follows from a year of birth and a postal code, as far as a criterion says."""
    if group_by is None:
        return lambda _year, _postal_code: ""
    criteria = criteria_of(jury)

    def group_of(year: int | None, postal_code: str) -> str:
        derived = derive(jury, birth_year=year, postal_code=postal_code, criteria=criteria)
        values = (value for value in derived.values if value.criterion_id == group_by.pk)
        return next((value.key for value in values), "")

    return group_of
