from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from juries.models import Jury
from juries.models.translated import Translated
from selection.models import PanelSeat


class JurySession(models.Model):
    """A day on which the jury sits."""

    jury = models.ForeignKey(Jury, models.CASCADE, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    title_fi = models.CharField(max_length=200, blank=True)
    title_sv = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    starts_at = models.DateTimeField(_("starts"))
    place = models.CharField(_("place"), max_length=200)
    online_link = models.URLField(_("link for remote participants"), blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    title = Translated("title")

    class Meta:
        ordering = ("starts_at", "number")
        constraints = [
            models.UniqueConstraint("jury", "number", name="a_session_number_once_in_a_jury")
        ]

    def __str__(self) -> str:
        return self.title


class Expert(models.Model):
    """Somebody the jury hears, with the interests they declare in public."""

    class Kind(models.TextChoices):
        RESEARCHER = "researcher", _("researcher")
        OFFICE_HOLDER = "office_holder", _("office holder")
        ASSOCIATION = "association", _("association")
        COMPANY = "company", _("company")
        EXPERIENCE = "experience", _("expert by experience")

    jury = models.ForeignKey(Jury, models.CASCADE, related_name="experts")
    name = models.CharField(_("name"), max_length=150)
    kind = models.CharField(_("kind of expert"), max_length=20, choices=Kind)
    affiliation = models.CharField(_("title and organisation"), max_length=200, blank=True)
    topic = models.CharField(_("topic"), max_length=200)
    interests = models.TextField(_("declared interests"), blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class AgendaItem(models.Model):
    """One item of a session. Its time follows from the minutes of those before it."""

    class Kind(models.TextChoices):
        TALK = "talk", _("talk")
        HEARING = "hearing", _("expert hearing")
        ROUND = "round", _("table round")
        PLENARY = "plenary", _("plenary")
        VOTE = "vote", _("vote")
        BREAK = "break", _("break")

    session = models.ForeignKey(JurySession, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title_fi = models.CharField(max_length=200, blank=True)
    title_sv = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    experts = models.ManyToManyField(Expert, blank=True, related_name="items")
    staff_note = models.TextField(_("note for staff"), blank=True)

    title = Translated("title")

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=1), name="an_item_takes_time")
        ]

    def __str__(self) -> str:
        return self.title


class SeatingPlan(models.Model):
    """Who sits at which table in each round of a session."""

    session = models.OneToOneField(JurySession, models.CASCADE, related_name="seating")
    table_count = models.PositiveSmallIntegerField()
    round_count = models.PositiveSmallIntegerField()
    seed = models.BigIntegerField()
    repeats = models.PositiveIntegerField()
    repeats_bound = models.PositiveIntegerField()
    imbalance = models.PositiveIntegerField()
    made_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.session)


class TableSeat(models.Model):
    """A juror's place at a table in one round."""

    plan = models.ForeignKey(SeatingPlan, models.CASCADE, related_name="places")
    round = models.PositiveSmallIntegerField()
    table = models.PositiveSmallIntegerField()
    seat = models.ForeignKey(PanelSeat, models.CASCADE, related_name="places")

    class Meta:
        ordering = ("round", "table", "seat")
        constraints = [
            models.UniqueConstraint("plan", "round", "seat", name="one_place_each_in_a_round")
        ]

    def __str__(self) -> str:
        return f"{self.round}/{self.table}: {self.seat}"


class Attendance(models.Model):
    """Whether a juror was there."""

    class State(models.TextChoices):
        PRESENT = "present", _("present")
        ABSENT = "absent", _("absent")

    session = models.ForeignKey(JurySession, models.CASCADE, related_name="attendances")
    seat = models.ForeignKey(PanelSeat, models.PROTECT, related_name="attendances")
    state = models.CharField(max_length=10, choices=State)
    marked_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("session", "seat", name="one_attendance_each_in_a_session")
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.state}"
