"""Quota files and population tables: all that is wrong, at its row, in one go."""

import pytest

from juries.files.errors import Code, FileError, UnreadableFile
from juries.files.numbers import whole_number
from juries.files.quota_files import PopulationRow, QuotaRow, population_rows, quota_rows
from juries.files.tables import read_table


def quotas(text: str) -> list[QuotaRow]:
    return quota_rows(read_table(text.encode(), file="quotas.csv"))


def population(text: str) -> list[PopulationRow]:
    return population_rows(read_table(text.encode(), file="population.csv"))


def problems(text: str, read=quotas) -> list[tuple[Code, int | None]]:
    with pytest.raises(FileError) as caught:
        read(text)
    return [(problem.code, problem.row) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "header",
    [
        "feature,value,min,max",
        "category,name,min,max",
        "category,feature,min,max",
        "Feature,VALUE,Min,mAX",
        "criterion;value;minimum;maximum".replace(";", ","),
        "kiintiöperuste,arvo,alaraja,yläraja",
        "kvotgrund,värde,minst,högst",
    ],
)
def test_the_headers_of_the_field_are_known(header) -> None:
    rows = quotas(f"{header}\nage,16-29,2,4\nage,30-,3,5\n")

    assert rows == [
        QuotaRow("age", "16-29", 2, 4, None, None, 2),
        QuotaRow("age", "30-", 3, 5, None, None, 3),
    ]


def test_columns_may_stand_in_any_order_with_others_between() -> None:
    rows = quotas("max;note;value;min;feature\n4;x;16-29;2;age\n")

    assert rows == [QuotaRow("age", "16-29", 2, 4, None, None, 2)]


def test_flexible_bounds_are_read_where_given() -> None:
    rows = quotas("feature,value,min,max,min_flex,max_flex\nage,a,2,4,1,6\nage,b,2,4,,\n")

    assert [(row.minimum_flex, row.maximum_flex) for row in rows] == [(1, 6), (None, None)]


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("value,min,max", "criterion"),
        ("x,y,min,max", "criterion"),
        ("feature,min,max", "value"),
        ("feature,value,max", "min"),
        ("feature,value,min", "max"),
    ],
)
def test_a_missing_column_is_named(header, column) -> None:
    with pytest.raises(UnreadableFile) as caught:
        quotas(f"{header}\na,1,2\n")

    assert caught.value.code == Code.MISSING_COLUMN
    assert caught.value.params["found"] == header.replace(",", ", ")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("age,c,4,2", Code.MINIMUM_ABOVE_MAXIMUM),
        ("age,c,two,3", Code.NOT_A_WHOLE_NUMBER),
        ("age,c,1.5,3", Code.NOT_A_WHOLE_NUMBER),
        ("age,c,-1,3", Code.NEGATIVE),
        ("age,c,1,99999999999", Code.NUMBER_TOO_LARGE),
        ("age,c,,3", Code.MISSING_VALUE),
        (",c,1,3", Code.MISSING_VALUE),
        ("age,,1,3", Code.MISSING_VALUE),
        ("age,a,1,3", Code.DUPLICATE_VALUE),
        ("age, A,1,3", Code.NEARLY_SAME_VALUE),
        ("Age,b,1,3", Code.NEARLY_SAME_CRITERION),
        ("age,c,2,3,3,4", Code.FLEX_INSIDE),
        ("age,c,2,3,1,2", Code.FLEX_INSIDE),
    ],
)
def test_what_is_wrong_with_a_row_is_said_at_the_row(row, code) -> None:
    text = f"feature,value,min,max,min_flex,max_flex\nage,a,1,2,,\n{row}\n"

    assert problems(text) == [(code, 3)]


def test_values_that_differ_only_in_spaces_are_reported_with_the_other_row() -> None:
    with pytest.raises(FileError) as caught:
        quotas("feature,value,min,max\narea,Old  town,1,2\narea,old town,1,2\n")

    assert caught.value.params["other"] == "Old  town"
    assert caught.value.params["first_row"] == 2


def test_everything_wrong_is_told_at_once() -> None:
    found = problems("feature,value,min,max\nage,a,x,y\nage,b,3,1\nage,b,1,2\n")

    assert found == [
        (Code.NOT_A_WHOLE_NUMBER, 2),
        (Code.NOT_A_WHOLE_NUMBER, 2),
        (Code.MINIMUM_ABOVE_MAXIMUM, 3),
        (Code.DUPLICATE_VALUE, 4),
    ]


def test_the_same_value_may_belong_to_two_criteria() -> None:
    assert len(quotas("feature,value,min,max\na,other,0,1\nb,other,0,1\n")) == 2


@pytest.mark.parametrize(
    "header",
    [
        "criterion;value;population",
        "Peruste;Arvo;Väestö",
        "kiintiöperuste;arvo;lukumäärä",
        "kvotgrund;värde;befolkning",
        "kvotgrund;värde;antal",
        "criterion;value;N",
    ],
)
def test_a_population_table_is_read_in_three_languages(header) -> None:
    rows = population(f"{header}\nkieli;suomi;12 340\nkieli;ruotsi;1\u00a0200\n")

    assert rows == [
        PopulationRow("kieli", "suomi", 12340, 2),
        PopulationRow("kieli", "ruotsi", 1200, 3),
    ]


def test_a_population_table_tells_all_its_problems() -> None:
    text = "criterion;value;population\na;b;many\na;c;\n;d;3\na;c;4\na;e;-5\n"

    assert problems(text, population) == [
        (Code.NOT_A_WHOLE_NUMBER, 2),
        (Code.MISSING_VALUE, 3),
        (Code.MISSING_VALUE, 4),
        (Code.DUPLICATE_VALUE, 5),
        (Code.NEGATIVE, 6),
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("-0", 0),
        ("007", 7),
        ("0000000000000000012", 12),
        ("35.0", 35),
        ("35,0", 35),
        ("12 340", 12340),
        ("1\u202f234\u202f567", 1234567),
        ("12.340", Code.NOT_A_WHOLE_NUMBER),
        ("12,340", Code.NOT_A_WHOLE_NUMBER),
        ("12 34", Code.NOT_A_WHOLE_NUMBER),
        ("1e3", Code.NOT_A_WHOLE_NUMBER),
        ("²", Code.NOT_A_WHOLE_NUMBER),
        ("-", Code.NOT_A_WHOLE_NUMBER),
        ("−3", Code.NEGATIVE),
        ("2000000001", Code.NUMBER_TOO_LARGE),
        ("9" * 100_000, Code.NUMBER_TOO_LARGE),
    ],
)
def test_whole_numbers_are_read_and_nothing_is_guessed(text, number) -> None:
    assert whole_number(text) == number
