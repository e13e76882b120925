from django import forms
from django.utils.translation import gettext_lazy

from juries.rendering import ExplainedRadios
from selection.lottery.report import rule_sentences
from selection.models import Rule


class LotteryForm(forms.Form):
    rule = forms.ChoiceField(
        label=gettext_lazy("Rule"),
        choices=Rule.choices,
        initial=Rule.LEXIMIN,
        widget=ExplainedRadios(lambda rule: " ".join(rule_sentences(rule))),
    )


class EasingForm(forms.Form):
    changes = forms.CharField(widget=forms.HiddenInput, max_length=1000)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Everybody can read it."),
        error_messages={
            "required": gettext_lazy("Write why the quotas are changed. The reason is public.")
        },
        max_length=500,
    )


class LookUpForm(forms.Form):
    reference = forms.CharField(label=gettext_lazy("Identifier"), max_length=60)
