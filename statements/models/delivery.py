from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from statements.models.statement import Part, Statement


class Delivery(models.Model):
    """The statement handed to a body, with a date by which it answers.

    The link's code is known only to whoever was given it; a new link replaces the digest.
    """

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="deliveries")
    body = models.CharField(_("body"), max_length=200)
    person = models.CharField(_("person"), max_length=150)
    email = models.EmailField(_("e-mail address"), blank=True)
    due_on = models.DateField(_("answer due"))
    code_digest = models.CharField(max_length=64, unique=True)
    delivered_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(null=True, blank=True)
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

    @property
    def overdue_since(self) -> date:
        """The first day on which an answer that has not come is late."""
        return self.due_on + timedelta(days=1)


class ResponseQuerySet(models.QuerySet["Response"]):
    def published(self) -> "ResponseQuerySet":
        return self.filter(published_at__isnull=False)

    def drafts(self) -> "ResponseQuerySet":
        return self.filter(published_at=None)


class Response(models.Model):
    """What a body answers to one recommendation.

    A draft until it is published; from then on it never changes, and a changed answer is a new
    version beside it.
    """

    class Status(models.TextChoices):
        IMPLEMENTED = "implemented", _("will be implemented")
        PARTLY = "partly", _("will be partly implemented")
        STUDIED = "studied", _("will be studied")
        NOT = "not", _("will not be implemented")

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="responses")
    part = models.ForeignKey(Part, models.PROTECT, related_name="responses")
    version = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(_("answer"), max_length=20, choices=Status, blank=True)
    reasons = models.TextField(_("reasons"), blank=True)
    owner = models.CharField(_("person or body responsible"), max_length=200, blank=True)
    due_on = models.DateField(_("by when"), null=True, blank=True)
    saved_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        ordering = ("part__position", "-version")
        constraints = [
            models.UniqueConstraint("delivery", "part", "version", name="a_version_once"),
            models.UniqueConstraint(
                "delivery",
                "part",
                condition=Q(published_at=None),
                name="one_draft_of_an_answer",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["", "implemented", "partly", "studied", "not"]),
                name="status_is_known",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | ~(Q(status="") | Q(reasons="")),
                name="a_published_answer_is_reasoned",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part}: {self.status}"
