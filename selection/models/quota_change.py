from django.db import models

from juries.models import Jury, User


class QuotaChange(models.Model):
    """Quotas that were eased because no panel could meet them: what, why and by whom. Public."""

    jury = models.ForeignKey(Jury, models.CASCADE, related_name="quota_changes")
    changes = models.JSONField()
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"
