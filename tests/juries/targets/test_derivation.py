from datetime import date

import pytest

from juries.models import Criterion, CriterionValue, Jury
from juries.targets.derivation import (
    criteria_of,
    derive,
    normal_postal_code,
    youngest_birth_year,
)
from tests import factories

pytestmark = pytest.mark.django_db

AGE, AREA, BOTH = (
    Criterion.Source.BIRTH_YEAR,
    Criterion.Source.POSTAL_CODE,
    Criterion.Source.COMBINED,
)
AGES = {"16-29": (16, 29), "30-44": (30, 44), "75-": (75, None)}
AREAS = {"Keskusta": ["99100", "99110"], "Saarenpää": ["99300"]}


@pytest.fixture
def jury(db: None) -> Jury:
    """Gender is asked for; age group and area follow, and so does gender with age group."""
    jury = factories.make_jury(
        quotas={"gender": {"woman": (0, 4), "man": (0, 4)}},
        registration_opens_on=date(2027, 1, 7),
        registration_closes_on=date(2027, 3, 1),
    )
    age = jury.criteria.create(key="age", position=1, source=AGE)
    for position, (key, (youngest, oldest)) in enumerate(AGES.items()):
        make_value(age, key, position, youngest=youngest, oldest=oldest)
    area = jury.criteria.create(key="area", position=2, source=AREA)
    for position, (key, codes) in enumerate(AREAS.items()):
        make_value(area, key, position, postal_codes=codes)
    gender = jury.criteria.get(key="gender")
    both = jury.criteria.create(key="both", position=3, source=BOTH, first=gender, second=age)
    for first in gender.values.all():
        for second in age.values.all():
            make_value(both, f"{first.key}, {second.key}", 0, first=first, second=second)
    return jury


def make_value(criterion: Criterion, key: str, position: int, **facts: object) -> CriterionValue:
    return CriterionValue.objects.create(
        criterion=criterion, key=key, position=position, minimum=0, maximum=4, **facts
    )


def value(jury, criterion, key):
    return CriterionValue.objects.get(criterion__jury=jury, criterion__key=criterion, key=key)


def told(jury, **facts):
    derived = derive(jury, **facts)
    return (
        [value.key for value in derived.values],
        [criterion.key for criterion in derived.missing],
        [criterion.key for criterion in derived.outside],
    )


def test_age_group_area_and_combination_follow_from_what_was_told(jury):
    woman = value(jury, "gender", "woman")

    found = told(jury, birth_year=1990, postal_code="FI-99 300", asked_values=[woman])

    assert found == (["woman", "30-44", "Saarenpää", "woman, 30-44"], [], [])


@pytest.mark.parametrize(
    ("birth_year", "group"),
    [(2011, "16-29"), (1998, "16-29"), (1997, "30-44"), (1952, "75-"), (1920, "75-")],
)
def test_the_age_that_counts_is_reached_in_the_year_of_opening(jury, birth_year, group):
    assert group in told(jury, birth_year=birth_year)[0]


@pytest.mark.parametrize("birth_year", [2012, 1982, 1953])
def test_an_age_in_no_group_is_outside_and_not_put_anywhere(jury, birth_year):
    values, missing, outside = told(jury, birth_year=birth_year)

    assert (values, missing, outside) == ([], ["gender", "area"], ["age"])


def test_a_postal_code_of_no_area_is_outside(jury):
    assert told(jury, birth_year=1990, postal_code="00100")[2] == ["area"]


def test_what_was_not_told_is_missing_and_a_combination_names_only_its_parts(jury):
    assert told(jury) == ([], ["gender", "age", "area"], [])


def test_the_year_of_birth_overrules_an_age_group_that_was_given(jury):
    old = value(jury, "age", "75-")

    assert told(jury, birth_year=1990, asked_values=[old])[0] == ["30-44"]
    assert told(jury, asked_values=[old])[0] == ["75-"]


def test_a_pair_without_a_group_is_outside(jury):
    CriterionValue.objects.get(key="woman, 75-").delete()
    woman = value(jury, "gender", "woman")

    assert told(jury, birth_year=1950, asked_values=[woman])[2] == ["both"]


@pytest.mark.parametrize("today", ["2026-12-31", "2027-01-01", "2028-06-01"])
def test_nobody_changes_age_group_at_new_year(jury, time_machine, today):
    time_machine.move_to(f"{today}T12:00:00+02:00")

    assert [value.key for value in derive(jury, birth_year=2011).values] == ["16-29"]
    assert youngest_birth_year(jury) == 2027 - jury.minimum_age


def test_control_in_a_jury_that_opens_a_year_earlier_the_same_person_is_too_young(jury):
    jury.registration_opens_on = date(2026, 12, 31)

    assert derive(jury, birth_year=2011).values == ()


def test_with_the_criteria_at_hand_the_database_is_not_asked(jury, django_assert_num_queries):
    criteria = criteria_of(jury)

    with django_assert_num_queries(0):
        derive(jury, birth_year=1990, postal_code="99100", criteria=criteria)
    with django_assert_num_queries(2):
        derive(jury, birth_year=1990, postal_code="99100")


@pytest.mark.parametrize(
    ("text", "code"), [("00100", "00100"), (" 00 100 ", "00100"), ("FI-00100", "00100"), ("", "")]
)
def test_a_postal_code_is_its_digits(text, code):
    assert normal_postal_code(text) == code
