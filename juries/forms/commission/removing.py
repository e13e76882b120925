"""The form with which a jury is removed."""

from django import forms
from django.utils.translation import gettext_lazy

from juries.forms.fields import LineField


class RemoveForm(forms.Form):
    """Whoever removes a jury types its name, so that it is the right one."""

    typed_name = LineField(label=gettext_lazy("Name of the jury"), max_length=200)
