"""A letter or message as it will reach somebody: a real person of a sample, or an invented one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from juries.figures.writing import per_cent
from juries.models import Invitee, Jury
from juries.models.translated import translated_name
from juries.post.addresses import address_of, record_address
from juries.post.kinds import Kind, Text
from juries.post.letters import INVENTED, Letter, Press
from juries.post.wordings import facts_of, filled, text_of


@dataclass(frozen=True, slots=True)
class Preview:
    """The filled text in one language, and to whom it goes as an example."""

    language: str
    language_name: str
    text: Text
    to: str


def previews(jury: Jury, kind: Kind, tried: Mapping[str, Text] | None = None) -> list[Preview]:
    """The text in every language of the jury: as ``tried``, or as it stands."""
    letter = example(jury)
    return [
        Preview(
            language,
            translated_name(language),
            filled(
                (tried or {}).get(language) or text_of(jury, kind.key, language),
                facts_of(jury, language) | _own_facts(jury, kind, letter, language),
            ),
            letter.name if kind.is_letter else "",
        )
        for language in jury.languages
    ]


def letter_pdf(jury: Jury, key: str, language: str) -> bytes:
    """The letter as it will be printed, in ``language`` first; the code in it opens nothing."""
    letter = example(jury)
    return Press.of(jury, key).pdf([replace(letter, language=language or letter.language)])


def example(jury: Jury) -> Letter:
    """Somebody of a sample with an open address, or else somebody invented. Never a real code."""
    there = Invitee.objects.filter(sample__jury=jury, sample__erased_at=None, protected=False)
    person = there.exclude(street_address="").order_by("sample", "number").first()
    told = {language: _of_a_draw(jury, language) for language in jury.languages}
    if person is None:
        return replace(INVENTED, language=(jury.languages or [""])[0], told=told)
    return Letter(
        person.name,
        person.street_address,
        person.postal_code,
        person.town,
        person.language,
        INVENTED.code,
        told,
    )


def _own_facts(jury: Jury, kind: Kind, letter: Letter, language: str) -> dict[str, str]:
    if kind.is_letter:
        shared = Press.of(jury, kind.key).shared[language]
        return shared.facts_for(letter)
    criterion = jury.criteria.first()
    return {
        "code": INVENTED.code,
        "link": address_of("own_code", language=language),
        "missing": str(criterion) if criterion else "…",
        **letter.told[language],
    }


def _of_a_draw(jury: Jury, language: str) -> dict[str, str]:
    """What somebody is told of a draw, with invented figures."""
    with override(language):
        return {
            "answer_by": date_format(jury.draw_on + timedelta(days=jury.answer_days)),
            "why_offered": _("You have been drawn."),
            "chance": per_cent(0.093),
            "tickets": number_format(93),
            "all_tickets": number_format(1000),
            "record": record_address(jury, language),
        }
