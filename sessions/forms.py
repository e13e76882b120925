"""Forms of a session. Titles are asked for in each of the jury's languages."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from juries.models import Jury
from juries.models.translated import translated_name
from juries.rendering import MomentInput
from selection.engine.seating.problem import Balance
from sessions.models import AgendaItem, Expert, JurySession

TITLES = ("title_fi", "title_sv", "title_en")
# Far beyond these a mistyped year would end the calendar before the last item of the agenda.
SENSIBLE_YEARS = range(2000, 2100)


class InJurysLanguages(forms.ModelForm):
    """Asks for the title in each language of the jury, and for no other."""

    def __init__(self, *args: Any, jury: Jury, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in TITLES:
            code = name.removeprefix("title_")
            if code not in jury.languages:
                del self.fields[name]
                continue
            self.fields[name].required = True
            language = {"language": translated_name(code)}
            self.fields[name].label = _("Title (%(language)s)") % language


class SessionForm(InJurysLanguages):
    class Meta:
        model = JurySession
        fields = (*TITLES, "starts_at", "place", "online_link")
        widgets = {"starts_at": MomentInput}
        help_texts = {"place": _("The name of the place and its address.")}

    def clean_starts_at(self) -> datetime:
        starts_at: datetime = self.cleaned_data["starts_at"]
        if starts_at.year not in SENSIBLE_YEARS:
            raise forms.ValidationError(self.fields["starts_at"].error_messages["invalid"])
        return starts_at


class ExpertsField(forms.ModelMultipleChoiceField):
    """Experts of the jury. A key is looked for among theirs: a database may not bear any number."""

    def clean(self, value: Any) -> Any:
        known = {str(expert.pk) for expert in self.queryset or ()}
        for key in value or ():
            if key not in known:
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": key},
                )
        return super().clean(value)


class ItemForm(InJurysLanguages):
    class Meta:
        model = AgendaItem
        fields = ("kind", *TITLES, "minutes", "experts", "staff_note")
        field_classes = {"experts": ExpertsField}
        labels = {"experts": _("Experts heard")}
        help_texts = {
            "minutes": _("How long it takes. The times of the day follow from this."),
            "staff_note": _("Only staff see this."),
        }
        widgets = {
            "experts": forms.CheckboxSelectMultiple,
            "staff_note": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, jury: Jury, **kwargs: Any) -> None:
        super().__init__(*args, jury=jury, **kwargs)
        self.fields["kind"].choices = AgendaItem.Kind.choices
        experts = jury.experts.all()
        if experts:
            self.fields["experts"].queryset = experts
        else:
            del self.fields["experts"]

    def clean_minutes(self) -> int:
        minutes = self.cleaned_data["minutes"]
        if not 1 <= minutes <= 600:
            raise forms.ValidationError(_("Enter between 1 and 600 minutes."))
        return int(minutes)

    def facts(self) -> dict[str, Any]:
        """What the item says, without its experts."""
        return {name: value for name, value in self.cleaned_data.items() if name != "experts"}

    def experts(self) -> list[Expert]:
        """Who is heard."""
        return list(self.cleaned_data.get("experts", ()))


class ExpertForm(forms.ModelForm):
    class Meta:
        model = Expert
        fields = ("name", "kind", "affiliation", "topic", "interests")
        help_texts = {"interests": _("What the public should know: employer, offices, ownership.")}
        widgets = {"interests": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Expert.Kind.choices


class TablesForm(forms.Form):
    tables = forms.IntegerField(
        label=_("How many tables"),
        min_value=1,
        max_value=60,
        help_text=_("Five to seven people sit well at one table."),
    )
    balance = forms.TypedChoiceField(
        label=_("What counts for more"),
        choices=[
            (Balance.MIXED, _("Mixed tables")),
            (Balance.EVEN, _("Both alike")),
            (Balance.NEW_PEOPLE, _("Meeting new people")),
        ],
        coerce=Balance,
        initial=Balance.MIXED,
    )
