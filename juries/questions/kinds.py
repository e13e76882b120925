"""What each kind of question is: asked once or often, needed or not, erased by which clock."""

from juries.enums import DataClass
from juries.models import Question

Kind = Question.Kind

# Without these nobody can be registered; they can be worded and moved, not turned off.
ALWAYS_ASKED = frozenset({Kind.NAME, Kind.BIRTH_YEAR, Kind.LANGUAGE, Kind.CRITERION})
CONTACTS = frozenset({Kind.EMAIL, Kind.PHONE})
# Kept in the registrant's own row or apart, so there is one place for the answer.
ASKED_ONCE = (
    Kind.NAME,
    Kind.BIRTH_YEAR,
    Kind.EMAIL,
    Kind.PHONE,
    Kind.ADDRESS,
    Kind.POSTAL_CODE,
    Kind.LANGUAGE,
    Kind.NEEDS,
)
ASKED_OFTEN = (
    Kind.TEXT,
    Kind.LONG_TEXT,
    Kind.CHOICE,
    Kind.CHOICES,
    Kind.YES_NO,
    Kind.NUMBER,
    Kind.CONSENT,
)
WITH_CHOICES = frozenset({Kind.CHOICE, Kind.CHOICES})
# What another question can depend on.
DECIDING = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.YES_NO, Kind.CRITERION})
STOPPING = frozenset({Kind.CHOICE, Kind.YES_NO})

YES, NO = "yes", "no"

# The names of the answers in a form; where there is a column of a registrant, its name.
NAMES: dict[str, str] = {
    Kind.NAME: "name",
    Kind.BIRTH_YEAR: "birth_year",
    Kind.EMAIL: "email",
    Kind.PHONE: "phone",
    Kind.ADDRESS: "street_address",
    Kind.POSTAL_CODE: "postal_code",
    Kind.LANGUAGE: "language",
    Kind.NEEDS: "needs",
}


def name_of(question: Question) -> str:
    """What the answer is called in a form and in a draft."""
    if question.kind == Kind.CRITERION:
        return f"criterion_{question.criterion_id}"
    return NAMES.get(question.kind) or f"question_{question.pk}"


def kept_as(kind: str) -> tuple[DataClass, ...]:
    """Whose clock erases the answer: one for those who are not drawn, one for members."""
    if kind == Kind.NEEDS:
        return (DataClass.NEEDS,)
    return (DataClass.NOT_DRAWN, DataClass.MEMBERS)
