from django.db import models

from juries.models.jury import Jury
from juries.models.people import User

NOTHING_BEFORE = "0" * 64
"""What the first line of a chain has as the digest of the line before it."""


class AuditEntry(models.Model):
    """One line for one deed: who did what, when, to which jury. Holds no personal data.

    A line outlives the jury it speaks of, in a chain of its own: ``digest`` is made of everything
    the line says and of the ``previous`` digest. The database refuses to change or delete a line;
    only ``jury`` becomes NULL when the jury is erased.
    """

    chain = models.CharField(max_length=20)
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    jury = models.ForeignKey(Jury, models.SET_NULL, null=True, related_name="audit_entries")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    actor = models.CharField(max_length=60)
    verb = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("chain", "seq"), name="one_line_in_each_place_of_a_chain"
            )
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.verb}"


class AuditHead(models.Model):
    """The last line of a chain: held while a line is added, so that two never take one place."""

    chain = models.CharField(max_length=20, primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default=NOTHING_BEFORE)

    class Meta:
        ordering = ("chain",)

    def __str__(self) -> str:
        return f"{self.chain} {self.seq} {self.digest}"
