"""The Celery application. The database row is the truth of every job; the queue is only a nudge."""

import os

from celery import Celery
from celery.signals import worker_init
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "juries.project.settings")
# The engine's arrays are small: threads of the linear algebra only get in each other's way.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

TRANSPORT_ALIASES["filesystem"] = "juries.project.folder_queue:Transport"

app = Celery("raatihuone")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect  # type: ignore[untyped-decorator]
def refuse_wrong_keys(**_told: object) -> None:
    """A worker starts only with the keys that belong to the data."""
    # The rows are there only once Django is set up, which the worker does after reading this file.
    from juries.privacy.canary import WrongKeys, require_keys_of_this_data  # noqa: PLC0415

    try:
        require_keys_of_this_data()
    except WrongKeys as refusal:
        # Celery notes any other exception of a signal and starts nevertheless.
        raise SystemExit(str(refusal)) from None
