"""Staff mark that somebody has said yes on paper or by phone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from juries.forms.reasons import ReasonField
from juries.models import Registrant, User
from juries.registration.agreeing import Yes, agree, is_awaited

YESES = {
    Yes.GUARDIAN: gettext_lazy("The guardian agrees"),
    Yes.EMAIL: gettext_lazy("The e-mail address is theirs"),
}


class AgreedForm(forms.Form):
    """Which yes has come, and how."""

    yes = forms.ChoiceField(
        label=gettext_lazy("What has come?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of these.")},
    )
    reason = ReasonField(
        label=gettext_lazy("How did it come?"),
        help_text=gettext_lazy(
            "For example: a signed paper on 3 March. It is kept in the log: write no names."
        ),
    )

    def __init__(self, *args: Any, registrant: Registrant, **options: Any) -> None:
        super().__init__(*args, **options)
        self.registrant = registrant
        awaited = [(yes, label) for yes, label in YESES.items() if is_awaited(registrant, yes)]
        self.fields["yes"].choices = awaited
        if len(awaited) == 1:
            self.initial["yes"] = awaited[0][0]

    def save(self, *, by: User) -> None:
        agree(
            registrant=self.registrant,
            yes=Yes(self.cleaned_data["yes"]),
            by=by,
            reason=self.cleaned_data["reason"],
        )
