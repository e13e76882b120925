"""A list of names held against the registrants: case, accents and order make no difference."""

import time

import pytest

from juries.errors import JuryError
from juries.models import Registrant
from juries.pool.name_lists import MOST_NAMES, compare


def person(name: str, year: int | None = 1970) -> Registrant:
    return Registrant(name=name, birth_year=year)


@pytest.mark.parametrize(
    "line",
    [
        "Åsa Öberg",
        "asa oberg",
        "ÖBERG, Åsa",
        "  Öberg\u00a0Åsa  ",
        "Öberg Åsa; 1970",
        "Öberg Åsa;3.4.1970",
        "Öberg Åsa\t1970",
    ],
)
def test_the_same_name_is_found_however_it_is_written(line):
    [match] = compare(line, [person("Åsa Öberg")]).matches

    assert match.whole


@pytest.mark.parametrize("line", ["Åsa Maria Öberg", "Öberg-Mäki Åsa"])
def test_a_name_with_more_parts_is_found_as_a_part(line):
    [match] = compare(line, [person("Åsa Öberg")]).matches

    assert not match.whole


@pytest.mark.parametrize("line", ["Åsa", "Öberg", "Åsa Lund", "Öberg Åsa; 1971", "", ";1970", "…"])
def test_somebody_else_is_not_found(line):
    assert compare(line, [person("Åsa Öberg")]).matches == ()


def test_a_year_that_one_of_them_lacks_parts_nobody():
    [known, unknown] = compare(
        "Åsa Öberg; 1970", [person("Åsa Öberg"), person("Asa Oberg", None)]
    ).matches

    assert (known.same_year, unknown.same_year) == (True, None)


def test_the_likeliest_comes_first_and_nobody_twice():
    people = [person("Aino Kaarina Aalto", None), person("Aino Aalto", None)]

    compared = compare("Aino Aalto\naalto aino; 1950\nPekka Puu", people)

    assert compared.lines == 3
    assert [match.registrant.name for match in compared.matches] == [
        "Aino Aalto",
        "Aino Kaarina Aalto",
    ]


def test_erased_people_are_like_nobody():
    assert compare("Aino Aalto", [person("")]).matches == ()


def test_too_many_names_are_refused():
    names = "\n".join(f"Aino Aalto{number}" for number in range(MOST_NAMES + 1))

    with pytest.raises(JuryError):
        compare(names, [])


def test_a_long_list_is_held_against_a_large_pool_in_a_moment():
    names = "\n".join(f"Aino Sukunimi{number} Aalto" for number in range(1, MOST_NAMES))
    people = [person(f"Eino Sukunimi{number} Aho") for number in range(3000)]
    started = time.monotonic()

    compared = compare(f"{names}\nEino Aho", people)

    assert len(compared.matches) == 3000
    assert time.monotonic() - started < 10
