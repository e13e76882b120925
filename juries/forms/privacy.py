"""How many days each kind of data is kept."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from juries.enums import DataClass
from juries.models import Jury, User
from juries.privacy.clocks import ANCHORS, DEFAULTS, LONGEST_DAYS, clock_of
from juries.privacy.keeping import set_retention


class RetentionForm(forms.Form):
    """A number of days for each kind of data."""

    def __init__(self, *args: Any, jury: Jury, **options: Any) -> None:
        super().__init__(*args, **options)
        self.jury = jury
        for data_class in DataClass:
            usual = DEFAULTS[data_class]
            self.fields[data_class.value] = forms.IntegerField(
                label=capfirst(str(data_class.label)),
                help_text=_("Days after %(anchor)s. As a rule %(days)s.")
                % {"anchor": ANCHORS[usual.anchor], "days": usual.days},
                min_value=0,
                max_value=LONGEST_DAYS,
                initial=clock_of(jury, data_class).days,
                widget=forms.TextInput({"inputmode": "numeric", "size": "5"}),
            )

    def save(self, *, by: User) -> Jury:
        """The jury keeps its data so long."""
        days = {one: self.cleaned_data[one.value] for one in DataClass}
        return set_retention(jury=self.jury, days=days, by=by)
