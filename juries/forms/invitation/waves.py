"""How many letters, the number typed to confirm them, when they went out, and taking them out."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juries.forms.fields import LineField
from juries.forms.reasons import ReasonField
from juries.invitation.choosing import Candidates, Plan, everybody, in_proportion, of_each_group
from juries.invitation.waves import MOST_LETTERS
from juries.rendering import DayInput

NUMBER = {"inputmode": "numeric", "size": "6", "autocomplete": "off"}


class Way(TextChoices):
    ALL = "all", gettext_lazy("Everybody")
    NUMBER = "number", gettext_lazy("So many by lot, each group in proportion to its size")
    GROUPS = "groups", gettext_lazy("So many by lot from each group")


class Format(TextChoices):
    XLSX = "xlsx", gettext_lazy("Excel workbook (.xlsx)")
    CSV = "csv", gettext_lazy("CSV")


def number_field(label: str, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        localize=True,
        widget=forms.TextInput(NUMBER),
        **{"min_value": 0, "max_value": MOST_LETTERS, "required": False, **options},
    )


class HowManyForm(forms.Form):
    """Who gets a letter. Sent twice, it is the same wave."""

    all_optional = True

    request = forms.UUIDField(widget=forms.HiddenInput)
    way = forms.ChoiceField(
        label=gettext_lazy("Who gets a letter"),
        choices=Way.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of these.")},
    )
    count = number_field(gettext_lazy("How many letters, if by lot in proportion"), min_value=1)
    typed = number_field(gettext_lazy("Type the number of letters to confirm"))

    def __init__(self, *args: Any, candidates: Candidates, **options: Any) -> None:
        super().__init__(*args, **options)
        self.candidates = candidates
        self.initial = {"request": uuid4(), "way": Way.ALL}
        self.groups = {f"group_{place}": group for place, group in enumerate(candidates)}
        for name, group in self.groups.items():
            self.fields[name] = number_field(group or _("No group"))
        if len(self.groups) < 2:
            self.fields["count"].label = _("How many letters, if by lot")
            self.fields["way"].choices = [
                (Way.ALL, Way.ALL.label),
                (Way.NUMBER, _("So many by lot")),
            ]

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or {}
        way = facts.get("way")
        if way == Way.NUMBER and not facts.get("count") and "count" not in self.errors:
            self.add_error("count", _("Say how many letters."))
        if way == Way.GROUPS and not any(facts.get(name) for name in self.groups):
            self.add_error("way", _("Say of some group how many."))
        return facts

    def plan(self) -> Plan:
        """How many of which group, as was asked for."""
        facts = self.cleaned_data
        if facts["way"] == Way.NUMBER:
            return in_proportion(self.candidates, facts["count"])
        if facts["way"] == Way.GROUPS:
            wanted = {group: facts[name] or 0 for name, group in self.groups.items()}
            return of_each_group(self.candidates, wanted)
        return everybody(self.candidates)

    def group_rows(self) -> list[tuple[str, int, forms.BoundField]]:
        """Each group with how many can be chosen and the field for how many shall be."""
        return [
            (group or _("No group"), len(self.candidates[group]), self[name])
            for name, group in self.groups.items()
        ]

    @property
    def seed(self) -> UUID:
        return UUID(str(self.cleaned_data["request"]))


class CodesForm(forms.Form):
    """How many codes to make that belong to nobody; sent twice, it is the same wave."""

    request = forms.UUIDField(widget=forms.HiddenInput)
    count = number_field(gettext_lazy("How many codes"), min_value=1, required=True)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["request"] = uuid4()


class SentForm(forms.Form):
    """The day on which the letters of a wave went out."""

    on = forms.DateField(label=gettext_lazy("The letters went out on"), widget=DayInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("on", timezone.localdate())


class LetterFileForm(forms.Form):
    """The letters of a wave as a file: why, and in which form."""

    reason = ReasonField(label=gettext_lazy("What the file is for"))
    format = forms.ChoiceField(
        label=gettext_lazy("Kind of file"),
        choices=Format.choices,
        initial=Format.XLSX,
        widget=forms.RadioSelect,
    )


class NoLettersForm(forms.Form):
    """The code in the letter of somebody who wants no more."""

    code = LineField(
        label=gettext_lazy("Code in the letter"),
        help_text=gettext_lazy("For example K7RM-4PXQ-9ABD."),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
