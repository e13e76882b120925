"""The fields of a question: what the registrant sees, by the kind of the question."""

from collections.abc import Callable, Iterator

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from juries.enums import LegalBasis
from juries.forms.fields import LineField, NameField, PhoneField, TextField, YearField
from juries.models import Jury, Question
from juries.questions.reading import Asked
from juries.registration.answers import KINDS_OF_NEEDS
from juries.targets.derivation import youngest_birth_year

Kind = Question.Kind
LONGEST_ANSWER = 2000
LARGEST_NUMBER = 10**9

CHOOSE = gettext_lazy("Choose one of these.")
REQUIRED: dict[str, object] = {
    Kind.NAME: gettext_lazy("Write your name."),
    Kind.BIRTH_YEAR: gettext_lazy("Write the year in which you were born."),
    Kind.EMAIL: gettext_lazy("Write your e-mail address."),
    Kind.PHONE: gettext_lazy("Write your phone number."),
    Kind.ADDRESS: gettext_lazy("Write your street address."),
    Kind.POSTAL_CODE: gettext_lazy("Write your postal code."),
    Kind.LANGUAGE: CHOOSE,
    Kind.CRITERION: CHOOSE,
    Kind.CHOICE: CHOOSE,
    Kind.YES_NO: CHOOSE,
    Kind.CHOICES: gettext_lazy("Choose at least one of these."),
    Kind.CONSENT: gettext_lazy("Tick the box to go on."),
}


def fields_of(asked: Asked, jury: Jury) -> Iterator[tuple[str, forms.Field]]:
    """The fields of one question, by name: mostly one."""
    field = _MAKERS[asked.kind](asked)
    field.label = asked.label
    field.required = asked.required and asked.condition is None
    field.help_text = field.help_text or asked.help
    if asked.kind in REQUIRED:
        field.error_messages["required"] = REQUIRED[asked.kind]  # type: ignore[assignment]
    yield asked.name, field
    yield from _companions(asked, jury, field)


def agreement_name(asked: Asked) -> str:
    """The tick by which somebody agrees that the answer to a sensitive question is used."""
    return f"agreed_{asked.name}"


def _companions(asked: Asked, jury: Jury, field: forms.Field) -> Iterator[tuple[str, forms.Field]]:
    """What is asked beside the question itself."""
    if asked.kind == Kind.BIRTH_YEAR:
        field.help_text = _("You can take part if you were born in %(year)s or earlier.") % {
            "year": youngest_birth_year(jury)
        }
    if asked.kind == Kind.ADDRESS:
        yield (
            "address_protected",
            _tick(
                _("I have a non-disclosure order for safety"),
                _("Then your address is not stored. We agree with you how to reach you."),
            ),
        )
    if asked.kind == Kind.NEEDS:
        yield (
            "needs_words",
            TextField(
                label=_("Tell more in your own words"), required=False, max_length=LONGEST_ANSWER
            ),
        )
    if asked.legal_basis == LegalBasis.EXPLICIT_CONSENT:
        yield (
            agreement_name(asked),
            _tick(
                _("I agree that my answer above is stored and used for this jury"),
                _("Tick this if you answered. You can take it back on your own page."),
            ),
        )


def _tick(label: str, hint: str) -> forms.BooleanField:
    return forms.BooleanField(label=label, help_text=hint, required=False)


def _language(asked: Asked) -> forms.Field:
    active = get_language()
    known = [option.key for option in asked.options]
    return forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=[(option.key, option.label) for option in asked.options],
        initial=active if active in known else next(iter(known), None),
    )


def _one_of(asked: Asked) -> forms.Field:
    choices = [(option.key, option.label) for option in asked.options]
    return forms.ChoiceField(widget=forms.RadioSelect, choices=choices)


def _any_of(asked: Asked) -> forms.Field:
    choices = [(option.key, option.label) for option in asked.options]
    return forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, choices=choices)


def _needs(asked: Asked) -> forms.Field:
    return forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        choices=[(kind, str(label).capitalize()) for kind, label in KINDS_OF_NEEDS.items()],
    )


def _line(max_length: int, **attributes: str) -> Callable[[Asked], forms.Field]:
    return lambda asked: LineField(max_length=max_length, widget=forms.TextInput(attributes))


_MAKERS: dict[str, Callable[[Asked], forms.Field]] = {
    Kind.NAME: lambda asked: NameField(
        max_length=150, widget=forms.TextInput({"autocomplete": "name"})
    ),
    Kind.BIRTH_YEAR: lambda asked: YearField(
        widget=forms.TextInput(
            {"inputmode": "numeric", "maxlength": "4", "size": "4", "autocomplete": "bday-year"}
        )
    ),
    Kind.EMAIL: lambda asked: forms.EmailField(
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"invalid": _("Check the e-mail address. It looks like aino@example.com.")},
    ),
    Kind.PHONE: lambda asked: PhoneField(
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"})
    ),
    Kind.ADDRESS: _line(200, autocomplete="street-address"),
    Kind.POSTAL_CODE: _line(10, autocomplete="postal-code", inputmode="numeric", size="6"),
    Kind.LANGUAGE: _language,
    Kind.CRITERION: _one_of,
    Kind.NEEDS: _needs,
    Kind.TEXT: _line(300),
    Kind.LONG_TEXT: lambda asked: TextField(max_length=LONGEST_ANSWER),
    Kind.CHOICE: _one_of,
    Kind.CHOICES: _any_of,
    Kind.YES_NO: _one_of,
    Kind.NUMBER: lambda asked: forms.IntegerField(
        min_value=-LARGEST_NUMBER,
        max_value=LARGEST_NUMBER,
        widget=forms.TextInput({"inputmode": "numeric", "size": "8"}),
    ),
    Kind.CONSENT: lambda asked: forms.BooleanField(),
}
