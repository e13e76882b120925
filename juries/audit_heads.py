"""The heads of the chains, kept where whoever rewrites the database does not reach.

A list has one line for each chain: its name, the number of its last line, and the digest of that.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.conf import settings

from juries.models import AuditHead


class NoList(Exception):
    """The text is no list of heads; the sentence says where."""


def written(heads: Iterable[AuditHead]) -> str:
    """The list of these heads."""
    return "".join(f"{head}\n" for head in heads)


def read(text: str) -> list[AuditHead]:
    """The heads in a list that was kept; a chain may stand in it many times."""
    return [_head(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]


def keep_heads(*, on: date) -> Path:
    """The heads of this moment stand at the end of the file of the day."""
    place = Path(settings.DATA) / "audit-heads" / f"{on.isoformat()}.txt"
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("a", encoding="ascii") as file:
        file.write(written(AuditHead.objects.all()))
    return place


def _head(number: int, line: str) -> AuditHead:
    words = line.split()
    if len(words) != 3 or not words[1].isdecimal() or len(words[2]) != 64:
        raise NoList(f"Line {number} is not a chain, a number and a digest.")
    return AuditHead(chain=words[0], seq=int(words[1]), digest=words[2])
