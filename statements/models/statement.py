from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from juries.models import Jury, User


class Statement(models.Model):
    """What the panel says, and the rule by which it is adopted, written down before the vote."""

    class State(models.TextChoices):
        DRAFTING = "drafting", _("being drafted")
        VOTING = "voting", _("vote open")
        COUNTED = "counted", _("votes counted")
        ADOPTED = "adopted", _("adopted")

    class Base(models.TextChoices):
        """Of whom the share of yes votes is counted."""

        CAST = "cast", _("yes and no votes")
        VOTERS = "voters", _("everybody who voted, blanks included")
        MEMBERS = "members", _("all members of the panel")

    jury = models.OneToOneField(Jury, models.CASCADE, related_name="statement")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFTING)
    language = models.CharField(max_length=5)

    threshold_percent = models.PositiveSmallIntegerField(_("share needed, per cent"), default=50)
    base = models.CharField(_("share of whom"), max_length=10, choices=Base, default=Base.CAST)
    vote_opened_at = models.DateTimeField(null=True, blank=True)
    vote_closed_at = models.DateTimeField(null=True, blank=True)
    member_count = models.PositiveSmallIntegerField(null=True, blank=True)
    voter_count = models.PositiveSmallIntegerField(null=True, blank=True)

    adopted_at = models.DateTimeField(null=True, blank=True)
    adopted_text = models.TextField(blank=True)
    adopted_sha256 = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(threshold_percent__gte=1, threshold_percent__lte=100),
                name="threshold_is_a_share",
            ),
            models.CheckConstraint(
                condition=~Q(state="adopted") | ~Q(adopted_sha256=""),
                name="an_adopted_text_has_its_hash",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(state="adopted"),
                name="only_an_adopted_statement_is_published",
            ),
        ]

    def __str__(self) -> str:
        return str(self.jury)


class Part(models.Model):
    """A section of running text, or a numbered recommendation. Its text is its newest revision."""

    class Kind(models.TextChoices):
        SECTION = "section", _("section")
        RECOMMENDATION = "recommendation", _("recommendation")

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=20, choices=Kind)
    position = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    yes = models.PositiveSmallIntegerField(null=True, blank=True)
    no = models.PositiveSmallIntegerField(null=True, blank=True)
    blank = models.PositiveSmallIntegerField(null=True, blank=True)
    adopted = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(
                "statement",
                "number",
                condition=Q(removed_at=None, number__isnull=False),
                name="a_recommendation_number_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number or self.position}"


class Revision(models.Model):
    """A part's text at one time; never changed afterwards."""

    part = models.ForeignKey(Part, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    heading = models.CharField(_("heading"), max_length=200)
    text = models.TextField(_("text"))
    reasons = models.TextField(_("reasons"), blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint("part", "number", name="a_revision_number_once_in_a_part")
        ]

    def __str__(self) -> str:
        return f"{self.heading} ({self.number})"
