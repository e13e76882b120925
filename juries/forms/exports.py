"""Taking files out: what, in which form, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from juries.exports.people import Format, columns_of
from juries.exports.pool import Reader
from juries.forms.reasons import ReasonField
from juries.models import Jury

LEAST = ("reference",)


def reason_field() -> ReasonField:
    return ReasonField(
        label=gettext_lazy("What the file is for"),
        help_text=gettext_lazy("It is kept in the log and stands in the file. Write no names."),
    )


class PeopleFileForm(forms.Form):
    """Which columns, in which form, and why. To begin with as few as can be."""

    columns = forms.MultipleChoiceField(
        label=gettext_lazy("What the file holds"),
        help_text=gettext_lazy("Choose only what is needed for the purpose."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one column.")},
    )
    form = forms.ChoiceField(
        label=gettext_lazy("Kind of file"),
        choices=Format.choices,
        initial=Format.XLSX,
        widget=forms.RadioSelect,
    )
    reason = reason_field()

    def __init__(self, *args: Any, jury: Jury, **options: Any) -> None:
        super().__init__(*args, **{"prefix": "people", **options})
        self.fields["columns"].choices = columns_of(jury)
        self.fields["columns"].initial = list(LEAST)


class PoolFileForm(forms.Form):
    """For which program, and why."""

    reader = forms.ChoiceField(
        label=gettext_lazy("For which program"),
        choices=Reader.choices,
        initial=Reader.HOUSE,
        widget=forms.RadioSelect,
    )
    reason = reason_field()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"prefix": "pool", **options})
