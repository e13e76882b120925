"""Pool files: every person has a known value for every criterion, or the row is named."""

import pytest

from juries.files.addresses import same_address_key
from juries.files.errors import Code, FileError, UnreadableFile
from juries.files.pools import PoolFile, criteria_of, read_pool
from juries.files.quota_files import quota_rows
from juries.files.tables import read_table

QUOTAS = "feature,value,min,max\nage,16-29,1,2\nage,30-,1,2\nArea,North,1,1\nArea,South,1,1\n"


def pool(text: str, **options) -> PoolFile:
    criteria = criteria_of(quota_rows(read_table(QUOTAS.encode(), file="quotas.csv")))
    return read_pool(read_table(text.encode(), file="pool.csv"), criteria, **options)


def refusal(text: str, **options) -> FileError:
    with pytest.raises(FileError) as caught:
        pool(text, **options)
    return caught.value


def test_values_become_their_positions_in_the_quota_file() -> None:
    read = pool("id;AREA;age\np1;South;16-29\np2; North ;30-\n")

    assert read.ids == ("p1", "p2")
    assert read.traits == ((0, 1), (1, 0))
    assert read.households == (-1, -1)


def test_a_missing_value_names_the_row_of_the_person() -> None:
    error = refusal("id;age;area\np1;16-29;North\np2;;South\np3;30-;\n")

    assert [
        (problem.code, problem.row, problem.params["column"]) for problem in error.problems
    ] == [
        (Code.MISSING_VALUE, 3, "age"),
        (Code.MISSING_VALUE, 4, "area"),
    ]


def test_unknown_values_are_listed_with_how_often_they_occur() -> None:
    error = refusal("id;age;area\np1;16-29;West\np2;30-;West\np3;30-;East\np4;30-;South\n")

    assert [
        (dict(problem.params)["value"], problem.params["count"]) for problem in error.problems
    ] == [
        ("West", 2),
        ("East", 1),
    ]
    assert {problem.code for problem in error.problems} == {Code.UNKNOWN_VALUE}


@pytest.mark.parametrize("value", ["north", "NORTH"])
def test_a_value_that_differs_in_case_is_reported_and_not_guessed(value) -> None:
    error = refusal(f"id;age;area\np1;16-29;North\np2;30-;{value}\n")

    assert error.code == Code.MISSPELT_VALUE
    assert error.params["other"] == "North"


def test_the_same_id_twice_is_refused_with_both_rows() -> None:
    error = refusal("id;age;area\np1;16-29;North\np2;30-;North\np1;30-;South\n")

    assert error.code == Code.DUPLICATE_ID
    assert (error.params["row"], error.params["first_row"]) == (4, 2)


@pytest.mark.parametrize("name", ["id", "ID", "Tunnus", "respondent_id", "nationbuilder_id"])
def test_the_id_column_is_found_by_its_usual_names(name) -> None:
    assert pool(f"age;area;{name}\n30-;North;p1\n").ids == ("p1",)


def test_another_id_column_can_be_named() -> None:
    assert pool("id;kortti;age;area\n1;k9;30-;North\n", id_column="Kortti").ids == ("k9",)


def test_a_pool_without_an_id_column_is_refused() -> None:
    with pytest.raises(UnreadableFile) as caught:
        pool("name;age;area\nx;30-;North\n")

    assert caught.value.code == Code.MISSING_ID_COLUMN


def test_a_criterion_without_its_column_is_refused() -> None:
    with pytest.raises(UnreadableFile) as caught:
        pool("id;age\np1;30-\n")

    assert caught.value.params["column"] == "Area"


def test_people_at_one_address_are_a_household_and_blank_addresses_are_none() -> None:
    read = pool(
        "id;age;area;street;postcode\n"
        "p1;30-;North;Katu 5 A 3;00100\n"
        "p2;30-;North;  katu  5a3.;00100\n"
        "p3;30-;North;Katu 5 A 3;00200\n"
        "p4;30-;North;;00100\n"
        "p5;30-;North;-;00100\n",
        household_columns=["street", "postcode"],
    )

    assert read.households == (0, 0, 1, -1, -1)


@pytest.mark.parametrize(
    "other",
    [
        "rantatie 4b 00100",
        "RANTATIE 4 B; 00100",
        " Rantatie  4-b, 00100. ",
        "Rantatie 4\u00a0B 00100",
    ],
)
def test_case_spaces_and_punctuation_make_no_other_address(other) -> None:
    assert same_address_key(["Rantatie 4 B, 00100"]) == same_address_key([other])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Katu 1 12", "Katu 11 2"),
        ("Katu 1", "Kätu 1"),
        ("Katu 1 A", "Katu 1 B"),
    ],
)
def test_addresses_that_differ_in_a_letter_or_a_number_are_two(one, other) -> None:
    assert same_address_key([one]) != same_address_key([other])


def test_problems_are_told_in_the_order_of_the_rows() -> None:
    error = refusal("id;age;area\np1;x;North\n;30-;\np1;30-;South\n")

    assert [problem.row for problem in error.problems] == sorted(
        problem.row or 0 for problem in error.problems
    )
    assert len(error.problems) == 4
