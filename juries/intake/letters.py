"""Words of a file by which one sees whether its letters were read right."""

import re
from dataclasses import dataclass

from juries.files.tables import Table

MANY = 8
LONGEST = 40
_WORD = re.compile(r"\S*[^\x00-\x7f]\S*")
_PARTS = re.compile(r"[^\x00-\x7f]+|[\x00-\x7f]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a word; ``telling`` are the letters that go wrong when a file is read wrong."""

    text: str
    telling: bool


def telling_words(table: Table) -> list[list[Part]]:
    """The first words with å, ä, ö, š and the like; each letter is among them once if it can be."""
    words: dict[str, None] = {}
    seen: set[str] = set()
    for row in table.rows:
        for cell in row.cells:
            for word in [] if cell.isascii() else _WORD.findall(cell):
                letters = {letter for letter in word if not letter.isascii()}
                if not letters <= seen:
                    words[word[:LONGEST]] = None
                    seen |= letters
        if len(words) >= MANY:
            break
    return [
        [Part(part, not part.isascii()) for part in _PARTS.findall(word)]
        for word in list(words)[:MANY]
    ]
