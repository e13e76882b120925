"""The forms of a registrant's own page: entering the code, correcting, pressing a button."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from juries.audit import REGISTRANT
from juries.forms.fields import LineField
from juries.forms.registration.asked import agreement_name
from juries.forms.registration.questions import OWN_QUESTIONS, QuestionsForm
from juries.forms.registration.steps import GuardianForm
from juries.models import CriterionValue, Question, Registrant, User
from juries.questions.reading import form_of
from juries.registration.answers import answers_of, needs_of
from juries.registration.correcting import correct
from juries.registration.entry import PARTICULARS, Particulars, needs_guardian
from juries.targets.derivation import criteria_of, derive

Kind = Question.Kind


class CodeForm(forms.Form):
    """The personal code that opens one's own page."""

    code = LineField(
        label=gettext_lazy("Your personal code"),
        help_text=gettext_lazy("You got it when you signed up, for example K7RM-4PXQ-9ABD."),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )


class ButtonForm(forms.Form):
    """Nothing but a button; what is wrong with pressing it is said above it."""


class OwnChangeForm(QuestionsForm):
    """What a registrant told, to be corrected; the questions are those of the form as it is now."""

    def __init__(self, data: Any = None, *, registrant: Registrant, **options: Any) -> None:
        jury = registrant.jury
        super().__init__(data, jury=jury, pages=form_of(jury), **options)
        self.registrant = registrant
        self.initial = dict(self._as_told())
        if needs_guardian(jury, registrant.birth_year):
            self.fields.update(GuardianForm.base_fields)
        for asked in self.questions():
            if asked.kind == Kind.CONSENT:
                # Consents are given and taken back one by one, each with its own button.
                del self.fields[asked.name]

    def save(self, *, by: User | str = REGISTRANT, reason: str = "") -> Registrant:
        """The registration says what the form says."""
        return correct(
            registrant=self.registrant,
            particulars=self.particulars(self._standing()),
            values=self.values(),
            replies=self.replies(),
            needs=self.needs() if "needs" in self.fields else None,
            consents=self.consents(),
            by=by,
            reason=reason,
        )

    def values(self) -> list[CriterionValue]:
        """The values as told here; of what is not asked or stays untold, as they stand."""
        asked = {one.criterion for one in self.questions() if one.kind == Kind.CRITERION}
        standing = self.registrant.values.exclude(criterion__in=asked)
        criteria = criteria_of(self.jury)
        chosen = set(self._chosen_values()) | {value.pk for value in standing}
        return list(
            derive(
                self.jury,
                birth_year=self.cleaned_data.get("birth_year"),
                postal_code=self.cleaned_data.get("postal_code", ""),
                asked_values=[
                    value for one in criteria for value in one.values.all() if value.pk in chosen
                ],
                criteria=criteria,
            ).values
        )

    def _standing(self) -> Particulars:
        return Particulars(**{name: getattr(self.registrant, name) for name in PARTICULARS})

    def _as_told(self) -> Mapping[str, Any]:
        """Every answer by the name of its field."""
        registrant = self.registrant
        needs = needs_of(registrant)
        answers = answers_of(registrant)
        values = dict(registrant.traits.values_list("criterion_id", "value_id"))
        told: dict[str, Any] = {name: getattr(registrant, name) for name in PARTICULARS}
        told |= {"needs": list(needs.kinds), "needs_words": needs.words}
        for asked in self.questions():
            if asked.kind == Kind.CRITERION:
                chosen = values.get(asked.criterion)
                told[asked.name] = next(
                    (option.key for option in asked.options if option.value == chosen), None
                )
            elif asked.kind in OWN_QUESTIONS:
                told[asked.name] = answers.get(asked.pk)
            agreed = needs if asked.kind == Kind.NEEDS else answers.get(asked.pk)
            told[agreement_name(asked)] = bool(agreed)
        return told
