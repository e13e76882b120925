"""The forms of the phone and paper desk: entering, correcting, saying why, searching."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juries.audit import REGISTRANT
from juries.enums import Channel
from juries.forms.fields import LineField
from juries.forms.reasons import ReasonField
from juries.forms.registration.own import OwnChangeForm
from juries.forms.registration.questions import OWN_QUESTIONS, QuestionsForm
from juries.models import Jury, Question, Registrant, User
from juries.questions.reading import Asked, form_of
from juries.registration.correcting import correct
from juries.registration.signup import (
    Further,
    InvitationRefused,
    SignedUp,
    register_at_desk,
)

Kind = Question.Kind
NOT_FOR_STAFF = OWN_QUESTIONS | {Kind.NEEDS, Kind.CONSENT}


class DeskForm(QuestionsForm):
    """Somebody who comes on paper or by phone: the whole form on one page.

    Lists open by their first letter, so that hands stay on the keyboard. An answer to a criterion
    may be left out: the person is asked later.
    """

    needs_contact = False

    submission = forms.UUIDField(widget=forms.HiddenInput)
    channel = forms.ChoiceField(
        label=gettext_lazy("Came by"),
        choices=[
            (Channel.PAPER, gettext_lazy("On paper")),
            (Channel.PHONE, gettext_lazy("By phone")),
        ],
        error_messages={"required": gettext_lazy("Choose one of these.")},
        widget=forms.RadioSelect,
    )
    invitation_code = LineField(
        label=gettext_lazy("Invitation code"),
        required=False,
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, data: Any = None, *, jury: Jury, **options: Any) -> None:
        super().__init__(_with_submission(data, jury), jury=jury, pages=form_of(jury), **options)
        self.initial.setdefault("submission", uuid4())
        for asked in self.questions():
            if asked.kind == Kind.CRITERION:
                self.fields[asked.name].required = False
        for field in self.fields.values():
            if "autocomplete" in field.widget.attrs:
                field.widget.attrs["autocomplete"] = "off"
        for name in set(self.fields) - {"channel"}:
            _open_by_letter(self.fields[name])
        self.order_fields(["submission", "channel", "invitation_code"])
        self._focus_first()

    def _focus_first(self) -> None:
        """The hands begin where the paper begins: at the code, where letters have gone out."""
        first = "invitation_code"
        if not self.jury.invitations.exists():
            del self.fields[first]
            first = next(asked.name for asked in self.questions())
        self.fields[first].widget.attrs["autofocus"] = True

    def enter(self, *, by: User) -> SignedUp | None:
        """The person is registered, or the form says at the code why not."""
        try:
            return register_at_desk(
                jury=self.jury,
                submission=self.cleaned_data["submission"],
                particulars=self.particulars(),
                values=self.values(),
                further=Further(
                    replies=self.replies(), needs=self.needs(), consents=self.consents()
                ),
                channel=Channel(self.cleaned_data["channel"]),
                invitation_code=self.cleaned_data.get("invitation_code", ""),
                by=by,
            )
        except InvitationRefused as refusal:
            self.add_error("invitation_code", str(refusal))
            return None


class ReasonForm(forms.Form):
    """Why staff did something in a registrant's stead."""

    reason = ReasonField()


class CorrectionForm(OwnChangeForm):
    """Staff correct contact details and criteria, and say why.

    Needs, consents and answers to the jury's own questions are the person's own to change. What an
    imported file did not say may stay unknown when something else is corrected.
    """

    needs_contact = False

    reason = ReasonField(label=gettext_lazy("Reason for the change"))

    def __init__(self, data: Any = None, *, registrant: Registrant, **options: Any) -> None:
        super().__init__(data, registrant=registrant, **options)
        self.fields.pop("address_protected", None)
        for name in set(self.fields) - {"reason", "language"}:
            self.fields[name].required = False
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    def questions(self) -> Iterator[Asked]:
        return (asked for asked in super().questions() if asked.kind not in NOT_FOR_STAFF)

    def save(self, *, by: User | str = REGISTRANT, reason: str = "") -> Registrant:
        """The registration says what the form says."""
        return correct(
            registrant=self.registrant,
            particulars=self.particulars(self._standing()),
            values=self.values(),
            by=by,
            reason=reason,
        )


def _open_by_letter(field: forms.Field) -> None:
    """One of several is a list that a letter opens, not a row of buttons to walk through."""
    if type(field.widget) is forms.RadioSelect and isinstance(field, forms.ChoiceField):
        attributes = field.widget.attrs
        choices = list(field.choices)
        if field.initial is None:
            choices = [("", _("Choose")), *choices]
        field.widget = forms.Select(attributes)
        field.choices = choices


def _with_submission(data: Any, jury: Jury) -> Any:
    """What was sent, under a key that no other jury has received; a damaged one is replaced."""
    if data is None or _is_free(data.get("submission", ""), jury):
        return data
    mended = data.copy()
    mended["submission"] = str(uuid4())
    return mended


def _is_free(text: str, jury: Jury) -> bool:
    try:
        submission = UUID(text)
    except ValueError:
        return False
    return not Registrant.objects.exclude(jury=jury).filter(submission=submission).exists()
