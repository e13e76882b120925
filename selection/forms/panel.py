"""The forms around the seats of the panel: a code, a call, a last day, letters that have gone."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juries.errors import JuryError
from juries.forms.fields import LineField
from juries.models import Call, Jury, User
from juries.rendering import DayInput
from selection.models import PanelSeat
from selection.panel.calling import OUTCOMES, note_call
from selection.panel.deadlines import extend_deadline


class OfferCodeForm(forms.Form):
    """The code of a letter."""

    code = LineField(
        label=gettext_lazy("Your code"),
        help_text=gettext_lazy("It is in our letter, for example 17-K7RM-4PXQ-9ABD."),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )


class SeatCallForm(forms.Form):
    """What came of a call about a seat; the outcome is the button that was pressed."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        choices=[(one.value, one.label) for one in OUTCOMES],
        error_messages={"required": gettext_lazy("Choose what came of the call.")},
    )
    note = LineField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("Only what the next caller needs. Nothing about health."),
        required=False,
        max_length=300,
    )
    call_back_on = forms.DateField(
        label=gettext_lazy("Call back on"), required=False, widget=DayInput
    )

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        if facts.get("outcome") != Call.Outcome.CALL_BACK:
            facts["call_back_on"] = None
        elif "call_back_on" not in self.errors and not facts.get("call_back_on"):
            self.add_error("call_back_on", _("Say on which day to call back."))
        return facts

    def clean_call_back_on(self) -> date | None:
        day: date | None = self.cleaned_data["call_back_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("Choose today or a later day."))
        return day

    def save(self, *, seat: PanelSeat, by: User) -> Call | None:
        """The call stands in the log, or the form says why not."""
        try:
            return note_call(seat=seat, by=by, **self.cleaned_data)
        except JuryError as error:
            self.add_error(None, str(error))
            return None


class DeadlineForm(forms.Form):
    """A later last day for one person."""

    until = forms.DateField(label=gettext_lazy("New last day to answer"), widget=DayInput)

    def save(self, *, seat: PanelSeat, by: User) -> bool:
        """Whether the person has until that day; if not, the form says why."""
        try:
            extend_deadline(seat=seat, until=self.cleaned_data["until"], by=by)
        except JuryError as error:
            self.add_error("until", str(error))
            return False
        return True


class PostedForm(forms.Form):
    """Which letters were printed."""

    letters = forms.CharField(widget=forms.HiddenInput, max_length=64)


class DropOutForm(forms.Form):
    """Whether a member leaves on the day of a session itself, once there has been one."""

    on_the_day = forms.BooleanField(
        label=gettext_lazy("It happened on the day of a session itself"), required=False
    )

    def __init__(self, *args: Any, jury: Jury, **options: Any) -> None:
        super().__init__(*args, **options)
        if timezone.localdate() < jury.first_session_on:
            del self.fields["on_the_day"]
