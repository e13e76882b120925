"""The pages somebody goes through to sign up: the form's own, and the guardian's where needed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from juries.models import Jury, Question
from juries.questions.reading import Page
from juries.registration.entry import needs_guardian

GUARDIAN = "guardian"
SEVERAL = frozenset({Question.Kind.CHOICES, Question.Kind.NEEDS})


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the sign-up; the guardian's has no questions of the form."""

    key: str
    title: str
    intro: str
    page: Page | None = None


def steps_of(
    jury: Jury, pages: Sequence[Page], typed: Mapping[str, Sequence[str]]
) -> tuple[Step, ...]:
    """The steps for somebody who has typed this so far."""
    return tuple(_steps(jury, pages, typed))


def answers_typed(pages: Sequence[Page], typed: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What was typed as answers: one text, or several where several can be chosen."""
    several = {asked.name for page in pages for asked in page.questions if asked.kind in SEVERAL}
    return {
        name: list(texts) if name in several else texts[0] for name, texts in typed.items() if texts
    }


def is_minor(jury: Jury, typed: Mapping[str, Sequence[str]]) -> bool:
    """Whether the year typed is that of somebody who needs a guardian's yes."""
    year = "".join(typed.get("birth_year", ())).strip()
    return len(year) == 4 and year.isascii() and year.isdigit() and needs_guardian(jury, int(year))


def _steps(jury: Jury, pages: Sequence[Page], typed: Mapping[str, Sequence[str]]) -> Iterator[Step]:
    answers = answers_typed(pages, typed)
    for page in pages:
        here = {asked.name for asked in page.questions}
        if not any(
            asked.is_asked(answers) or (asked.condition and asked.condition.name in here)
            for asked in page.questions
        ):
            continue
        yield Step(str(page.pk), page.title, page.intro, page)
        if "birth_year" in here and is_minor(jury, typed):
            yield Step(
                GUARDIAN,
                _("Your guardian"),
                _(
                    "You are under %(age)s, so your guardian has to agree before you can be drawn."
                    " We ask them."
                )
                % {"age": jury.guardian_below},
            )
