"""Forms of the draw: freeze, commit, the beacon on paper, breaking off."""

import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juries.forms.reasons import PUBLIC
from juries.models import Jury
from juries.rendering import MomentInput
from selection.draw.committing import LONGEST_WAIT, Chance
from selection.draw.freezing import MOST_OBJECTION_HOURS, OBJECTION_HOURS
from selection.models import Disclosure, Draw, Lottery, Round

DRAWS_BEGIN = time(18)
SHORT_NOTICE = timedelta(minutes=30)
LONGEST_FALLBACK = 24 * 60
SIGNATURE = re.compile(r"\b[0-9a-f]{96}\b")

MEANINGS = {
    Disclosure.PUBLIC: gettext_lazy(
        "Everybody can check that the draw was fixed beforehand and that chance decided. Nobody's"
        " answers are published, not even without a name."
    ),
    Disclosure.AUDITED: gettext_lazy(
        "Everybody gets the same as above. An auditor, such as the audit committee, gets everything"
        " under an agreement and says publicly what they found."
    ),
    Disclosure.OPEN: gettext_lazy(
        "Everybody can check every single panel and chance. Each registrant's groups are published"
        " without a name, so this is possible only where many are alike."
    ),
}


class FreezeForm(forms.Form):
    objection_hours = forms.IntegerField(
        label=gettext_lazy("Hours for objections"),
        help_text=gettext_lazy(
            "In this time registrants can look at their receipt and say if something is wrong."
            " 0 is possible; everybody can see how long the time was."
        ),
        initial=OBJECTION_HOURS,
        min_value=0,
        max_value=MOST_OBJECTION_HOURS,
        widget=forms.TextInput({"inputmode": "numeric", "size": "5"}),
    )


class CommitForm(forms.Form):
    """Which lottery, which chance, how much is published. A replacement round asks less."""

    lottery = forms.TypedChoiceField(
        label=gettext_lazy("Lottery"), widget=forms.RadioSelect, coerce=int
    )
    sources = forms.ChoiceField(
        label=gettext_lazy("What decides"),
        choices=Round.Sources,
        initial=Round.Sources.BOTH,
        widget=forms.RadioSelect,
    )
    balls_by = forms.DateTimeField(
        label=gettext_lazy("Last moment for the balls"),
        help_text=gettext_lazy(
            "Three balls must be typed in and confirmed by then. The beacon comes a minute later."
        ),
        widget=MomentInput,
    )
    fallback_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes to wait for the beacon"),
        help_text=gettext_lazy(
            "If the beacon cannot be had for so long, the balls may decide alone. That is announced"
            " now, so that nobody can choose it afterwards. At least 5 minutes."
        ),
        initial=60,
        min_value=5,
        max_value=LONGEST_FALLBACK,
        widget=forms.TextInput({"inputmode": "numeric", "size": "5"}),
    )
    disclosure = forms.ChoiceField(
        label=gettext_lazy("How much is published"),
        initial=Disclosure.PUBLIC,
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, draw: Draw, lotteries: Sequence[Lottery], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self._lotteries = {lottery.number: lottery for lottery in lotteries}
        choices = [(number, _told(one)) for number, one in self._lotteries.items()]
        self._field("lottery").choices = choices
        if len(choices) == 1:
            self.fields["lottery"].initial = choices[0][0]
            self.fields["lottery"].widget = forms.HiddenInput()
        self.fields["balls_by"].initial = usual_moment(draw.jury, timezone.now())
        self._field("sources").choices = [(one, capfirst(one.label)) for one in Round.Sources]
        self._field("disclosure").choices = [(level, _with_meaning(level)) for level in Disclosure]
        if draw.state != Draw.State.FROZEN:
            del self.fields["disclosure"]

    @property
    def chosen(self) -> Lottery:
        """The lottery that is committed to."""
        return self._lotteries[self.cleaned_data["lottery"]]

    @property
    def chance(self) -> Chance:
        """What shall decide."""
        return Chance(
            Round.Sources(self.cleaned_data["sources"]),
            self.cleaned_data["balls_by"],
            self.cleaned_data["fallback_minutes"],
        )

    @property
    def level(self) -> str:
        """How much is published; a replacement round keeps to what was said first."""
        return self.cleaned_data.get("disclosure") or Disclosure.PUBLIC

    def _field(self, name: str) -> Any:
        return self.fields[name]


class BeaconForm(forms.Form):
    """Whatever a relay answers, as long as a signature is in it."""

    signature = forms.CharField(
        label=gettext_lazy("What a relay answers"),
        help_text=gettext_lazy("The whole answer or the signature alone: 96 digits and letters."),
        max_length=2000,
        widget=forms.Textarea({"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
    )

    def clean_signature(self) -> str:
        found = set(SIGNATURE.findall(self.cleaned_data["signature"].lower()))
        if len(found) != 1:
            raise forms.ValidationError(
                _("A signature of drand has 96 characters: digits and letters a to f.")
            )
        return str(found.pop())


class BreakOffForm(forms.Form):
    code = forms.ChoiceField(
        label=gettext_lazy("What happened"), choices=Draw.AbortCode, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=gettext_lazy("The reason, as everybody may read it"),
        help_text=PUBLIC,
        max_length=500,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        code: Any = self.fields["code"]
        code.choices = [(one, capfirst(one.label)) for one in Draw.AbortCode]


def usual_moment(jury: Jury, now: datetime) -> datetime:
    """The evening of the day of the draw if that is within reach, or else half an hour from now."""
    evening = timezone.make_aware(datetime.combine(jury.draw_on, DRAWS_BEGIN))
    if now < evening <= now + LONGEST_WAIT:
        return evening
    soon = (now + SHORT_NOTICE).replace(second=0, microsecond=0)
    return soon + timedelta(minutes=5 - soon.minute % 5)


def _told(lottery: Lottery) -> str:
    return _("Lottery %(number)s: %(rule)s, ready %(moment)s") % {
        "number": lottery.number,
        "rule": lottery.get_rule_display(),
        "moment": date_format(
            timezone.localtime(lottery.finished_at or lottery.requested_at),
            "SHORT_DATETIME_FORMAT",
        ),
    }


def _with_meaning(level: Disclosure) -> str:
    return format_html(
        "<span><strong>{}</strong><br>{}</span>", capfirst(level.label), MEANINGS[level]
    )
