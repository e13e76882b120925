"""The forms staff fill in while people register: invitations, imports, corrections."""

import hashlib
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from juries.files.tables import Table, fold
from juries.forms.fields import LineField
from juries.forms.signup import OwnChangeForm, RegistrationForm, SignUpForm
from juries.intake.columns import AskedCriterion, choices, guesses
from juries.intake.rows import Mapped, UnknownValue
from juries.invitation.batches import LARGEST_BATCH
from juries.models import CriterionValue, Jury, Registrant, User
from juries.registration.signup import SignedUp, register_at_desk

NOTHING = "nothing"


class BatchForm(forms.Form):
    """How many invitations to make; sent twice, it is the same batch."""

    request = forms.UUIDField(widget=forms.HiddenInput)
    count = forms.IntegerField(
        label=gettext_lazy("How many invitations"),
        min_value=1,
        max_value=LARGEST_BATCH,
        localize=True,
        widget=forms.TextInput({"inputmode": "numeric", "size": "6"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["request"] = uuid4()


class UploadForm(forms.Form):
    """A file of registrants."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or Excel (.xlsx), one person on each row."),
        widget=forms.ClearableFileInput({"accept": ".csv,.txt,.tsv,.xlsx"}),
    )


class ColumnsForm(forms.Form):
    """What each column of the file is."""

    def __init__(
        self, *args: Any, table: Table, criteria: Sequence[AskedCriterion], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.table = table
        for place, guess in enumerate(guesses(table.header, criteria)):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=table.header[place],
                choices=choices(criteria),
                initial=guess,
                required=False,
            )

    def columns(self) -> list[str]:
        """The choice for each column: what was sent, or else the guess."""
        if self.is_bound and self.is_valid():
            return [self.cleaned_data[name] for name in self.fields]
        return [str(field.initial) for field in self.fields.values()]

    def rows(self) -> list[tuple[forms.BoundField, list[str]]]:
        """Each column with the first texts that stand in it, so that one sees what it is."""
        examples: list[list[str]] = [[] for _name in self.table.header]
        for row in self.table.rows[:200]:
            for place, cell in enumerate(row.cells):
                if cell and len(examples[place]) < 3 and cell not in examples[place]:
                    examples[place].append(cell)
        return list(zip(self, examples, strict=True))


class UnknownForm(forms.Form):
    """What each text means that is no value of its criterion."""

    all_optional = True

    def __init__(self, *args: Any, unknown: Sequence[UnknownValue], **options: Any) -> None:
        super().__init__(*args, **options)
        for one in unknown:
            self.fields[meaning_name(one.asked, one.text)] = forms.ChoiceField(
                label=_("%(criterion)s: “%(text)s”")
                % {
                    "criterion": one.asked.criterion,
                    "text": one.text,
                },
                help_text=ngettext(
                    "On row %(line)s.", "On %(rows)s rows, first on row %(line)s.", one.rows
                )
                % {"rows": one.rows, "line": one.line},
                choices=[
                    ("", _("Choose what it means")),
                    *((str(value.pk), str(value)) for value in one.asked.values),
                    (NOTHING, _("Not known: leave it empty")),
                ],
                required=False,
            )


def meanings(
    data: Any, table: Table, criteria: Sequence[AskedCriterion], columns: Sequence[str]
) -> Mapped:
    """What the sent form says each unknown text means."""
    mapped: dict[tuple[int, str], CriterionValue | None] = {}
    for asked in criteria:
        if asked.target not in columns:
            continue
        place = columns.index(asked.target)
        known = {str(value.pk): value for value in asked.values}
        for text in {row.cells[place] for row in table.rows}:
            sent = data.get(meaning_name(asked, text))
            if sent == NOTHING or sent in known:
                mapped[asked.criterion.pk, fold(text)] = known.get(sent)
    return mapped


def meaning_name(asked: AskedCriterion, text: str) -> str:
    """The name of the field that says what ``text`` means; the text itself may be anything."""
    digest = hashlib.sha256(fold(text).encode()).hexdigest()[:16]
    return f"meaning_{asked.criterion.pk}_{digest}"


class ReasonForm(forms.Form):
    """Why staff did something in a registrant's stead."""

    reason = LineField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("It is kept in the log: write no names and nothing about health."),
        max_length=200,
    )


class DeskForm(SignUpForm):
    """Staff enter somebody who signed up on paper or by phone."""

    needs_contact = False

    def __init__(self, *args: Any, jury: Jury, **options: Any) -> None:
        super().__init__(*args, jury=jury, **options)
        self.fields.pop("invitation_code", None)
        word_for_staff(self)

    def enter(self, *, by: User) -> SignedUp:
        """The person is registered."""
        return register_at_desk(
            jury=self.jury,
            submission=self.cleaned_data["submission"],
            particulars=self.particulars(),
            values=self.values(),
            by=by,
        )


class CorrectionForm(OwnChangeForm):
    """Staff correct a registration and say why."""

    needs_contact = False

    reason = LineField(
        label=gettext_lazy("Reason for the change"),
        help_text=gettext_lazy("It is kept in the log: write no names and nothing about health."),
        max_length=200,
    )

    def __init__(self, *args: Any, registrant: Registrant, **options: Any) -> None:
        super().__init__(*args, registrant=registrant, **options)
        # What an imported file did not say may stay unknown when something else is corrected.
        for name in set(self.fields) - {"reason", "language"}:
            self.fields[name].required = False
        word_for_staff(self)
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])


def word_for_staff(form: RegistrationForm) -> None:
    """The questions speak of the registrant instead of to them."""
    form.fields["name"].label = _("Name")
    form.fields["name"].error_messages["required"] = _("Write the name.")
    form.fields["birth_year"].error_messages["required"] = _("Write the year of birth.")
    form.fields["language"].label = _("Contact language")
    for name in ("email", "birth_year", "street_address"):
        form.fields[name].help_text = ""
