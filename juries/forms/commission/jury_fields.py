"""What an organiser is asked about a jury."""

from datetime import date

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from juries.commission.setting_up import LARGEST_PANEL
from juries.commission.timetable import LABELS
from juries.enums import CodeUse, Kind
from juries.forms.fields import LineField, PhoneField
from juries.forms.targets.quota_reason import QuotaReasonForm
from juries.models import Organisation
from juries.rendering import DayInput

LANGUAGES = [(code, capfirst(name)) for code, name in settings.LANGUAGES]
SENSIBLE_DAYS = (MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2100, 1, 1)))
HIGHEST_FEE = 5000
LONGEST_ANSWER = 60


class JuryFields(QuotaReasonForm):
    """The fields that are the same whatever the languages and the kind of the jury."""

    all_optional = True

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Organiser"), required=False
    )
    languages = forms.MultipleChoiceField(
        choices=LANGUAGES,
        label=gettext_lazy("Languages"),
        help_text=gettext_lazy("The texts below are needed in each language you choose."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    kind = forms.ChoiceField(choices=Kind, label=gettext_lazy("Kind of jury"), required=False)
    commissioner = LineField(
        label=gettext_lazy("Commissioning body"),
        help_text=gettext_lazy("The body that asks: the city board, a committee, a council."),
        max_length=200,
        required=False,
    )
    case_number = LineField(
        label=gettext_lazy("Case number"),
        help_text=gettext_lazy("Of the decision to set up the jury, if there is one already."),
        max_length=60,
        required=False,
    )
    receiver = LineField(
        label=gettext_lazy("Receiver of the statement"),
        help_text=gettext_lazy("The body that takes the statement and answers it."),
        max_length=200,
        required=False,
    )
    response_due_on = forms.DateField(
        label=LABELS["response_due_on"],
        help_text=gettext_lazy("The day by which every recommendation has been answered."),
        widget=DayInput,
        validators=SENSIBLE_DAYS,
    )
    first_contact = LineField(
        label=gettext_lazy("First contact: name"),
        help_text=gettext_lazy(
            "Whom residents can ask. Needed with it: an e-mail address or a phone number. These are"
            " shown to everyone."
        ),
        max_length=200,
        required=False,
    )
    first_contact_email = forms.EmailField(
        label=gettext_lazy("First contact: e-mail address"), max_length=254, required=False
    )
    first_contact_phone = PhoneField(
        label=gettext_lazy("First contact: phone number"), required=False
    )
    panel_size = forms.IntegerField(
        label=gettext_lazy("Seats in the panel"), min_value=1, max_value=LARGEST_PANEL
    )
    minimum_age = forms.IntegerField(
        label=gettext_lazy("Minimum age"),
        help_text=gettext_lazy("Reached by the end of the year in which registration opens."),
        min_value=0,
        max_value=120,
    )
    guardian_below = forms.IntegerField(
        label=gettext_lazy("A guardian agrees for people younger than"),
        help_text=gettext_lazy(
            "Write the minimum age here if nobody who may register needs a guardian's consent."
        ),
        min_value=0,
        max_value=21,
    )
    one_per_household = forms.BooleanField(
        label=gettext_lazy("At most one member from each household"), required=False
    )
    fee_euros = forms.IntegerField(
        label=gettext_lazy("Fee for each member, euros"),
        help_text=gettext_lazy("Empty: no fee is promised."),
        min_value=0,
        max_value=HIGHEST_FEE,
        required=False,
    )
    answer_days = forms.IntegerField(
        label=gettext_lazy("Days in which to answer the offer of a seat"),
        help_text=gettext_lazy(
            "Counted from the day of the draw. A week is usual. One person can be given more later."
        ),
        min_value=1,
        max_value=LONGEST_ANSWER,
    )
    invitation_only = forms.BooleanField(
        label=gettext_lazy("Only people who were sent an invitation may register"),
        help_text=gettext_lazy("Otherwise anyone may register, without a code."),
        required=False,
    )
    code_use = forms.ChoiceField(
        choices=CodeUse,
        label=gettext_lazy("Who may use the code in a letter"),
        widget=forms.RadioSelect,
        required=False,
    )
    confirm_email = forms.BooleanField(
        label=gettext_lazy("An e-mail address counts only once it has been confirmed"),
        help_text=gettext_lazy("We send a link to the address. Good where anyone may register."),
        required=False,
    )
    show_reach = forms.BooleanField(
        label=gettext_lazy("Show everyone how registration goes"),
        help_text=gettext_lazy(
            "A public page with numbers only: those who have registered, beside the population."
        ),
        required=False,
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(
        widget=forms.HiddenInput, min_value=1, max_value=10**9, required=False
    )
