import pytest
from django.utils import translation

from juries.file_sentences import KINDS, SENTENCES, sentence, sentences
from juries.files.errors import Code, FileError, Kind, Problem


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


PARAMETERS = {
    "kind": Kind.PDF,
    "limit": 5,
    "row": 3,
    "column": "min",
    "found": "a, b",
    "value": "x",
    "other": "y",
    "first_row": 2,
    "criterion": "age",
    "minimum": 3,
    "maximum": 2,
    "count": 4,
}


@pytest.mark.parametrize("code", Code)
def test_every_problem_of_a_file_has_a_sentence(code):
    said = sentence(Problem.of(code, file="a.csv", **PARAMETERS))

    assert said.endswith((".", "?"))
    assert "%(" not in said


def test_every_kind_of_wrong_file_is_named():
    assert set(KINDS) == set(Kind)
    assert set(SENTENCES) == set(Code)


def test_a_long_list_of_problems_is_cut_and_says_how_much_is_left():
    problems = [Problem.of(Code.NEGATIVE, row=row, column="n", value="-1") for row in range(50)]

    said = sentences(FileError(problems))

    assert len(said) == 21
    assert "30" in said[-1]
