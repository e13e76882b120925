"""Who lives together: what somebody decided, and addresses that nobody parted."""

import itertools

import pytest
from django.urls import reverse

from juries.enums import Role
from juries.models import AuditEntry, Household, Jury, Registrant
from juries.pool.deciding import take_back_decision
from juries.pool.duplicates import Likeness, pairs_to_look_at, undecided_pairs
from juries.pool.households import Resident, homes_of, joined, one_household, two_people
from selection.lottery import bridge
from tests import factories

HOME = {"street_address": "Rantatie 3", "postal_code": "10300"}


@pytest.fixture
def shared(jury: Jury) -> Jury:
    """At most one member is drawn from each household."""
    jury.one_per_household = True
    jury.save()
    return jury


def make_neighbours(jury: Jury, count: int, **facts: str) -> list[Registrant]:
    return factories.make_registrants(jury, [("woman", "young")] * count, **(HOME | facts))


def homes(jury: Jury) -> list[int | None]:
    return [person.household for person in bridge.read(jury).people]


def decide(verb, jury: Jury, one: Registrant, other: Registrant) -> None:
    verb(jury=jury, earlier=one.pk, later=other.pk, by=factories.make_member(jury, Role.RECRUITER))


def test_r2_a_shared_address_is_one_household_until_somebody_parts_it(shared):
    one, other = make_neighbours(shared, 2)
    before = homes(shared)

    decide(two_people, shared, one, other)

    assert before[0] is not None
    assert before[0] == before[1]
    assert homes(shared) == [None, None]


def test_r2_an_address_alone_is_shown_but_the_lottery_does_not_wait_for_it(shared):
    make_neighbours(shared, 2)

    [pair] = pairs_to_look_at(shared)

    assert pair.likenesses == (Likeness.ADDRESS,)
    assert undecided_pairs(shared) == []


def test_where_households_do_not_matter_a_shared_address_is_no_likeness(jury):
    make_neighbours(jury, 2)

    assert pairs_to_look_at(jury) == []
    assert homes(jury) == [None, None]


def test_a_couple_with_one_mailbox_is_one_household_by_decision(shared):
    one, other = factories.make_registrants(
        shared, [("woman", "young"), ("man", "old")], email="me@kaarnalahti.example"
    )
    apart = homes(shared)

    decide(one_household, shared, one, other)

    assert apart == [None, None]
    assert homes(shared) == [0, 0]
    assert shared.registrants.in_pool().count() == 2
    assert undecided_pairs(shared) == []
    assert AuditEntry.objects.first().verb == "duplicates.one_household"


def test_of_three_at_one_address_all_pairs_are_parted_before_any_counts_alone(shared):
    people = make_neighbours(shared, 3)
    pairs = list(itertools.combinations(people, 2))

    together = []
    for one, other in pairs:
        together.append(len(set(homes(shared)) - {None}))
        decide(two_people, shared, one, other)

    assert together == [1, 1, 1]
    assert homes(shared) == [None] * 3


def test_a_block_of_flats_is_parted_neighbour_by_neighbour(shared):
    people = make_neighbours(shared, 10)
    shown = pairs_to_look_at(shared)

    for pair in shown:
        two_people(jury=shared, earlier=pair.earlier, later=pair.later, by=factories.make_user())

    assert len(shown) == len(people) - 1
    assert homes(shared) == [None] * 10


def test_a_decision_taken_back_leaves_no_household(shared):
    one, other = factories.make_registrants(
        shared, [("woman", "young"), ("man", "old")], email="me@kaarnalahti.example"
    )
    decide(one_household, shared, one, other)

    take_back_decision(jury=shared, by=factories.make_user())

    assert homes(shared) == [None, None]
    assert not Household.objects.exists()
    assert len(undecided_pairs(shared)) == 1


def test_joins_hang_together_through_others():
    assert [sorted(one) for one in joined([(1, 2), (3, 4), (2, 3), (7, 7), (8, 9)])] == [
        [1, 2, 3, 4],
        [8, 9],
    ]


@pytest.mark.parametrize("people", [2, 500])
def test_reading_homes_takes_one_query(shared, django_assert_num_queries, people):
    residents = [Resident(pk, None, "Rantatie 3", "10300") for pk in range(people)]

    with django_assert_num_queries(1):
        found = homes_of(shared, residents)

    assert set(found) == {0}


def test_r2_staff_are_told_that_an_address_counts_as_one_household(shared, sign_in_as):
    make_neighbours(shared, 2)
    client = sign_in_as(Role.RECRUITER, shared)

    page = client.get(reverse("duplicates", args=[shared.slug]).replace("/fi/", "/en/"))

    assert "they count as one household" in page.content.decode()
