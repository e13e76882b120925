"""The forms of the sign-up, one for each step, and the whole of it before it is sent."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juries.errors import JuryError
from juries.forms.fields import LineField, NameField, PhoneField, YearField
from juries.forms.registration.questions import QuestionsForm
from juries.invitation.guessing import note_miss, require_unsuspected
from juries.models import Jury
from juries.questions.reading import Page
from juries.registration.drafts import Typed
from juries.registration.signup import Further, InvitationRefused, SignedUp, invitation_for, sign_up
from juries.registration.steps import Step, answers_typed, is_minor

CODE, WAY = "invitation_code", "from"
CARRIED = (CODE, WAY)
"""What is typed or carried along on the first page beside the questions."""


class ContactField(LineField):
    """An e-mail address or a phone number."""

    def validate(self, value: str) -> None:
        super().validate(value)
        if "@" in value:
            validate_email(value)
        elif value:
            try:
                PhoneField().validate(value)
            except ValidationError:
                raise ValidationError(
                    _("Write an e-mail address or a phone number."), code="no_contact"
                ) from None


class GuardianForm(forms.Form):
    """Who has to agree that somebody under age takes part."""

    guardian_name = NameField(
        label=gettext_lazy("Name of your guardian"),
        max_length=150,
        error_messages={"required": gettext_lazy("Write the name of your guardian.")},
    )
    guardian_contact = ContactField(
        label=gettext_lazy("E-mail address or phone number of your guardian"),
        help_text=gettext_lazy(
            "With an e-mail address it is quickest: we send a link. Otherwise we call."
        ),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Write how we can reach your guardian."),
        },
    )


class AgainForm(forms.Form):
    """The year of birth, from somebody who has begun the form before."""

    year = YearField(
        label=gettext_lazy("Your year of birth"),
        help_text=gettext_lazy("We ask so that nobody else at this computer sees your answers."),
        min_value=1000,
        max_value=9999,
        widget=forms.TextInput(
            {"inputmode": "numeric", "maxlength": "4", "size": "4", "autocomplete": "off"}
        ),
        error_messages={"required": gettext_lazy("Write the year in which you were born.")},
    )


class StepForm(QuestionsForm):
    """The questions of one page of the sign-up; the first page also asks for the code."""

    stops_early = True

    def __init__(
        self,
        data: Any = None,
        *,
        jury: Jury,
        page: Page,
        before: Mapping[str, Any],
        first: bool,
        sender: str,
        **options: Any,
    ) -> None:
        super().__init__(data, jury=jury, pages=[page], before=before, **options)
        self.sender = sender
        if first:
            self._ask_for_code()

    def _ask_for_code(self) -> None:
        self.fields[WAY] = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
        if not self.jury.invitation_only and not self.jury.waves.exists():
            return
        self.fields[CODE] = LineField(
            label=_("Invitation code"),
            help_text=_("You find it in your letter, for example K7RM-4PXQ-9ABD."),
            max_length=40,
            required=self.jury.invitation_only,
            widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        )
        self.order_fields([CODE])

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        code = answers.get(CODE)
        if code and CODE not in self.errors and not self.stops:
            refusal = refusal_of(self.jury, code, answers.get("birth_year"), self.sender)
            if refusal:
                self.add_error(CODE, refusal)
        return answers

    def _has_code(self) -> bool:
        return super()._has_code() or bool(self.cleaned_data.get(CODE))


class WholeForm(QuestionsForm):
    """Everything that was typed, judged once more before it becomes a registration."""

    def __init__(self, *, jury: Jury, pages: Sequence[Page], typed: Typed) -> None:
        super().__init__(
            MultiValueDict(typed), jury=jury, pages=pages, before=answers_typed(pages, typed)
        )
        self.typed = typed
        if is_minor(jury, typed):
            for name, field in GuardianForm.base_fields.items():
                self.fields[name] = field

    def guardian(self) -> list[tuple[str, str]]:
        """What was told of the guardian, as one reads it."""
        return [
            (str(field.label), self.cleaned_data[name])
            for name, field in GuardianForm.base_fields.items()
        ]

    def send(self, submission: Any, *, sender: str) -> SignedUp:
        """The registration stands. Raises ``JuryError`` with the reason if it cannot."""
        code = "".join(self.typed.get(CODE, ()))
        if code:
            require_unsuspected(code, address=sender)
        return sign_up(
            jury=self.jury,
            submission=submission,
            particulars=self.particulars(),
            values=self.values(),
            invitation_code=code,
            further=Further(
                replies=self.replies(),
                needs=self.needs(),
                consents=self.consents(),
                outreach="".join(self.typed.get(WAY, ())),
            ),
        )


def form_for(
    step: Step, *, jury: Jury, data: Any, before: Mapping[str, Any], first: bool, sender: str
) -> forms.Form:
    """The form of one step, empty or with what was typed."""
    if step.page is None:
        return GuardianForm(data)
    return StepForm(data, jury=jury, page=step.page, before=before, first=first, sender=sender)


def refusal_of(jury: Jury, code: str, birth_year: int | None, sender: str) -> str:
    """Why the code does not open the registration; nothing if it does. Guesses are counted."""
    try:
        require_unsuspected(code, address=sender)
        invitation_for(jury, code, birth_year)
    except InvitationRefused as refusal:
        note_miss(code, address=sender)
        return str(refusal)
    except JuryError as refusal:
        return str(refusal)
    return ""
