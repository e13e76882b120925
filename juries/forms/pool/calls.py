"""What came of a call."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juries.errors import JuryError
from juries.forms.fields import LineField
from juries.models import Call, Jury, Registrant, User
from juries.pool.calls import OF_A_SEAT, log_call
from juries.rendering import DayInput


class CallForm(forms.Form):
    """One line of the call log."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What came of the call"),
        choices=[one for one in Call.Outcome.choices if one[0] not in OF_A_SEAT],
        error_messages={"required": gettext_lazy("Choose one of these.")},
        widget=forms.RadioSelect,
    )
    call_back_on = forms.DateField(
        label=gettext_lazy("Call back on"), required=False, widget=DayInput
    )
    note = LineField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("Only what the next caller needs. Nothing about health."),
        required=False,
        max_length=300,
    )

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        if facts.get("outcome") != Call.Outcome.CALL_BACK:
            facts["call_back_on"] = None
        elif "call_back_on" not in self.errors and not facts.get("call_back_on"):
            self.add_error("call_back_on", _("Say on which day to call back."))
        return facts

    def clean_call_back_on(self) -> Any:
        day = self.cleaned_data["call_back_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("Choose today or a later day."))
        return day

    def save(
        self, *, jury: Jury, by: User, registrant: Registrant | None, answers: int | None
    ) -> Call | None:
        """The call stands in the log, or the form says why not."""
        try:
            return log_call(
                jury=jury, by=by, registrant=registrant, answers=answers, **self.cleaned_data
            )
        except JuryError as error:
            self.add_error(None, str(error))
            return None
