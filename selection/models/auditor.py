from django.db import models

from juries.models import User
from selection.models.draw import Draw


class AuditorStatement(models.Model):
    """What somebody from outside found when they checked the full record of a draw. Public.

    ``sha256`` is the checksum of the package they had, so that anybody who has it can see that
    it is the same.
    """

    draw = models.ForeignKey(Draw, models.CASCADE, related_name="auditor_statements")
    auditor = models.CharField(max_length=150)
    on = models.DateField()
    sha256 = models.CharField(max_length=64)
    words = models.CharField(max_length=500)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("on", "pk")

    def __str__(self) -> str:
        return f"{self.auditor} {self.on}"
