"""What staff write down of members: the basis of a fee, a consent on paper, why a file is taken."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from juries.enums import Channel
from juries.errors import JuryError
from juries.exports.people import Format
from juries.forms.exports import reason_field
from juries.forms.fields import LineField
from juries.models import User
from selection.members.fees import MOST_KILOMETRES, KilometresNeeded, set_fee_basis
from selection.models import FeeBasis, PanelSeat


class FeeBasisForm(forms.Form):
    """From what one member's fee and travel are worked out."""

    fee_declined = forms.BooleanField(
        label=gettext_lazy("The member does not want the fee"), required=False
    )
    travel = forms.ChoiceField(
        label=gettext_lazy("Travel"),
        choices=FeeBasis.Travel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of these.")},
    )
    kilometres = forms.DecimalField(
        label=gettext_lazy("Kilometres in all"),
        help_text=gettext_lazy("There and back on every day, for a car of one's own."),
        required=False,
        localize=True,
        min_value=0,
        max_value=MOST_KILOMETRES,
        max_digits=7,
        decimal_places=1,
    )
    note = LineField(
        label=gettext_lazy("Note for payroll"),
        help_text=gettext_lazy("No bank account, no identity code, nothing about health."),
        required=False,
        max_length=200,
    )

    def __init__(self, data: Any = None, *, seat: PanelSeat) -> None:
        basis = FeeBasis.objects.filter(seat=seat).first() or FeeBasis(seat=seat)
        standing = {name: getattr(basis, name) for name in self.base_fields}
        super().__init__(data, initial=standing)
        self.seat = seat

    def save(self, *, by: User) -> bool:
        """Whether the basis stands as written; if not, the form says why."""
        try:
            set_fee_basis(seat=self.seat, by=by, **self.cleaned_data)
        except KilometresNeeded as error:
            self.add_error("kilometres", str(error))
        except JuryError as error:
            self.add_error(None, str(error))
        return not self.errors


class HowForm(forms.Form):
    """By which way a member told it."""

    how = forms.ChoiceField(
        label=gettext_lazy("It came"),
        choices=[
            (Channel.PAPER, gettext_lazy("On paper")),
            (Channel.PHONE, gettext_lazy("By phone")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of these.")},
    )


class ContactsForm(forms.Form):
    """Why the contacts of the members are taken out."""

    reason = reason_field()


class PayrollForm(forms.Form):
    """In which form payroll gets its file, and why."""

    form = forms.ChoiceField(
        label=gettext_lazy("Kind of file"),
        choices=Format.choices,
        initial=Format.XLSX,
        widget=forms.RadioSelect,
    )
    reason = reason_field()
