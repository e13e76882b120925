from django import forms
from django.utils.translation import gettext_lazy

from selection.models import Rule


class LotteryForm(forms.Form):
    rule = forms.ChoiceField(
        label=gettext_lazy("Rule"),
        choices=Rule.choices,
        initial=Rule.LEXIMIN,
        widget=forms.RadioSelect,
    )


class LookUpForm(forms.Form):
    reference = forms.CharField(label=gettext_lazy("Identifier"), max_length=60)
