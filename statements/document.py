"""The statement as a reader gets it, and the canonical text whose hash proves it unchanged."""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import override

from statements.drafting import outline
from statements.models import Statement


@dataclass(frozen=True, slots=True)
class Item:
    """A section, or a recommendation with its votes once they are counted."""

    part_id: int
    number: int | None
    heading: str
    text: str
    reasons: str
    yes: int | None
    no: int | None
    blank: int | None
    adopted: bool | None


@dataclass(frozen=True, slots=True)
class Opinion:
    """A dissenting opinion; without a number it is on the whole statement."""

    number: int | None
    text: str
    signed_as: str


@dataclass(frozen=True, slots=True)
class Document:
    """Everything the adopted statement says."""

    title: str
    organisation: str
    language: str
    items: tuple[Item, ...]
    opinions: tuple[Opinion, ...]
    threshold_percent: int
    base: str
    members: int | None
    voters: int | None
    adopted_on: date | None

    @property
    def recommendations(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.number)

    @property
    def accepted(self) -> tuple[Item, ...]:
        """The recommendations the panel adopted: those that are to be answered."""
        return tuple(item for item in self.items if item.number and item.adopted)

    @property
    def rejected(self) -> tuple[Item, ...]:
        """The recommendations that did not get the votes the rule asks for."""
        return tuple(item for item in self.items if item.number and item.adopted is False)

    @property
    def body(self) -> tuple[Item, ...]:
        """What the panel says: its sections and the recommendations it adopted."""
        return tuple(item for item in self.items if item.adopted is not False)


def document_of(statement: Statement) -> Document:
    """The statement as its rows have it now, in a number of queries that does not grow."""
    dissents = statement.dissents.select_related("part")
    title, organisation = names_of(statement)
    return Document(
        title=title,
        organisation=organisation,
        language=statement.language,
        items=tuple(
            Item(
                part_id=line.part.pk,
                number=line.number,
                heading=line.revision.heading,
                text=line.revision.text,
                reasons=line.revision.reasons,
                yes=line.part.yes,
                no=line.part.no,
                blank=line.part.blank,
                adopted=line.part.adopted,
            )
            for line in outline(statement)
        ),
        opinions=tuple(
            Opinion(
                number=dissent.part.number if dissent.part else None,
                text=dissent.text,
                signed_as=dissent.signed_as,
            )
            for dissent in dissents
        ),
        threshold_percent=statement.threshold_percent,
        base=statement.base,
        members=statement.member_count,
        voters=statement.voter_count,
        adopted_on=timezone.localdate(statement.adopted_at) if statement.adopted_at else None,
    )


def names_of(statement: Statement) -> tuple[str, str]:
    """Title and organisation: as adopted, or as they are called now."""
    if statement.adopted_title:
        return statement.adopted_title, statement.adopted_organisation
    with override(statement.language):
        return statement.jury.name, statement.jury.organisation.name


def canonical_text(document: Document) -> str:
    """The document as plain text that is always the same to the byte.

    What people wrote is indented, so that no text can pass for one of the lines that stand at the
    margin. Those are in no language: translations may change, the hash may not.
    """
    lines = [
        "raatihuone-statement 1",
        f"language: {document.language}",
        f"adopted: {document.adopted_on}",
        f"rule: {document.threshold_percent} % of {document.base}",
        f"members: {document.members}",
        f"voters: {document.voters}",
        *_written("title", document.title),
        *_written("organisation", document.organisation),
    ]
    for item in document.items:
        name = f"recommendation {item.number}" if item.number else "section"
        lines += _written(name, item.heading)
        lines += _written("text", item.text)
        lines += _written("reasons", item.reasons) if item.reasons else []
        if item.number:
            verdict = "adopted" if item.adopted else "not adopted"
            lines.append(f"votes: yes {item.yes}, no {item.no}, blank {item.blank}: {verdict}")
    for opinion in document.opinions:
        lines += _written(f"dissent on {opinion.number or 'the whole'}", opinion.text)
        lines += _written("signed", opinion.signed_as)
    return unicodedata.normalize("NFC", "\n".join(lines)) + "\n"


def fingerprint(text: str) -> str:
    """The SHA-256 of the text in UTF-8, as hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def is_unchanged(statement: Statement, document: Document) -> bool:
    """Whether the stored text has its hash, and what is shown is the stored text."""
    return (
        fingerprint(statement.adopted_text) == statement.adopted_sha256
        and canonical_text(document) == statement.adopted_text
    )


def _written(name: str, text: str) -> list[str]:
    return [f"{name}:", *(f"  {line.rstrip()}".rstrip() for line in text.strip().splitlines())]
