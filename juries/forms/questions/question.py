"""The form with which a question is added and changed: only what its kind leaves to decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juries.enums import LegalBasis
from juries.errors import JuryError
from juries.forms.questions.choices import ChoicesForm
from juries.forms.questions.words import LONGEST_HELP, WordsForm
from juries.models import FormSection, Jury, Question, User
from juries.questions.building import add_question, change_question, is_fixed
from juries.questions.freezing import question_title
from juries.questions.kinds import ALWAYS_ASKED, ASKED_OFTEN, STOPPING, WITH_CHOICES, Kind
from juries.questions.outline import answers_of
from juries.questions.rules import QuestionFacts, may_precede, objections

# What the house asks for itself, or as a consent, decides its own basis.
OWN_BASIS = frozenset(ASKED_OFTEN) - {Kind.CONSENT}
BASES = [(basis.value, basis.label) for basis in (LegalBasis.PUBLIC_TASK, LegalBasis.CONSENT)]


class QuestionForm(WordsForm):
    """One question: its words per language, its choices, and what follows from the answers."""

    lines = (("label", gettext_lazy("Question"), 300),)
    texts = (("help", gettext_lazy("Help"), LONGEST_HELP),)

    required = forms.BooleanField(label=gettext_lazy("Must be answered"), required=False)
    sensitive = forms.BooleanField(
        label=gettext_lazy("Sensitive: health, origin, belief, opinion or the like"),
        help_text=gettext_lazy(
            "It is then asked only with explicit consent, nobody has to answer, and the answers"
            " are sealed and never public. It stays turned off until you turn it on."
        ),
        required=False,
    )
    legal_basis = forms.ChoiceField(
        label=gettext_lazy("Why we may ask"),
        choices=BASES,
        widget=forms.RadioSelect,
        required=False,
    )
    shown = forms.MultipleChoiceField(
        label=gettext_lazy("Ask only those who answered"),
        help_text=gettext_lazy(
            "Choose answers to one earlier question. Choose none to ask everybody."
        ),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    stops_for = forms.MultipleChoiceField(
        label=gettext_lazy("Ends the registration if the answer is"),
        help_text=gettext_lazy("Whoever answers so cannot take part, and nothing is stored."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        jury: Jury,
        section: FormSection,
        kind: str,
        question: Question | None = None,
    ) -> None:
        super().__init__(data, languages=jury.languages, row=question)
        self.jury, self.section, self.kind, self.question = jury, section, kind, question
        self.fixed = bool(question and is_fixed(question, jury))
        self.choices: ChoicesForm | None = None
        if kind in WITH_CHOICES:
            self.choices = ChoicesForm(
                data,
                languages=jury.languages,
                question=question,
                fixed=self.fixed,
                stopping=kind in STOPPING,
            )
        self._keep_what_the_kind_leaves()
        self._fill()
        for name in self.settings:
            self.fields[name].disabled = self.fixed

    @property
    def settings(self) -> list[str]:
        """The fields that are the same in every language."""
        names = ("required", "sensitive", "legal_basis", "shown", "stops_for")
        return [name for name in names if name in self.fields]

    @property
    def default_basis(self) -> LegalBasis:
        """The legal basis of a new question of this kind."""
        if self.kind == Kind.CONSENT:
            return LegalBasis.CONSENT
        return LegalBasis.EXPLICIT_CONSENT if self.kind == Kind.NEEDS else LegalBasis.PUBLIC_TASK

    def setting_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.settings]

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.choices is None or self.choices.is_valid()])

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if len({one.partition(":")[0] for one in facts.get("shown", ())}) > 1:
            self.add_error("shown", _("Choose answers to one question only."))
        if self.errors or (self.choices and not self.choices.is_valid()):
            return facts
        for name, sentence in objections(self.kind, self.facts()):
            known = {"shown_if": "shown", "shown_for": "shown"}.get(name, name)
            self.add_error(known if known in self.fields else None, sentence)
        return facts

    def facts(self) -> QuestionFacts:
        """What was decided; what the kind decides itself is as it was."""
        given, row = self.cleaned_data, self.question
        sensitive = bool(given.get("sensitive", self.kind == Kind.NEEDS))
        shown_if, shown_for = self._condition()
        free = sensitive or self.kind == Kind.CONSENT
        return QuestionFacts(
            words=self.words(),
            required=bool(given.get("required", row and row.required)) and not free,
            on=self._is_on(sensitive),
            sensitive=sensitive,
            legal_basis=self._basis(sensitive),
            shown_if=shown_if,
            shown_for=shown_for,
            stops_for=given.get("stops_for", ()),
            choices=self.choices.choices() if self.choices else (),
        )

    def save(self, by: User) -> Question | None:
        """The question stands, or the form says why not."""
        try:
            if self.question:
                return change_question(question=self.question, facts=self.facts(), by=by)
            return add_question(section=self.section, kind=self.kind, facts=self.facts(), by=by)
        except JuryError as error:
            self.add_error(None, str(error))
            return None

    def _keep_what_the_kind_leaves(self) -> None:
        kept = {
            "required": self.kind not in ALWAYS_ASKED | {Kind.CONSENT, Kind.NEEDS},
            "sensitive": self.kind in OWN_BASIS | {Kind.CRITERION},
            "legal_basis": self.kind in OWN_BASIS,
            "shown": self.kind not in ALWAYS_ASKED,
            "stops_for": self.kind == Kind.YES_NO,
        }
        for name, stays in kept.items():
            if not stays:
                del self.fields[name]
        if self.kind == Kind.CRITERION:
            self.fields["sensitive"].help_text = _(
                "It is then asked only with explicit consent. Give the criterion a value for those"
                " who do not want to tell."
            )

    def _fill(self) -> None:
        row = self.question
        if "shown" in self.fields:
            earlier = may_precede(self.jury, row, self.section.pk)
            self.fields["shown"].choices = [
                (question_title(one), [(f"{one.pk}:{key}", said) for key, said in answers_of(one)])
                for one in earlier
            ]
            if not earlier and not (row and row.shown_if):
                del self.fields["shown"]
        if "stops_for" in self.fields:
            self.fields["stops_for"].choices = answers_of(row or Question(kind=Kind.YES_NO))
        basis = row.legal_basis if row else LegalBasis.PUBLIC_TASK
        self.initial = {
            **self.initial,
            "required": bool(row and row.required),
            "sensitive": bool(row and row.sensitive),
            "legal_basis": LegalBasis.PUBLIC_TASK if row and row.sensitive else basis,
            "shown": [f"{row.shown_if_id}:{key}" for key in row.shown_for] if row else [],
            "stops_for": row.stops_for if row else [],
        }

    def _condition(self) -> tuple[Question | None, list[str]]:
        if "shown" not in self.fields:
            return None, []
        chosen = [one.partition(":") for one in self.cleaned_data.get("shown", ())]
        if not chosen:
            return None, []
        followed = Question.objects.select_related("criterion").get(
            pk=chosen[0][0], section__jury=self.jury
        )
        return followed, [key for _pk, _colon, key in chosen]

    def _basis(self, sensitive: bool) -> str:
        if sensitive:
            return LegalBasis.EXPLICIT_CONSENT
        return self.cleaned_data.get("legal_basis") or self.default_basis

    def _is_on(self, sensitive: bool) -> bool:
        """A question that becomes sensitive is turned off, and waits to be turned on."""
        was_sensitive = bool(self.question and self.question.sensitive)
        if sensitive and not was_sensitive and self.kind not in ALWAYS_ASKED:
            return False
        return self.question.on if self.question else True
