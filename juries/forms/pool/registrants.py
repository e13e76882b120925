"""Finding registrants in the list: filters that may stand in an address, words that may not."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juries.enums import Channel
from juries.forms.fields import LineField
from juries.models import CriterionValue, Jury
from juries.pool.listing import Order, State


class SearchForm(forms.Form):
    """A name, an identifier, a code, an e-mail address or a phone number."""

    all_optional = True

    words = LineField(
        label=gettext_lazy("Search"),
        help_text=gettext_lazy(
            "A name, an identifier, a code, an e-mail address or a phone number."
        ),
        max_length=100,
        error_messages={"required": gettext_lazy("Write what you are looking for.")},
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )


class FilterForm(forms.Form):
    """Which registrants are listed, and in which order."""

    all_optional = True

    state = forms.ChoiceField(
        label=gettext_lazy("Show"),
        required=False,
        choices=[("", gettext_lazy("Everybody")), *State.choices],
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("Came by"),
        required=False,
        choices=[("", gettext_lazy("Any way")), *Channel.choices],
    )
    value = forms.ChoiceField(label=gettext_lazy("Group"), required=False)
    order = forms.ChoiceField(label=gettext_lazy("Order"), required=False, choices=Order.choices)

    def __init__(self, data: Any = None, *, jury: Jury, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["value"].choices = [
            ("", _("All groups")),
            *_groups(jury),
        ]

    def wanted(self) -> dict[str, str]:
        """What is asked for; what is not known is as if it were not asked for."""
        self.full_clean()
        cleaned = getattr(self, "cleaned_data", {})
        return {name: cleaned.get(name, "") for name in self.fields}


def _groups(jury: Jury) -> list[tuple[str, list[tuple[str, str]]]]:
    values = CriterionValue.objects.filter(criterion__jury=jury).select_related("criterion")
    groups: dict[str, list[tuple[str, str]]] = {}
    for value in values.order_by("criterion__position", "criterion_id", "position", "pk"):
        groups.setdefault(str(value.criterion), []).append((str(value.pk), str(value)))
    return list(groups.items())
