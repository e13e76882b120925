"""A list of names held against the registrants: who may be meant. The list is stored nowhere."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from juries.errors import JuryError
from juries.models import Registrant
from juries.pool.duplicates import plain_name

MOST_NAMES = 5000
YEAR = re.compile(r"(?<!\d)(19|20)\d\d(?!\d)")
FEWEST_SHARED = 2


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list: a name as it stands there, and the year of birth if it has one."""

    name: str
    year: int | None
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """A registrant whom a line of the list may mean.

    ``whole`` says that the names are the same, but for case, accents and order; otherwise one
    has parts that the other lacks. ``same_year`` is None where one of them has no year.
    """

    registrant: Registrant
    listed: Listed
    whole: bool
    same_year: bool | None


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of the list: the likeliest first; ``lines`` different names were in it."""

    lines: int
    matches: tuple[Match, ...]


def compare(text: str, people: Iterable[Registrant]) -> Compared:
    """Everybody of ``people`` whom a line of the text may mean, one match each."""
    listed = _different(text)
    if len(listed) > MOST_NAMES:
        raise JuryError(_("At most %(most)s names at a time.") % {"most": MOST_NAMES})
    by_word: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(listed):
        for word in line.words:
            by_word[word].append(number)
    found = [match for person in people for match in _match(person, listed, by_word)]
    likeliest = sorted(found, key=_unlikeliness)
    return Compared(len(listed), tuple(likeliest))


def _match(
    person: Registrant, listed: list[Listed], by_word: dict[str, list[int]]
) -> Iterator[Match]:
    """The likeliest line for the person, if there is one."""
    words = frozenset(plain_name(person.name).split())
    shared = Counter(number for word in words for number in by_word.get(word, ()))
    matches = [
        Match(
            person,
            listed[number],
            listed[number].words == words,
            _same_year(person, listed, number),
        )
        for number, count in shared.items()
        if _is_like(words, listed[number].words, count)
    ]
    yield from sorted(
        (match for match in matches if match.same_year is not False), key=_unlikeliness
    )[:1]


def _is_like(words: frozenset[str], others: frozenset[str], shared: int) -> bool:
    return words == others or shared == min(len(words), len(others)) >= FEWEST_SHARED


def _same_year(person: Registrant, listed: list[Listed], number: int) -> bool | None:
    year = listed[number].year
    return None if year is None or not person.birth_year else year == person.birth_year


def _unlikeliness(match: Match) -> tuple[bool, bool, str, int]:
    return not match.whole, match.same_year is None, match.registrant.name, match.registrant.pk


def _different(text: str) -> list[Listed]:
    """Each name once, with each year that it has."""
    lines = {(line.words, line.year): line for line in _lines(text)}
    return list(lines.values())


def _lines(text: str) -> Iterator[Listed]:
    for line in text.splitlines():
        name, _mark, rest = line.replace("\t", ";").partition(";")
        words = frozenset(plain_name(name).split())
        year = YEAR.search(rest)
        if words:
            yield Listed(" ".join(name.split()), int(year[0]) if year else None, words)
