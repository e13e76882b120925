"""The same person twice is noticed, said to nobody outside, and decided by somebody."""

import pytest
from django.urls import reverse
from django.utils import translation

from juries.enums import Role
from juries.errors import JuryError
from juries.models import AuditEntry, DuplicateDecision, Jury
from juries.pool.duplicates import (
    Facts,
    Likeness,
    alike,
    plain_email,
    plain_name,
    plain_phone,
    undecided_pairs,
)
from juries.pool.households import two_people
from juries.pool.merging import same_person
from juries.views.pool.pairs import answers
from tests import factories


def person(pk: int, **facts: object) -> Facts:
    empty = {
        "name": f"Name{chr(97 + pk % 26)} {'x' * (pk // 26)}",
        "email": "",
        "phone": "",
        "birth_year": None,
        "street_address": "",
        "postal_code": "",
    }
    return Facts(pk=pk, **{**empty, **facts})


def make_twins(jury: Jury, pairs: int = 1) -> None:
    for number in range(pairs):
        for _twin in range(2):
            factories.make_registrants(
                jury,
                [("woman", "young")],
                name=f"Malli {number}",
                email=f"kaksonen{number}@kaarnalahti.example",
            )


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ({"email": "Aino@x.example"}, {"email": "aino+raati@X.example"}, Likeness.EMAIL),
        ({"phone": "040 123 4567"}, {"phone": "+358 40-1234567"}, Likeness.PHONE),
        ({"phone": "0401234567"}, {"phone": "00358401234567"}, Likeness.PHONE),
        (
            {"name": "Aino Mallikas", "birth_year": 1984},
            {"name": "MALLIKAS, aino", "birth_year": 1984},
            Likeness.NAME_AND_YEAR,
        ),
        (
            {"name": "Åsa Öst", "street_address": "Rantatie 5 A 3", "postal_code": "00100"},
            {"name": "asa ost", "street_address": "rantatie 5a3", "postal_code": "00100"},
            Likeness.NAME_AND_ADDRESS,
        ),
    ],
)
def test_who_shares_a_fact_looks_alike(one, other, likeness):
    pairs = alike([person(1, **one), person(2, **other), person(3)])

    assert [(pair.earlier, pair.later) for pair in pairs] == [(1, 2)]
    assert likeness in pairs[0].likenesses


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"email": ""}, {"email": ""}),
        ({"phone": "1"}, {"phone": "1"}),
        ({"name": "Aino M", "birth_year": 1984}, {"name": "Aino M", "birth_year": 1985}),
        ({"name": "Aino M"}, {"name": "Aino M"}),
        ({"street_address": "Rantatie 5"}, {"street_address": "Rantatie 5"}),
        ({"name": "", "birth_year": 1984}, {"name": "", "birth_year": 1984}),
    ],
)
def test_who_shares_nothing_telling_does_not(one, other):
    assert alike([person(1, **one), person(2, **other)]) == []


def test_normal_forms_say_what_they_promise():
    assert plain_name("Gun-Lis Provström") == plain_name("provstrom gun lis")
    assert plain_email("A.B+c@D.example") == "a.b@d.example"
    assert plain_phone("+358 (0)9 123 456") != ""


def test_a_fact_shared_by_very_many_makes_no_square_of_pairs():
    crowd = [person(pk, email="raati@kaarnalahti.example") for pk in range(20_000)]

    pairs = alike(crowd)

    assert len(pairs) == 19_999


@pytest.mark.parametrize("people", [2, 60])
def test_the_queries_do_not_grow_with_the_people(jury, django_assert_num_queries, people):
    make_twins(jury, people // 2)

    with django_assert_num_queries(2):
        pairs = undecided_pairs(jury)

    assert len(pairs) == people // 2


def test_the_same_person_keeps_the_earlier_registration(jury):
    make_twins(jury)
    [pair] = undecided_pairs(jury)
    user = factories.make_member(jury, Role.RECRUITER)

    same_person(jury=jury, earlier=pair.earlier, later=pair.later, by=user)

    assert [one.pk for one in jury.registrants.in_pool()] == [pair.earlier]
    assert jury.registrants.get(pk=pair.later).email
    assert undecided_pairs(jury) == []
    assert AuditEntry.objects.first().facts["reason"] == "same person"


def test_two_people_both_stay_and_are_not_asked_about_again(jury):
    make_twins(jury)
    [pair] = undecided_pairs(jury)
    user = factories.make_member(jury, Role.RECRUITER)

    two_people(jury=jury, earlier=pair.earlier, later=pair.later, by=user)

    assert jury.registrants.in_pool().count() == 2
    assert undecided_pairs(jury) == []
    assert DuplicateDecision.objects.get().decided_by == user
    with pytest.raises(JuryError):
        two_people(jury=jury, earlier=pair.earlier, later=pair.later, by=user)


def test_only_a_pair_that_looks_alike_can_be_decided(jury):
    one, other = factories.make_registrants(jury, [("woman", "young"), ("man", "old")])

    with pytest.raises(JuryError):
        same_person(jury=jury, earlier=one.pk, later=other.pk, by=factories.make_user())

    assert jury.registrants.in_pool().count() == 2


def test_a_withdrawn_double_is_no_double(jury):
    make_twins(jury)
    jury.registrants.last().delete()

    assert undecided_pairs(jury) == []


def test_staff_see_the_pair_and_decide(jury, sign_in_as):
    make_twins(jury)
    [pair] = undecided_pairs(jury)
    client, url = sign_in_as(Role.RECRUITER, jury), reverse("duplicates", args=[jury.slug])

    page = client.get(url).content.decode()
    client.post(url, {"earlier": pair.earlier, "later": pair.later, "decision": "two"})

    assert "kaksonen0@kaarnalahti.example" in page
    assert undecided_pairs(jury) == []


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"decision": "two"},
        {"decision": "two", "earlier": "x", "later": "²"},
        {"decision": "two", "earlier": "9" * 5000, "later": "1"},
        {"decision": "?"},
    ],
)
def test_a_damaged_decision_is_answered_in_words(jury, sign_in_as, sent):
    make_twins(jury)
    client = sign_in_as(Role.RECRUITER, jury)

    response = client.post(reverse("duplicates", args=[jury.slug]), sent, follow=True)

    assert response.status_code == 200
    assert list(response.context["messages"])
    assert len(undecided_pairs(jury)) == 1


@pytest.mark.parametrize("pairs", [1, 40])
def test_the_page_costs_the_same_whatever_its_size(
    jury, sign_in_as, django_assert_num_queries, pairs
):
    make_twins(jury, pairs)
    client = sign_in_as(Role.RECRUITER, jury)

    with django_assert_num_queries(8):
        client.get(reverse("duplicates", args=[jury.slug]))


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.FACILITATOR])
def test_whoever_may_not_see_names_does_not_see_pairs(jury, sign_in_as, role):
    response = sign_in_as(role, jury).get(reverse("duplicates", args=[jury.slug]))

    assert response.status_code == 403


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_each_decision_has_a_key_of_its_own_in_every_language(language):
    with translation.override(language):
        keys = [answer.key for answer in answers()]

    assert len(set(keys)) == 3
    assert all(len(key) == 1 and key.isalpha() for key in keys)
