"""Forms of the page with the criteria: a table brought along, and one criterion more."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juries.file_sentences import sentences
from juries.files.errors import FileError
from juries.files.quota_files import population_rows, quota_rows
from juries.files.tables import MAXIMUM_BYTES, Table, read_table
from juries.models import Jury, User
from juries.targets.criteria import set_from_population, set_from_quotas

# Every value is a row of the form below the table, and a request has only so many fields.
LARGEST_TABLE = 200
LARGEST_BAND = 50


class BandForm(forms.Form):
    """How far a quota may be from the exact share."""

    band = forms.IntegerField(
        label=gettext_lazy("Leeway: seats more or fewer"),
        help_text=gettext_lazy(
            "With 1, a group whose share is 7 seats gets 6 to 8. A little leeway makes everybody's"
            " chances more equal."
        ),
        min_value=0,
        max_value=LARGEST_BAND,
    )


class TableForm(BandForm):
    """A population table or a quota file, pasted or uploaded."""

    all_optional = True

    pasted = forms.CharField(
        label=gettext_lazy("Paste a table"),
        help_text=gettext_lazy(
            "The first row names the columns: criterion;value;population, or with ready quotas"
            " criterion;value;min;max. You can copy the cells from a spreadsheet as well."
        ),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        max_length=200_000,
        required=False,
        strip=False,
    )
    file = forms.FileField(
        label=gettext_lazy("Or choose a file"),
        help_text=gettext_lazy("CSV or an Excel workbook (.xlsx)"),
        required=False,
    )
    field_order = ("pasted", "file", "band")

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        pasted, file = (facts.get("pasted") or "").strip(), facts.get("file")
        if bool(pasted) == bool(file):
            both = _("Paste a table or choose a file, not both.")
            self.add_error("pasted", both if pasted else _("Paste a table or choose a file."))
            return facts
        name, field = ("file", file) if file else ("pasted", pasted)
        try:
            table = read_table(_content(field), file=name, maximum_rows=LARGEST_TABLE)
            self._read(table)
        except FileError as error:
            for sentence in sentences(error):
                self.add_error(name, sentence)
        return facts

    def save(self, jury: Jury, by: User) -> None:
        if self.quotas:
            set_from_quotas(jury=jury, rows=self.quotas, by=by)
        else:
            band = self.cleaned_data["band"]
            set_from_population(jury=jury, rows=self.population, band=band, by=by)

    def _read(self, table: Table) -> None:
        """A table with minimum and maximum has ready quotas; any other has people to count."""
        ready = table.find_column("min", "minimum", "alaraja", "vähintään", "nedre gräns", "minst")
        self.quotas = quota_rows(table) if ready is not None else []
        self.population = population_rows(table) if ready is None else []


def _content(given: UploadedFile | str) -> bytes:
    """What was given; of a file that is too large just enough to see that it is."""
    return given.encode() if isinstance(given, str) else given.read(MAXIMUM_BYTES + 1)


class NewCriterionForm(forms.Form):
    """One criterion more, its values one to a line."""

    name = forms.CharField(label=gettext_lazy("Name of the criterion"), max_length=100)
    values = forms.CharField(
        label=gettext_lazy("Its values, each on its own line"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
    )
    prefix = "criterion"

    def clean_values(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["values"].splitlines()]
        values = [line for line in lines if line]
        if len({value.casefold() for value in values}) < max(len(values), 1):
            raise forms.ValidationError(_("The same value is there twice."))
        if any(len(value) > 100 for value in values):
            raise forms.ValidationError(_("A value has at most 100 characters."))
        return values
