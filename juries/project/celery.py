"""The Celery application. The database row is the truth of every job; the queue is only a nudge."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "juries.project.settings")

app = Celery("raatihuone")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
