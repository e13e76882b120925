"""Forms of the page with the criteria: a table brought along, criteria by hand or combined."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juries.file_sentences import sentences
from juries.files.errors import FileError
from juries.files.statistics.reading import MOST_VALUES, groups_as_data
from juries.files.tables import read_table
from juries.forms.targets.quota_reason import QuotaReasonForm
from juries.models import Criterion, Jury, User
from juries.targets.criteria import Groups, groups_of_data, take_groups

LARGEST_BAND = 50


class BandForm(QuotaReasonForm):
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
    field_order: tuple[str, ...] = ("band", "reason")


class GroupsForm(BandForm):
    """A table of groups that a worker has read: it replaces everything, with this leeway."""

    def __init__(self, *args: Any, groups: Groups, **options: Any) -> None:
        super().__init__(*args, **options)
        self.groups = groups
        if groups.quotas:
            del self.fields["band"]

    def save(self, jury: Jury, by: User) -> None:
        band = self.cleaned_data.get("band")
        take_groups(jury=jury, groups=self.groups, band=band, by=by, reason=self.why())


class TableForm(BandForm):
    """A population table or a quota file, pasted."""

    all_optional = True

    pasted = forms.CharField(
        label=gettext_lazy("Paste a table"),
        help_text=gettext_lazy(
            "The first row names the columns: criterion;value;population, or with ready quotas"
            " criterion;value;min;max. You can copy the cells from a spreadsheet as well."
        ),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        max_length=200_000,
        strip=False,
    )
    field_order = ("pasted", "band", "reason")

    def clean_pasted(self) -> str:
        pasted: str = self.cleaned_data["pasted"]
        try:
            table = read_table(pasted.encode(), file="pasted", maximum_rows=MOST_VALUES)
            self.groups = groups_of_data(groups_as_data(table))
        except FileError as error:
            raise forms.ValidationError(sentences(error)) from None
        return pasted

    def save(self, jury: Jury, by: User) -> None:
        band = self.cleaned_data["band"]
        take_groups(jury=jury, groups=self.groups, band=band, by=by, reason=self.why())


class FiguresForm(forms.Form):
    """A file with figures about people, or with ready quotas."""

    all_optional = True

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "JSON-stat 2 or CSV from Statistics Finland, or a table of your own as CSV or as an"
            " Excel workbook (.xlsx)"
        ),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )


class CriterionChoice(forms.ModelChoiceField):
    """One criterion of the jury."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Criterion.objects.none(), empty_label=gettext_lazy("Choose"), **options)


class NewCriterionForm(QuotaReasonForm):
    """One criterion more, its values one to a line."""

    name = forms.CharField(label=gettext_lazy("Name of the criterion"), max_length=100)
    values = forms.CharField(
        label=gettext_lazy("Its values, each on its own line"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
    )
    prefix = "criterion"
    field_order = ("name", "values", "reason")

    def clean_values(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["values"].splitlines()]
        values = [line for line in lines if line]
        if len({value.casefold() for value in values}) < max(len(values), 1):
            raise forms.ValidationError(_("The same value is there twice."))
        if any(len(value) > 100 for value in values):
            raise forms.ValidationError(_("A value has at most 100 characters."))
        return values


class CombineForm(QuotaReasonForm):
    """Two criteria whose combinations have quotas too."""

    all_optional = True
    prefix = "combine"

    first = CriterionChoice(label=gettext_lazy("First criterion"))
    second = CriterionChoice(label=gettext_lazy("Second criterion"))
    field_order = ("first", "second", "reason")

    def __init__(self, *args: Any, jury: Jury, **options: Any) -> None:
        super().__init__(*args, jury=jury, **options)
        simple = jury.criteria.exclude(source=Criterion.Source.COMBINED)
        for name in ("first", "second"):
            self.fields[name].queryset = simple


class RemoveCriterionForm(QuotaReasonForm):
    """One criterion less."""

    def __init__(self, *args: Any, criterion: Criterion, **options: Any) -> None:
        super().__init__(*args, prefix=f"remove-{criterion.pk}", **options)
        self.criterion = criterion
