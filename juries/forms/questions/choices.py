"""The choices of a question: a row for each, and some empty ones to fill in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juries.forms.questions.words import WordsForm
from juries.models import Question
from juries.questions.rules import MOST_CHOICES, ChoiceWords

EMPTY_ROWS = 3
EMPTY_ROWS_AT_FIRST = 5


class ChoiceForm(WordsForm):
    """One choice: its words, its place, whether it ends the registration, whether it goes."""

    lines = (("label", gettext_lazy("Choice"), 200),)

    key = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    place = forms.IntegerField(
        label=gettext_lazy("Place"),
        required=False,
        min_value=1,
        max_value=999,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    stops = forms.BooleanField(label=gettext_lazy("Ends the registration"), required=False)
    remove = forms.BooleanField(label=gettext_lazy("Remove"), required=False)

    @property
    def title(self) -> str:
        """What the row is called to a screen reader."""
        words = [self.initial.get(f"label_{code}") for code in self.languages]
        return next((text for text in words if text), "") or _("New choice")

    def label_fields(self) -> list[tuple[str, forms.BoundField]]:
        """For each language its name and the field."""
        return [(name, fields[0]) for _code, name, fields in self.by_language()]

    def stays(self) -> bool:
        """Whether the row stands for a choice: not one to be removed, nor one left empty."""
        return not self.cleaned_data.get("remove") and any(self.words().values())


class ChoicesForm:
    """All the choices of a question, in the order of their places."""

    def __init__(
        self,
        data: Any = None,
        *,
        languages: Sequence[str],
        question: Question | None,
        fixed: bool = False,
        stopping: bool = False,
    ) -> None:
        standing = list(question.choices.all()) if question else []
        empty = EMPTY_ROWS if standing else EMPTY_ROWS_AT_FIRST
        count = len(standing) + (0 if fixed else min(empty, MOST_CHOICES - len(standing)))
        stops = question.stops_for if question else []
        self.fixed = fixed
        self.forms = []
        for number in range(count):
            choice = standing[number] if number < len(standing) else None
            form = ChoiceForm(
                data,
                languages=languages,
                row=choice,
                prefix=f"choice-{number}",
                initial={
                    "place": number + 1,
                    "key": choice.key if choice else "",
                    "stops": bool(choice and choice.key in stops),
                },
            )
            self._leave_out(form, stopping=stopping, fixed=fixed, new=choice is None)
            self.forms.append(form)

    def _leave_out(self, form: ChoiceForm, *, stopping: bool, fixed: bool, new: bool) -> None:
        if not stopping:
            del form.fields["stops"]
        if fixed or new:
            del form.fields["remove"]
        for name in ("stops", "place"):
            if fixed and name in form.fields:
                form.fields[name].disabled = True

    def is_valid(self) -> bool:
        return all([form.is_valid() for form in self.forms])

    def total_error_count(self) -> int:
        return sum(len(form.errors) for form in self.forms)

    def choices(self) -> list[ChoiceWords]:
        """The rows that stay, by their place; those given the same place as they stand."""
        staying = [form for form in self.forms if form.stays()]
        staying.sort(key=lambda form: form.cleaned_data.get("place") or 1000)
        return [
            ChoiceWords(
                form.words(),
                form.cleaned_data.get("key", ""),
                stops=bool(form.cleaned_data.get("stops")),
            )
            for form in staying
        ]
