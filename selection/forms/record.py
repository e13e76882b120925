"""The auditor's copy and what the auditor found."""

import re
from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juries.forms.fields import LineField, TextField
from juries.forms.reasons import ReasonField
from juries.rendering import DayInput

HEX_DIGITS = 64


class CopyForm(forms.Form):
    """Why the full record is taken out."""

    reason = ReasonField(
        label=gettext_lazy("For whom the copy is, and why"),
        help_text=gettext_lazy("It is kept in the log. Name the body, not a person."),
    )


class StatementForm(forms.Form):
    """Who checked which package when, and what they found."""

    auditor = LineField(
        label=gettext_lazy("Auditor"),
        help_text=gettext_lazy("The body, and the person if they have agreed. It is public."),
        max_length=150,
    )
    on = forms.DateField(label=gettext_lazy("Date of the statement"), widget=DayInput)
    sha256 = LineField(
        label=gettext_lazy("Checksum of the package (SHA-256)"),
        help_text=gettext_lazy("64 digits and letters a to f, as the auditor's computer shows it."),
        max_length=100,
    )
    words = TextField(
        label=gettext_lazy("What the auditor found, in the auditor's own words"),
        help_text=gettext_lazy("At most 500 characters. It is public."),
        max_length=500,
    )

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The day is still to come."))
        return day

    def clean_sha256(self) -> str:
        digits = re.sub(r"\s", "", self.cleaned_data["sha256"]).lower()
        if not re.fullmatch(rf"[0-9a-f]{{{HEX_DIGITS}}}", digits):
            raise forms.ValidationError(_("A checksum has 64 digits and letters a to f."))
        return digits
