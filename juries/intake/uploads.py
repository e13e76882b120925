"""Files that people bring: kept by the web process, read by a worker, forgotten after a day.

    upload = keep_upload(jury=…, purpose=Upload.Purpose.ADDRESSES, file_name=…, content=…, by=…)
    nudge_upload(upload.pk)                        # juries.tasks: a worker hears of it
    return redirect("upload", jury.slug, upload.pk)  # waits, then goes on to the purpose's page

The waiting page knows from ``PAGES`` in ``views.intake.uploads`` where to go on; files that are no
plain table get their reader in ``juries.files.reading.READERS``. There:

    upload = waiting_upload(jury, purpose, pk)     # Upload.DoesNotExist unless it has been read
    table = table_of(upload)                       # or upload.table, for a reader of its own
    forget_upload(upload=upload, by=…)             # nothing of it was stored

The verb that stores the rows makes sure that ``refuse_what_is_known`` knows them from then on, and
deletes the upload in the same transaction.
"""

import hashlib
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from juries import leases
from juries.audit import record
from juries.errors import JuryError
from juries.file_sentences import sentences
from juries.files.errors import Code, FileError, UnreadableFile
from juries.files.reading import error_from, problems_as_data, read_apart, table_from
from juries.files.tables import MAXIMUM_BYTES, Table
from juries.invitation.samples import refuse_known_file
from juries.models import Jury, Upload, User
from juries.registration.entry import BEFORE_THE_LOTTERY

LIVES = timedelta(days=1)


@transaction.atomic
def keep_upload(*, jury: Jury, purpose: str, file_name: str, content: bytes, by: User) -> Upload:
    """The file waits for a worker. Sent twice, it waits once; what has been stored is refused."""
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    jury.require_stage(*BEFORE_THE_LOTTERY)
    if len(content) > MAXIMUM_BYTES:
        limit = MAXIMUM_BYTES // 1024**2
        raise JuryError(sentences(UnreadableFile.because(Code.TOO_LARGE, file="", limit=limit))[0])
    digest = hashlib.sha256(content).hexdigest()
    refuse_what_is_known(jury, purpose, digest)
    waiting = jury.uploads.filter(purpose=purpose, digest=digest, by=by).first()
    if waiting:
        return waiting
    upload = Upload.objects.create(
        jury=jury,
        by=by,
        purpose=purpose,
        file_name=file_name[-200:],
        digest=digest,
        content=content,
        lease_until=timezone.now() + leases.QUEUE_PATIENCE,
    )
    record("import.begun", jury=jury, by=by, upload=upload.pk, purpose=str(purpose))
    return upload


def refuse_what_is_known(jury: Jury, purpose: str, digest: str) -> None:
    """Return only if the rows of this file do not stand in the jury already."""
    if purpose == Upload.Purpose.ADDRESSES:
        refuse_known_file(jury, digest)
    imported = jury.audit_entries.filter(verb="registrants.imported", facts__file_digest=digest)
    if purpose == Upload.Purpose.PEOPLE and imported.exists():
        raise JuryError(_("This file has been imported already."))


def brought(jury: Jury, purpose: str) -> QuerySet[Upload]:
    """The files of that purpose of which nothing is stored yet, the latest first."""
    return jury.uploads.filter(purpose=purpose).defer("content", "table").order_by("-pk")


def read_upload(upload_id: int) -> None:
    """The file has been read or refused, and its bytes are gone. Asked twice, it is done once."""
    lease = leases.take(Upload.objects.all(), upload_id)
    if lease is None:
        return
    upload = Upload.objects.get(pk=upload_id)
    with leases.kept_alive(lease):
        try:
            read = read_apart(bytes(upload.content), upload.purpose)
        except FileError as error:
            ended = {"state": Upload.State.REFUSED, "problems": problems_as_data(error)}
        else:
            ended = {"state": Upload.State.READ, "table": read}
    leases.held(lease).update(**ended, content=b"", lease_until=None)


def take_up_stalled_uploads() -> list[int]:
    """Files nobody is at any more wait again; their numbers are for the queue."""
    again = []
    for upload in leases.stalled(Upload.objects.defer("content", "table")):
        if leases.wait_again(upload):
            again.append(upload.pk)
        elif upload.attempts >= leases.MOST_ATTEMPTS:
            too_heavy = UnreadableFile.because(Code.TOO_HEAVY, file="")
            leases.give_up(
                upload,
                state=Upload.State.REFUSED,
                problems=problems_as_data(too_heavy),
                content=b"",
            )
    return again


@transaction.atomic
def forget_upload(*, upload: Upload, by: User) -> None:
    """The file is gone; nothing of it was stored."""
    record("import.cancelled", jury=upload.jury, by=by, upload=upload.pk)
    upload.delete()


def forget_old_uploads() -> None:
    """No file waits for longer than a day."""
    Upload.objects.filter(created_at__lt=timezone.now() - LIVES).delete()


def waiting_upload(jury: Jury, purpose: str, pk: int) -> Upload:
    """A file of this purpose that has been read, or ``Upload.DoesNotExist``."""
    read = jury.uploads.filter(purpose=purpose, state=Upload.State.READ)
    return read.select_related("jury").defer("content").get(pk=pk)


def table_of(upload: Upload) -> Table:
    """The rows of a file that has been read."""
    return table_from(upload.table, file=upload.file_name)


def what_is_wrong(upload: Upload) -> list[str]:
    """Why the file was refused, in the reader's language."""
    return sentences(error_from(upload.problems)) if upload.problems else []
