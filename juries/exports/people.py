"""Registrants as a file: only the columns asked for, with a reason, and a line in the log.

Never in a file: needs, answers to the jury's own questions, and the address of anybody whose
address is protected. What is taken out says in itself who took it, when and why.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juries.audit import record
from juries.errors import JuryError
from juries.files.writing import (
    CSV_TYPE,
    WINDOWS_CSV_TYPE,
    XLSX_TYPE,
    csv_bytes,
    lost_in_windows,
    windows_csv_bytes,
    xlsx_bytes,
)
from juries.intake.columns import CRITERION, FACTS
from juries.models import Criterion, Jury, Registrant, Trait, User

TOLD = ("reference", "name", "email", "phone", "street_address", "postal_code", "birth_year")
COLUMNS = (*TOLD, "language")
AT_ONCE = 500

type Line = list[str]


class Format(models.TextChoices):
    XLSX = "xlsx", gettext_lazy("Excel workbook (.xlsx)")
    CSV = "csv", gettext_lazy("CSV, UTF-8 with semicolons")
    WINDOWS = "windows", gettext_lazy("CSV for old programs, Windows-1252 with semicolons")

    @property
    def ending(self) -> str:
        """How the name of such a file ends."""
        return "xlsx" if self == Format.XLSX else "csv"


@dataclass(frozen=True, slots=True)
class File:
    """Something to take away."""

    name: str
    kind: str
    content: bytes


def columns_of(jury: Jury) -> list[tuple[str, str]]:
    """Everything that can stand in a column, with its name."""
    facts = [(name, str(FACTS[name])) for name in COLUMNS]
    criteria = [(f"{CRITERION}{one.pk}", str(one)) for one in jury.criteria.all()]
    return [*facts, *criteria]


@transaction.atomic
def export_people(
    *, jury: Jury, columns: Sequence[str], form: Format, reason: str, by: User
) -> File:
    """The people in the pool with these columns; the log says how many, which columns and why."""
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    known = dict(columns_of(jury))
    if not columns or not set(columns) <= set(known):
        raise JuryError(_("Choose at least one column."))
    rows = list(_rows(jury, columns))
    record(
        "people.exported",
        jury=jury,
        by=by,
        people=len(rows),
        columns=[known[name] for name in columns],
        format=str(form),
        reason=reason,
    )
    stamp = stamped(by, reason, timezone.localtime())
    name = f"{jury.slug}-{_('registrants')}"
    return written(name, [known[name] for name in columns], rows, form=form, stamp=stamp)


def written(name: str, header: Line, rows: Sequence[Line], *, form: Format, stamp: str) -> File:
    """People as a file of this kind, which says in itself who took it out, when and why."""
    name = f"{name}-{timezone.localdate().isoformat()}.{Format(form).ending}"
    if form == Format.XLSX:
        return File(name, XLSX_TYPE, xlsx_bytes(header, rows, stamp=stamp, about=_("About")))
    header, marked = [*header, _("Taken out")], [[*row, stamp] for row in rows]
    if form == Format.WINDOWS:
        return File(name, WINDOWS_CSV_TYPE, _in_windows(header, marked))
    return File(name, CSV_TYPE, csv_bytes(header, marked))


def _in_windows(header: Line, rows: list[Line]) -> bytes:
    """The file of whoever has no other program; nobody's name loses a letter in it unnoticed."""
    lost = lost_in_windows("".join(cell for row in [header, *rows] for cell in row))
    if lost:
        raise JuryError(
            _("Such a file cannot hold these letters: %(letters)s. Choose another kind of file.")
            % {"letters": " ".join(lost)}
        )
    return windows_csv_bytes(header, rows)


def stamped(by: User, reason: str, at: datetime) -> str:
    """Who took it out, when and why."""
    return _("Taken out by %(who)s on %(day)s: %(reason)s") % {
        "who": by,
        "day": date_format(at, "SHORT_DATETIME_FORMAT"),
        "reason": reason,
    }


def _rows(jury: Jury, columns: Sequence[str]) -> Iterator[Line]:
    values = value_names(jury) if any(name.startswith(CRITERION) for name in columns) else {}
    pool = jury.registrants.in_pool().order_by("reference")
    for registrant in pool.iterator(chunk_size=AT_ONCE):
        told = values.get(registrant.pk, {})
        yield [_cell(registrant, name, told) for name in columns]


def value_names(jury: Jury) -> dict[int, dict[str, str]]:
    """By registrant and column, the name of their value of each criterion."""
    names: dict[int, dict[str, str]] = {}
    traits = Trait.objects.filter(registrant__in=jury.registrants.in_pool())
    for trait in traits.select_related("value").iterator(chunk_size=AT_ONCE):
        told = names.setdefault(trait.registrant_id, {})
        told[f"{CRITERION}{trait.criterion_id}"] = str(trait.value)
    return names


def _cell(registrant: Registrant, name: str, values: dict[str, str]) -> str:
    if name.startswith(CRITERION):
        return values.get(name, "")
    if registrant.address_protected and name in {"street_address", "postal_code"}:
        return ""
    told = getattr(registrant, name)
    return "" if told is None else str(told)


def criteria_columns(jury: Jury) -> list[tuple[str, Criterion]]:
    """The column of each criterion, in their order."""
    return [(f"{CRITERION}{one.pk}", one) for one in jury.criteria.all()]
