from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from juries.enums import CodeUse, Kind, Stage
from juries.errors import WrongStage
from juries.models.people import Membership, Organisation, User
from juries.models.translated import Translated


class JuryQuerySet(models.QuerySet["Jury"]):
    def visible_to(self, user: User | AnonymousUser) -> "JuryQuerySet":
        """Juries in which ``user`` has a role, by name or through the organisation."""
        if not user.is_authenticated:
            return self.none()
        roles = Membership.objects.filter(user=user)
        return self.standing().filter(
            Q(pk__in=roles.filter(jury__isnull=False).values("jury"))
            | Q(organisation__in=roles.filter(jury=None).values("organisation"))
        )

    def published(self) -> "JuryQuerySet":
        """Juries that anyone may read about."""
        return self.standing().filter(published_at__isnull=False)

    def standing(self) -> "JuryQuerySet":
        """Juries that nobody has removed."""
        return self.filter(removed_at=None)


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
    receiver = models.CharField(max_length=200, blank=True)
    case_number = models.CharField(max_length=60, blank=True)
    first_contact = models.CharField(max_length=200, blank=True)
    first_contact_email = models.EmailField(blank=True)
    first_contact_phone = models.CharField(max_length=40, blank=True)
    response_due_on = models.DateField()
    fee_euros = models.PositiveSmallIntegerField(null=True, blank=True)

    panel_size = models.PositiveSmallIntegerField()
    quota_band = models.PositiveSmallIntegerField(default=1)
    invitation_only = models.BooleanField(default=False)
    code_use = models.CharField(max_length=10, choices=CodeUse, default=CodeUse.PERSONAL)
    minimum_age = models.PositiveSmallIntegerField(default=16)
    guardian_below = models.PositiveSmallIntegerField(default=18)
    one_per_household = models.BooleanField(default=False)
    confirm_email = models.BooleanField(default=False)
    answer_days = models.PositiveSmallIntegerField(default=7)
    show_reach = models.BooleanField(default=False)
    on_trial = models.BooleanField(default=False)
    form_stamp = models.PositiveIntegerField(default=1)
    retention = models.JSONField(default=dict)

    letters_on = models.DateField(null=True, blank=True)
    registration_opens_on = models.DateField()
    registration_closes_on = models.DateField()
    draw_on = models.DateField()
    first_session_on = models.DateField()
    last_session_on = models.DateField()
    statement_on = models.DateField(null=True, blank=True)

    version = models.PositiveIntegerField(default=1)
    submission = models.UUIDField(unique=True, null=True, blank=True)
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="copies"
    )
    removed_at = models.DateTimeField(null=True, blank=True)
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

    @property
    def is_frozen(self) -> bool:
        """Whether the pool can no longer change, since it is, or was, drawn from."""
        return self.stage in {Stage.FROZEN, Stage.PANEL}

    def require_stage(self, *stages: Stage) -> None:
        """Return only if the jury stands in one of ``stages``."""
        if self.stage not in stages:
            raise WrongStage(
                _("Not possible at this stage: %(stage)s.") % {"stage": self.get_stage_display()}
            )
