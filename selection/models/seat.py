"""Seats of the panel: drawn or named, offered, answered; and who stands by."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from juries.models import Jury, Registrant
from selection.models.draw import Draw, Round


class PanelSeatQuerySet(models.QuerySet["PanelSeat"]):
    def held(self) -> "PanelSeatQuerySet":
        """Seats somebody holds: offered or confirmed, by people who have not withdrawn since."""
        return self.filter(
            state__in=[PanelSeat.State.OFFERED, PanelSeat.State.CONFIRMED],
            registrant__withdrawn_at=None,
        )

    def confirmed(self) -> "PanelSeatQuerySet":
        """Seats of jurors: those who said yes and have not withdrawn since, named ones as well."""
        return self.held().filter(state=PanelSeat.State.CONFIRMED)

    def drawn(self) -> "PanelSeatQuerySet":
        """Seats that a draw or a replacement gave."""
        return self.filter(kind=PanelSeat.Kind.DRAWN)

    def named(self) -> "PanelSeatQuerySet":
        """Seats that a body filled by name."""
        return self.filter(kind=PanelSeat.Kind.NAMED)

    def voting(self) -> "PanelSeatQuerySet":
        """Seats whose holders vote on the statement."""
        return self.filter(votes=True)


class PanelSeat(models.Model):
    """A seat of the panel and who it was given to.

    A drawn seat comes from a ``round`` of the draw, or from a replacement by rank after it; a
    named seat from the ``body`` that named its holder, and counts neither towards the panel size
    nor towards the quotas. Its holder is a registrant like any other, but never in the pool.
    ``answered_at`` is when it came to its state; ``accepted_at`` is the latest yes, which stays
    when its holder leaves.
    """

    class State(models.TextChoices):
        OFFERED = "offered", _("offered")
        CONFIRMED = "confirmed", _("confirmed")
        DECLINED = "declined", _("declined")
        LAPSED = "lapsed", _("not answered in time")
        LEFT = "left", _("dropped out")

    class Kind(models.TextChoices):
        DRAWN = "drawn", _("drawn")
        NAMED = "named", _("named")

    jury = models.ForeignKey(Jury, models.CASCADE, related_name="seats")
    registrant = models.OneToOneField(Registrant, models.PROTECT, related_name="seat")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.DRAWN)
    round = models.ForeignKey(Round, models.PROTECT, null=True, blank=True, related_name="seats")
    by_rank = models.BooleanField(default=False)
    body = models.CharField(max_length=150, blank=True)
    votes = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=State, default=State.OFFERED)
    offered_at = models.DateTimeField(auto_now_add=True)
    answer_by = models.DateField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    told_how = models.CharField(max_length=10, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    on_the_day = models.BooleanField(default=False)
    replaced = models.BooleanField(default=False)

    objects = PanelSeatQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state="offered", answered_at=None)
                | (~Q(state="offered") & Q(answered_at__isnull=False)),
                name="an_answered_seat_says_when",
            ),
            models.CheckConstraint(
                condition=Q(kind="drawn", round__isnull=False) | (Q(kind="named") & ~Q(body="")),
                name="a_seat_is_drawn_or_named_by_a_body",
            ),
        ]

    def __str__(self) -> str:
        return str(self.registrant)


class Reserve(models.Model):
    """Somebody on the reserve list of a draw, in the order in which they are asked."""

    draw = models.ForeignKey(Draw, models.CASCADE, related_name="reserves")
    registrant = models.ForeignKey(Registrant, models.CASCADE, related_name="reserve_places")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("place",)
        constraints = [
            models.UniqueConstraint("draw", "registrant", name="one_place_on_a_reserve_list"),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.registrant}"
