"""Leaving out everybody who lacks an answer."""

from django import forms
from django.utils.translation import gettext_lazy


class LeaveOutForm(forms.Form):
    """The number of people, typed to confirm."""

    typed = forms.IntegerField(
        label=gettext_lazy("To confirm, type how many people are left out"),
        min_value=1,
        max_value=10**6,
        widget=forms.TextInput({"inputmode": "numeric", "size": "6", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Type the number of people.")},
    )
