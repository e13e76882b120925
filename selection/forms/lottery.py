from django import forms
from django.utils.translation import gettext_lazy

from juries.forms.reasons import PUBLIC, ReasonField
from juries.rendering import ExplainedRadios
from juries.targets.quota_changes import LONGEST_REASON
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
    reason = ReasonField(
        help_text=PUBLIC,
        error_messages={
            "required": gettext_lazy("Write why the quotas are changed. The reason is public.")
        },
        max_length=LONGEST_REASON,
    )


class LookUpForm(forms.Form):
    reference = forms.CharField(label=gettext_lazy("Identifier"), max_length=60)
