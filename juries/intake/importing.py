"""Importing registrants from a file: kept for a look, then stored in one go or forgotten."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.audit import record
from juries.enums import Channel, Stage
from juries.errors import JuryError
from juries.files.tables import Table, read_table
from juries.intake.columns import asked_criteria
from juries.intake.rows import Mapped, Person, judge
from juries.models import Jury, Registrant, Trait, Upload, User
from juries.registration.entry import BEFORE_THE_LOTTERY, new_reference

DRAFT_LIVES = timedelta(days=1)
IMPORTED = "registrants.imported"
AT_ONCE = 500


@transaction.atomic
def keep_file(*, jury: Jury, file_name: str, content: bytes, by: User) -> Upload:
    """The file waits for its import. Raises ``FileError`` for a file that is no table."""
    jury.require_stage(*BEFORE_THE_LOTTERY)
    forget_old_drafts()
    _refuse_what_is_known(jury, content)
    read_table(content, file=file_name)
    draft = Upload.objects.create(
        jury=jury,
        by=by,
        purpose=Upload.Purpose.PEOPLE,
        file_name=file_name[-200:],
        digest=hashlib.sha256(content).hexdigest(),
        content=content,
    )
    record("import.begun", jury=jury, by=by, draft=draft.pk)
    return draft


@transaction.atomic
def cancel_import(*, draft: Upload, by: User) -> None:
    """The file is forgotten; nothing of it was stored."""
    record("import.cancelled", jury=draft.jury, by=by, draft=draft.pk)
    draft.delete()


def forget_old_drafts() -> None:
    """No file waits for longer than a day."""
    Upload.objects.filter(created_at__lt=timezone.now() - DRAFT_LIVES).delete()


def table_of(draft: Upload) -> Table:
    """The rows of the waiting file."""
    return read_table(bytes(draft.content), file=draft.file_name)


@transaction.atomic
def import_people(*, draft: Upload, columns: Sequence[str], mapped: Mapped, by: User) -> int:
    """Everybody in the file is registered, or nobody; the file itself is forgotten."""
    jury = Jury.objects.select_for_update().get(pk=draft.jury_id)
    jury.require_stage(Stage.SETTING_UP, Stage.REGISTRATION)
    digest = _refuse_what_is_known(jury, bytes(draft.content))
    judgement = judge(jury, table_of(draft), asked_criteria(jury), columns=columns, mapped=mapped)
    if not judgement.can_be_stored:
        raise JuryError(_("The file has problems, so nothing was stored."))
    _store(jury, judgement.people)
    record(IMPORTED, jury=jury, by=by, people=len(judgement.people), file_digest=digest)
    draft.delete()
    return len(judgement.people)


def _store(jury: Jury, people: Sequence[Person]) -> None:
    taken = set(jury.registrants.values_list("reference", flat=True))
    rows = []
    for person in people:
        reference = person.reference or new_reference(taken)
        taken.add(reference)
        rows.append(
            Registrant(
                jury=jury,
                reference=reference,
                channel=Channel.IMPORT,
                **asdict(person.particulars),
            )
        )
    Registrant.objects.bulk_create(rows, batch_size=AT_ONCE)
    Trait.objects.bulk_create(
        (
            Trait(registrant=row, criterion_id=value.criterion_id, value=value)
            for row, person in zip(rows, people, strict=True)
            for value in person.values
        ),
        batch_size=AT_ONCE,
    )


def _refuse_what_is_known(jury: Jury, content: bytes) -> str:
    """The digest of a file that has not been imported before."""
    digest = hashlib.sha256(content).hexdigest()
    if jury.audit_entries.filter(verb=IMPORTED, facts__file_digest=digest).exists():
        raise JuryError(_("This file has been imported already."))
    return digest
