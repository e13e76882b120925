"""Who can register, by which links people come, and how many letters that takes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from juries.enums import CodeUse
from juries.forms.fields import NameField
from juries.invitation.forecast import REGISTRANTS_PER_SEAT, Assumptions
from juries.models import Criterion, Jury

ONLY, ANYONE = "only", "anyone"


class DoorsForm(forms.Form):
    """Who can register, and whether a letter may be handed on."""

    who = forms.ChoiceField(
        label=gettext_lazy("Who can register"),
        choices=[
            (ONLY, gettext_lazy("Only those who have a code from a letter")),
            (ANYONE, gettext_lazy("Anyone, by the link or the QR code; a code is not needed")),
        ],
        widget=forms.RadioSelect,
    )
    code_use = forms.ChoiceField(
        label=gettext_lazy("Who may use the code in a letter"),
        choices=CodeUse.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("The letter and the registration form say so."),
    )

    def __init__(self, *args: Any, jury: Jury, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial = {
            "who": ONLY if jury.invitation_only else ANYONE,
            "code_use": jury.code_use,
        }


class OutreachForm(forms.Form):
    """The name of a place or channel by which people hear of the jury."""

    name = NameField(
        label=gettext_lazy("Where people hear of it"),
        help_text=gettext_lazy("For example: the library, school messages, a poster in the bus."),
        max_length=100,
    )


class AssumptionsForm(forms.Form):
    """What the forecast reckons with."""

    all_optional = True

    seats = forms.IntegerField(
        label=gettext_lazy("Registrants for each seat"),
        help_text=gettext_lazy("Five are enough for most quotas."),
        min_value=1,
        max_value=100,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "size": "4"}),
    )
    extra = forms.IntegerField(
        label=gettext_lazy("More people drawn than there are seats, per cent"),
        help_text=gettext_lazy("If you draw some over, since one in seven drops out: 15."),
        min_value=0,
        max_value=100,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "size": "4"}),
    )
    by = forms.ChoiceField(label=gettext_lazy("By groups of"), required=False)

    def __init__(self, *args: Any, criteria: list[Criterion], **options: Any) -> None:
        super().__init__(*args, **options)
        self.criteria = {str(one.pk): one for one in criteria}
        self.initial = {"seats": REGISTRANTS_PER_SEAT, "extra": 0}
        self.fields["by"].choices = [(key, str(one)) for key, one in self.criteria.items()]

    def assumptions(self) -> Assumptions:
        """As sent, or what is usual where nothing good was sent."""
        sent = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return Assumptions(sent.get("seats") or REGISTRANTS_PER_SEAT, sent.get("extra") or 0)

    def criterion(self) -> Criterion | None:
        """The chosen criterion, or else the first."""
        sent = self.data.get("by", "") if self.is_bound else ""
        return self.criteria.get(sent, next(iter(self.criteria.values()), None))
