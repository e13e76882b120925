"""Naming somebody to a seat, and correcting it."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from juries.errors import JuryError
from juries.forms.fields import LineField, NameField, PhoneField
from juries.models import Jury, User
from juries.models.translated import translated_name
from selection.models import PanelSeat
from selection.panel.named_seats import Named, change_named_seat, name_to_seat

VOTES = [("yes", gettext_lazy("With a vote")), ("no", gettext_lazy("Without a vote"))]


class NamedSeatForm(forms.Form):
    """A body, a person, and whether the person votes."""

    body = LineField(
        label=gettext_lazy("Who names"),
        help_text=gettext_lazy("Such as the youth council, the disability council or the board."),
        max_length=150,
    )
    votes = forms.ChoiceField(
        label=gettext_lazy("The seat"),
        help_text=gettext_lazy("Without a vote one takes part in everything else."),
        choices=VOTES,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of these.")},
    )
    name = NameField(label=gettext_lazy("Name"), max_length=150)
    email = forms.EmailField(label=gettext_lazy("E-mail address"), required=False, max_length=254)
    phone = PhoneField(label=gettext_lazy("Phone number"), required=False)
    language = forms.ChoiceField(
        label=gettext_lazy("Contact language"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of these.")},
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, jury: Jury, seat: PanelSeat | None = None) -> None:
        super().__init__(data, initial=_standing(seat) if seat else {"submission": uuid4()})
        self.jury, self.seat = jury, seat
        self.fields["language"].choices = [
            (code, capfirst(translated_name(code))) for code in jury.languages
        ]
        for name in ("name", "email", "phone"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def name_somebody(self, *, by: User) -> Named | None:
        """The person is named, or the form says why not."""
        submission = self.cleaned_data["submission"]
        try:
            return name_to_seat(jury=self.jury, submission=submission, by=by, **self._told())
        except JuryError as error:
            self.add_error(None, str(error))
            return None

    def change(self, *, by: User) -> bool:
        """Whether the seat is as the form says; if not, the form says why."""
        assert self.seat is not None
        try:
            change_named_seat(seat=self.seat, by=by, **self._told())
        except JuryError as error:
            self.add_error(None, str(error))
        return not self.errors

    def _told(self) -> dict[str, Any]:
        names = ("body", "name", "email", "phone", "language")
        told = {name: self.cleaned_data[name] for name in names}
        return told | {"votes": self.cleaned_data["votes"] == "yes"}


def _standing(seat: PanelSeat) -> dict[str, Any]:
    person = seat.registrant
    return {
        "body": seat.body,
        "votes": "yes" if seat.votes else "no",
        "name": person.name,
        "email": person.email,
        "phone": person.phone,
        "language": person.language,
    }
