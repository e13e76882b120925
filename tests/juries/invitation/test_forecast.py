"""The forecast: letters for the panel at 2, 4 and 8 per cent, by group, and at the rate so far."""

import pytest
from django.urls import reverse
from django.utils import translation

from juries.enums import Role
from juries.invitation.forecast import Assumptions, forecast, further_letters
from juries.models import Invitation, Jury
from tests import factories
from tests.juries.invitation.sampling import imported, invited, row
from tests.juries.registration.registering import open_jury


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def jury(db: None) -> Jury:
    return open_jury(panel_size=30)


def letters(jury: Jury, **changes: int) -> list[int]:
    return [column.letters for column in forecast(jury, Assumptions(**changes)).columns]


def populate(jury: Jury, **people: int) -> None:
    for key, population in people.items():
        jury.criteria.get(key="age").values.filter(key=key).update(population=population)


def answered(jury: Jury, group: str, letters_sent: int, registered: int) -> None:
    """A wave to a group, of whom so many have registered."""
    rows = [row(number, group=group, first=f"{group} {number}") for number in range(letters_sent)]
    wave = invited(imported(jury, rows, name=group))
    for invitation in Invitation.objects.filter(wave=wave)[:registered]:
        factories.make_registrants(jury, [("woman", group)], invitation=invitation)


def test_thirty_seats_take_3750_letters_at_four_per_cent(jury):
    assert letters(jury) == [7500, 3750, 1875]


def test_more_registrants_for_a_seat_or_more_people_drawn_take_more_letters(jury):
    assert letters(jury, registrants_per_seat=6) == [9000, 4500, 2250]
    assert letters(jury, extra_per_cent=15) == [8750, 4375, 2188]


def test_the_letters_of_the_groups_add_up_and_follow_the_population(jury):
    populate(jury, young=300, old=700)

    result = forecast(jury, criterion=jury.criteria.get(key="age"))

    assert [(one.value.key, one.letters) for one in result.groups] == [
        ("young", (2250, 1125, 562)),
        ("old", (5250, 2625, 1313)),
    ]


def test_without_a_population_there_are_no_groups(jury):
    populate(jury, young=None, old=None)
    age = jury.criteria.get(key="age")

    assert forecast(jury, criterion=age).groups == ()
    assert further_letters(jury, age) == []


def test_once_answers_come_in_their_rate_stands_beside_the_others(jury):
    answered(jury, "young", 20, 1)

    last = forecast(jury).columns[-1]

    assert (last.so_far, last.share, last.letters) == (True, 0.05, 3000)


def test_what_a_group_still_lacks_is_reckoned_at_its_own_rate(jury):
    populate(jury, young=500, old=500)
    answered(jury, "young", 100, 2)
    answered(jury, "old", 10, 1)

    found = further_letters(jury, jury.criteria.get(key="age"))

    # 150 registrants are wanted. Ten letters say little of the old: 3 of all 110 have answered.
    assert [(one.value.key, one.wanted, one.registered, one.letters) for one in found] == [
        ("young", 75, 2, 73 * 100 // 2),
        ("old", 75, 1, -(-74 * 110 // 3)),
    ]


def test_before_any_answer_four_per_cent_are_reckoned_with(jury):
    populate(jury, young=500, old=500)

    assert {one.rate.share for one in further_letters(jury, jury.criteria.get(key="age"))} == {0.04}


@pytest.mark.parametrize(
    "asked",
    [{}, {"seats": "6", "extra": "15"}, {"seats": "x", "extra": "-1", "by": "?"}, {"by": "9" * 99}],
)
def test_the_page_answers_whatever_is_asked(jury, sign_in_as, asked):
    response = sign_in_as(Role.RECRUITER, jury).get(reverse("forecast", args=[jury.slug]), asked)

    assert response.status_code == 200
    assert "All together" in response.content.decode()
