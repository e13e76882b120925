"""A public draw: the frozen pool, its rounds, and the chain of events that is published."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from juries.models import Jury, Registrant, User
from selection.models.lottery import Lottery


class Disclosure(models.TextChoices):
    """How much of a record everybody gets."""

    PUBLIC = "L1", _("public: no row of any registrant")
    AUDITED = "L2", _("audited: the public part, and everything for an auditor")
    OPEN = "L3", _("open: everything for everybody")


class DrawQuerySet(models.QuerySet["Draw"]):
    def standing(self) -> "DrawQuerySet":
        """Draws that have not been broken off."""
        return self.exclude(state=Draw.State.ABORTED)

    def drawn(self) -> "DrawQuerySet":
        """Standing draws whose panel has been drawn."""
        return self.filter(state__in=[Draw.State.DRAWN, Draw.State.CLOSED])


class Draw(models.Model):
    """One public draw of a jury, from the frozen pool to its close.

    Draws of a jury are numbered without gaps, and at most one stands. One that is broken off keeps
    its row, its events and the reason; the next one names it. ``secret`` salts what is committed
    and not opened.
    """

    class State(models.TextChoices):
        FROZEN = "frozen", _("pool frozen")
        COMMITTED = "committed", _("committed")
        DRAWN = "drawn", _("drawn")
        CLOSED = "closed", _("closed")
        ABORTED = "aborted", _("broken off")

    class AbortCode(models.TextChoices):
        OBJECTION = "objection", _("an objection was right")
        MISTAKE = "mistake", _("somebody made a mistake")
        TECHNICAL = "technical", _("something technical failed")
        OTHER = "other", _("another reason")

    jury = models.ForeignKey(Jury, models.CASCADE, related_name="draws")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.FROZEN)
    secret = models.BinaryField(max_length=32)
    pool_root = models.CharField(max_length=64)
    quotas = models.JSONField(default=list)
    panel_size = models.PositiveSmallIntegerField()
    frozen_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField()
    objections_until = models.DateTimeField()
    disclosure = models.CharField(max_length=2, choices=Disclosure, default=Disclosure.PUBLIC)
    opening_approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    opening_approved_at = models.DateTimeField(null=True, blank=True)
    abort_code = models.CharField(max_length=10, choices=AbortCode, blank=True)
    abort_reason = models.CharField(max_length=500, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = DrawQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint("jury", "number", name="a_draw_number_once_in_a_jury"),
            models.UniqueConstraint(
                "jury", condition=~Q(state="aborted"), name="one_standing_draw_in_a_jury"
            ),
            models.CheckConstraint(
                condition=~Q(state="aborted") | ~Q(abort_reason=""),
                name="breaking_a_draw_off_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jury} {self.number}"

    @property
    def is_standing(self) -> bool:
        return self.state != self.State.ABORTED


class PoolEntry(models.Model):
    """Somebody in the frozen pool, as the hash tree has them.

    ``values`` are the places of the person's values in the draw's quotas. What says who it is and
    what they answered goes when the person is erased; the leaf stays.
    """

    draw = models.ForeignKey(Draw, models.CASCADE, related_name="entries")
    registrant = models.ForeignKey(
        Registrant, models.SET_NULL, null=True, related_name="pool_entries"
    )
    index = models.PositiveIntegerField()
    pseudonym = models.CharField(max_length=16)
    salt = models.BinaryField(max_length=16, null=True)
    leaf = models.CharField(max_length=64)
    values = models.JSONField(null=True)
    household = models.PositiveIntegerField(null=True, blank=True)
    count_leaves = models.JSONField(default=list)

    class Meta:
        ordering = ("index",)
        constraints = [
            models.UniqueConstraint("draw", "index", name="one_index_each_in_a_pool"),
            models.UniqueConstraint("draw", "registrant", name="one_entry_each_in_a_pool"),
        ]

    def __str__(self) -> str:
        return self.pseudonym


class Round(models.Model):
    """One commitment with its chance and its result: round 0 is the draw, later ones fill seats.

    ``commitment`` and ``result`` are the published files to the byte. ``ticket`` is the number
    that came out: balls and beacon together. ``beacon_pasted`` is a beacon that the house could not
    check: it was typed in by one person and counts once another has confirmed it.
    """

    class State(models.TextChoices):
        COMMITTED = "committed", _("committed")
        DRAWN = "drawn", _("drawn")
        ABORTED = "aborted", _("broken off")

    class Sources(models.TextChoices):
        BOTH = "both", _("three balls and the drand beacon")
        BALLS = "balls", _("three balls only, without internet")

    class Mode(models.TextChoices):
        BOTH = "balls+beacon", _("balls and beacon")
        BALLS = "balls", _("balls only")
        BEACON = "beacon", _("beacon only")

    draw = models.ForeignKey(Draw, models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.COMMITTED)
    lottery = models.ForeignKey(Lottery, models.PROTECT, related_name="rounds")
    commitment = models.TextField()
    commitment_digest = models.CharField(max_length=64)
    committed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    committed_at = models.DateTimeField()
    sources = models.CharField(max_length=10, choices=Sources, default=Sources.BOTH)
    balls_deadline = models.DateTimeField()
    beacon_round = models.PositiveBigIntegerField(null=True, blank=True)
    beacon_time = models.DateTimeField(null=True, blank=True)
    fallback_after = models.DateTimeField(null=True, blank=True)
    beacon_signature = models.CharField(max_length=96, blank=True)
    beacon_checked = models.BooleanField(default=False)
    beacon_pasted = models.CharField(max_length=96, blank=True)
    beacon_entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    beacon_confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    beacon_at = models.DateTimeField(null=True, blank=True)
    mode = models.CharField(max_length=12, choices=Mode, blank=True)
    ticket = models.PositiveIntegerField(null=True, blank=True)
    result = models.TextField(blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint("draw", "number", name="a_round_once_in_a_draw"),
            models.UniqueConstraint(
                "draw", condition=Q(state="committed"), name="one_open_round_in_a_draw"
            ),
            models.UniqueConstraint(
                "lottery", condition=~Q(state="aborted"), name="a_lottery_is_committed_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="drawn") | Q(ticket__isnull=False, drawn_at__isnull=False),
                name="a_drawn_round_has_a_ticket",
            ),
            models.CheckConstraint(
                condition=Q(beacon_confirmed_by=None)
                | (
                    Q(beacon_entered_by__isnull=False)
                    & ~Q(beacon_confirmed_by=F("beacon_entered_by"))
                ),
                name="somebody_else_confirms_a_beacon",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draw}/{self.number}"

    @property
    def beacon_waits(self) -> bool:
        """Whether a beacon that was typed in waits for somebody else's word."""
        return bool(self.beacon_pasted) and not self.beacon_signature

    @property
    def ticket_name(self) -> str:
        return "" if self.ticket is None else self.lottery.ticket_name(self.ticket)


class Ball(models.Model):
    """One ball: read aloud and typed in by one person, confirmed by another."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="balls")
    place = models.PositiveSmallIntegerField()
    digit = models.PositiveSmallIntegerField()
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("place",)
        constraints = [
            models.UniqueConstraint("round", "place", name="one_ball_at_a_place"),
            models.CheckConstraint(condition=Q(digit__lte=9), name="a_ball_shows_a_digit"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("entered_by")),
                name="somebody_else_confirms_a_ball",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.digit}"


class DrawEvent(models.Model):
    """One line of the published chain. ``line`` is it, to the byte, without the line feed."""

    draw = models.ForeignKey(Draw, models.CASCADE, related_name="events")
    n = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    at = models.DateTimeField()
    line = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("n",)
        constraints = [models.UniqueConstraint("draw", "n", name="an_event_once_in_a_draw")]

    def __str__(self) -> str:
        return f"{self.n} {self.kind}"
