"""Who voted and what was voted are apart: no key, order or time joins a ballot to a juror.

Until the close the two tables are written together, so whoever administers the server could still
pair their rows; at the close the ballots become counts and are deleted
(docs/decisions/secret-ballots.md).
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from selection.models import PanelSeat
from statements.models.statement import Part, Statement


class Choice(models.TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")
    BLANK = "blank", _("blank")


class VoterMark(models.Model):
    """That a juror has voted; not what."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="voter_marks")
    seat = models.ForeignKey(PanelSeat, models.PROTECT, related_name="voter_marks")

    class Meta:
        constraints = [models.UniqueConstraint("statement", "seat", name="one_vote_each")]

    def __str__(self) -> str:
        return str(self.seat)


class Ballot(models.Model):
    """A vote on one recommendation, under a random key; emptied into the counts at the close."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    part = models.ForeignKey(Part, models.CASCADE, related_name="ballots")
    choice = models.CharField(max_length=5, choices=Choice)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(choice__in=Choice.values), name="choice_is_known")
        ]

    def __str__(self) -> str:
        return self.choice


class Dissent(models.Model):
    """A dissenting opinion, on one recommendation or on the whole statement.

    The seat lets its author change it until the adoption; then an opinion that is not signed by
    name loses its seat.
    """

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="dissents")
    part = models.ForeignKey(Part, models.CASCADE, null=True, blank=True, related_name="dissents")
    seat = models.ForeignKey(PanelSeat, models.PROTECT, null=True, related_name="dissents")
    text = models.TextField(_("dissenting opinion"))
    signed_as = models.CharField(_("signed as"), max_length=200)
    by_name = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint("seat", "part", name="one_dissent_each_on_a_recommendation"),
            models.UniqueConstraint(
                "statement",
                "seat",
                condition=Q(part=None),
                name="one_dissent_each_on_the_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.signed_as
