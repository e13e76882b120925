from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from juries.enums import GRANTS, Act, Channel
from juries.models.criterion import Criterion, CriterionValue
from juries.models.invitation import Invitation, OutreachCode
from juries.models.jury import Jury
from juries.models.people import Membership, User
from juries.models.questions import Question
from juries.models.translated import Translated


class RegistrantQuerySet(models.QuerySet["Registrant"]):
    def in_pool(self) -> "RegistrantQuerySet":
        """Registrants who can be drawn: real, not withdrawn, and waiting for nobody's yes.

        ``unconfirmed`` stands until the e-mail address is confirmed where the jury asks for it,
        and until the guardian of somebody under age has agreed. Whom an exclusion rule keeps out
        is not in the pool, and neither is whoever was named to a seat by a body.
        """
        return self.who_could_be_drawn().filter(excluded=None)

    def who_could_be_drawn(self) -> "RegistrantQuerySet":
        """Those who are in the pool, and those whom nothing but an exclusion rule keeps out."""
        possible = self.filter(withdrawn_at=None, on_trial=False, unconfirmed=False)
        return possible.exclude(channel=Channel.NAMED)

    def registered(self) -> "RegistrantQuerySet":
        """Whoever put themselves forward: nobody on trial, nobody whom a body named to a seat."""
        return self.filter(on_trial=False).exclude(channel=Channel.NAMED)

    def incomplete_in(self, jury: Jury) -> "RegistrantQuerySet":
        """Those in the jury's pool who lack a value of a criterion, and so cannot be drawn yet."""
        pool = self.in_pool().filter(jury=jury).annotate(known=models.Count("traits"))
        return pool.filter(known__lt=jury.criteria.count())

    def withdrawn(self) -> "RegistrantQuerySet":
        """Registrants who took their registration back; doubles and trials are not among them."""
        return self.registered().filter(withdrawn_at__isnull=False, merged_into=None)

    def readable_by(self, user: User | AnonymousUser) -> "RegistrantQuerySet":
        """Registrants whose name and contact details ``user`` may read."""
        if not user.is_authenticated:
            return self.none()
        roles = [role for role, acts in GRANTS.items() if Act.SEE_CONTACTS in acts]
        granted = Membership.objects.filter(user=user, role__in=roles)
        return self.filter(
            Q(jury__in=granted.filter(jury__isnull=False).values("jury"))
            | Q(jury__organisation__in=granted.filter(jury=None).values("organisation"))
        )


class Registrant(models.Model):
    """Somebody who has put themselves forward for a jury."""

    jury = models.ForeignKey(Jury, models.CASCADE, related_name="registrants")
    reference = models.CharField(_("identifier"), max_length=60)
    name = models.CharField(_("name"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone number"), max_length=40, blank=True)
    street_address = models.CharField(_("street address"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    language = models.CharField(_("contact language"), max_length=5, default="fi")
    channel = models.CharField(max_length=10, choices=Channel)
    invitation = models.OneToOneField(
        Invitation, models.SET_NULL, null=True, blank=True, related_name="registrant"
    )
    outreach = models.ForeignKey(
        OutreachCode, models.SET_NULL, null=True, blank=True, related_name="registrants"
    )
    on_trial = models.BooleanField(default=False)
    unconfirmed = models.BooleanField(default=False)
    email_confirmed_at = models.DateTimeField(null=True, blank=True)
    address_protected = models.BooleanField(default=False)
    guardian_name = models.CharField(max_length=150, blank=True)
    guardian_contact = models.CharField(max_length=254, blank=True)
    guardian_agreed_at = models.DateTimeField(null=True, blank=True)
    household = models.ForeignKey(
        "Household", models.SET_NULL, null=True, blank=True, related_name="registrants"
    )
    excluded = models.ForeignKey(
        "ExclusionRule", models.PROTECT, null=True, blank=True, related_name="registrants"
    )
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="merged"
    )
    submission = models.UUIDField(null=True, blank=True)
    code_digest = models.CharField(max_length=64, unique=True, null=True, blank=True)
    registered_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    values = models.ManyToManyField(CriterionValue, through="Trait", related_name="registrants")

    objects = RegistrantQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint("jury", "reference", name="a_reference_once_in_a_jury"),
            models.UniqueConstraint("jury", "submission", name="a_submission_once_in_a_jury"),
        ]

    def __str__(self) -> str:
        return self.reference


class Trait(models.Model):
    """A registrant's value of one criterion."""

    registrant = models.ForeignKey(Registrant, models.CASCADE, related_name="traits")
    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="traits")
    value = models.ForeignKey(CriterionValue, models.PROTECT, related_name="traits")

    class Meta:
        constraints = [
            models.UniqueConstraint("registrant", "criterion", name="one_value_of_a_criterion_each")
        ]

    if TYPE_CHECKING:
        value_id: Any

    def __str__(self) -> str:
        return f"{self.criterion}: {self.value}"


class Answer(models.Model):
    """A registrant's answer to a question of the jury's own; sealed where it is sensitive."""

    registrant = models.ForeignKey(Registrant, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.CASCADE, related_name="answers")
    content = models.JSONField(null=True)
    sealed = models.BinaryField(null=True)
    version = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint("registrant", "question", name="a_question_answered_once_each"),
            models.CheckConstraint(
                condition=Q(content__isnull=True) | Q(sealed__isnull=True),
                name="an_answer_is_open_or_sealed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registrant_id}, {self.question_id}"


class Needs(models.Model):
    """What somebody needs in order to take part: kept apart, sealed, erased first."""

    registrant = models.OneToOneField(Registrant, models.CASCADE, related_name="needs")
    sealed = models.BinaryField()
    told_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.registrant_id)


class Household(models.Model):
    """People found to live together: at most one of them is drawn where the jury says so."""

    jury = models.ForeignKey(Jury, models.CASCADE, related_name="households")

    def __str__(self) -> str:
        return str(self.pk)


class ExclusionRule(models.Model):
    """Who cannot be drawn whatever they answer, such as councillors or staff: told beforehand."""

    jury = models.ForeignKey(Jury, models.CASCADE, related_name="exclusion_rules")
    name_fi = models.CharField(max_length=200, blank=True)
    name_sv = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    name = Translated("name")

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.name


class SignUpDraft(models.Model):
    """A registration begun and not sent: sealed, so that nobody reads it but who is writing it."""

    jury = models.ForeignKey(Jury, models.CASCADE, related_name="sign_up_drafts")
    submission = models.UUIDField(unique=True)
    sealed = models.BinaryField()
    touched_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.pk)


class DuplicateDecision(models.Model):
    """Two registrations that look alike, and what somebody found them to be.

    ``taken`` says what a merge moved between the two rows, by the names of the columns and the
    keys of the rows, so that it can be taken back.
    """

    class Outcome(models.TextChoices):
        SAME_PERSON = "same", _("the same person")
        TWO_PEOPLE = "two", _("two people, two households")
        ONE_HOUSEHOLD = "household", _("two people, one household")

    jury = models.ForeignKey(Jury, models.CASCADE, related_name="duplicate_decisions")
    earlier = models.ForeignKey(Registrant, models.CASCADE, related_name="+")
    later = models.ForeignKey(Registrant, models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.TWO_PEOPLE)
    taken = models.JSONField(default=dict)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("earlier", "later", name="a_pair_is_decided_once"),
            models.CheckConstraint(
                condition=Q(earlier__lt=models.F("later")), name="the_earlier_comes_first"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.earlier_id}, {self.later_id}"
