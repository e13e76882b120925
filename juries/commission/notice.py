"""What a jury's privacy notice says, from the questions it asks and the clocks it keeps.

Nothing is written by hand: whoever adds a question or changes a clock has changed the notice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from juries.enums import DataClass, LegalBasis
from juries.models import AddressSample, Jury
from juries.privacy.clocks import kept_until
from juries.questions.kinds import kept_as
from juries.questions.reading import Asked, kept_form_of


@dataclass(frozen=True, slots=True)
class Line:
    """One question: whether it must be answered, and on what basis it is asked."""

    label: str
    required: bool
    sensitive: bool
    basis: str


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of data, and how long it is kept."""

    name: str
    until: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Everything about this jury that its notice has to say."""

    lines: list[Line]
    asks_needs: bool
    asks_sensitive: bool
    samples: list[AddressSample]
    kept: list[Kept]


def notice_of(jury: Jury) -> Notice:
    """The notice in the active language."""
    asked = [question for page in kept_form_of(jury) for question in page.questions]
    samples = list(jury.samples.filter(erased_at=None))
    classes = {one for question in asked for one in kept_as(question.kind)}
    return Notice(
        lines=[_line(question) for question in asked],
        asks_needs=DataClass.NEEDS in classes,
        asks_sensitive=any(question.sensitive for question in asked),
        samples=_one_of_each_permit(samples),
        kept=list(_kept(jury, classes, sampled=bool(samples))),
    )


def _line(question: Asked) -> Line:
    basis = str(LegalBasis(question.legal_basis).label)
    return Line(question.label, question.required, question.sensitive, basis)


def _one_of_each_permit(samples: list[AddressSample]) -> list[AddressSample]:
    by_permit = sorted(samples, key=lambda one: one.permit_number)
    return [next(same) for _permit, same in groupby(by_permit, key=lambda one: one.permit_number)]


def _kept(jury: Jury, classes: set[DataClass], *, sampled: bool) -> Iterator[Kept]:
    """Kinds of data that this jury holds, in the order in which they are declared."""
    holds = {*classes, DataClass.DRAFTS, DataClass.MESSAGES}
    if sampled:
        holds.add(DataClass.SAMPLE)
    for data_class in DataClass:
        if data_class in holds:
            yield Kept(str(data_class.label), kept_until(jury, data_class))
