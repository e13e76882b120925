"""Work outside the web process: one line each."""

from functools import partial

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from juries import audit_heads, retention
from juries.intake import uploads
from juries.invitation import printing
from juries.post import outbox


@shared_task
def read_upload(upload_id: int) -> None:
    uploads.read_upload(upload_id)


@shared_task
def take_up_stalled_uploads() -> None:
    for upload_id in uploads.take_up_stalled_uploads():
        read_upload.delay(upload_id)


@shared_task
def forget_old_uploads() -> None:
    uploads.forget_old_uploads()


@shared_task
def run_retention() -> None:
    retention.run_retention(on=timezone.localdate())


@shared_task
def keep_audit_heads() -> None:
    audit_heads.keep_heads(on=timezone.localdate())


@shared_task
def print_letters(job_id: int) -> None:
    printing.carry_out(job_id)


@shared_task
def take_up_stalled_letters() -> None:
    for job_id in printing.take_up_stalled():
        print_letters.delay(job_id)


@shared_task
def erase_old_letters() -> None:
    printing.erase_old_letters()


@shared_task
def send_messages() -> None:
    outbox.send_due()


@shared_task
def forget_what_was_sent() -> None:
    outbox.forget_what_was_sent()


def nudge_upload(upload_id: int) -> None:
    """A worker hears of the file; where the queue does not answer, the sweep will find it."""
    transaction.on_commit(partial(read_upload.delay, upload_id), robust=True)


def nudge_letters(job_id: int) -> None:
    """A worker hears of the letters; where the queue does not answer, the sweep will find them."""
    transaction.on_commit(partial(print_letters.delay, job_id), robust=True)
