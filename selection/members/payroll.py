"""The basis of fees and travel as a file for payroll, with a reason and a line in the log."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.formats import get_format
from django.utils.translation import gettext as _

from juries.audit import record
from juries.exports.people import File, Format, Line, stamped, written
from juries.models import Jury, User
from selection.members.fees import FeeRow, FeeTable, fee_table


@transaction.atomic
def export_payroll(*, jury: Jury, form: Format, reason: str, by: User) -> File:
    """Everybody who is owed something, with what it follows from; payroll asks for the rest."""
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    table = fee_table(jury)
    header = _header()
    rows = [_line(row, table) for row in table.rows]
    record(
        "people.exported",
        jury=jury,
        by=by,
        people=len(rows),
        columns=header,
        format=str(form),
        reason=reason,
    )
    stamp = stamped(by, reason, timezone.localtime())
    return written(f"{jury.slug}-{_('fees')}", header, rows, form=form, stamp=stamp)


def _header() -> Line:
    return [
        _("Name"),
        _("Identifier"),
        _("E-mail address"),
        _("Phone number"),
        _("Days present"),
        _("Fee, euros"),
        _("Fee declined"),
        _("Travel"),
        _("Kilometres"),
        _("Euros for a kilometre"),
        _("Kilometre allowance, euros"),
        _("Note"),
    ]


def _line(row: FeeRow, table: FeeTable) -> Line:
    person = row.seat.registrant
    return [
        row.name,
        person.reference,
        person.email,
        person.phone,
        str(row.days),
        _number(row.fee, 2),
        _("yes") if row.declined else _("no"),
        row.travel,
        _number(row.kilometres, 1),
        _number(table.rate.euros if table.rate and row.kilometres else None, 2),
        _number(row.allowance, 2),
        row.note,
    ]


def _number(number: Decimal | None, decimals: int) -> str:
    """As payroll's spreadsheet reads it in this language: no spaces between the thousands."""
    if number is None:
        return ""
    return f"{number:.{decimals}f}".replace(".", str(get_format("DECIMAL_SEPARATOR")))
