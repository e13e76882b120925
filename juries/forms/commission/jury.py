"""The form with which an organiser sets up a jury and changes it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juries.commission.kinds import TEMPLATES
from juries.commission.setting_up import (
    FIXED,
    TEXTS,
    change_jury,
    create_jury,
    objections,
)
from juries.commission.timetable import LABELS, MAY_BE_EMPTY, suggested_dates
from juries.enums import CodeUse, Kind
from juries.forms.commission.jury_fields import SENSIBLE_DAYS, JuryFields
from juries.forms.fields import LineField, TextField
from juries.forms.reasons import PUBLIC
from juries.models import Jury, Organisation, User
from juries.models.translated import LANGUAGE_CODES, translated_name
from juries.rendering import DayInput

ABOUT = ("organisation", "kind", "languages")
ASKS = ("commissioner", "case_number", "receiver", "response_due_on")
CONTACT = ("first_contact", "first_contact_email", "first_contact_phone")
PANEL = (
    "panel_size",
    "minimum_age",
    "guardian_below",
    "one_per_household",
    "fee_euros",
    "answer_days",
)
REGISTRATION = ("invitation_only", "code_use", "confirm_email", "show_reach")
DATES = tuple(name for name in LABELS if name != "response_due_on")
SETTINGS = ("kind", "languages", *ASKS, *CONTACT, *PANEL, *REGISTRATION, *DATES)
HIDDEN = ("submission", "version")

TEXT_LABELS = {
    "name": gettext_lazy("Name"),
    "charge": gettext_lazy("Charge: the question the jury answers"),
    "background": gettext_lazy("Background"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under one heading."""

    key: str
    title: str
    fields: list[BoundField]
    hint: str = ""
    suggests: bool = False


class JuryForm(JuryFields):
    """What a jury is about, who answers it, its panel and its dates.

    Which texts are needed depends on the languages chosen, so the hints say what may wait.
    """

    def __init__(
        self,
        *args: Any,
        by: User,
        jury: Jury | None = None,
        kind: str = "",
        organisations: list[Organisation],
        **kw: Any,
    ) -> None:
        super().__init__(*args, jury=jury, **kw)
        self.by, self.jury, self.organisations = by, jury, organisations
        self.template = TEMPLATES[kind or (jury.kind if jury else Kind.KANSALAISRAATI)]
        for code in LANGUAGE_CODES:
            self._add_texts(code)
        for name in DATES:
            self.fields[name] = forms.DateField(
                label=LABELS[name],
                widget=DayInput(),
                validators=SENSIBLE_DAYS,
                required=name not in MAY_BE_EMPTY,
            )
        self.fields["panel_size"].help_text = _(
            "Some leave before the end: of %(seats)s, about %(stay)s usually stay."
        ) % {"seats": self.template.seats, "stay": self.template.likely_at_the_end}
        self._ask_why_quotas_change()
        self._offer_organisations()
        self._close_what_is_fixed()

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        for field, sentence in objections(facts):
            if not self.has_error(field):
                self.add_error(field, sentence)
        return facts

    def facts(self) -> dict[str, Any]:
        """The facts of the jury as they were typed."""
        facts = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in {"organisation", "reason", *HIDDEN}
        }
        facts["kind"] = facts["kind"] or self.template.kind
        facts["code_use"] = facts["code_use"] or CodeUse.PERSONAL
        return facts

    def save(self) -> Jury:
        typed = self.cleaned_data
        if self.jury:
            return change_jury(
                jury=self.jury,
                by=self.by,
                facts=self.facts(),
                version=typed["version"] or 0,
                reason=self.why(),
            )
        return create_jury(
            organisation=typed.get("organisation") or self.organisations[0],
            by=self.by,
            facts=self.facts(),
            submission=typed["submission"],
        )

    def groups(self) -> Iterator[Group]:
        """The fields in the order in which an organiser thinks of them."""
        about = [name for name in ABOUT if name in self.fields]
        yield Group("about", _("The jury"), self._bound(about))
        for code in LANGUAGE_CODES:
            texts = self._bound(f"{text}_{code}" for text in TEXTS)
            title = _("What and why: %(language)s") % {"language": translated_name(code)}
            yield Group(f"texts-{code}", title, texts)
        yield Group(
            "answer",
            _("Who asks and who answers"),
            self._bound((*ASKS, *CONTACT)),
            _("May wait, but all of it except the case number is needed before anything is shown."),
        )
        yield Group("panel", _("The panel"), self._bound(self._about_panel()))
        yield Group("registration", _("Registration"), self._bound(REGISTRATION))
        hint = _("From the day of the first session the house can suggest the others.")
        yield Group("dates", _("Dates"), self._bound(DATES), hint, suggests=True)

    def _about_panel(self) -> Iterator[str]:
        """The reason right below the seats, which quotas follow."""
        for name in PANEL:
            yield name
            if name == "panel_size" and "reason" in self.fields:
                yield "reason"

    def _bound(self, names: Any) -> list[BoundField]:
        return [self[name] for name in names]

    def _add_texts(self, code: str) -> None:
        hints = {
            "name": self.template.example,
            "charge": self.template.charge_hint,
            "background": self.template.background_hint,
        }
        for text in TEXTS:
            label = _("%(text)s, %(language)s") % {
                "text": TEXT_LABELS[text],
                "language": translated_name(code),
            }
            options = {"label": label, "help_text": hints[text], "required": False}
            if text == "name":
                field: forms.CharField = LineField(max_length=200, **options)
                field.widget.attrs["list"] = f"names-{code}"
            else:
                field = TextField(max_length=5000, **options)
                field.widget.attrs["rows"] = 4
            field.widget.attrs["lang"] = code
            self.fields[f"{text}_{code}"] = field

    def _ask_why_quotas_change(self) -> None:
        if "reason" in self.fields:
            self.fields["reason"].label = _("Why the number of seats changes")
            hint = _("Needed when it does, because quotas change with it.")
            self.fields["reason"].help_text = f"{hint} {PUBLIC}"

    def _close_what_is_fixed(self) -> None:
        for name in FIXED[self.jury.stage] if self.jury else ():
            if name in self.fields:
                self.fields[name].disabled = True
                self.fields[name].help_text = _("This can no longer be changed.")

    def _offer_organisations(self) -> None:
        if self.jury or len(self.organisations) < 2:
            del self.fields["organisation"]
            return
        field = self.fields["organisation"]
        pks = [organisation.pk for organisation in self.organisations]
        field.queryset = Organisation.objects.filter(pk__in=pks)
        field.required = True


def facts_of(jury: Jury) -> dict[str, Any]:
    """The facts of the jury as the form shows them at first."""
    texts = (f"{text}_{code}" for text in TEXTS for code in LANGUAGE_CODES)
    return {name: getattr(jury, name) for name in (*SETTINGS, *texts, "version")}


def with_suggested_dates(typed: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """What was typed so far, with every date counted from the first session, if that is a date."""
    facts = dict(typed)
    field = forms.DateField(validators=SENSIBLE_DAYS)
    try:
        first_session_on = field.clean(typed.get("first_session_on"))
    except forms.ValidationError:
        return facts
    dates = suggested_dates(first_session_on, kind)
    # Where there is too little time for letters, they are not late before they are begun.
    soonest = min(timezone.localdate(), dates["registration_opens_on"])
    return facts | dates | {"letters_on": max(soonest, dates["letters_on"])}
