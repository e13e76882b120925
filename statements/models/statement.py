from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from juries.models import Jury, User


class StatementQuerySet(models.QuerySet["Statement"]):
    def published(self) -> "StatementQuerySet":
        """Statements that anyone may read."""
        return self.filter(published_at__isnull=False)


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
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)

    threshold_percent = models.PositiveSmallIntegerField(_("share needed, per cent"), default=50)
    base = models.CharField(_("share of whom"), max_length=10, choices=Base, default=Base.CAST)
    vote_opened_at = models.DateTimeField(null=True, blank=True)
    vote_closed_at = models.DateTimeField(null=True, blank=True)
    member_count = models.PositiveSmallIntegerField(null=True, blank=True)
    voter_count = models.PositiveSmallIntegerField(null=True, blank=True)

    adopted_at = models.DateTimeField(null=True, blank=True)
    adopted_title = models.CharField(max_length=200, blank=True)
    adopted_organisation = models.CharField(max_length=200, blank=True)
    adopted_text = models.TextField(blank=True)
    adopted_sha256 = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(threshold_percent__gte=50, threshold_percent__lte=100),
                name="threshold_is_half_or_more",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["drafting", "voting"])
                | Q(member_count__isnull=False, voter_count__lte=models.F("member_count")),
                name="a_counted_vote_has_its_numbers",
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
    """A section of running text, or a recommendation. Its text is its newest revision.

    A recommendation gets its number when the vote opens; while drafting it follows from the order.
    """

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
            ),
            models.CheckConstraint(
                condition=Q(yes=None, no=None, blank=None, adopted=None)
                | Q(
                    yes__isnull=False, no__isnull=False, blank__isnull=False, adopted__isnull=False
                ),
                name="votes_are_counted_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number or self.position}"


class RevisionQuerySet(models.QuerySet["Revision"]):
    def newest(self) -> "RevisionQuerySet":
        """The revision of each part that is its text now, in the order of the statement."""
        later = Revision.objects.filter(part=OuterRef("part"), number__gt=OuterRef("number"))
        return (
            self.filter(~Exists(later))
            .select_related("part", "by")
            .order_by("part__position", "part")
        )


class Revision(models.Model):
    """A part's text at one time; never changed afterwards."""

    part = models.ForeignKey(Part, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    heading = models.CharField(_("heading"), max_length=200)
    text = models.TextField(_("text"))
    reasons = models.TextField(_("reasons"), blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint("part", "number", name="a_revision_number_once_in_a_part")
        ]

    def __str__(self) -> str:
        return f"{self.heading} ({self.number})"
