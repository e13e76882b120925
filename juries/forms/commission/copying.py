"""The form with which a jury is copied."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juries.commission.copying import copy_jury
from juries.forms.commission.jury_fields import SENSIBLE_DAYS
from juries.forms.fields import LineField
from juries.models import Jury, User
from juries.models.translated import translated_name
from juries.rendering import DayInput


class CopyForm(forms.Form):
    """The names of the copy, and the day from which its dates are counted."""

    first_session_on = forms.DateField(
        label=gettext_lazy("First session"),
        help_text=gettext_lazy("All other dates are moved by as many days."),
        widget=DayInput,
        validators=SENSIBLE_DAYS,
    )
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, jury: Jury, by: User, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.jury, self.by = jury, by
        for code in jury.languages:
            self.fields[f"name_{code}"] = LineField(
                label=_("%(text)s, %(language)s")
                % {"text": _("Name"), "language": translated_name(code)},
                max_length=200,
            )
        self.order_fields([f"name_{code}" for code in jury.languages])

    def save(self) -> Jury:
        typed = dict(self.cleaned_data)
        return copy_jury(
            jury=self.jury,
            by=self.by,
            first_session_on=typed.pop("first_session_on"),
            submission=typed.pop("submission"),
            names=typed,
        )
