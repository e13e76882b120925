"""Forms of the statement: drafting, the rule, the ballot, dissents, deliveries and answers."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juries.rendering import DayInput
from statements.answering import AnswerText
from statements.drafting import Line
from statements.models import Choice, Part, Response, Statement

# What somebody dissents from who dissents from no one recommendation.
WHOLE = "whole"


class StartForm(forms.Form):
    language = forms.ChoiceField(label=gettext_lazy("Language of the statement"))

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(settings.LANGUAGES)
        self.fields["language"].choices = [(code, names[code]) for code in languages]


class PartForm(forms.Form):
    heading = forms.CharField(label=gettext_lazy("Heading"), max_length=200)
    text = forms.CharField(
        label=gettext_lazy("Text"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 10})
    )
    reasons = forms.CharField(
        label=gettext_lazy("Reasons"),
        help_text=gettext_lazy("Why the panel recommends this."),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    base = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == Part.Kind.SECTION:
            del self.fields["reasons"]

    def texts(self) -> dict[str, str]:
        """What was written, with line breaks as the database keeps them."""
        return {
            name: self.cleaned_data.get(name, "").replace("\r\n", "\n")
            for name in ("heading", "text", "reasons")
        }


class RuleForm(forms.Form):
    threshold_percent = forms.IntegerField(
        label=gettext_lazy("Share of yes votes that is needed, per cent"),
        help_text=gettext_lazy("From 50 to 100. 50 means more than half."),
        min_value=50,
        max_value=100,
    )
    base = forms.ChoiceField(
        label=gettext_lazy("Share of what"),
        choices=Statement.Base,
        widget=forms.RadioSelect,
    )


class BallotForm(forms.Form):
    """One question for each recommendation; all of them are answered."""

    def __init__(self, *args: Any, lines: Sequence[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = {f"part-{line.part.pk}": line.part.pk for line in lines}
        for name, line in zip(self.parts, lines, strict=True):
            self.fields[name] = forms.ChoiceField(
                label=f"{line.number}. {line.revision.heading}",
                choices=Choice,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose yes, no or blank.")},
            )

    def choices(self) -> dict[int, str]:
        """The choice on each recommendation by its key."""
        return {part: self.cleaned_data[name] for name, part in self.parts.items()}


class DissentForm(forms.Form):
    part = forms.ChoiceField(label=gettext_lazy("What you dissent from"))
    text = forms.CharField(
        label=gettext_lazy("Your dissenting opinion"),
        help_text=gettext_lazy("It is published with the statement."),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    signed = forms.ChoiceField(
        label=gettext_lazy("Signed as"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how the opinion is signed.")},
    )

    def __init__(self, *args: Any, lines: Sequence[Line], name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = {str(line.part.pk): line.part for line in lines}
        self.fields["part"].choices = [
            (WHOLE, _("The whole statement")),
            *((str(line.part.pk), f"{line.number}. {line.revision.heading}") for line in lines),
        ]
        self.fields["signed"].choices = [
            ("member", _("A member of the jury")),
            *([("name", name)] if name else []),
        ]

    def dissent(self) -> dict[str, Any]:
        """What the verb that writes it wants."""
        return {
            "part": self.parts.get(self.cleaned_data["part"]),
            "text": self.cleaned_data["text"].replace("\r\n", "\n"),
            "by_name": self.cleaned_data["signed"] == "name",
        }


class DeliveryForm(forms.Form):
    body = forms.CharField(
        label=gettext_lazy("Body that answers"),
        help_text=gettext_lazy("For example the city board."),
        max_length=200,
    )
    person = forms.CharField(label=gettext_lazy("Person who receives the link"), max_length=150)
    email = forms.EmailField(label=gettext_lazy("E-mail address"), required=False)
    due_on = forms.DateField(label=gettext_lazy("Answer due"), widget=DayInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        if due_on < self.today:
            raise forms.ValidationError(_("The date has already passed."))
        return due_on


class LinkCodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("The last part of the link, such as K7RM-4PXQ-9ABD."),
        max_length=40,
    )


class AnswerForm(forms.Form):
    """A body's answer to one recommendation. A draft may leave anything open."""

    all_optional = True

    status = forms.ChoiceField(
        label=gettext_lazy("Answer"),
        choices=Response.Status,
        widget=forms.RadioSelect,
        required=False,
    )
    reasons = forms.CharField(
        label=gettext_lazy("Reasons"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    owner = forms.CharField(
        label=gettext_lazy("Person or body responsible"),
        help_text=gettext_lazy("If it is already known."),
        max_length=200,
        required=False,
    )
    due_on = forms.DateField(
        label=gettext_lazy("By when"),
        help_text=gettext_lazy("If it is already known."),
        required=False,
        widget=DayInput,
    )

    def __init__(self, *args: Any, publishing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if publishing:
            self.fields["status"].required = self.fields["reasons"].required = True
            self.fields["status"].error_messages["required"] = _("Choose an answer.")
            self.fields["reasons"].error_messages["required"] = _(
                "Give the reasons, also when the answer is yes."
            )

    def answer(self) -> AnswerText:
        cleaned = self.cleaned_data
        return AnswerText(
            status=cleaned["status"],
            reasons=cleaned["reasons"].replace("\r\n", "\n"),
            owner=cleaned["owner"],
            due_on=cleaned["due_on"],
        )


class BaseAnswers(forms.BaseFormSet):
    """One form for each recommendation there is, whatever number the browser claims."""

    def total_form_count(self) -> int:
        return len(self.initial or ())

    def initial_form_count(self) -> int:
        return len(self.initial or ())


AnswerFormSet = forms.formset_factory(AnswerForm, formset=BaseAnswers, extra=0)
