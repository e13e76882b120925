from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from juries.models import Jury, Registrant, User


class Rule(models.TextChoices):
    LEXIMIN = "leximin", _("leximin: as equal chances as the quotas allow")
    MAXIMIN = "maximin", _("maximin: the smallest chance as large as possible")
    NASH = "nash", _("nash: the product of all chances as large as possible")
    GOLDILOCKS = "goldilocks", _("goldilocks: no chance far too small, and none far too large")


LARGE = ("panels", "tickets", "quotas", "proof", "shuffled")
"""Columns that hold the whole of a lottery: megabytes that a list of lotteries does without."""


class LotteryQuerySet(models.QuerySet["Lottery"]):
    def at_work(self) -> "LotteryQuerySet":
        """Those that wait or run; a jury has one at most."""
        return self.filter(state__in=[Lottery.State.QUEUED, Lottery.State.RUNNING])

    def ready(self) -> "LotteryQuerySet":
        """Those that have a result."""
        return self.filter(state=Lottery.State.DONE)

    def rehearsals(self) -> "LotteryQuerySet":
        """Those in which nobody can be drawn."""
        return self.filter(rehearsal=True)

    def real(self) -> "LotteryQuerySet":
        """Those that can be committed to and drawn from."""
        return self.filter(rehearsal=False)

    def light(self) -> "LotteryQuerySet":
        """Without the columns that hold the whole of each."""
        return self.defer(*LARGE)


class Lottery(models.Model):
    """A job and its result: everybody's chance, and numbered tickets, each a possible panel.

    The row is the truth of the job, the queue only a nudge. ``lease_until`` says how long to trust
    whoever has the lottery now: the queue while it waits, a worker while it runs. A worker renews
    it while alive; when it lapses, the sweep sends the lottery to the queue again.

    ``quotas`` is the snapshot of criteria, values and bounds that the lottery keeps to, ``proof``
    what anybody can add up to see that no lottery is fairer.

    A lottery is computed for the frozen pool of a ``draw``. A rehearsal has none: while it waits
    and runs it holds the rows of the pool in ``shuffled`` order without saying whose they are.
    Once it has ended they are forgotten, and so are its panels, its tickets and its proof: of a
    rehearsal that is ready ``outcome`` keeps totals only.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("ready")
        FAILED = "failed", _("not possible")
        CANCELLED = "cancelled", _("cancelled")

    jury = models.ForeignKey(Jury, models.CASCADE, related_name="lotteries")
    number = models.PositiveIntegerField()
    draw = models.ForeignKey(
        "selection.Draw", models.CASCADE, null=True, blank=True, related_name="lotteries"
    )
    rehearsal = models.BooleanField(default=False)
    shuffled = models.JSONField(null=True, blank=True)
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
    outcome = models.JSONField(null=True, blank=True)

    objects = LotteryQuerySet.as_manager()

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
                condition=Q(rehearsal=False) | Q(draw=None),
                name="a_rehearsal_is_of_no_draw",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running"]) | Q(shuffled__isnull=True),
                name="what_has_ended_has_forgotten_its_rows",
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

    def panel_on(self, ticket: int) -> list[int]:
        """The places of the people on a ticket of a ready lottery, ascending."""
        if self.panels is None or self.tickets is None:
            return []
        members: list[int] = self.panels[self.tickets[ticket]][0]
        return members

    def ticket_name(self, ticket: int) -> str:
        """The ticket as it stands on balls and dice: 7 of a thousand is 007."""
        return f"{ticket:0{len(str(self.ticket_count - 1))}}"


class Chance(models.Model):
    """A person's part in a lottery: how likely, and whether their seat was settled beforehand.

    ``place`` is the person's index in the frozen pool and so their position in the lottery's
    panels, ``values`` the position of the person's value in each criterion of the lottery's
    quotas. ``fixed`` holds a seat already, ``gone`` can no longer be drawn. ``tickets`` counts
    the tickets the person is on. A rehearsal has no such rows.
    """

    lottery = models.ForeignKey(Lottery, models.CASCADE, related_name="chances")
    registrant = models.ForeignKey(Registrant, models.CASCADE, related_name="chances")
    place = models.PositiveIntegerField()
    values = models.JSONField()
    household = models.PositiveIntegerField(null=True, blank=True)
    fixed = models.BooleanField(default=False)
    gone = models.BooleanField(default=False)
    probability = models.FloatField(null=True, blank=True)
    tickets = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("place",)
        constraints = [
            models.UniqueConstraint("lottery", "registrant", name="one_chance_each_in_a_lottery"),
            models.UniqueConstraint("lottery", "place", name="one_place_each_in_a_lottery"),
        ]

    def __str__(self) -> str:
        return f"{self.registrant}: {self.probability}"
