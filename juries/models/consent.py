from django.db import models
from django.db.models import Q

from juries.models.questions import Question
from juries.models.registrant import Registrant


class ConsentText(models.Model):
    """The words to which somebody consented, as they stood: a change makes a new version."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="consent_texts")
    version = models.PositiveSmallIntegerField()
    text_fi = models.TextField(blank=True)
    text_sv = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("question", "version", name="a_version_of_a_consent_text_once")
        ]

    def __str__(self) -> str:
        return f"{self.question_id}, {self.version}"


class Consent(models.Model):
    """Somebody consented to a text, and perhaps took it back."""

    registrant = models.ForeignKey(Registrant, models.CASCADE, related_name="consents")
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="consents")
    language = models.CharField(max_length=5)
    given_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "registrant",
                "text",
                condition=Q(withdrawn_at=None),
                name="one_standing_consent_to_a_text",
            )
        ]

    def __str__(self) -> str:
        return f"{self.registrant_id}, {self.text_id}"
