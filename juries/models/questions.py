from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from juries.enums import LegalBasis
from juries.models.criterion import Criterion
from juries.models.jury import Jury
from juries.models.translated import Translated


class FormSection(models.Model):
    """One page of the registration form: a heading, a sentence, and its questions."""

    jury = models.ForeignKey(Jury, models.CASCADE, related_name="form_sections")
    position = models.PositiveSmallIntegerField()
    title_fi = models.CharField(max_length=200, blank=True)
    title_sv = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    intro_fi = models.TextField(blank=True)
    intro_sv = models.TextField(blank=True)
    intro_en = models.TextField(blank=True)

    title = Translated("title")
    intro = Translated("intro")

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """One question of the registration form.

    What is asked by name, contact or birth year is kept in the registrant's own row; the answer to
    a criterion's question is a trait; needs are kept apart and sealed; everything else is an
    ``Answer``, sealed too where the question is sensitive.

    ``shown_for`` holds the answers to the question ``shown_if`` with which this one is asked,
    ``stops_for`` the answers to this one with which nobody can take part.
    """

    class Kind(models.TextChoices):
        NAME = "name", _("name")
        BIRTH_YEAR = "birth_year", _("year of birth")
        EMAIL = "email", _("e-mail address")
        PHONE = "phone", _("phone number")
        ADDRESS = "address", _("street address")
        POSTAL_CODE = "postal_code", _("postal code")
        LANGUAGE = "language", _("contact language")
        CRITERION = "criterion", _("criterion")
        NEEDS = "needs", _("needs: access, diet, childcare, a ride, an interpreter")
        TEXT = "text", _("one line of text")
        LONG_TEXT = "long_text", _("several lines of text")
        CHOICE = "choice", _("one of several")
        CHOICES = "choices", _("any of several")
        YES_NO = "yes_no", _("yes or no")
        NUMBER = "number", _("number")
        CONSENT = "consent", _("consent")

    section = models.ForeignKey(FormSection, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    criterion = models.OneToOneField(
        Criterion, models.CASCADE, null=True, blank=True, related_name="question"
    )
    label_fi = models.CharField(max_length=300, blank=True)
    label_sv = models.CharField(max_length=300, blank=True)
    label_en = models.CharField(max_length=300, blank=True)
    help_fi = models.TextField(blank=True)
    help_sv = models.TextField(blank=True)
    help_en = models.TextField(blank=True)
    required = models.BooleanField(default=False)
    on = models.BooleanField(default=True)
    sensitive = models.BooleanField(default=False)
    legal_basis = models.CharField(
        max_length=20, choices=LegalBasis, default=LegalBasis.PUBLIC_TASK
    )
    shown_if = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="followers"
    )
    shown_for = models.JSONField(default=list)
    stops_for = models.JSONField(default=list)
    version = models.PositiveSmallIntegerField(default=1)

    label = Translated("label")
    help = Translated("help")

    class Meta:
        ordering = ("section__position", "position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="criterion", criterion__isnull=False)
                | (~Q(kind="criterion") & Q(criterion=None)),
                name="a_criterion_question_has_its_criterion",
            ),
        ]

    def __str__(self) -> str:
        return self.label or str(self.get_kind_display())


class Choice(models.Model):
    """One thing that can be chosen as the answer to a question."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="choices")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=60)
    label_fi = models.CharField(max_length=200, blank=True)
    label_sv = models.CharField(max_length=200, blank=True)
    label_en = models.CharField(max_length=200, blank=True)

    label = Translated("label")

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint("question", "key", name="a_choice_once_in_a_question")
        ]

    def __str__(self) -> str:
        return self.label or self.key
