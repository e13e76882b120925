"""What changed between two texts, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from django.utils.translation import gettext as _

from statements.models import Revision


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words that stayed, came or went."""

    change: Literal["same", "added", "removed"]
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """The pieces that turn ``before`` into ``after``; those not removed are ``after``."""
    old, new = _words(before), _words(after)
    pieces: list[Piece] = []
    for change, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if change == "equal":
            pieces.append(Piece("same", "".join(new[k:m])))
            continue
        if i < j:
            pieces.append(Piece("removed", "".join(old[i:j])))
        if k < m:
            pieces.append(Piece("added", "".join(new[k:m])))
    return pieces


@dataclass(frozen=True, slots=True)
class Change:
    """What changed in one field of a part."""

    label: str
    pieces: list[Piece]


def changes(before: Revision, after: Revision) -> list[Change]:
    """The heading, text and reasons of ``after`` with what changed since ``before``."""
    fields = [
        Change(_("Heading"), difference(before.heading, after.heading)),
        Change(_("Text"), difference(before.text, after.text)),
        Change(_("Reasons"), difference(before.reasons, after.reasons)),
    ]
    return [field for field in fields if field.pieces]


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|\w+|[^\w\s]", text)
