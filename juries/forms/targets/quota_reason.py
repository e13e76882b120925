"""Why quotas are changed by which people have registered: every form that may change them asks."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from juries.errors import JuryError
from juries.forms.reasons import PUBLIC, ReasonField
from juries.models import Jury
from juries.targets.quota_changes import LONGEST_REASON, ReasonNeeded, needs_reason

WHEN = gettext_lazy(
    "Needed when you change how many members a group has at least or at most, because registration"
    " has been open."
)


class QuotaReasonForm(forms.Form):
    """Whatever else the form asks, it asks for the reason where a change needs one."""

    reason = ReasonField(
        help_text=format_lazy("{} {}", WHEN, PUBLIC), max_length=LONGEST_REASON, required=False
    )
    reason.asked_of_some = True

    def __init__(self, *args: Any, jury: Jury | None, **options: Any) -> None:
        super().__init__(*args, **options)
        if jury is None or not needs_reason(jury):
            del self.fields["reason"]

    def why(self) -> str:
        """The reason that was typed, or nothing."""
        return str(self.cleaned_data.get("reason", ""))

    def refuse(self, error: JuryError) -> None:
        """The form says what is wrong: at the reason, where that is what is missing."""
        at_reason = isinstance(error, ReasonNeeded) and "reason" in self.fields
        self.add_error("reason" if at_reason else None, str(error))
