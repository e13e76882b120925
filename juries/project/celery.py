"""The Celery application. The database row is the truth of every job; the queue is only a nudge."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "juries.project.settings")
# The engine's arrays are small: threads of the linear algebra only get in each other's way.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

app = Celery("raatihuone")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
