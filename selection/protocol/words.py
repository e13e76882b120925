"""A digest that can be read aloud: sixteen hex digits and six words, the same in every language."""

from functools import cache
from itertools import product

CONSONANTS, VOWELS = "hjklmnprstv", "aeiou"
UNPLEASANT = frozenset(
    """
    homo hora hore kaka kake kaki kuka kuse kusi kuku lesu mulu mutu nuki pena pera pese peni
    pepe pimu pipi piru poro puta puto rape sika tisi vaki
    """.split()
)
COUNT, BITS, SPOKEN = 2048, 11, 6


def hex_groups(digest: str) -> str:
    """``9f3a 01bc 77d0 e5e2``"""
    return " ".join(digest[place : place + 4] for place in range(0, 16, 4))


def spoken_words(digest: str) -> list[str]:
    """Six words for the first 66 bits of the digest."""
    bits = int(digest, 16) >> (256 - BITS * SPOKEN)
    places = [bits >> (BITS * turn) & (COUNT - 1) for turn in reversed(range(SPOKEN))]
    return [words()[place] for place in places]


@cache
def words() -> tuple[str, ...]:
    """The 2048 words of kr-words/1."""
    spelled = ("".join(letters) for letters in product(CONSONANTS, VOWELS, CONSONANTS, VOWELS))
    return tuple(word for word in spelled if word not in UNPLEASANT)[:COUNT]
