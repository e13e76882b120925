"""What somebody with a named seat needs: told by themselves or written down, kept as others'."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from juries.audit import REGISTRANT
from juries.enums import Role, Stage
from juries.errors import JuryError
from juries.models import Consent, Jury, Needs, Question
from juries.privacy.consents import standing
from juries.questions.standard import ensure_form
from juries.registration.answers import NeedsTold, needs_of
from juries.registration.named_needs import tell_needs
from juries.registration.needs_list import read, totals
from juries.registration.own_data import held_about
from juries.retention import run_retention
from selection.panel.named_seats import give_up_named_seat, name_to_seat
from tests import factories

TYPED = {"needs": ["diet", "ride"], "needs_words": "Ei pähkinää", "agreed_needs": "on"}
TOLD = NeedsTold(("diet", "ride"), "Ei pähkinää")


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def by(jury):
    return factories.make_member(jury, Role.ORGANISER)


@pytest.fixture
def seat(jury, by):
    ensure_form(jury)
    named = name_to_seat(jury=jury, body="Nuorisovaltuusto", votes=False, name="Nuppu", by=by)
    return named.seat


@pytest.fixture
def person(seat):
    return seat.registrant


def pages(jury, seat):
    """The page of whoever arranges, and that of whoever manages the panel."""
    return {
        Role.ARRANGER: reverse("named_needs", args=[jury.slug, seat.registrant_id]),
        Role.ORGANISER: reverse("selection:named_seat_needs", args=[jury.slug, seat.pk]),
    }


@pytest.fixture
def own(person):
    client = Client()
    session = client.session
    session["own_registrant"] = person.pk
    session.save()
    return client


def told(person, by=REGISTRANT, needs=TOLD):
    tell_needs(person=person, needs=needs, language="fi", by=by)


def words(page):
    return " ".join(page.content.decode().split())


both = pytest.mark.parametrize("role", [Role.ARRANGER, Role.ORGANISER])


@both
def test_needs_are_written_down_sealed_with_consent_and_counted(
    jury, seat, person, by, sign_in_as, role
):
    page = pages(jury, seat)[role]

    done = sign_in_as(role, jury).post(page, TYPED, follow=True)

    assert "The needs have been saved." in words(done)
    assert needs_of(person) == TOLD
    assert "pähkinää" not in bytes(Needs.objects.get().sealed).decode("latin-1")
    assert standing(person).get().text.question.kind == Question.Kind.NEEDS
    assert ("a special diet or an allergy", 1) in totals(jury)
    assert [(one.name, one.sentence) for one in read(jury=jury, by=by)] == [
        ("Nuppu", "a special diet or an allergy, a ride to the place. Ei pähkinää")
    ]
    line = jury.audit_entries.get(verb="needs.written")
    assert (line.by.memberships.get().role, line.facts) == (role, {"registrant": person.pk})


@both
@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "needs"),
        ({"needs": ["diet"]}, "agreed_needs"),
        ({"needs_words": "Pyörätuoli"}, "agreed_needs"),
        ({"needs": ["unheard-of"], "agreed_needs": "on"}, "needs"),
    ],
)
def test_without_a_need_or_the_persons_yes_nothing_is_stored_and_what_was_typed_stays(
    jury, seat, sign_in_as, role, typed, field
):
    page = sign_in_as(role, jury).post(pages(jury, seat)[role], {"csrf": "x", **typed})

    assert [*page.context["form"].errors] == [field]
    assert typed.get("needs_words", "") in page.content.decode()
    assert not Needs.objects.exists()
    assert not jury.audit_entries.filter(verb="needs.written").exists()


@both
def test_what_stands_is_not_read_where_it_is_written_and_not_erased_unasked(
    jury, seat, person, sign_in_as, role
):
    told(person)
    client, where = sign_in_as(role, jury), pages(jury, seat)[role]

    shown = client.get(where)
    blank = client.post(where, {"needs_words": ""})

    for page in (shown, blank):
        assert "pähkinää" not in words(page)
        assert "checked" not in words(page)
        assert "Something has been told already." in words(page)
    assert [*blank.context["form"].errors] == ["needs"]
    assert needs_of(person) == TOLD
    assert not jury.audit_entries.filter(verb="needs.read").exists()

    client.post(where, {"nothing": "on"})

    assert not Needs.objects.exists()
    assert not standing(person).exists()
    assert Consent.objects.filter(registrant=person, withdrawn_at__isnull=False).count() == 1


def test_both_at_once_are_contradictory(jury, seat, person, sign_in_as):
    told(person)
    client, where = sign_in_as(Role.ARRANGER, jury), pages(jury, seat)[Role.ARRANGER]

    page = client.post(where, {**TYPED, "nothing": "on"})

    assert [*page.context["form"].errors] == ["nothing"]
    assert needs_of(person) == TOLD


@pytest.mark.parametrize(
    ("role", "which"),
    [
        (Role.ORGANISER, Role.ARRANGER),
        (Role.FACILITATOR, Role.ARRANGER),
        (Role.OBSERVER, Role.ARRANGER),
        (Role.ARRANGER, Role.ORGANISER),
        (Role.FACILITATOR, Role.ORGANISER),
        (Role.PRIVACY_OFFICER, Role.ORGANISER),
    ],
)
def test_nobody_else_writes_them_down(jury, seat, sign_in_as, role, which):
    refused = sign_in_as(role, jury).post(pages(jury, seat)[which], TYPED)

    assert refused.status_code == 403
    assert not Needs.objects.exists()


def test_the_person_tells_and_changes_and_clears_them_on_the_own_page(person, own):
    assert "Tell what I need" in words(own.get(reverse("own_page")))

    own.post(reverse("own_needs"), TYPED)
    shown = own.get(reverse("own_needs"))
    assert shown.context["form"].initial["needs"] == ["diet", "ride"]
    assert "Ei pähkinää" in words(shown)
    assert "Ei pähkinää" in words(own.get(reverse("own_page")))
    assert "Ei pähkinää" in str([part.read() for part in held_about(person)])

    own.post(reverse("own_needs"), {"needs_words": ""})
    assert not Needs.objects.exists()
    assert not standing(person).exists()


def test_the_consent_is_taken_back_by_its_own_button_and_the_needs_with_it(person, own):
    told(person)
    question = Question.objects.get(kind=Question.Kind.NEEDS)

    own.post(reverse("own_consent", args=[question.pk]), {"deed": "withdraw"})

    assert not Needs.objects.exists()


def test_they_are_erased_by_the_clock_of_needs_and_none_are_taken_after_it(
    jury, seat, person, own, sign_in_as
):
    told(person)
    last = timezone.localdate() - timedelta(days=15)
    Jury.objects.update(last_session_on=last, stage=Stage.PANEL)

    run_retention(on=timezone.localdate())

    assert not Needs.objects.exists()
    person.jury.refresh_from_db()
    with pytest.raises(JuryError, match="erased"):
        told(person)
    assert own.get(reverse("own_needs")).status_code == 404
    page = words(sign_in_as(Role.ARRANGER, jury).get(pages(jury, seat)[Role.ARRANGER]))
    assert "Needs cannot be written down here" in page


def test_nothing_is_written_of_whoever_was_drawn_or_gave_up(jury, seat, person, sign_in_as):
    [drawn] = factories.make_registrants(jury, [("woman", "young")])
    give_up_named_seat(seat=seat, by=REGISTRANT)
    client = sign_in_as(Role.ARRANGER, jury)

    for one in (drawn, person):
        with pytest.raises(JuryError, match="named seat"):
            told(one)
        assert client.get(reverse("named_needs", args=[jury.slug, one.pk])).status_code == 404
    assert not Needs.objects.exists()


def test_where_the_form_does_not_ask_for_needs_none_are_written(jury, seat, person, own):
    Question.objects.filter(kind=Question.Kind.NEEDS).update(on=False)

    with pytest.raises(JuryError, match="does not ask"):
        told(person)
    assert "Tell what I need" not in words(own.get(reverse("own_page")))


def test_told_twice_is_told_once(jury, person):
    told(person)
    told(person)

    assert jury.audit_entries.filter(verb="needs.written").count() == 1
    assert standing(person).count() == 1


def test_the_needs_page_and_the_list_of_named_seats_lead_there(jury, seat, sign_in_as):
    listed = words(sign_in_as(Role.ARRANGER, jury).get(reverse("needs", args=[jury.slug])))
    assert pages(jury, seat)[Role.ARRANGER] in listed

    listed = words(
        sign_in_as(Role.ORGANISER, jury).get(reverse("selection:named_seats", args=[jury.slug]))
    )
    assert pages(jury, seat)[Role.ORGANISER] in listed
