"""The letters of a wave as one PDF: asked for, made by a worker, fetched, erased.

The row is the truth of the job. Whatever the queue does, and however many workers are killed, each
job ends once, with one file. The file holds names and addresses, so it is private and soon erased.
"""

import os
import secrets
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from itertools import batched
from pathlib import Path
from typing import BinaryIO

import typst
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _

from juries import leases
from juries.audit import SYSTEM, record
from juries.errors import JuryError
from juries.files.pdf_joining import Joining
from juries.invitation.waves import letters_of
from juries.models import AddressSample, Jury, PrintJob, User, Wave
from juries.post import wordings
from juries.post.letters import AT_ONCE, Letter, Press

State, Trouble = PrintJob.State, PrintJob.Trouble

HANDS = 2
"""Settings at the same time: the typesetter needs no Python, so two keep two cores busy."""

KEPT_FOR = timedelta(days=7)
ORPHANED_AFTER = timedelta(days=1)

KINDS = {
    Wave.Kind.INVITATION: "letter_invitation",
    Wave.Kind.REMINDER: "letter_reminder",
}


class Stopped(Exception):
    """Nobody waits for these letters any more, or another worker has them."""


@transaction.atomic
def request_letters(*, wave: Wave, by: User) -> PrintJob:
    """The letters of the wave wait for a worker. Asked for while they wait, it is the same job."""
    jury = Jury.objects.select_for_update().get(pk=wave.jury_id)
    standing = wave.print_jobs.filter(state__in=[State.QUEUED, State.RUNNING]).first()
    if standing:
        return standing
    if wave.seed is None:
        raise JuryError(_("The codes of this wave are no longer kept, so nothing can be printed."))
    for sentence in wordings.missing(jury):
        raise JuryError(sentence)
    job = PrintJob.objects.create(
        jury=jury,
        wave=wave,
        total=wave.size,
        lease_until=timezone.now() + leases.QUEUE_PATIENCE,
        requested_by=by,
    )
    record("letters.requested", jury=jury, by=by, wave=wave.number, letters=wave.size)
    return job


@transaction.atomic
def cancel_letters(*, job: PrintJob, by: User) -> None:
    """No file comes of the job; a worker that is at it stops within seconds."""
    open_jobs = PrintJob.objects.filter(pk=job.pk, state__in=[State.QUEUED, State.RUNNING])
    if not open_jobs.update(state=State.CANCELLED, finished_at=timezone.now()):
        raise JuryError(_("These letters are no longer being made."))
    record("letters.cancelled", jury=job.jury, by=by, wave=job.wave.number)


def carry_out(job_id: int) -> None:
    """The job has ended: ready, failed or cancelled. Asked twice, it is done once."""
    lease = leases.take(PrintJob.objects.all(), job_id, done=0)
    if lease is None:
        return
    job = PrintJob.objects.select_related("jury__organisation", "wave").get(pk=job_id)
    path = folder() / f"{job.pk}-{secrets.token_hex(8)}.pdf"
    finished = False
    try:
        with leases.kept_alive(lease), _private(path) as file:
            letters = _set_all(job, lease, file)
        _finish(lease, job, path, letters)
        finished = True
    except Stopped:
        pass
    except (JuryError, typst.TypstError, OSError) as error:
        _fail(lease, job, _what_was_wrong(error))
    finally:
        if not finished:
            path.unlink(missing_ok=True)


def take_up_stalled() -> list[int]:
    """Jobs nobody is at any more wait again; their numbers are for the queue."""
    again = []
    for job in leases.stalled(PrintJob.objects.select_related("jury", "wave")):
        if leases.wait_again(job):
            again.append(job.pk)
        elif job.attempts >= leases.MOST_ATTEMPTS and leases.give_up(
            job, trouble=Trouble.STALLED, finished_at=timezone.now()
        ):
            record("letters.failed", jury=job.jury, by=SYSTEM, wave=job.wave.number)
    return again


def erase_old_letters() -> int:
    """No file is kept longer than a week, nor longer than its sample; how many were erased."""
    too_old = Q(finished_at__lt=timezone.now() - KEPT_FOR) | Q(wave__seed=None)
    erased = _erase(PrintJob.objects.exclude(file="").filter(too_old))
    kept = set(PrintJob.objects.exclude(file="").values_list("file", flat=True))
    long_ago = (timezone.now() - ORPHANED_AFTER).timestamp()
    for path in folder().iterdir():
        if path.name not in kept and path.stat().st_mtime < long_ago:
            path.unlink(missing_ok=True)
    return erased


