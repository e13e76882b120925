from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from juries.enums import GRANTS, Act, Channel
from juries.models.jury import Criterion, CriterionValue, Jury
from juries.models.people import Membership, User


class Invitation(models.Model):
    """A personal invitation code. Only its digest is kept: the code itself is in the letter."""

    jury = models.ForeignKey(Jury, models.CASCADE, related_name="invitations")
    code_digest = models.CharField(max_length=64, unique=True)
    batch = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("jury", "batch", "number", name="an_invitation_once_in_a_batch")
        ]

    def __str__(self) -> str:
        return f"{self.batch}/{self.number}"


class RegistrantQuerySet(models.QuerySet["Registrant"]):
    def in_pool(self) -> "RegistrantQuerySet":
        """Registrants who can be drawn: not withdrawn, nor found to be somebody else's double."""
        return self.filter(withdrawn_at=None)

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
    submission = models.UUIDField(null=True, blank=True)
    code_digest = models.CharField(max_length=64, unique=True, null=True, blank=True)
    registered_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

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


class ImportDraft(models.Model):
    """A file of registrants between its upload and the decision to import it; erased after that."""

    jury = models.ForeignKey(Jury, models.CASCADE, related_name="import_drafts")
    by = models.ForeignKey(User, models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=200)
    content = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.file_name


class DuplicateDecision(models.Model):
    """Two registrations that look alike, and the decision that they are two people."""

    jury = models.ForeignKey(Jury, models.CASCADE, related_name="duplicate_decisions")
    earlier = models.ForeignKey(Registrant, models.CASCADE, related_name="+")
    later = models.ForeignKey(Registrant, models.CASCADE, related_name="+")
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
