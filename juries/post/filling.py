"""Texts with places for facts: ``{code}`` is where the code goes, and nothing else can go there.

A text is only ever searched for names in braces. What is filled in is never searched again, so no
fact can bring in another.
"""

import re
from collections.abc import Collection, Iterator, Mapping

from django.utils.translation import gettext as _

PLACE = re.compile(r"\{([^{}\n]*)\}")
STRAY_BRACE = re.compile(r"[{}]")
EMPTY_LINES = re.compile(r"\n{3,}")


def fill(text: str, facts: Mapping[str, str]) -> str:
    """The text with its facts. A line that asks for a fact there is none of is left out."""
    lines = (
        PLACE.sub(lambda place: facts[_name(place)], line)
        for line in text.replace("\r\n", "\n").split("\n")
        if all(facts.get(_name(place)) for place in PLACE.finditer(line))
    )
    return EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def fill_line(text: str, facts: Mapping[str, str]) -> str:
    """The same on one line, as a subject must be."""
    return " ".join(fill(text, facts).split())


def objections(text: str, *, known: Collection[str], needed: Collection[str]) -> Iterator[str]:
    """What is wrong with the places in a text, one sentence each."""
    names = [_name(place) for place in PLACE.finditer(text)]
    for name in dict.fromkeys(names):
        if name not in known:
            yield _("There is no fact called {%(name)s}. Choose from the list beside.") % {
                "name": name
            }
    if STRAY_BRACE.search(PLACE.sub("", text)):
        yield _("A brace stands alone: write a fact as {code}, with a brace on both sides.")
    for name in needed:
        if name not in names:
            yield _("{%(name)s} is missing, and nobody could answer without it.") % {"name": name}


def _name(place: re.Match[str]) -> str:
    return place[1].strip().lower()