def erase_letters_of(sample: AddressSample) -> int:
    """No file is left of letters to the people of the sample, nor comes of a job under way."""
    to_them = Q(wave__sample=sample) | Q(wave__reminded__invitee__sample=sample)
    keys = list(PrintJob.objects.filter(to_them).values_list("pk", flat=True).distinct())
    jobs = PrintJob.objects.filter(pk__in=keys)
    jobs.filter(state__in=[State.QUEUED, State.RUNNING]).update(
        state=State.CANCELLED, finished_at=timezone.now()
    )
    return _erase(jobs.exclude(file=""))


@receiver(post_delete, sender=PrintJob)
def erase_with_its_row(instance: PrintJob, **_signal: object) -> None:
    """A file goes with its row: with a wave taken back, with a jury erased for good."""
    transaction.on_commit(partial(_erase_files, instance.pk))


def _erase_files(job_id: int) -> None:
    for path in folder().glob(f"{job_id}-*.pdf"):
        path.unlink(missing_ok=True)


@transaction.atomic
def fetch_letters(*, job: PrintJob, reason: str, by: User) -> BinaryIO:
    """The file, open for reading; who fetched it and why stands in the log."""
    if not job.file:
        raise JuryError(_("The file is no longer kept. Make the letters again."))
    try:
        file = (folder() / job.file).open("rb")
    except FileNotFoundError:
        raise JuryError(_("The file is no longer kept. Make the letters again.")) from None
    record("letters.downloaded", jury=job.jury, by=by, wave=job.wave.number, reason=reason)
    return file


def folder() -> Path:
    """Where the files are; nobody else on the machine may look into it."""
    place = Path(settings.DATA) / "letters"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def _set_all(job: PrintJob, lease: leases.Lease, file: BinaryIO) -> int:
    press, joining, done = Press.of(job.jury, KINDS[Wave.Kind(job.wave.kind)]), Joining(file), 0
    # Read at once: SQLite refuses to write progress while the rows are still being read.
    letters = list(_letters(job.wave))
    if not letters:
        raise JuryError(_("There is nobody to write to."))
    for part, pdf in _in_order(press, list(batched(letters, AT_ONCE))):
        joining.add(pdf)
        done += len(part)
        if not leases.held(lease).update(done=done, total=len(letters)):
            raise Stopped
    joining.finish()
    return done


def _in_order(
    press: Press, parts: Sequence[Sequence[Letter]]
) -> Iterator[tuple[Sequence[Letter], bytes]]:
    """Each part with its pages. While one is joined the next are being set, but never many."""
    with ThreadPoolExecutor(HANDS) as hands:
        ahead = [hands.submit(press.pdf, part) for part in parts[:HANDS]]
        try:
            for place, part in enumerate(parts):
                pdf = ahead.pop(0).result()
                if place + HANDS < len(parts):
                    ahead.append(hands.submit(press.pdf, parts[place + HANDS]))
                yield part, pdf
        finally:
            for waiting in ahead:
                waiting.cancel()


def _letters(wave: Wave) -> Iterator[Letter]:
    for row in letters_of(wave):
        yield Letter(
            row.name, row.street_address, row.postal_code, row.town, row.language, row.code
        )


@transaction.atomic
def _finish(lease: leases.Lease, job: PrintJob, path: Path, letters: int) -> None:
    """The file stands, once, if the job is still ours to finish."""
    if not leases.held(lease).update(
        state=State.DONE,
        file=path.name,
        done=letters,
        total=letters,
        trouble="",
        finished_at=timezone.now(),
    ):
        raise Stopped
    record("letters.ready", jury=job.jury, by=SYSTEM, wave=job.wave.number, letters=letters)


@transaction.atomic
def _fail(lease: leases.Lease, job: PrintJob, trouble: str) -> None:
    if leases.held(lease).update(state=State.FAILED, trouble=trouble, finished_at=timezone.now()):
        record("letters.failed", jury=job.jury, by=SYSTEM, wave=job.wave.number)


def _what_was_wrong(error: Exception) -> str:
    if isinstance(error, JuryError):
        return Trouble.NOTHING
    return Trouble.DISK if isinstance(error, OSError) else Trouble.TYPESETTING


def _erase(jobs: QuerySet[PrintJob]) -> int:
    erased = 0
    for job in jobs.select_related("jury", "wave"):
        (folder() / job.file).unlink(missing_ok=True)
        with transaction.atomic():
            if PrintJob.objects.filter(pk=job.pk, file=job.file).update(file=""):
                record("letters.erased", jury=job.jury, by=SYSTEM, wave=job.wave.number)
                erased += 1
    return erased


def _private(path: Path) -> BinaryIO:
    """A new file that only this house can read."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
