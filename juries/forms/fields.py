"""Fields that several forms of the house ask for."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Control characters, and those that turn the direction of the text around them.
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


def refuse_unprintable(text: str) -> None:
    """Refuse, in words, what no keyboard writes and no letter can carry."""
    if UNPRINTABLE.search(text):
        raise ValidationError(
            _("There is a character here that cannot be shown. Please type the text anew."),
            code="unprintable",
        )


class LineField(forms.CharField):
    """One line of text: composed characters, single spaces, nothing that cannot be printed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.validators = [
            refuse_unprintable,
            *(
                validator
                for validator in self.validators
                if not isinstance(validator, ProhibitNullCharactersValidator)
            ),
        ]

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        # Tabs and line breaks come along when people paste; they mean a space.
        return unicodedata.normalize("NFC", re.sub(r"[ \t\r\n\u00a0]+", " ", text)).strip()


class TextField(LineField):
    """Some lines of text, with the same care as one."""

    widget = forms.Textarea({"rows": 3})

    def to_python(self, value: Any) -> str:
        lines = forms.CharField.to_python(self, value).splitlines()
        return "\n".join(LineField.to_python(self, line) for line in lines).strip()

    def run_validators(self, value: str) -> None:
        super().run_validators(value.replace("\n", " "))


class NameField(LineField):
    """A person's name: any alphabet, with at least one letter."""

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not any(symbol.isalpha() for symbol in value):
            raise ValidationError(_("Please write the name in letters."), code="no_letters")


class PhoneField(LineField):
    """A phone number as people write it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 40, **options})

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not re.fullmatch(r"\+?[0-9 ()./-]{5,}", value):
            raise ValidationError(
                _("Write the number in digits, for example 040 123 4567."), code="no_phone"
            )


class YearField(forms.IntegerField):
    """A year of birth in four digits."""

    widget = forms.TextInput({"inputmode": "numeric", "maxlength": "4", "size": "4"})
    default_error_messages = {
        "invalid": gettext_lazy("Write the year in four digits, for example 1984."),
        "min_value": gettext_lazy("Write the year in four digits, for example 1984."),
        "max_value": gettext_lazy("Write the year in four digits, for example 1984."),
    }
