"""What a registrant tells: the questions of one page, of several, or of the whole form.

The same form serves the pages of the sign-up one by one, the registrant's own corrections and the
desk. Conditions look at this page and at ``before``, what was answered on the pages before it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from juries.enums import LegalBasis
from juries.forms.registration.asked import agreement_name, fields_of
from juries.intake.rows import OLDEST_BIRTH_YEAR
from juries.models import Criterion, CriterionValue, Jury, Question
from juries.questions.reading import Asked, Page
from juries.registration.answers import NeedsTold, Reply
from juries.registration.entry import PARTICULARS, Particulars
from juries.registration.signup import too_young
from juries.targets.derivation import derive, kept_criteria_of, youngest_birth_year

Kind = Question.Kind
OWN_QUESTIONS = frozenset(
    {Kind.TEXT, Kind.LONG_TEXT, Kind.CHOICE, Kind.CHOICES, Kind.YES_NO, Kind.NUMBER}
)
CONTACTS = ("email", "phone")


class QuestionsForm(forms.Form):
    """Answers to the questions of ``pages``."""

    needs_contact = True
    stops_early = False
    """Whether an answer with which nobody can take part ends the form, or is wrong in its field."""

    def __init__(
        self,
        data: Any = None,
        *,
        jury: Jury,
        pages: Sequence[Page],
        before: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.jury, self.pages, self.before = jury, pages, before or {}
        self.stops: list[str] = []
        self._by_name = {one.name: one for page in pages for one in page.questions}
        for asked in self.questions():
            self.fields.update(fields_of(asked, jury))
            self._say_when(asked)

    @cached_property
    def criteria(self) -> list[Criterion]:
        return kept_criteria_of(self.jury)

    def questions(self) -> Iterator[Asked]:
        """Every question of the form, in order.

        What depends on an answer given before, and is not asked after it, is left out.
        """
        return (
            asked
            for asked in self._by_name.values()
            if self._depends_on_this_form(asked) or asked.is_asked(self.before)
        )

    def _depends_on_this_form(self, asked: Asked) -> bool:
        return asked.condition is not None and asked.condition.name in self._by_name

    def _say_when(self, asked: Asked) -> None:
        """The field says of whom it is asked; after an answer given before, it simply is."""
        field = self.fields[asked.name]
        if self._depends_on_this_form(asked):
            field.help_text = " ".join(filter(None, [self._condition(asked), str(field.help_text)]))
            field.asked_of_some = asked.required
        else:
            field.required = asked.required

    def _condition(self, asked: Asked) -> str:
        assert asked.condition
        followed = self._by_name[asked.condition.name]
        chosen = [one.label for one in followed.options if one.key in asked.condition.keys]
        return _("Answer only if you chose “%(answer)s” under “%(question)s”.") % {
            "answer": ", ".join(chosen),
            "question": followed.label,
        }

    def clean_birth_year(self) -> int | None:
        year: int | None = self.cleaned_data["birth_year"]
        if year is not None and not OLDEST_BIRTH_YEAR <= year <= timezone.localdate().year:
            raise forms.ValidationError(_("Check the year: nobody is born in it."))
        return year

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        for asked in self.questions():
            self._follow_condition(asked)
        self._require_contact(answers)
        self._require_agreement(answers)
        self._judge_eligibility()
        if answers.get("address_protected"):
            answers["street_address"] = ""
            self._forget_errors("street_address")
        return answers

    def answers(self) -> dict[str, Any]:
        """This page's answers beside those before it."""
        return {**self.before, **self.cleaned_data}

    def _follow_condition(self, asked: Asked) -> None:
        """Whoever is not asked has not answered; whoever is asked has to, where it is required."""
        if asked.condition is None:
            return
        if not asked.is_asked(self.answers()):
            self.cleaned_data[asked.name] = getattr(self.fields[asked.name], "empty_value", None)
            self._forget_errors(asked.name)
        elif (
            asked.required
            and asked.name not in self.errors
            and self.cleaned_data.get(asked.name) in (None, "", [], False)
        ):
            self.add_error(asked.name, str(self.fields[asked.name].error_messages["required"]))

    def _require_contact(self, answers: Mapping[str, Any]) -> None:
        offered = [name for name in CONTACTS if name in self.fields]
        if not self.needs_contact or not offered or set(offered) & set(self.errors):
            return
        if self.jury.confirm_email and not self._has_code() and not answers.get("email"):
            if "email" in offered:
                self.add_error(
                    "email", _("Write your e-mail address: we send you a link to confirm it.")
                )
        elif not any(answers.get(name) for name in offered):
            self.add_error(
                offered[0],
                _("Give an e-mail address or a phone number, so that we can reach you."),
            )

    def _has_code(self) -> bool:
        return bool(self.before.get("invitation_code"))

    def _require_agreement(self, answers: Mapping[str, Any]) -> None:
        """Answers to sensitive questions are stored only with the person's express agreement."""
        for asked in self.questions():
            if asked.legal_basis != LegalBasis.EXPLICIT_CONSENT:
                continue
            told = answers.get(asked.name) or (
                asked.kind == Kind.NEEDS and answers.get("needs_words")
            )
            if told and not answers.get(agreement_name(asked)):
                self.add_error(
                    agreement_name(asked),
                    _("Tick that your answer may be stored, or clear the answer."),
                )

    def _judge_eligibility(self) -> None:
        for name, sentence in self._objections():
            if self.stops_early:
                self.stops.append(sentence)
            elif name in self.fields:
                self.add_error(name, sentence)

    def _objections(self) -> Iterator[tuple[str, str]]:
        """Why somebody with these answers cannot take part, and the field that says it."""
        year = self.cleaned_data.get("birth_year")
        if year and year > youngest_birth_year(self.jury):
            yield "birth_year", too_young(self.jury)
        for asked in self.questions():
            if asked.stops(self.answers()):
                yield asked.name, self._stopping_sentence(asked)
        if year or self.cleaned_data.get("postal_code"):
            yield from self._outside()

    def _outside(self) -> Iterator[tuple[str, str]]:
        derived = derive(
            self.jury,
            birth_year=self.answers().get("birth_year"),
            postal_code=self.cleaned_data.get("postal_code", ""),
            criteria=self.criteria,
        )
        for criterion in derived.outside:
            if criterion.source == criterion.Source.POSTAL_CODE:
                yield "postal_code", _("The postal code is outside the area of this jury.")
            elif criterion.source == criterion.Source.BIRTH_YEAR and not self._is_too_young():
                yield "birth_year", _("People of this age are not among those who are drawn.")

    def _is_too_young(self) -> bool:
        year = self.cleaned_data.get("birth_year")
        return bool(year and year > youngest_birth_year(self.jury))

    def _stopping_sentence(self, asked: Asked) -> str:
        said = ", ".join(
            option.label
            for option in asked.options
            if option.key == self.cleaned_data.get(asked.name)
        )
        return _("With the answer “%(answer)s” to “%(question)s” one cannot take part.") % {
            "answer": said,
            "question": asked.label,
        }

    def _forget_errors(self, name: str) -> None:
        self.errors.pop(name, None)

    def particulars(self, standing: Particulars | None = None) -> Particulars:
        """What is told of oneself; what this form does not ask stays as it stands."""
        told = {name: self.cleaned_data[name] for name in PARTICULARS if name in self.cleaned_data}
        kept = {
            name: getattr(standing, name) for name in PARTICULARS if standing and name not in told
        }
        language = {} if standing else {"language": self._language()}
        return Particulars(**{"name": "", **language, **kept, **told})

    def _language(self) -> str:
        """The contact language of somebody who was not asked for it."""
        active = get_language() or ""
        offered = self.jury.languages or [active]
        return active if active in offered else offered[0]

    def values(self) -> list[CriterionValue]:
        """The person's value of each criterion, asked or derived, as far as they are known."""
        chosen = set(self._chosen_values())
        asked_values = [
            value for one in self.criteria for value in one.values.all() if value.pk in chosen
        ]
        derived = derive(
            self.jury,
            birth_year=self.cleaned_data.get("birth_year"),
            postal_code=self.cleaned_data.get("postal_code", ""),
            asked_values=asked_values,
            criteria=self.criteria,
        )
        return list(derived.values)

    def _chosen_values(self) -> Iterator[int]:
        for asked in self.questions():
            if asked.kind == Kind.CRITERION:
                answer = self.cleaned_data.get(asked.name)
                yield from (one.value for one in asked.options if one.value and one.key == answer)

    def replies(self) -> list[Reply]:
        """The answers to the jury's own questions."""
        return [
            Reply(asked.pk, asked.version, self.cleaned_data.get(asked.name), asked.sensitive)
            for asked in self.questions()
            if asked.kind in OWN_QUESTIONS
        ]

    def needs(self) -> NeedsTold:
        return NeedsTold(
            tuple(self.cleaned_data.get("needs") or ()), self.cleaned_data.get("needs_words", "")
        )

    def consents(self) -> list[int]:
        """The questions whose consent was given."""
        return [
            asked.pk
            for asked in self.questions()
            if self.cleaned_data.get(agreement_name(asked))
            or (asked.kind == Kind.CONSENT and self.cleaned_data.get(asked.name))
        ]

    def told_on(self, page: Page) -> Iterator[tuple[str, str]]:
        """Every question of the page with its answer as one reads it, where there is one."""
        for asked in page.questions:
            text = self._as_read(asked)
            if text:
                yield asked.label, text
            if asked.kind == Kind.ADDRESS and self.cleaned_data.get("address_protected"):
                yield asked.label, _("Not stored: you have a non-disclosure order")

    def _as_read(self, asked: Asked) -> str:
        answer = self.cleaned_data.get(asked.name)
        if asked.kind == Kind.NEEDS:
            return self.needs().sentence()
        if asked.kind == Kind.CONSENT:
            return _("Yes") if answer else _("No")
        if asked.options and answer:
            keys = answer if isinstance(answer, list) else [answer]
            return ", ".join(option.label for option in asked.options if option.key in keys)
        return "" if answer is None else str(answer)
