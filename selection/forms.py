from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selection.models import Lottery, Rule

TICKET_COUNTS = (
    (100, gettext_lazy("100 tickets: two ten-sided dice, 00–99")),
    (1000, gettext_lazy("1,000 tickets: three ten-sided dice, 000–999")),
    (10_000, gettext_lazy("10,000 tickets: four ten-sided dice, 0000–9999")),
)


class LotteryForm(forms.Form):
    rule = forms.ChoiceField(
        label=gettext_lazy("Rule"),
        choices=Rule.choices,
        initial=Rule.LEXIMIN,
        widget=forms.RadioSelect,
    )
    ticket_count = forms.TypedChoiceField(
        label=gettext_lazy("Numbered tickets"),
        help_text=gettext_lazy("More tickets keep closer to the exact chances."),
        choices=TICKET_COUNTS,
        coerce=int,
        initial=1000,
    )


class LookUpForm(forms.Form):
    reference = forms.CharField(label=gettext_lazy("Identifier"), max_length=60)


class TicketForm(forms.Form):
    """The number that came out, with every digit: dice show 0 0 7, not 7.

    It carries the lottery the page spoke of: a ticket is never taken for one of a later lottery.
    """

    lottery_number = forms.IntegerField(widget=forms.HiddenInput)
    ticket = forms.CharField(
        label=gettext_lazy("Ticket that was drawn"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 6}),
    )
    source = forms.CharField(
        label=gettext_lazy("How the number was drawn"),
        help_text=gettext_lazy(
            "Public. For example: three ten-sided dice, thrown by the chair of the city board."
        ),
        max_length=200,
    )

    def __init__(self, *args: Any, lottery: Lottery, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lottery = lottery
        self.fields["lottery_number"].initial = lottery.number
        self.fields["ticket"].help_text = _("Every digit, from %(first)s to %(last)s.") % {
            "first": lottery.ticket_name(0),
            "last": lottery.ticket_name(lottery.ticket_count - 1),
        }

    def clean_lottery_number(self) -> int:
        if self.cleaned_data["lottery_number"] != self.lottery.number:
            raise forms.ValidationError(
                _("There is a newer lottery than the one on your page. Reload the page.")
            )
        return self.lottery.number

    def clean_ticket(self) -> int:
        digits = "".join(self.cleaned_data["ticket"].split())
        first = self.lottery.ticket_name(0)
        if not (digits.isascii() and digits.isdigit()) or len(digits) != len(first):
            raise forms.ValidationError(
                _("Write all %(count)s digits, as in %(first)s.")
                % {"count": len(first), "first": first}
            )
        return int(digits)


class SetAsideForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why the draw is set aside"),
        help_text=gettext_lazy("Public. Name no person."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
