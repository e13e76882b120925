from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from juries.models import Jury, Registrant, User


class Rule(models.TextChoices):
    LEXIMIN = "leximin", _("leximin: as equal chances as the quotas allow")
    MAXIMIN = "maximin", _("maximin: the smallest chance as large as possible")


class Lottery(models.Model):
    """A job and its result: everybody's chance, and numbered tickets, each a possible panel.

    The row is the truth of the job, the queue only a nudge. ``lease_until`` says how long to trust
    whoever has the lottery now: the queue while it waits, a worker while it runs. A worker renews
    it while alive; when it lapses, the sweep sends the lottery to the queue again.

    ``quotas`` is the snapshot of criteria, values and bounds that the lottery keeps to, ``proof``
    what anybody can add up to see that no lottery is fairer.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("ready")
        FAILED = "failed", _("not possible")
        CANCELLED = "cancelled", _("cancelled")

    jury = models.ForeignKey(Jury, models.CASCADE, related_name="lotteries")
    number = models.PositiveIntegerField()
    rule = models.CharField(max_length=20, choices=Rule, default=Rule.LEXIMIN)
    seed = models.BigIntegerField()
    ticket_count = models.PositiveIntegerField(default=1000)
    panel_size = models.PositiveSmallIntegerField()
    seats_held = models.PositiveSmallIntegerField(default=0)
    quotas = models.JSONField()

    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    phase = models.CharField(max_length=20, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    cancel_requested_at = models.DateTimeField(null=True, blank=True)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    failure = models.JSONField(null=True, blank=True)
    certificate = models.JSONField(null=True, blank=True)
    proof = models.JSONField(null=True, blank=True)
    panels = models.JSONField(null=True, blank=True)
    tickets = models.JSONField(null=True, blank=True)
    largest_shift = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint("jury", "number", name="a_lottery_number_once_in_a_jury"),
            models.UniqueConstraint(
                "jury",
                condition=Q(state__in=["queued", "running"]),
                name="one_lottery_at_work_in_a_jury",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(tickets__isnull=False),
                name="a_ready_lottery_has_tickets",
            ),
            models.CheckConstraint(
                condition=Q(ticket_count__gte=1, ticket_count__lte=10_000),
                name="a_lottery_has_tickets_to_draw",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["queued", "running"]) | Q(lease_until__isnull=False),
                name="a_lottery_at_work_has_a_lease",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jury} {self.number}"

    @property
    def is_at_work(self) -> bool:
        return self.state in {self.State.QUEUED, self.State.RUNNING}

    @property
    def seats_to_draw(self) -> int:
        return self.panel_size - self.seats_held

    @property
    def fills_gaps(self) -> bool:
        """Whether it draws only the seats that are free beside those already held."""
        return self.seats_held > 0

    def ticket_name(self, ticket: int) -> str:
        """The ticket as it stands on balls and dice: 7 of a thousand is 007."""
        return f"{ticket:0{len(str(self.ticket_count - 1))}}"


class Chance(models.Model):
    """A person's part in a lottery: how likely, and whether their seat was settled beforehand.

    ``place`` is the person's position in the lottery's panels, ``values`` the position of the
    person's value in each criterion of the lottery's quotas. The rows are written when the
    lottery is asked for: they are the snapshot of who is in it, with the values they had then.
    """

    lottery = models.ForeignKey(Lottery, models.CASCADE, related_name="chances")
    registrant = models.ForeignKey(Registrant, models.CASCADE, related_name="chances")
    place = models.PositiveIntegerField()
    values = models.JSONField()
    household = models.PositiveIntegerField(null=True, blank=True)
    fixed = models.BooleanField(default=False)
    probability = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ("place",)
        constraints = [
            models.UniqueConstraint("lottery", "registrant", name="one_chance_each_in_a_lottery"),
            models.UniqueConstraint("lottery", "place", name="one_place_each_in_a_lottery"),
        ]

    def __str__(self) -> str:
        return f"{self.registrant}: {self.probability}"


class DrawQuerySet(models.QuerySet["Draw"]):
    def standing(self) -> "DrawQuerySet":
        """Draws that have not been set aside."""
        return self.filter(set_aside_at=None)

    def confirmed(self) -> "DrawQuerySet":
        """Standing draws whose number has been checked: their panel was offered its seats."""
        return self.standing().filter(confirmed_at__isnull=False)

    def to_confirm(self) -> "DrawQuerySet":
        """Standing draws whose number awaits its check."""
        return self.standing().filter(confirmed_at=None)


class Draw(models.Model):
    """A ticket drawn from a lottery. It is entered, then confirmed by whoever checks the number.

    Draws of a jury are numbered without gaps. One that is set aside keeps its row, with the reason.
    """

    jury = models.ForeignKey(Jury, models.CASCADE, related_name="draws")
    lottery = models.ForeignKey(Lottery, models.PROTECT, related_name="draws")
    number = models.PositiveIntegerField()
    ticket = models.PositiveIntegerField()
    source = models.CharField(_("how the number was drawn"), max_length=200, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    set_aside_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    set_aside_at = models.DateTimeField(null=True, blank=True)
    set_aside_reason = models.TextField(blank=True)

    objects = DrawQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint("jury", "number", name="a_draw_number_once_in_a_jury"),
            models.UniqueConstraint(
                "jury",
                condition=Q(confirmed_at=None, set_aside_at=None),
                name="one_draw_to_confirm_in_a_jury",
            ),
            models.UniqueConstraint(
                "lottery",
                condition=Q(set_aside_at=None),
                name="a_lottery_is_drawn_from_once",
            ),
            models.CheckConstraint(
                condition=Q(set_aside_at=None, set_aside_by=None)
                | Q(set_aside_at__isnull=False, set_aside_by__isnull=False)
                & ~Q(set_aside_reason=""),
                name="setting_a_draw_aside_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="a_confirmed_draw_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jury} {self.number}"

    @property
    def ticket_name(self) -> str:
        return self.lottery.ticket_name(self.ticket)

    @property
    def is_standing(self) -> bool:
        return self.set_aside_at is None

    @property
    def awaits_confirmation(self) -> bool:
        return self.is_standing and self.confirmed_at is None


class PanelSeatQuerySet(models.QuerySet["PanelSeat"]):
    def held(self) -> "PanelSeatQuerySet":
        """Seats somebody holds: offered or confirmed, by people who have not withdrawn since."""
        return self.filter(
            state__in=[PanelSeat.State.OFFERED, PanelSeat.State.CONFIRMED],
            registrant__withdrawn_at=None,
        )

    def confirmed(self) -> "PanelSeatQuerySet":
        """Seats of jurors: those who said yes and have not withdrawn since."""
        return self.held().filter(state=PanelSeat.State.CONFIRMED)


class PanelSeat(models.Model):
    """A seat of the panel, offered to the person the draw gave it to."""

    class State(models.TextChoices):
        OFFERED = "offered", _("offered")
        CONFIRMED = "confirmed", _("confirmed")
        DECLINED = "declined", _("declined")

    jury = models.ForeignKey(Jury, models.CASCADE, related_name="seats")
    registrant = models.OneToOneField(Registrant, models.PROTECT, related_name="seat")
    draw = models.ForeignKey(Draw, models.PROTECT, related_name="seats")
    state = models.CharField(max_length=10, choices=State, default=State.OFFERED)
    answered_at = models.DateTimeField(null=True, blank=True)
    name_is_public = models.BooleanField(default=False)

    objects = PanelSeatQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state="offered", answered_at=None)
                | (~Q(state="offered") & Q(answered_at__isnull=False)),
                name="an_answered_seat_says_when",
            )
        ]

    def __str__(self) -> str:
        return str(self.registrant)
