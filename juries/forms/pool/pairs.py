"""What two registrations that look alike are."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from juries.models import DuplicateDecision, Jury, User
from juries.pool.deciding import DEEDS
from juries.pool.merging import KeptContact

LARGEST_KEY = 2**63 - 1
NOT_CHOSEN = gettext_lazy("Choose what the two registrations are.")
UNKNOWN_PAIR = gettext_lazy("This pair is not known. Choose from the list.")


class DecisionForm(forms.Form):
    """Which pair, what it is, and whose contact details are kept where it is one person."""

    all_optional = True

    earlier = forms.IntegerField(
        min_value=1,
        max_value=LARGEST_KEY,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), UNKNOWN_PAIR
        ),
    )
    later = forms.IntegerField(
        min_value=1,
        max_value=LARGEST_KEY,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), UNKNOWN_PAIR
        ),
    )
    decision = forms.ChoiceField(
        choices=DuplicateDecision.Outcome.choices,
        error_messages={"required": NOT_CHOSEN, "invalid_choice": NOT_CHOSEN},
    )
    contact = forms.ChoiceField(
        label=gettext_lazy("If they are the same person: which e-mail and phone to keep"),
        choices=KeptContact.choices,
        required=False,
        widget=forms.RadioSelect,
    )

    def save(self, *, jury: Jury, by: User) -> None:
        """The decision stands."""
        facts = self.cleaned_data
        options: dict[str, Any] = {}
        if facts["decision"] == DuplicateDecision.Outcome.SAME_PERSON and facts["contact"]:
            options["contact"] = facts["contact"]
        DEEDS[facts["decision"]](
            jury=jury, earlier=facts["earlier"], later=facts["later"], by=by, **options
        )

    def sentences(self) -> list[str]:
        """What is wrong with what was sent, each thing once."""
        return list(
            dict.fromkeys(str(error) for errors in self.errors.values() for error in errors)
        )
