"""The form with which an organiser sets up a jury and changes it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms import BoundField
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juries.commission.setting_up import (
    FIXED,
    LARGEST_PANEL,
    TEXTS,
    change_jury,
    create_jury,
    objections,
)
from juries.commission.timetable import LABELS, suggested_dates
from juries.models import Jury, Organisation, User
from juries.models.translated import LANGUAGE_CODES, translated_name
from juries.rendering import DayInput

LANGUAGES = [(code, capfirst(name)) for code, name in settings.LANGUAGES]
SENSIBLE_DAYS = (MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2100, 1, 1)))
WHO_ANSWERS = ("commissioner", "response_due_on", "first_contact")
PANEL = ("panel_size", "minimum_age", "invitation_only", "one_per_household")
DATES = tuple(name for name in LABELS if name != "response_due_on")

TEXT_LABELS = {
    "name": gettext_lazy("Name"),
    "charge": gettext_lazy("Charge: the question the jury answers"),
    "background": gettext_lazy("Background"),
}
TEXT_HINTS = {
    "name": gettext_lazy("Short and about the matter, as in “Local services 2035”."),
    "charge": gettext_lazy(
        "One or two questions in plain words, such as: How should …? What are we ready to give up,"
        " and what must be secured for everyone?"
    ),
    "background": gettext_lazy(
        "Why this is asked now, what has been decided already, and what the answer affects."
        " May wait."
    ),
}


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under one heading."""

    key: str
    title: str
    fields: list[BoundField]
    hint: str = ""


class JuryForm(forms.Form):
    """What a jury is about, who answers it, its panel and its dates.

    Which texts are needed depends on the languages chosen, so the hints say what may wait.
    """

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
    commissioner = forms.CharField(
        label=gettext_lazy("Commissioning body"),
        help_text=gettext_lazy("The body that asks, receives the statement and answers it."),
        max_length=200,
    )
    response_due_on = forms.DateField(
        label=LABELS["response_due_on"],
        help_text=gettext_lazy("The day by which every recommendation has been answered."),
        widget=DayInput,
        validators=SENSIBLE_DAYS,
    )
    first_contact = forms.CharField(
        label=gettext_lazy("First contact"),
        help_text=gettext_lazy(
            "Whom residents can ask: name, phone number and e-mail address. This is shown to"
            " everyone. It may wait until registration opens."
        ),
        max_length=200,
        required=False,
    )
    panel_size = forms.IntegerField(
        label=gettext_lazy("Seats in the panel"), min_value=1, max_value=LARGEST_PANEL, initial=30
    )
    minimum_age = forms.IntegerField(
        label=gettext_lazy("Minimum age"), min_value=0, max_value=120, initial=16
    )
    invitation_only = forms.BooleanField(
        label=gettext_lazy("Only people who were sent an invitation may register"),
        help_text=gettext_lazy("Otherwise anyone may register, without a code."),
        required=False,
        initial=True,
    )
    one_per_household = forms.BooleanField(
        label=gettext_lazy("At most one member from each household"), required=False, initial=True
    )

    def __init__(
        self,
        *args: Any,
        by: User,
        jury: Jury | None = None,
        organisations: list[Organisation],
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self.by, self.jury, self.organisations = by, jury, organisations
        for code in LANGUAGE_CODES:
            self._add_texts(code)
        for name in DATES:
            self.fields[name] = forms.DateField(
                label=LABELS[name], widget=DayInput(), validators=SENSIBLE_DAYS
            )
        texts = [f"{text}_{code}" for code in LANGUAGE_CODES for text in TEXTS]
        self.order_fields(["organisation", "languages", *texts, *WHO_ANSWERS, *PANEL, *DATES])
        self._offer_organisations()
        for name in FIXED[jury.stage] if jury else ():
            if name in self.fields:
                self.fields[name].disabled = True
                self.fields[name].help_text = _("This can no longer be changed.")

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        for field, sentence in objections(facts):
            if not self.has_error(field):
                self.add_error(field, sentence)
        return facts

    def save(self) -> Jury:
        facts = dict(self.cleaned_data)
        organisation = facts.pop("organisation", None) or self.organisations[0]
        if self.jury:
            return change_jury(jury=self.jury, by=self.by, facts=facts)
        return create_jury(organisation=organisation, by=self.by, facts=facts)

    def groups(self) -> Iterator[Group]:
        """The fields in the order in which an organiser thinks of them."""
        about = [name for name in ("organisation", "languages") if name in self.fields]
        yield Group("about", _("The jury"), self._bound(about))
        for code in LANGUAGE_CODES:
            texts = self._bound(f"{text}_{code}" for text in TEXTS)
            title = _("Texts: %(language)s") % {"language": translated_name(code)}
            yield Group(f"texts-{code}", title, texts)
        yield Group("answer", _("Who asks and who answers"), self._bound(WHO_ANSWERS))
        yield Group("panel", _("The panel"), self._bound(PANEL))
        hint = _("From the day of the first session the house can suggest the others.")
        yield Group("dates", _("Dates"), self._bound(DATES), "" if self.jury else hint)

    def _bound(self, names: Any) -> list[BoundField]:
        return [self[name] for name in names]

    def _add_texts(self, code: str) -> None:
        for text in TEXTS:
            long = text != "name"
            field = forms.CharField(
                label=_("%(text)s, %(language)s")
                % {"text": TEXT_LABELS[text], "language": translated_name(code)},
                help_text=TEXT_HINTS[text],
                max_length=5000 if long else 200,
                widget=forms.Textarea(attrs={"rows": 4}) if long else forms.TextInput(),
                required=False,
            )
            field.widget.attrs["lang"] = code
            self.fields[f"{text}_{code}"] = field

    def _offer_organisations(self) -> None:
        if self.jury or len(self.organisations) < 2:
            del self.fields["organisation"]
            return
        field = self.fields["organisation"]
        pks = [organisation.pk for organisation in self.organisations]
        field.queryset = Organisation.objects.filter(pk__in=pks)  # type: ignore[attr-defined]
        field.required = True


def facts_of(jury: Jury) -> dict[str, Any]:
    """The facts of the jury as the form shows them at first."""
    texts = (f"{text}_{code}" for text in TEXTS for code in LANGUAGE_CODES)
    return {
        name: getattr(jury, name) for name in ("languages", *WHO_ANSWERS, *PANEL, *DATES, *texts)
    }


def with_suggested_dates(typed: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed so far, with every date counted from the first session, if that is a date."""
    facts = dict(typed)
    field = forms.DateField(validators=SENSIBLE_DAYS)
    try:
        first_session_on = field.clean(typed.get("first_session_on"))
    except forms.ValidationError:
        return facts
    return facts | suggested_dates(first_session_on)
