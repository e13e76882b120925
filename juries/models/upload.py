from django.db import models
from django.utils.translation import gettext_lazy as _

from juries.models.jury import Jury
from juries.models.people import User


class Upload(models.Model):
    """A file between its upload and the decision about it; erased after that, or after a day.

    A worker reads it, never the web process. ``table`` is what was read, ``problems`` what was
    wrong with it, as codes and parameters.
    """

    class Purpose(models.TextChoices):
        PEOPLE = "people", _("registrants")
        ADDRESSES = "addresses", _("addresses for invitations")
        POPULATION = "population", _("population table")
        QUOTAS = "quotas", _("quota file")

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting to be read")
        RUNNING = "running", _("being read")
        READ = "read", _("read")
        REFUSED = "refused", _("could not be read")

    jury = models.ForeignKey(Jury, models.CASCADE, related_name="uploads")
    by = models.ForeignKey(User, models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=12, choices=Purpose)
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    table = models.JSONField(null=True)
    problems = models.JSONField(default=list)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.file_name
