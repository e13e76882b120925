"""One person who registered twice: one registration stands, with what both said."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from juries import codes
from juries.enums import Role, Stage
from juries.errors import JuryError
from juries.models import (
    Answer,
    AuditEntry,
    FormSection,
    Invitation,
    Jury,
    Needs,
    Question,
    Registrant,
    Wave,
)
from juries.pool.deciding import last_decision, take_back_decision
from juries.pool.duplicates import undecided_pairs
from juries.pool.merging import KeptContact, same_person
from juries.privacy.sealing import ANSWER, NEEDS, answer_place, seal, unseal
from juries.registration.entry import standing
from juries.registration.withdrawing import withdraw
from tests import factories

CODE = "K7RM-4PXQ-9ABD"


def make_double(jury: Jury, earlier: dict[str, object], later: dict[str, object]):
    """Two registrations of one name and year of birth."""
    same = {"name": "Aino Mallikas", "birth_year": 1984}
    [first] = factories.make_registrants(
        jury, [("woman", "young")], **{**same, "email": "", **earlier}
    )
    [second] = factories.make_registrants(
        jury, [("woman", "young")], **{**same, "email": "", **later}
    )
    return first, second


def merge(jury: Jury, first: Registrant, second: Registrant, **options: str) -> None:
    user = factories.make_member(jury, Role.RECRUITER)
    same_person(jury=jury, earlier=first.pk, later=second.pk, by=user, **options)
    first.refresh_from_db()
    second.refresh_from_db()


def as_stored(*people: Registrant) -> str:
    volatile = {"changed_at"}
    rows = Registrant.objects.filter(pk__in=[one.pk for one in people]).order_by("pk").values()
    traits = [
        sorted(person.traits.values_list("criterion_id", "value_id"))
        for person in Registrant.objects.filter(pk__in=[one.pk for one in people]).order_by("pk")
    ]
    told = [{name: row[name] for name in row.keys() - volatile} for row in rows]
    return json.dumps([told, traits], default=str, sort_keys=True)


def test_the_earlier_stands_with_what_it_lacked(jury):
    first, second = make_double(
        jury, {"phone": "040 123 4567"}, {"email": "aino@kaarnalahti.example", "phone": "050 1"}
    )
    first.traits.first().delete()

    merge(jury, first, second)

    assert (first.email, first.phone) == ("aino@kaarnalahti.example", "040 123 4567")
    assert first.traits.count() == 2
    assert [one.pk for one in jury.registrants.in_pool()] == [first.pk]
    assert second.merged_into == first
    assert undecided_pairs(jury) == []


def test_whose_contact_is_kept_can_be_chosen(jury):
    first, second = make_double(
        jury, {"email": "old@x.example", "phone": "040 1"}, {"email": "new@x.example"}
    )

    merge(jury, first, second, contact=KeptContact.LATER)

    assert (first.email, first.phone) == ("new@x.example", "")
    assert second.email == "old@x.example"


def test_taken_back_both_stand_as_before(jury):
    wave = Wave.objects.create(jury=jury, number=1, size=1)
    invitation = Invitation.objects.create(jury=jury, wave=wave, number=1, code_digest="x")
    first, second = make_double(
        jury, {"phone": "040 1"}, {"email": "new@x.example", "invitation": invitation}
    )
    first.traits.first().delete()
    before = as_stored(first, second)

    merge(jury, first, second, contact=KeptContact.LATER)
    took_invitation = first.invitation
    take_back_decision(jury=jury, by=factories.make_user())

    assert took_invitation == invitation
    assert as_stored(first, second) == before
    assert len(undecided_pairs(jury)) == 1


def test_what_is_sealed_is_sealed_anew_for_the_one_who_stands(jury):
    first, second = make_double(jury, {}, {})
    section = FormSection.objects.create(jury=jury, position=90)
    question = Question.objects.create(
        section=section, position=1, kind=Question.Kind.TEXT, sensitive=True
    )
    place = answer_place(second.pk, question.pk)
    Answer.objects.create(
        registrant=second, question=question, sealed=seal(ANSWER, place, "yksityistä")
    )
    Needs.objects.create(registrant=second, sealed=seal(NEEDS, second.pk, "pyörätuoli"))

    merge(jury, first, second)

    answer, needs = first.answers.get(), first.needs
    assert unseal(ANSWER, answer_place(first.pk, question.pk), answer.sealed) == "yksityistä"
    assert unseal(NEEDS, first.pk, needs.sealed) == "pyörätuoli"
    take_back_decision(jury=jury, by=factories.make_user())
    second.refresh_from_db()
    assert unseal(NEEDS, second.pk, second.needs.sealed) == "pyörätuoli"


def test_a_decision_is_not_taken_back_over_a_later_change(jury):
    first, second = make_double(jury, {}, {"email": "new@x.example"})
    merge(jury, first, second)
    first.phone = "040 999 9999"
    first.save()

    with pytest.raises(JuryError):
        take_back_decision(jury=jury, by=factories.make_user())

    assert Registrant.objects.get(pk=first.pk).phone == "040 999 9999"


def test_once_the_pool_is_frozen_no_value_moves_and_nothing_is_taken_back(jury):
    first, second = make_double(jury, {}, {"email": "new@x.example"})
    first.traits.first().delete()
    Jury.objects.filter(pk=jury.pk).update(stage=Stage.FROZEN)
    jury.refresh_from_db()

    merge(jury, first, second)

    assert first.email == "new@x.example"
    assert first.traits.count() == 1
    assert last_decision(jury) is None


def test_a_seat_of_the_later_one_stops_the_merge_and_of_the_earlier_one_does_not(jury):
    first, second = make_double(jury, {}, {})
    [seat] = factories.make_panel(jury, [second])
    with pytest.raises(JuryError):
        merge(jury, first, second)

    seat.delete()
    factories.make_panel(jury, [first])
    merge(jury, first, second)

    assert second.merged_into == first
    assert first.seat is not None


def test_a_protected_address_stays_protected(jury):
    first, second = make_double(
        jury, {"street_address": "Rantatie 3", "postal_code": "10300"}, {"address_protected": True}
    )

    merge(jury, first, second)

    assert first.address_protected
    assert first.street_address == first.postal_code == ""


def test_the_log_says_what_moved_and_nothing_of_what_it_says(jury):
    first, second = make_double(jury, {}, {"email": "new@x.example"})

    merge(jury, first, second)

    facts = AuditEntry.objects.first().facts
    assert facts["stands"] == first.pk
    assert "email" in facts["changed"]
    assert "new@x.example" not in json.dumps(facts)


def test_a_double_of_a_double_stands_for_the_first(jury):
    first, second = make_double(jury, {}, {})
    merge(jury, first, second)
    [third] = factories.make_registrants(
        jury, [("woman", "young")], name="Aino Mallikas", birth_year=1984, registered_at=None
    )
    third.merged_into = second

    assert standing(third) == first


def test_both_codes_open_the_one_own_page(jury):
    code = codes.new_code()
    first, second = make_double(
        jury, {"reference": "FIRST1"}, {"code_digest": codes.digest_of(code)}
    )
    merge(jury, first, second)
    client = Client()

    client.post(reverse("own_code"), {"code": code})
    page = client.get(reverse("own_page"))

    assert page.status_code == 200
    assert page.context["registrant"] == first


def test_the_decision_can_be_taken_back_only_while_it_is_the_last(jury):
    first, second = make_double(jury, {}, {})
    merge(jury, first, second)

    decision = last_decision(jury)

    assert decision.outcome == "same"
    assert decision.decided_at - first.changed_at < timedelta(minutes=1)
    take_back_decision(jury=jury, by=factories.make_user())
    with pytest.raises(JuryError):
        take_back_decision(jury=jury, by=factories.make_user())


def test_whoever_withdraws_takes_their_double_along(jury):
    first, second = make_double(jury, {}, {"email": "new@x.example"})
    merge(jury, first, second, contact=KeptContact.LATER)

    withdraw(registrant=first, by="registrant")

    for row in Registrant.objects.filter(pk__in=[first.pk, second.pk]):
        assert (row.name, row.email) == ("", "")
        assert not row.traits.exists()
    with pytest.raises(JuryError):
        take_back_decision(jury=jury, by=factories.make_user())
