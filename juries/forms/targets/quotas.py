"""The quotas of a jury as one form: a row for each value of each criterion."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juries.forms.targets.quota_reason import QuotaReasonForm
from juries.models import Criterion, CriterionValue, Jury, User
from juries.targets.grouping import who_is_nowhere
from juries.targets.quota_changes import ReasonNeeded, needs_reason
from juries.targets.quotas import (
    LARGEST_QUOTA,
    CriterionChange,
    ValueChange,
    change_quotas,
    quota_objections,
)

LANGUAGE_LABELS = {
    "fi": gettext_lazy("Name in Finnish"),
    "sv": gettext_lazy("Name in Swedish"),
    "en": gettext_lazy("Name in English"),
}


class NamesForm(forms.Form):
    """A label in each language of the jury; at least one is needed."""

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = languages
        for code in languages:
            field = forms.CharField(label=LANGUAGE_LABELS[code], max_length=100, required=False)
            field.widget.attrs["lang"] = code
            self.fields[f"name_{code}"] = field

    def name_fields(self) -> list[forms.BoundField]:
        return [self[f"name_{code}"] for code in self.languages]

    def names(self) -> dict[str, str]:
        return {f"name_{code}": self.cleaned_data[f"name_{code}"] for code in self.languages}

    def require_name(self) -> None:
        fields = [f"name_{code}" for code in self.languages]
        if not any(self.cleaned_data.get(field) for field in fields):
            self.add_error(fields[0], _("Give it a name."))


class CriterionForm(NamesForm):
    """The names of a criterion, and a row for each of its values and for a new one."""

    all_optional = True

    def __init__(self, *args: Any, criterion: Criterion, **kwargs: Any) -> None:
        languages = kwargs["languages"]
        names = {f"name_{code}": getattr(criterion, f"name_{code}") for code in languages}
        super().__init__(*args, prefix=f"criterion-{criterion.pk}", initial=names, **kwargs)
        self.criterion = criterion
        self.objections: list[str] = []
        self.rows = [
            ValueForm(*args, value=value, prefix=f"value-{value.pk}", languages=languages)
            for value in criterion.values.all()
        ]
        if criterion.source != Criterion.Source.COMBINED:
            self.rows.append(
                ValueForm(
                    *args,
                    prefix=f"new-{criterion.pk}",
                    languages=languages,
                    empty_permitted=True,
                    use_required_attribute=False,
                )
            )

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        self.require_name()
        return facts

    @property
    def sums(self) -> tuple[int, int, int]:
        """The population and the quotas added up, as they are stored."""
        values = self.criterion.values.all()
        return (
            sum(value.population or 0 for value in values),
            sum(value.minimum for value in values),
            sum(value.maximum for value in values),
        )

    @property
    def shut_out(self) -> str:
        """The values of which nobody can be drawn."""
        values = self.criterion.values.all()
        return ", ".join(str(value) for value in values if value.maximum == 0)

    @property
    def nowhere(self) -> list[str]:
        """Who belongs to none of the groups."""
        return who_is_nowhere(self.criterion.jury, self.criterion)

    @property
    def untranslated(self) -> bool:
        """Whether a label is missing in a language of the jury."""
        named = [self.criterion, *self.criterion.values.all()]
        return any(not getattr(one, f"name_{code}") for one in named for code in self.languages)

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(row.is_valid() for row in self.rows)])

    def titled(self) -> Iterator[tuple[str, forms.Form]]:
        """This form and those of its rows, each with the name of what it is about."""
        yield str(self.criterion), self
        for row in self.rows:
            yield row.title, row

    def change(self) -> CriterionChange:
        values = [row.change() for row in self.rows if row.value or row.has_changed()]
        return CriterionChange(self.criterion.pk, self.names(), values)


class ValueForm(NamesForm):
    """One value: its names, how many people have it, its quota, and whether it goes."""

    population = forms.IntegerField(
        label=gettext_lazy("Population"), min_value=0, max_value=2_000_000_000, required=False
    )
    minimum = forms.IntegerField(
        label=gettext_lazy("At least"), min_value=0, max_value=LARGEST_QUOTA
    )
    maximum = forms.IntegerField(
        label=gettext_lazy("At most"), min_value=0, max_value=LARGEST_QUOTA
    )
    locked = forms.BooleanField(label=gettext_lazy("Locked"), required=False)
    remove = forms.BooleanField(label=gettext_lazy("Remove"), required=False)

    def __init__(self, *args: Any, value: CriterionValue | None = None, **kwargs: Any) -> None:
        self.value = value
        if value:
            shown = [f"name_{code}" for code in kwargs["languages"]]
            shown += ["population", "minimum", "maximum", "locked"]
            kwargs["initial"] = {name: getattr(value, name) for name in shown}
        super().__init__(*args, **kwargs)
        if not value:
            del self.fields["remove"], self.fields["locked"]
        if value and value.first_id:
            # A pair comes and goes with its parts.
            del self.fields["remove"]

    @property
    def title(self) -> str:
        return str(self.value) if self.value else _("New value")

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        minimum, maximum = facts.get("minimum"), facts.get("maximum")
        if minimum is not None and maximum is not None and minimum > maximum:
            self.add_error("minimum", _("This is more than the maximum."))
        self.require_name()
        if facts.get("remove") and self.value and self.value.traits.exists():
            self.add_error("remove", _("People who registered have this value."))
        return facts

    def change(self) -> ValueChange:
        facts = self.cleaned_data
        return ValueChange(
            names=self.names(),
            population=facts["population"],
            minimum=facts["minimum"],
            maximum=facts["maximum"],
            pk=self.value.pk if self.value else None,
            remove=facts.get("remove", False),
            locked=self._locked(),
        )

    def _locked(self) -> bool:
        """What is changed by hand stays as it is, unless the lock itself was changed."""
        facts = self.cleaned_data
        by_hand = bool({"minimum", "maximum"} & set(self.changed_data))
        calculated = bool(self.value and facts["population"])
        if by_hand and calculated and "locked" not in self.changed_data:
            return True
        return bool(facts.get("locked"))


class QuotasForm:
    """Every criterion of a jury with its values, saved together, and why once that is public."""

    prefix = "quotas"

    def __init__(self, data: Any = None, *, jury: Jury) -> None:
        self.jury = jury
        self.criteria = [
            CriterionForm(data, criterion=criterion, languages=jury.languages)
            for criterion in jury.criteria.select_related("jury").prefetch_related("values")
        ]
        self.why = QuotaReasonForm(data, jury=jury, prefix="why") if needs_reason(jury) else None
        objections = list(quota_objections(jury))
        for form in self.criteria:
            form.objections = [said for about, said in objections if about == form.criterion]

    def is_valid(self) -> bool:
        forms_here = [*self.criteria, *([self.why] if self.why else [])]
        return all([form.is_valid() for form in forms_here])

    def wrong(self) -> list[tuple[str, forms.BoundField, str]]:
        """What is wrong: the name of the row, the field, and the sentence."""
        return [
            (title, field, str(error))
            for title, form in self._titled()
            for field in form
            for error in field.errors
        ]

    def save(self, by: User) -> bool:
        """Whether the quotas were changed; if a reason is missing, that is said at its field."""
        changes = [form.change() for form in self.criteria]
        reason = self.why.why() if self.why else ""
        try:
            change_quotas(jury=self.jury, changes=changes, by=by, reason=reason)
        except ReasonNeeded as error:
            if self.why is None:
                raise
            self.why.refuse(error)
            return False
        return True

    def _titled(self) -> Iterator[tuple[str, forms.Form]]:
        for form in self.criteria:
            yield from form.titled()
        if self.why:
            yield _("Criteria and quotas"), self.why
