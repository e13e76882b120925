"""What a member agrees to and is owed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from selection.models.seat import PanelSeat


class NameConsent(models.Model):
    """A member lets the name be published, in the words of a version, until it is taken back."""

    seat = models.ForeignKey(PanelSeat, models.CASCADE, related_name="name_consents")
    version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=5)
    given_at = models.DateTimeField()
    given_through = models.CharField(max_length=10, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-given_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                "seat", condition=Q(withdrawn_at=None), name="one_standing_consent_to_a_name"
            )
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.version}"


class FeeBasis(models.Model):
    """From what a member's fee and travel are worked out; no bank account, no identity code."""

    class Travel(models.TextChoices):
        NONE = "none", _("no travel costs")
        TICKETS = "tickets", _("public transport, by tickets")
        CAR = "car", _("own car, by kilometres")
        OTHER = "other", _("otherwise")

    seat = models.OneToOneField(PanelSeat, models.CASCADE, related_name="fee_basis")
    fee_declined = models.BooleanField(default=False)
    travel = models.CharField(max_length=10, choices=Travel, default=Travel.NONE)
    kilometres = models.DecimalField(max_digits=7, decimal_places=1, null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.seat)
