from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from statements.models.statement import Part, Statement


class Delivery(models.Model):
    """The statement handed to a body, with a date by which it answers."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="deliveries")
    body = models.CharField(_("body"), max_length=200)
    person = models.CharField(_("person"), max_length=150)
    email = models.EmailField(_("e-mail address"), blank=True)
    due_on = models.DateField(_("answer due"))
    code_digest = models.CharField(max_length=64, unique=True)
    delivered_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint("statement", "body", name="a_body_once_in_a_statement")
        ]

    def __str__(self) -> str:
        return self.body

    def is_overdue(self, today: date) -> bool:
        """Whether the answer is late on ``today``."""
        return self.published_at is None and today > self.due_on


class Response(models.Model):
    """What a body answers to one recommendation: the draft, and what is published of it."""

    class Status(models.TextChoices):
        IMPLEMENTED = "implemented", _("will be implemented")
        PARTLY = "partly", _("will be partly implemented")
        STUDIED = "studied", _("will be studied")
        NOT = "not", _("will not be implemented")

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="responses")
    part = models.ForeignKey(Part, models.PROTECT, related_name="responses")
    status = models.CharField(_("answer"), max_length=20, choices=Status, blank=True)
    reasons = models.TextField(_("reasons"), blank=True)
    owner = models.CharField(_("person or body responsible"), max_length=200, blank=True)
    due_on = models.DateField(_("by when"), null=True, blank=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("part__position",)
        constraints = [
            models.UniqueConstraint("delivery", "part", name="one_response_to_a_recommendation"),
            models.CheckConstraint(
                condition=Q(status__in=["", "implemented", "partly", "studied", "not"]),
                name="status_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part}: {self.status}"
