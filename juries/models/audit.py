from django.db import models

from juries.models.jury import Jury
from juries.models.people import User


class AuditEntry(models.Model):
    """One line for one deed: who did what, when, to which jury. Holds no personal data.

    A line outlives the jury it speaks of.
    """

    at = models.DateTimeField(auto_now_add=True)
    jury = models.ForeignKey(Jury, models.SET_NULL, null=True, related_name="audit_entries")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    actor = models.CharField(max_length=60)
    verb = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.verb}"
