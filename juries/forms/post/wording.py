"""The words of a letter or message, language by language."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juries.forms.fields import LineField, refuse_unprintable
from juries.forms.reasons import ReasonField
from juries.models import Jury
from juries.models.translated import translated_name
from juries.post.kinds import Kind, Text, house_text
from juries.post.wordings import LONGEST_BODY, written, wrong_places


class BodyField(forms.CharField):
    """Several lines that can be printed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            widget=forms.Textarea({"rows": "18"}), max_length=LONGEST_BODY, strip=True, **options
        )

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")

    def run_validators(self, value: str) -> None:
        super().run_validators(value.replace("\n", " ").replace("\t", " "))


class WordingForm(forms.Form):
    """Subject and text in every language of the jury; what is left empty is missing there."""

    all_optional = True

    def __init__(self, *args: Any, jury: Jury, kind: Kind, **options: Any) -> None:
        super().__init__(*args, **options)
        self.jury, self.kind = jury, kind
        subject = _("Heading") if kind.is_letter else _("Subject")
        row = written(jury).get(kind.key)
        for language in jury.languages:
            house = house_text(kind.key, language)
            said = {"language": translated_name(language)}
            self.fields[f"subject_{language}"] = LineField(
                label=f"{subject}, {said['language']}",
                max_length=200,
                required=False,
                initial=getattr(row, f"subject_{language}") if row else house.subject,
            )
            self.fields[f"body_{language}"] = BodyField(
                label=_("Text, %(language)s") % said,
                required=False,
                initial=getattr(row, f"body_{language}") if row else house.body,
                validators=[refuse_unprintable],
            )

    def texts(self) -> dict[str, Text]:
        """What was written, by language."""
        return {
            language: Text(
                self.cleaned_data.get(f"subject_{language}", ""),
                self.cleaned_data.get(f"body_{language}", ""),
            )
            for language in self.jury.languages
        }

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or {}
        for language, text in self.texts().items():
            if text.subject or text.body:
                for part, sentence in wrong_places(self.kind, text):
                    self.add_error(f"{part}_{language}", sentence)
        return facts


class FetchForm(forms.Form):
    """Why the letters are taken out of the house."""

    reason = ReasonField(label=gettext_lazy("What the file is for"))


class MailingForm(forms.Form):
    """The number of messages, typed to confirm; sent twice, it is the same mailing."""

    mailing = forms.UUIDField(widget=forms.HiddenInput)
    typed = forms.IntegerField(
        label=gettext_lazy("Type the number of messages to confirm"),
        min_value=0,
        max_value=1_000_000,
        localize=True,
        widget=forms.TextInput({"inputmode": "numeric", "size": "6", "autocomplete": "off"}),
    )
