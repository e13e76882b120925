from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from juries.models.jury import Jury
from juries.models.people import User
from juries.models.translated import Translated, translated_name


class AddressSample(models.Model):
    """Addresses drawn from the population register under a permit, until the day they go."""

    jury = models.ForeignKey(Jury, models.CASCADE, related_name="samples")
    name = models.CharField(max_length=100)
    permit_number = models.CharField(max_length=60)
    purpose = models.CharField(max_length=300)
    delete_on = models.DateField()
    people = models.PositiveIntegerField(default=0)
    protected = models.PositiveIntegerField(default=0)
    file_digest = models.CharField(max_length=64)
    imported_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "jury",
                "file_digest",
                condition=Q(erased_at=None),
                name="a_file_of_addresses_once_in_a_jury",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Invitee(models.Model):
    """Somebody of a sample. Of whoever has a protected address, no address is stored at all."""

    sample = models.ForeignKey(AddressSample, models.CASCADE, related_name="invitees")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=150, blank=True)
    street_address = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=10, blank=True)
    town = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=5, default="fi")
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    stratum = models.CharField(max_length=200, blank=True)
    protected = models.BooleanField(default=False)

    class Meta:
        ordering = ("sample", "number")
        constraints = [
            models.UniqueConstraint("sample", "number", name="an_invitee_once_in_a_sample"),
            models.CheckConstraint(
                condition=Q(protected=False)
                | Q(street_address="", postal_code="", town="", birth_year=None),
                name="no_address_of_a_protected_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sample_id}/{self.number}"

    @property
    def language_name(self) -> str:
        return translated_name(self.language)


class Wave(models.Model):
    """Letters that go out together: invitations, or reminders to those who have not answered.

    Codes follow from ``seed`` and the installation's key for as long as letters are printed.
    """

    class Kind(models.TextChoices):
        INVITATION = "invitation", _("invitation")
        REMINDER = "reminder", _("reminder")

    jury = models.ForeignKey(Jury, models.CASCADE, related_name="waves")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.INVITATION)
    sample = models.ForeignKey(
        AddressSample, models.SET_NULL, null=True, blank=True, related_name="waves"
    )
    seed = models.UUIDField(null=True, blank=True)
    size = models.PositiveIntegerField()
    sent_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("jury", "number")
        constraints = [models.UniqueConstraint("jury", "number", name="a_wave_once_in_a_jury")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class Invitation(models.Model):
    """A personal invitation code. Only its digest is kept: the code itself is in the letter.

    ``quiet`` once somebody has withdrawn or asked for it: no further letter goes out.
    """

    jury = models.ForeignKey(Jury, models.CASCADE, related_name="invitations")
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="invitations")
    number = models.PositiveIntegerField()
    invitee = models.OneToOneField(
        Invitee, models.SET_NULL, null=True, blank=True, related_name="invitation"
    )
    language = models.CharField(max_length=5, blank=True)
    stratum = models.CharField(max_length=200, blank=True)
    code_digest = models.CharField(max_length=64, unique=True)
    reminded_in = models.ForeignKey(
        Wave, models.SET_NULL, null=True, blank=True, related_name="reminded"
    )
    quiet = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("wave", "number", name="an_invitation_once_in_a_wave")
        ]

    def __str__(self) -> str:
        return f"{self.wave_id}/{self.number}"


class OutreachCode(models.Model):
    """A way by which people hear of the jury, so that its effect is seen: a library, a school."""

    jury = models.ForeignKey(Jury, models.CASCADE, related_name="outreach_codes")
    key = models.SlugField(max_length=30)
    name = models.CharField(max_length=100)
    visits = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint("jury", "key", name="an_outreach_code_once_in_a_jury")
        ]

    def __str__(self) -> str:
        return self.name


class CodeMiss(models.Model):
    """A code that opened nothing. ``about`` is a keyed digest: of how it began, or from where."""

    about = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index("about", "at", name="misses_of_the_last_hour")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class Wording(models.Model):
    """A letter or message of a jury in the organiser's own words; without it the house's own."""

    jury = models.ForeignKey(Jury, models.CASCADE, related_name="wordings")
    key = models.CharField(max_length=40)
    subject_fi = models.CharField(max_length=200, blank=True)
    subject_sv = models.CharField(max_length=200, blank=True)
    subject_en = models.CharField(max_length=200, blank=True)
    body_fi = models.TextField(blank=True)
    body_sv = models.TextField(blank=True)
    body_en = models.TextField(blank=True)

    subject = Translated("subject")
    body = Translated("body")

    class Meta:
        constraints = [models.UniqueConstraint("jury", "key", name="a_wording_once_in_a_jury")]

    def __str__(self) -> str:
        return self.key
