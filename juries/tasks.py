"""Work outside the web process: one line each."""

from functools import partial

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from juries.intake import uploads
from juries.privacy import retention
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
def send_messages() -> None:
    outbox.send_due()


@shared_task
def forget_what_was_sent() -> None:
    outbox.forget_what_was_sent()


def nudge_upload(upload_id: int) -> None:
    """A worker hears of the file; where the queue does not answer, the sweep will find it."""
    transaction.on_commit(partial(read_upload.delay, upload_id), robust=True)
