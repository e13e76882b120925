"""The forms a registrant fills in: signing up, changing, and entering a personal code."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from juries.audit import REGISTRANT
from juries.forms.fields import LineField, NameField, PhoneField, YearField
from juries.intake.rows import OLDEST_BIRTH_YEAR
from juries.models import Criterion, CriterionValue, Jury, Registrant, User
from juries.registration.entry import Particulars, change_registration, youngest_birth_year
from juries.registration.signup import InvitationRefused, SignedUp, sign_up, too_young

PARTICULARS = tuple(Particulars.__dataclass_fields__)


class RegistrationForm(forms.Form):
    """What a registrant tells: contact details, and one answer for each criterion."""

    needs_contact = True

    name = NameField(
        label=gettext_lazy("Your name"),
        max_length=150,
        error_messages={"required": gettext_lazy("Write your name.")},
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("Give an e-mail address, a phone number, or both."),
        required=False,
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    phone = PhoneField(
        label=gettext_lazy("Phone number"),
        required=False,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
    )
    birth_year = YearField(
        label=gettext_lazy("Year of birth"),
        error_messages={"required": gettext_lazy("Write the year in which you were born.")},
        widget=forms.TextInput(
            {"inputmode": "numeric", "maxlength": "4", "size": "4", "autocomplete": "bday-year"}
        ),
    )
    street_address = LineField(
        label=gettext_lazy("Street address"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "street-address"}),
    )
    postal_code = LineField(
        label=gettext_lazy("Postal code"),
        required=False,
        max_length=10,
        widget=forms.TextInput({"autocomplete": "postal-code", "size": "6"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("In which language shall we contact you?"),
        error_messages={"required": gettext_lazy("Choose one of these.")},
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, jury: Jury, **options: Any) -> None:
        super().__init__(*args, **options)
        self.jury = jury
        self.criteria = list(jury.criteria.prefetch_related("values"))
        self._set_up_language()
        year = self.fields["birth_year"]
        year.help_text = _("You can take part if you were born in %(year)s or earlier.") % {
            "year": youngest_birth_year(jury)
        }
        for name in ("street_address", "postal_code"):
            self.fields[name].required = jury.one_per_household
        if jury.one_per_household:
            self.fields["street_address"].help_text = _(
                "At most one member is drawn from each household."
            )
        for criterion in self.criteria:
            self.fields[field_name(criterion)] = _question(criterion)

    def _set_up_language(self) -> None:
        field = self.fields["language"]
        offered = [code for code, _name in settings.LANGUAGES if code in self.jury.languages]
        names = dict(settings.LANGUAGES)
        field.choices = [  # type: ignore[attr-defined]
            (code, names[code].capitalize()) for code in offered or list(names)
        ]
        active = get_language() or settings.LANGUAGE_CODE
        field.initial = active if active in offered else (offered or [active])[0]

    def clean_birth_year(self) -> int | None:
        year: int | None = self.cleaned_data["birth_year"]
        if year is None:
            return None
        if year > timezone.localdate().year or year < OLDEST_BIRTH_YEAR:
            raise forms.ValidationError(_("Check the year: nobody is born in it."))
        if year > youngest_birth_year(self.jury):
            raise forms.ValidationError(too_young(self.jury))
        return year

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        tried = {"email", "phone"} & set(self.errors)
        if (
            self.needs_contact
            and not tried
            and not answers.get("email")
            and not answers.get("phone")
        ):
            self.add_error(
                "email", _("Give an e-mail address or a phone number, so that we can reach you.")
            )
        return answers

    def particulars(self) -> Particulars:
        return Particulars(**{name: self.cleaned_data[name] for name in PARTICULARS})

    def values(self) -> list[CriterionValue]:
        chosen = {self.cleaned_data[field_name(criterion)] for criterion in self.criteria}
        return [
            value
            for criterion in self.criteria
            for value in criterion.values.all()
            if str(value.pk) in chosen
        ]


class SignUpForm(RegistrationForm):
    """A registration, open or by invitation code."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
    invitation_code = LineField(
        label=gettext_lazy("Invitation code"),
        help_text=gettext_lazy("You find it in your letter, for example K7RM-4PXQ-9ABD."),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, jury: Jury, **options: Any) -> None:
        super().__init__(*args, jury=jury, **options)
        if jury.invitation_only:
            self.order_fields(["invitation_code"])
        else:
            del self.fields["invitation_code"]
        self.initial["submission"] = uuid4()
        if self.is_bound and not _may_stand_for(self.data.get("submission", ""), jury):
            self.data = self.data.copy()
            self.data["submission"] = str(uuid4())  # type: ignore[index]

    def save(self) -> SignedUp | None:
        """The registration stands, or the form says at its field why not."""
        try:
            return sign_up(
                jury=self.jury,
                submission=self.cleaned_data["submission"],
                particulars=self.particulars(),
                values=self.values(),
                invitation_code=self.cleaned_data.get("invitation_code", ""),
            )
        except InvitationRefused as refusal:
            self.add_error("invitation_code", str(refusal))
            return None


class OwnChangeForm(RegistrationForm):
    """A registrant changes what they told."""

    def __init__(self, *args: Any, registrant: Registrant, **options: Any) -> None:
        super().__init__(*args, jury=registrant.jury, initial=_as_initial(registrant), **options)
        self.registrant = registrant

    def save(self, *, by: User | str = REGISTRANT, reason: str = "") -> Registrant:
        return change_registration(
            registrant=self.registrant,
            particulars=self.particulars(),
            values=self.values(),
            by=by,
            reason=reason,
        )


class CodeForm(forms.Form):
    """The personal code that opens one's own page."""

    code = LineField(
        label=gettext_lazy("Your personal code"),
        help_text=gettext_lazy("You got it when you signed up, for example K7RM-4PXQ-9ABD."),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )


def _may_stand_for(text: str, jury: Jury) -> bool:
    """Whether the text is the key of a form that no other jury has received."""
    try:
        submission = UUID(text)
    except ValueError:
        return False
    return not Registrant.objects.exclude(jury=jury).filter(submission=submission).exists()


def field_name(criterion: Criterion) -> str:
    return f"criterion_{criterion.pk}"


def _question(criterion: Criterion) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=str(criterion),
        error_messages={"required": _("Choose one of these.")},
        widget=forms.RadioSelect,
        choices=[(value.pk, str(value)) for value in criterion.values.all()],
    )


def _as_initial(registrant: Registrant) -> dict[str, Any]:
    traits = registrant.traits.values_list("criterion_id", "value_id")
    told = {name: getattr(registrant, name) for name in PARTICULARS}
    return told | {f"criterion_{criterion}": value for criterion, value in traits}
