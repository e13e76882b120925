"""Who has been told that no seat came to them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from juries.models import Registrant
from selection.models.draw import Draw


class How(models.TextChoices):
    """By what somebody was told."""

    EMAIL = "email", _("by e-mail")
    LETTER = "letter", _("by letter")
    PHONE = "phone", _("by phone")


class Notice(models.Model):
    """Somebody was told how a draw went for them, other than that a seat is offered."""

    class About(models.TextChoices):
        NOT_DRAWN = "not_drawn", _("not drawn")
        RESERVE = "reserve", _("on the reserve list")

    draw = models.ForeignKey(Draw, models.CASCADE, related_name="notices")
    registrant = models.ForeignKey(Registrant, models.CASCADE, related_name="notices")
    about = models.CharField(max_length=10, choices=About)
    how = models.CharField(max_length=10, choices=How)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("draw", "registrant", "about", name="told_once_of_a_draw"),
        ]

    def __str__(self) -> str:
        return f"{self.registrant}: {self.get_about_display()}"
