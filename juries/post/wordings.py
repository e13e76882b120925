"""The texts of a jury's letters and messages: the house's own, or the organiser's."""

from collections.abc import Iterator, Mapping

from django.db import transaction
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from juries.audit import record
from juries.enums import CodeUse
from juries.errors import JuryError
from juries.models import Jury, User, Wording
from juries.models.translated import LANGUAGE_CODES, translated_name
from juries.post.filling import fill, fill_line, objections
from juries.post.kinds import KINDS, Kind, Text, house_text

LONGEST_BODY = 6000


def text_of(jury: Jury, key: str, language: str) -> Text:
    """The text in that language: the organiser's where there is one, else the house's."""
    row = Wording.objects.filter(jury=jury, key=key).first()
    return (row and _written(row, language)) or house_text(key, language)


def written(jury: Jury) -> dict[str, Wording]:
    """The texts that the organiser has rewritten."""
    return {row.key: row for row in jury.wordings.filter(key__in=KINDS)}


@transaction.atomic
def change_wording(*, jury: Jury, key: str, texts: Mapping[str, Text], by: User) -> None:
    """The letter or message says from now on what is given, language by language.

    What is left empty in a language of the jury is missing, and holds registration back.
    """
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    for sentence in _all_objections(KINDS[key], texts):
        raise JuryError(sentence)
    columns = {}
    for language, text in texts.items():
        columns[f"subject_{language}"] = text.subject
        columns[f"body_{language}"] = text.body
    Wording.objects.update_or_create(jury=jury, key=key, defaults=columns)
    record("wording.changed", jury=jury, by=by, wording=key, languages=sorted(texts))


@transaction.atomic
def reset_wording(*, jury: Jury, key: str, by: User) -> None:
    """The letter or message says again what the house says."""
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    deleted, _rows = jury.wordings.filter(key=key).delete()
    if deleted:
        record("wording.reset", jury=jury, by=by, wording=key)


def wrong_places(kind: Kind, text: Text) -> Iterator[tuple[str, str]]:
    """What is wrong with the places for facts: "subject" or "body", and the sentence."""
    personal = set(kind.own_facts)
    for sentence in objections(text.subject, known=set(kind.facts) - personal, needed=()):
        yield "subject", sentence
    for sentence in objections(text.body, known=kind.facts, needed=kind.needed):
        yield "body", sentence


def missing(jury: Jury) -> list[str]:
    """A sentence for each text that is rewritten in some languages of the jury but not in all."""
    return [
        _("“%(text)s” is missing in %(language)s.")
        % {"text": KINDS[key].name, "language": translated_name(language)}
        for key, row in written(jury).items()
        for language in jury.languages
        if language not in in_languages(row)
    ]


def in_languages(row: Wording) -> list[str]:
    """The languages in which the organiser has written the text."""
    return [language for language in LANGUAGE_CODES if _written(row, language)]


def facts_of(jury: Jury, language: str) -> dict[str, str]:
    """What every letter and message of the jury can tell, in that language."""
    with override(language):
        return {
            "closes_on": date_format(jury.registration_closes_on),
            "draw_on": date_format(jury.draw_on),
            "first_session_on": date_format(jury.first_session_on),
            "last_session_on": date_format(jury.last_session_on),
            "jury": jury.name,
            "charge": jury.charge,
            "organisation": jury.organisation.name,
            "commissioner": jury.commissioner,
            "seats": number_format(jury.panel_size),
            "minimum_age": str(jury.minimum_age),
            "fee": str(jury.fee_euros or ""),
            "contact": ", ".join(filter(None, _contact(jury))),
            "code_rule": _code_rule(jury),
        }


def filled(text: Text, facts: Mapping[str, str]) -> Text:
    """The text with its facts in place."""
    return Text(fill_line(text.subject, facts), fill(text.body, facts))


def _contact(jury: Jury) -> tuple[str, ...]:
    return (jury.first_contact, jury.first_contact_phone, jury.first_contact_email)


def _code_rule(jury: Jury) -> str:
    if jury.code_use == CodeUse.HOUSEHOLD:
        return _("Somebody else in your home may also use the code, but only one of you.")
    return _("The code is meant for you alone.")


def _written(row: Wording, language: str) -> Text | None:
    subject, body = getattr(row, f"subject_{language}"), getattr(row, f"body_{language}")
    return Text(subject, body) if subject and body else None


def _all_objections(kind: Kind, texts: Mapping[str, Text]) -> Iterator[str]:
    for text in texts.values():
        if text.subject or text.body:
            yield from (sentence for _part, sentence in wrong_places(kind, text))
        if len(text.body) > LONGEST_BODY:
            yield _("The text is longer than %(most)s characters.") % {"most": LONGEST_BODY}
