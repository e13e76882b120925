"""How registrants are placed in the groups of one criterion, and how far its quotas give way."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juries.files.statistics.ages import OLDEST, Span
from juries.models import Criterion, CriterionValue, User
from juries.targets.grouping import Placing, place_groups, placing_objections, postal_codes_in
from juries.targets.quotas import LARGEST_QUOTA

Source = Criterion.Source


class PlacingForm(forms.Form):
    """One group: its ages or its postal codes, and its flexible quota."""

    youngest = forms.IntegerField(
        label=gettext_lazy("From age"), min_value=0, max_value=OLDEST, required=False
    )
    oldest = forms.IntegerField(
        label=gettext_lazy("To age"), min_value=0, max_value=OLDEST, required=False
    )
    postal_codes = forms.CharField(
        label=gettext_lazy("Postal codes"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=20_000,
        required=False,
    )
    minimum_flex = forms.IntegerField(
        label=gettext_lazy("At the very least"),
        min_value=0,
        max_value=LARGEST_QUOTA,
        required=False,
    )
    maximum_flex = forms.IntegerField(
        label=gettext_lazy("At the very most"),
        min_value=0,
        max_value=LARGEST_QUOTA,
        required=False,
    )

    def __init__(self, data: Any = None, *, value: CriterionValue, source: str) -> None:
        initial = {name: getattr(value, name) for name in self.base_fields}
        initial["postal_codes"] = ", ".join(value.postal_codes)
        super().__init__(data, prefix=f"value-{value.pk}", initial=initial)
        self.value = value
        if source != Source.BIRTH_YEAR:
            del self.fields["youngest"], self.fields["oldest"]
        if source != Source.POSTAL_CODE:
            del self.fields["postal_codes"]

    @property
    def title(self) -> str:
        return str(self.value)

    def clean_postal_codes(self) -> tuple[str, ...]:
        codes, wrong = postal_codes_in(self.cleaned_data["postal_codes"])
        if wrong:
            raise forms.ValidationError(
                _("“%(text)s” is no postal code of five digits.") % {"text": wrong[0][:40]}
            )
        return tuple(dict.fromkeys(codes))

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        youngest, oldest = facts.get("youngest"), facts.get("oldest")
        if youngest is not None and oldest is not None and youngest > oldest:
            self.add_error("youngest", _("This is more than the age where the group ends."))
        least, most = facts.get("minimum_flex"), facts.get("maximum_flex")
        if least is not None and least > self.value.minimum:
            self.add_error(
                "minimum_flex",
                _("This is more than the minimum, %(minimum)s.") % {"minimum": self.value.minimum},
            )
        if most is not None and most < self.value.maximum:
            self.add_error(
                "maximum_flex",
                _("This is less than the maximum, %(maximum)s.") % {"maximum": self.value.maximum},
            )
        return facts

    def placing(self) -> Placing:
        facts = self.cleaned_data
        youngest, oldest = facts.get("youngest"), facts.get("oldest")
        bounded = youngest is not None or oldest is not None
        return Placing(
            self.value.pk,
            Span(youngest or 0, oldest) if bounded else None,
            facts.get("postal_codes", ()),
            facts["minimum_flex"],
            facts["maximum_flex"],
        )


class PlacingsForm(forms.Form):
    """The source of a criterion, and a row for each of its groups."""

    all_optional = True

    source = forms.ChoiceField(
        label=gettext_lazy("How registrants are placed in the groups"), widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, *, criterion: Criterion) -> None:
        super().__init__(data, initial={"source": criterion.source})
        self.criterion = criterion
        combined = criterion.source == Source.COMBINED
        kept = [one for one in Source.choices if (one[0] == Source.COMBINED) == combined]
        self.fields["source"].choices = [
            (value, CHOICES.get(value, label)) for value, label in kept
        ]
        # What the rows ask depends on the source: chosen anew, it is asked for when it is sent.
        chosen = str(self["source"].value() or criterion.source)
        self.rows = [
            PlacingForm(data, value=value, source=chosen) for value in criterion.values.all()
        ]

    def is_valid(self) -> bool:
        rows = all([row.is_valid() for row in self.rows])
        if not (super().is_valid() and rows):
            return False
        for sentence in placing_objections(self.cleaned_data["source"], self._placings()):
            self.add_error("source", sentence)
        return not self.errors

    def wrong(self) -> list[tuple[str, forms.BoundField, str]]:
        """What is wrong in the rows: the group, the field, and the sentence."""
        return [
            (row.title, field, str(error))
            for row in self.rows
            for field in row
            for error in field.errors
        ]

    def save(self, by: User) -> None:
        place_groups(
            jury=self.criterion.jury,
            criterion=self.criterion,
            source=self.cleaned_data["source"],
            placings=self._placings(),
            by=by,
        )

    def _placings(self) -> list[Placing]:
        return [row.placing() for row in self.rows]


CHOICES = {
    Source.ASKED: gettext_lazy("They choose their group in the form"),
    Source.BIRTH_YEAR: gettext_lazy("By their year of birth; they never see the age groups"),
    Source.POSTAL_CODE: gettext_lazy("By their postal code; they never see the areas"),
    Source.COMBINED: gettext_lazy("From the two criteria that it combines"),
}
