"""Work outside the web process: one line each."""

from celery import shared_task

from juries.intake import importing


@shared_task
def forget_old_drafts() -> None:
    importing.forget_old_drafts()
