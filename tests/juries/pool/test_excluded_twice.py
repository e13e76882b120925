"""Whoever is excluded and registered twice is not drawn by the other registration."""

import pytest

from juries.enums import Role, Stage
from juries.models import AuditEntry, ExclusionRule, Jury
from juries.pool.deciding import take_back_decision
from juries.pool.duplicates import pairs_to_look_at, undecided_pairs
from juries.pool.exclusions import exclude_registrant
from juries.pool.households import two_people
from juries.pool.merging import same_person
from tests import factories


@pytest.fixture
def by(jury):
    return factories.make_member(jury, Role.RECRUITER)


@pytest.fixture
def rule(jury):
    return ExclusionRule.objects.create(jury=jury, name_fi="Valtuutetut")


@pytest.fixture
def double(jury):
    """Two registrations with one e-mail address."""
    return factories.make_registrants(jury, [("woman", "young")] * 2, email="aino@x.example")


def exclude(person, rule, by):
    exclude_registrant(registrant=person, rule=rule, by=by)


@pytest.mark.parametrize("place", [0, 1])
def test_the_other_registration_is_looked_at_before_the_draw(jury, double, rule, by, place):
    exclude(double[place], rule, by)

    assert [(pair.earlier, pair.later) for pair in undecided_pairs(jury)] == [
        (double[0].pk, double[1].pk)
    ]


@pytest.mark.parametrize("place", [0, 1])
def test_found_to_be_one_person_they_are_excluded(jury, double, rule, by, place):
    exclude(double[place], rule, by)

    same_person(jury=jury, earlier=double[0].pk, later=double[1].pk, by=by)

    double[0].refresh_from_db()
    assert double[0].excluded == rule
    assert not jury.registrants.in_pool().exists()


def test_taken_back_both_stand_as_before(jury, double, rule, by):
    exclude(double[1], rule, by)
    same_person(jury=jury, earlier=double[0].pk, later=double[1].pk, by=by)

    take_back_decision(jury=jury, by=by)

    assert list(jury.registrants.order_by("pk").values_list("excluded", flat=True)) == [
        None,
        rule.pk,
    ]
    assert "excluded" in AuditEntry.objects.get(verb="duplicates.same_person").facts["changed"]


def test_found_to_be_two_people_one_can_be_drawn(jury, double, rule, by):
    exclude(double[0], rule, by)

    two_people(jury=jury, earlier=double[0].pk, later=double[1].pk, by=by)

    assert pairs_to_look_at(jury) == []
    assert list(jury.registrants.in_pool()) == [double[1]]


def test_two_who_are_both_excluded_are_not_asked_about(jury, double, rule, by):
    for person in double:
        exclude(person, rule, by)

    assert pairs_to_look_at(jury) == []


def test_who_only_lives_with_somebody_excluded_is_not_asked_about(jury, rule, by):
    Jury.objects.update(one_per_household=True)
    jury.refresh_from_db()
    home = {"street_address": "Kirkkokatu 5", "postal_code": "99999", "email": ""}
    neighbours = factories.make_registrants(jury, [("woman", "young"), ("man", "old")], **home)
    exclude(neighbours[0], rule, by)

    assert pairs_to_look_at(jury) == []


def test_once_the_pool_is_frozen_nobody_is_asked_about_who_is_not_in_it(jury, double, rule, by):
    exclude(double[0], rule, by)
    Jury.objects.update(stage=Stage.FROZEN)
    jury.refresh_from_db()

    assert pairs_to_look_at(jury) == []
