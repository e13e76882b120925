"""The form of a registrant who lacks an answer: it asks for that, and for nothing else."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from juries.enums import LegalBasis
from juries.forms.registration.questions import QuestionsForm
from juries.models import Criterion, CriterionValue, Question, Registrant
from juries.questions.reading import Asked, Page, form_of
from juries.registration.completing import tell_missing
from juries.targets.derivation import derive

TOLD_BY = {
    Criterion.Source.BIRTH_YEAR: Question.Kind.BIRTH_YEAR,
    Criterion.Source.POSTAL_CODE: Question.Kind.POSTAL_CODE,
}


class MissingAnswersForm(QuestionsForm):
    """The questions from which the missing values follow, whatever they were asked after."""

    needs_contact = False

    def __init__(
        self,
        data: Any = None,
        *,
        registrant: Registrant,
        missing: Sequence[Criterion],
        **options: Any,
    ) -> None:
        self.registrant = registrant
        pages = [
            replace(page, questions=tuple(_asking(page, missing)))
            for page in form_of(registrant.jury)
        ]
        super().__init__(data, jury=registrant.jury, pages=pages, **options)

    def values(self) -> list[CriterionValue]:
        """What follows from what stood and what is told here, taken together."""
        known = set(self._chosen_values())
        known |= set(self.registrant.traits.values_list("value_id", flat=True))
        told = self.cleaned_data
        derived = derive(
            self.jury,
            birth_year=told.get("birth_year") or self.registrant.birth_year,
            postal_code=told.get("postal_code") or self.registrant.postal_code,
            asked_values=[
                value for one in self.criteria for value in one.values.all() if value.pk in known
            ],
            criteria=self.criteria,
        )
        return list(derived.values)

    def save(self) -> Registrant:
        """The registration has the values that it lacked."""
        return tell_missing(
            registrant=self.registrant,
            values=self.values(),
            birth_year=self.cleaned_data.get("birth_year"),
            postal_code=self.cleaned_data.get("postal_code", ""),
            consents=self.consents(),
        )


def _asking(page: Page, missing: Sequence[Criterion]) -> Iterator[Asked]:
    """The questions of the page that tell what is missing; only a consent may be left out."""
    kinds = {TOLD_BY[source] for source in TOLD_BY if source in {one.source for one in missing}}
    keys = {one.pk for one in missing}
    for asked in page.questions:
        if asked.kind in kinds or asked.criterion in keys:
            free = asked.legal_basis == LegalBasis.EXPLICIT_CONSENT
            yield replace(asked, condition=None, required=not free)
