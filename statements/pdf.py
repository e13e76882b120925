"""The adopted statement as a tagged PDF, set by Typst.

People's words go in as data, never as markup.
"""

import json
from pathlib import Path

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from juries.typesetting import typeset
from statements.document import Document, Item
from statements.models import Statement
from statements.voting import rule_sentence

TEMPLATE = Path(__file__).parent / "typst" / "statement.typ"


def pdf_of(statement: Statement, document: Document) -> bytes:
    """The PDF, in the statement's own language, the same to the byte for the same statement."""
    with override(document.language):
        return typeset(TEMPLATE, json.dumps(_data(statement, document), sort_keys=True))


def _data(statement: Statement, document: Document) -> dict[str, object]:
    day = document.adopted_on
    return {
        "language": document.language,
        "title": document.title,
        "kind": _("Statement of the citizens' jury"),
        "organisation": document.organisation,
        "adopted": [day.year, day.month, day.day] if day else None,
        "adopted_line": _("Adopted %(date)s") % {"date": date_format(day)} if day else "",
        "body": [_item(item) for item in document.body],
        "rejected_title": _("Voted on, not adopted"),
        "rejected": [_item(item) for item in document.rejected],
        "votes_title": _("Votes"),
        "rule": rule_sentence(statement),
        "turnout": _("%(voters)s of the panel's %(members)s members voted.")
        % {"voters": document.voters, "members": document.members},
        "vote_headings": [_("Recommendation"), _("Yes"), _("No"), _("Blank"), _("Result")],
        "votes": [_votes(item) for item in document.recommendations],
        "opinions_title": _("Dissenting opinions"),
        "opinions": [
            {
                "heading": _("On recommendation %(number)s") % {"number": opinion.number}
                if opinion.number
                else _("On the whole statement"),
                "text": opinion.text,
                "signed": opinion.signed_as,
            }
            for opinion in document.opinions
        ],
        "reasons": _("Reasons"),
        "page": _("Page"),
        "fingerprint": _("Fingerprint of the adopted text (SHA-256)"),
        "sha256": statement.adopted_sha256,
    }


def _item(item: Item) -> dict[str, object]:
    return {
        "number": item.number,
        "heading": item.heading,
        "text": item.text,
        "reasons": item.reasons,
    }


def _votes(item: Item) -> list[str]:
    result = _("adopted") if item.adopted else _("not adopted")
    return [
        f"{item.number}. {item.heading}",
        str(item.yes),
        str(item.no),
        str(item.blank),
        result,
    ]
