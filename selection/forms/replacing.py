from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from juries.models import Jury
from selection.panel.reserves import DROPOUT_PERCENT, MOST_RESERVES, usual_count


class ReservesForm(forms.Form):
    """How many shall stand by, and how many members are expected to drop out."""

    count = forms.IntegerField(
        label=gettext_lazy("How many reserves"), min_value=1, max_value=MOST_RESERVES
    )
    dropout_percent = forms.IntegerField(
        label=gettext_lazy("How many of a hundred members drop out"),
        help_text=gettext_lazy("In Finnish juries about 15 of a hundred have not come."),
        min_value=1,
        max_value=90,
        initial=DROPOUT_PERCENT,
    )

    def __init__(self, *args: Any, jury: Jury, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["count"].initial = usual_count(jury)
