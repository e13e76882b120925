"""Who cannot be drawn: the rules in words, a list of names, and the rule for one person."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juries.errors import JuryError
from juries.forms.questions.words import WordsForm
from juries.models import ExclusionRule, Jury, Registrant, User
from juries.pool.exclusions import LONGEST_NAME, add_rule, change_rule, exclude_registrant

LONGEST_LIST = 400_000


class RuleForm(WordsForm):
    """One rule in each language of the jury."""

    lines = (("name", gettext_lazy("Who cannot be drawn"), LONGEST_NAME),)

    def __init__(self, *args: Any, jury: Jury, rule: ExclusionRule | None = None) -> None:
        super().__init__(*args, languages=jury.languages, row=rule)
        self.jury, self.rule = jury, rule
        for field in self.fields.values():
            field.help_text = _("Everybody reads it. Name an office or a group, no person.")

    def save(self, by: User) -> bool:
        """Whether the rule stands as written; if not, the form says why."""
        names = {code: self.cleaned_data[f"name_{code}"] for code in self.languages}
        try:
            if self.rule:
                change_rule(rule=self.rule, names=names, by=by)
            else:
                add_rule(jury=self.jury, names=names, by=by)
        except JuryError as error:
            self.add_error(None, str(error))
        return not self.errors


class RuleChoice(forms.ModelChoiceField):
    """One rule of the jury."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            ExclusionRule.objects.none(),
            label=gettext_lazy("Rule"),
            empty_label=None,
            widget=forms.RadioSelect,
            error_messages={
                "required": gettext_lazy("Choose one of these."),
                "invalid_choice": gettext_lazy("Choose one of these."),
            },
            **options,
        )


class RuleOfJuryForm(forms.Form):
    """Something done under one rule of the jury; the only one is chosen already."""

    rule = RuleChoice()

    def __init__(self, *args: Any, jury: Jury, **options: Any) -> None:
        super().__init__(*args, **options)
        rules = jury.exclusion_rules.all()
        self.fields["rule"].queryset = rules
        if len(rules) == 1:
            self.initial.setdefault("rule", rules[0])


class NameListForm(RuleOfJuryForm):
    """Names pasted from somewhere, all of them under one rule."""

    names = forms.CharField(
        label=gettext_lazy("Names, each on its own line"),
        help_text=gettext_lazy(
            "“Name” or “Name; year of birth”. The list is compared and forgotten: it is not stored."
        ),
        widget=forms.Textarea({"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
        max_length=LONGEST_LIST,
        error_messages={"required": gettext_lazy("Paste the names.")},
    )


class ExcludeForm(RuleOfJuryForm):
    """The rule under which one registrant cannot be drawn."""

    def save(self, *, registrant: Registrant, by: User) -> bool:
        """Whether the registrant is excluded; if not, the form says why."""
        try:
            exclude_registrant(registrant=registrant, rule=self.cleaned_data["rule"], by=by)
        except JuryError as error:
            self.add_error(None, str(error))
        return not self.errors
