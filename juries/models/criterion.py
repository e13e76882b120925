from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from juries.models.jury import Jury
from juries.models.translated import Translated


class CriterionQuerySet(models.QuerySet["Criterion"]):
    def sensitive(self) -> "CriterionQuerySet":
        """Criteria that are asked by a sensitive question, and combinations with such a one."""
        return self.filter(
            Q(question__sensitive=True)
            | Q(first__question__sensitive=True)
            | Q(second__question__sensitive=True)
        )

    def for_everybody(self) -> "CriterionQuerySet":
        """Criteria whose groups may be counted on a public page: all but the sensitive."""
        return self.exclude(pk__in=self.sensitive().order_by().values("pk"))


class Criterion(models.Model):
    """A trait by which the panel shall resemble the population: age group, gender, area.

    Its value is asked for, or it follows from what is asked for anyway: registrants write the
    year of birth and the postal code and never see a bracket.

    ``statistics`` says where the population figures come from. ``made_for`` is the panel size for
    which the quotas were calculated or last looked at.
    """

    class Source(models.TextChoices):
        ASKED = "asked", _("asked in the form")
        BIRTH_YEAR = "birth_year", _("from the year of birth")
        POSTAL_CODE = "postal_code", _("from the postal code")
        COMBINED = "combined", _("two criteria together")

    jury = models.ForeignKey(Jury, models.CASCADE, related_name="criteria")
    key = models.CharField(max_length=100)
    name_fi = models.CharField(max_length=100, blank=True)
    name_sv = models.CharField(max_length=100, blank=True)
    name_en = models.CharField(max_length=100, blank=True)
    position = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=20, choices=Source, default=Source.ASKED)
    first = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    second = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    statistics = models.CharField(max_length=300, blank=True)
    made_for = models.PositiveSmallIntegerField(null=True, blank=True)

    name = Translated("name")

    objects = CriterionQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint("jury", "key", name="a_criterion_once_in_a_jury"),
            models.CheckConstraint(
                condition=Q(source="combined", first__isnull=False, second__isnull=False)
                | (~Q(source="combined") & Q(first=None, second=None)),
                name="a_combination_has_two_parts",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.key


class CriterionValue(models.Model):
    """One value of a criterion with its quota: how many of the panel shall have it.

    ``youngest`` and ``oldest`` bound an age group, both included; ``postal_codes`` make an area.
    """

    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="values")
    key = models.CharField(max_length=100)
    name_fi = models.CharField(max_length=100, blank=True)
    name_sv = models.CharField(max_length=100, blank=True)
    name_en = models.CharField(max_length=100, blank=True)
    position = models.PositiveSmallIntegerField()
    youngest = models.PositiveSmallIntegerField(null=True, blank=True)
    oldest = models.PositiveSmallIntegerField(null=True, blank=True)
    postal_codes = models.JSONField(default=list)
    first = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="+")
    second = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="+")
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    minimum = models.PositiveSmallIntegerField(_("minimum"))
    maximum = models.PositiveSmallIntegerField(_("maximum"))
    minimum_flex = models.PositiveSmallIntegerField(null=True, blank=True)
    maximum_flex = models.PositiveSmallIntegerField(null=True, blank=True)
    locked = models.BooleanField(default=False)

    name = Translated("name")

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint("criterion", "key", name="a_value_once_in_a_criterion"),
            models.CheckConstraint(
                condition=Q(minimum__lte=F("maximum")), name="minimum_up_to_maximum"
            ),
            models.CheckConstraint(
                condition=Q(youngest=None) | Q(oldest=None) | Q(youngest__lte=F("oldest")),
                name="the_youngest_is_no_older_than_the_oldest",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.key
