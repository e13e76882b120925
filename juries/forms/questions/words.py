"""The same words in each language of the jury, side by side."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juries.forms.fields import LineField
from juries.models import FormSection, Jury, User
from juries.models.translated import translated_name
from juries.questions.arranging import add_section, change_section

LONGEST_HELP = 2000


class WordsForm(forms.Form):
    """Lines and texts, each once per language; none is required, since they come one by one."""

    all_optional = True
    lines: Sequence[tuple[str, Promise, int]] = ()
    texts: Sequence[tuple[str, Promise, int]] = ()

    def __init__(self, *args: Any, languages: Sequence[str], row: Any = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.languages = languages
        for code in languages:
            for name, label, length in self.lines:
                field: forms.CharField = LineField(max_length=length)
                self._add(name, code, label, field, row)
            for name, label, length in self.texts:
                field = forms.CharField(max_length=length, widget=forms.Textarea(attrs={"rows": 3}))
                self._add(name, code, label, field, row)

    def _add(self, name: str, code: str, label: Promise, field: forms.CharField, row: Any) -> None:
        field.label, field.required = label, False  # type: ignore[assignment]
        field.widget.attrs["lang"] = code
        self.fields[f"{name}_{code}"] = field
        if row is not None:
            self.initial.setdefault(f"{name}_{code}", getattr(row, f"{name}_{code}"))

    def by_language(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """For each language its code, its name, and its fields."""
        names = [name for name, _label, _length in (*self.lines, *self.texts)]
        return [
            (code, capfirst(translated_name(code)), [self[f"{name}_{code}"] for name in names])
            for code in self.languages
        ]

    def words(self) -> dict[str, str]:
        """What was written, by column, with line breaks as the database keeps them."""
        return {
            f"{name}_{code}": self.cleaned_data.get(f"{name}_{code}", "").replace("\r\n", "\n")
            for code in self.languages
            for name, _label, _length in (*self.lines, *self.texts)
        }


class SectionForm(WordsForm):
    """The heading of a page of the form, and a sentence under it."""

    lines = (("title", gettext_lazy("Heading"), 200),)
    texts = (("intro", gettext_lazy("Text under the heading"), LONGEST_HELP),)

    def __init__(self, *args: Any, jury: Jury, section: FormSection | None = None) -> None:
        super().__init__(*args, languages=jury.languages, row=section)
        self.jury, self.section = jury, section

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        titles = [f"title_{code}" for code in self.languages]
        if not any(facts.get(name) for name in titles) and not self.errors:
            self.add_error(titles[0], _("Write a heading."))
        return facts

    def save(self, by: User) -> FormSection:
        if self.section:
            return change_section(section=self.section, words=self.words(), by=by)
        return add_section(jury=self.jury, words=self.words(), by=by)
