"""A file of addresses: choosing it, saying what its columns are, and under which permit it came."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juries.files.tables import Table
from juries.forms.fields import LineField
from juries.invitation.address_columns import choices, guesses
from juries.invitation.address_judging import Reading
from juries.invitation.address_rows import shown_rows
from juries.invitation.samples import Permit, people_of_earlier_samples
from juries.models import Criterion, Jury
from juries.rendering import DayInput

AFTER_REGISTRATION = timedelta(days=30)
A_YEAR = timedelta(days=366)
EXAMPLES = 3
DERIVED = (Criterion.Source.BIRTH_YEAR, Criterion.Source.POSTAL_CODE, Criterion.Source.COMBINED)


class AddressFileForm(forms.Form):
    """A file of addresses."""

    file = forms.FileField(
        label=gettext_lazy("File of addresses"),
        help_text=gettext_lazy("CSV or Excel (.xlsx), one person on each row."),
        widget=forms.ClearableFileInput({"accept": ".csv,.txt,.tsv,.xlsx"}),
    )


class AddressColumnsForm(forms.Form):
    """What each column of the file is."""

    def __init__(self, *args: Any, table: Table, **options: Any) -> None:
        super().__init__(*args, **options)
        self.table = table
        for place, guess in enumerate(guesses(table.header)):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=table.header[place], choices=choices(), initial=guess, required=False
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
        head = shown_rows(self.table, self.columns())[:200]
        examples = [
            list(dict.fromkeys(row.cells[place] for row in head if row.cells[place]))[:EXAMPLES]
            for place in range(len(self.table.header))
        ]
        return list(zip(self, examples, strict=True))


class SampleForm(forms.Form):
    """The permit, the day the addresses go, and who is left out."""

    name = LineField(
        label=gettext_lazy("Name of the sample"),
        help_text=gettext_lazy("For yourselves, for example “Residents of 16 and over, May”."),
        max_length=100,
    )
    permit_number = LineField(
        label=gettext_lazy("Number of the permit"),
        help_text=gettext_lazy("It stands in the decision of the register authority."),
        max_length=60,
    )
    purpose = LineField(
        label=gettext_lazy("What the addresses were given for"),
        help_text=gettext_lazy("They must not be used for anything else."),
        max_length=300,
    )
    delete_on = forms.DateField(
        label=gettext_lazy("Erase the addresses on"),
        help_text=gettext_lazy("On this day they are erased by themselves, at the latest."),
        widget=DayInput,
    )
    group_by = forms.ChoiceField(
        label=gettext_lazy("Where the file does not tell the group, take it from"),
        required=False,
    )
    leave_out_twice = forms.BooleanField(
        label=gettext_lazy("Leave out whoever stands in the file already"), required=False
    )
    leave_out_earlier = forms.BooleanField(
        label=gettext_lazy("Leave out whoever is in an earlier sample"), required=False
    )

    def __init__(self, *args: Any, jury: Jury, **options: Any) -> None:
        super().__init__(*args, **options)
        self.jury = jury
        self.criteria = {str(one.pk): one for one in jury.criteria.filter(source__in=DERIVED)}
        self.initial = {
            "leave_out_twice": True,
            "leave_out_earlier": True,
            "delete_on": jury.registration_closes_on + AFTER_REGISTRATION,
            "name": _("Sample %(number)s") % {"number": jury.samples.count() + 1},
        }
        self.fields["group_by"].choices = [
            ("", _("Nowhere: leave the group empty")),
            *((key, str(criterion)) for key, criterion in self.criteria.items()),
        ]
        if not self.criteria:
            del self.fields["group_by"]

    def clean_delete_on(self) -> Any:
        day = self.cleaned_data["delete_on"]
        latest = self.jury.registration_closes_on + A_YEAR
        if not timezone.localdate() < day <= latest:
            raise ValidationError(
                _("Give a day that is still to come, at most a year after registration."),
                code="no_such_day",
            )
        return day

    def reading(self, columns: list[str]) -> Reading:
        """How the file is to be read, by what was sent or else by what is usual."""
        return Reading(
            columns=columns,
            known=people_of_earlier_samples(self.jury),
            leave_out_twice=self._chosen("leave_out_twice"),
            leave_out_earlier=self._chosen("leave_out_earlier"),
            group_by=self.criteria.get(self.data.get("group_by", "")),
        )

    def permit(self) -> Permit:
        return Permit(**{name: self.cleaned_data[name] for name in Permit.__dataclass_fields__})

    def _chosen(self, name: str) -> bool:
        return bool(self.data.get(name)) if self.is_bound else True
