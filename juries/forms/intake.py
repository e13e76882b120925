"""The forms staff fill in while people register: imports, corrections."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from juries.files.tables import Table, fold
from juries.intake.columns import AskedCriterion, choices, guesses
from juries.intake.rows import Mapped, UnknownValue, shown_rows
from juries.models import CriterionValue

NOTHING = "nothing"


class UploadForm(forms.Form):
    """A file of registrants."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or Excel (.xlsx), one person on each row."),
        widget=forms.ClearableFileInput({"accept": ".csv,.txt,.tsv,.xlsx"}),
    )


class ColumnsForm(forms.Form):
    """What each column of the file is."""

    def __init__(
        self, *args: Any, table: Table, criteria: Sequence[AskedCriterion], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.table = table
        for place, guess in enumerate(guesses(table.header, criteria)):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=table.header[place],
                choices=choices(criteria),
                initial=guess,
                required=False,
            )

    def columns(self) -> list[str]:
        """The choice for each column: what was sent, or else the guess."""
        if self.is_bound and self.is_valid():
            return [self.cleaned_data[name] for name in self.fields]
        return [str(field.initial) for field in self.fields.values()]

    def rows(self) -> list[tuple[forms.BoundField, list[str]]]:
        """Each column with the first texts that stand in it, so that one sees what it is.

        Of whoever has a protected address nothing is shown.
        """
        examples: list[list[str]] = [[] for _name in self.table.header]
        for row in shown_rows(self.table, self.columns())[:200]:
            for place, cell in enumerate(row.cells):
                if cell and len(examples[place]) < 3 and cell not in examples[place]:
                    examples[place].append(cell)
        return list(zip(self, examples, strict=True))


class UnknownForm(forms.Form):
    """What each text means that is no value of its criterion."""

    all_optional = True

    def __init__(self, *args: Any, unknown: Sequence[UnknownValue], **options: Any) -> None:
        super().__init__(*args, **options)
        for one in unknown:
            self.fields[meaning_name(one.asked, one.text)] = forms.ChoiceField(
                label=_("%(criterion)s: “%(text)s”")
                % {
                    "criterion": one.asked.criterion,
                    "text": one.text,
                },
                help_text=ngettext(
                    "On row %(line)s.", "On %(rows)s rows, first on row %(line)s.", one.rows
                )
                % {"rows": one.rows, "line": one.line},
                choices=[
                    ("", _("Choose what it means")),
                    *((str(value.pk), str(value)) for value in one.asked.values),
                    (NOTHING, _("Not known: leave it empty")),
                ],
                required=False,
            )


def meanings(
    data: Any, table: Table, criteria: Sequence[AskedCriterion], columns: Sequence[str]
) -> Mapped:
    """What the sent form says each unknown text means."""
    mapped: dict[tuple[int, str], CriterionValue | None] = {}
    for asked in criteria:
        if asked.target not in columns:
            continue
        place = columns.index(asked.target)
        known = {str(value.pk): value for value in asked.values}
        for text in {row.cells[place] for row in table.rows}:
            sent = data.get(meaning_name(asked, text))
            if sent == NOTHING or sent in known:
                mapped[asked.criterion.pk, fold(text)] = known.get(sent)
    return mapped


def meaning_name(asked: AskedCriterion, text: str) -> str:
    """The name of the field that says what ``text`` means; the text itself may be anything."""
    digest = hashlib.sha256(fold(text).encode()).hexdigest()[:16]
    return f"meaning_{asked.criterion.pk}_{digest}"
