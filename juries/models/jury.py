from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juries.enums import Kind, Stage
from juries.errors import WrongStage
from juries.models.people import Membership, Organisation, User
from juries.models.translated import Translated


class JuryQuerySet(models.QuerySet["Jury"]):
    def visible_to(self, user: User | AnonymousUser) -> "JuryQuerySet":
        """Juries in which ``user`` has a role, by name or through the organisation."""
        if not user.is_authenticated:
            return self.none()
        roles = Membership.objects.filter(user=user)
        return self.filter(
            Q(pk__in=roles.filter(jury__isnull=False).values("jury"))
            | Q(organisation__in=roles.filter(jury=None).values("organisation"))
        )

    def published(self) -> "JuryQuerySet":
        """Juries that anyone may read about."""
        return self.filter(published_at__isnull=False)


class Jury(models.Model):
    """One citizens' jury, from the commission to the follow-up."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="juries")
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.KANSALAISRAATI)
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.SETTING_UP)
    languages = models.JSONField(default=list)

    name_fi = models.CharField(max_length=200, blank=True)
    name_sv = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    charge_fi = models.TextField(blank=True)
    charge_sv = models.TextField(blank=True)
    charge_en = models.TextField(blank=True)
    background_fi = models.TextField(blank=True)
    background_sv = models.TextField(blank=True)
    background_en = models.TextField(blank=True)

    commissioner = models.CharField(max_length=200)
    first_contact = models.CharField(max_length=200, blank=True)
    response_due_on = models.DateField()

    panel_size = models.PositiveSmallIntegerField()
    quota_band = models.PositiveSmallIntegerField(default=1)
    invitation_only = models.BooleanField(default=False)
    minimum_age = models.PositiveSmallIntegerField(default=16)
    one_per_household = models.BooleanField(default=False)

    registration_opens_on = models.DateField()
    registration_closes_on = models.DateField()
    draw_on = models.DateField()
    first_session_on = models.DateField()
    last_session_on = models.DateField()

    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)

    name = Translated("name")
    charge = Translated("charge")
    background = Translated("background")

    objects = JuryQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(panel_size__gte=1), name="panel_has_a_seat"),
            models.CheckConstraint(
                condition=Q(registration_opens_on__lte=models.F("registration_closes_on")),
                name="registration_opens_before_it_closes",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def require_stage(self, *stages: Stage) -> None:
        """Return only if the jury stands in one of ``stages``."""
        if self.stage not in stages:
            raise WrongStage(
                _("Not possible at this stage: %(stage)s.") % {"stage": self.get_stage_display()}
            )


class Criterion(models.Model):
    """A trait by which the panel shall resemble the population: age group, gender, area."""

    jury = models.ForeignKey(Jury, models.CASCADE, related_name="criteria")
    key = models.CharField(max_length=100)
    name_fi = models.CharField(max_length=100, blank=True)
    name_sv = models.CharField(max_length=100, blank=True)
    name_en = models.CharField(max_length=100, blank=True)
    position = models.PositiveSmallIntegerField()

    name = Translated("name")

    class Meta:
        ordering = ("position", "pk")
        constraints = [models.UniqueConstraint("jury", "key", name="a_criterion_once_in_a_jury")]

    def __str__(self) -> str:
        return self.name or self.key


class CriterionValue(models.Model):
    """One value of a criterion with its quota: how many of the panel shall have it."""

    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="values")
    key = models.CharField(max_length=100)
    name_fi = models.CharField(max_length=100, blank=True)
    name_sv = models.CharField(max_length=100, blank=True)
    name_en = models.CharField(max_length=100, blank=True)
    position = models.PositiveSmallIntegerField()
    population = models.PositiveIntegerField(gettext_lazy("population"), null=True, blank=True)
    minimum = models.PositiveSmallIntegerField(gettext_lazy("minimum"))
    maximum = models.PositiveSmallIntegerField(gettext_lazy("maximum"))
    minimum_flex = models.PositiveSmallIntegerField(null=True, blank=True)
    maximum_flex = models.PositiveSmallIntegerField(null=True, blank=True)

    name = Translated("name")

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint("criterion", "key", name="a_value_once_in_a_criterion"),
            models.CheckConstraint(
                condition=Q(minimum__lte=models.F("maximum")), name="minimum_up_to_maximum"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.key
