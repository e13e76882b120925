"""The full record for an auditor, and what the auditor found."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from juries.audit import record
from juries.errors import JuryError
from juries.exports.people import File
from juries.models import AuditEntry, Jury, User
from selection.models import AuditorStatement, Disclosure, Draw
from selection.protocol.encoding import digest
from selection.record.files import ZIP, record_name, record_of


def objection_to_copy(draw: Draw) -> str:
    """Why no full record leaves the house; nothing where an auditor can have one."""
    if not draw.rounds.exists():
        return _("How much of a record is shown is chosen when the lottery is committed.")
    if draw.disclosure == Disclosure.PUBLIC:
        return _(
            "This draw was committed as public without any row (L1). Those who registered were"
            " promised that nobody outside gets the rows, so there is no full copy of it."
            " To have the next draw audited, commit it as audited (L2)."
        )
    return ""


@transaction.atomic
def copy_for_auditor(*, draw: Draw, reason: str, by: User) -> File:
    """Everything of the record, with no name in it; the log says why it was taken out."""
    jury = Jury.objects.select_for_update().get(pk=draw.jury_id)
    draw = jury.draws.get(pk=draw.pk)
    objection = objection_to_copy(draw)
    if objection:
        raise JuryError(objection)
    content = record_of(draw, Disclosure.AUDITED)
    record(
        "record.copied",
        jury=jury,
        by=by,
        draw=draw.number,
        people=draw.entries.count(),
        sha256=digest(content),
        reason=reason,
    )
    return File(record_name(draw, full=True), ZIP, content)


@transaction.atomic
def record_statement(
    *, draw: Draw, auditor: str, on: date, sha256: str, words: str, by: User
) -> AuditorStatement:
    """What the auditor found is public, with the checksum of the copy that was checked."""
    jury = Jury.objects.select_for_update().get(pk=draw.jury_id)
    _require_copied(draw, sha256)
    statement = AuditorStatement.objects.create(
        draw=draw, auditor=auditor, on=on, sha256=sha256, words=words, recorded_by=by
    )
    record("auditor.recorded", jury=jury, by=by, draw=draw.number, sha256=sha256)
    return statement


@transaction.atomic
def remove_statement(*, statement: AuditorStatement, by: User) -> None:
    """A statement that was typed wrong is public no more; that it was stays in the log."""
    draw, sha256 = statement.draw, statement.sha256
    jury = Jury.objects.select_for_update().get(pk=draw.jury_id)
    statement.delete()
    record("auditor.removed", jury=jury, by=by, draw=draw.number, sha256=sha256)


def _require_copied(draw: Draw, sha256: str) -> None:
    """The checksum of a copy that was taken out here: a wrong digit is found before it stands."""
    copies = AuditEntry.objects.filter(
        jury=draw.jury_id, verb="record.copied", facts__draw=draw.number, facts__sha256=sha256
    )
    if not copies.exists():
        raise JuryError(
            _("No copy of this draw with this checksum was taken out here. Compare the digits.")
        )
