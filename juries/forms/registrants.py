"""Finding registrants in the list."""

from django import forms
from django.utils.translation import gettext_lazy

from juries.forms.fields import LineField


class SearchForm(forms.Form):
    """Words of a name, an identifier, an e-mail address or a phone number."""

    all_optional = True

    words = LineField(label=gettext_lazy("Search"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=gettext_lazy("Show"),
        required=False,
        choices=[
            ("", gettext_lazy("Everybody")),
            ("in", gettext_lazy("In the pool")),
            ("incomplete", gettext_lazy("Lacking the answer to a criterion")),
            ("out", gettext_lazy("Withdrawn")),
        ],
    )
