"""Nothing reaches the draw with a missing criterion: the person is asked, or left out."""

import pytest
from django.test import Client
from django.urls import reverse

from juries import codes
from juries.enums import Role, Stage
from juries.errors import JuryError
from juries.models import AuditEntry, Criterion, Jury, Registrant
from juries.pool.completeness import incomplete, lacking, leave_out_incomplete
from juries.registration.completing import tell_missing
from juries.room import own_cards
from selection.lottery import bridge
from tests import factories
from tests.juries.registration.registering import open_jury


@pytest.fixture
def here(db) -> Jury:
    """An open jury; the first of four people lacks the answer to the first criterion."""
    jury = open_jury()
    people = factories.make_mixed_pool(jury, 4)
    people[0].traits.first().delete()
    return jury


def test_who_lacks_what_is_known_in_two_queries(here, django_assert_num_queries):
    people = list(incomplete(here))

    with django_assert_num_queries(2):
        found = lacking(here, people)

    assert found == {people[0].pk: [here.criteria.first()]}


def test_a_combination_is_missing_through_its_parts(here):
    first, second = here.criteria.all()
    Criterion.objects.create(
        jury=here, key="both", position=9, source="combined", first=first, second=second
    )
    people = list(incomplete(here))

    assert len(people) == 4
    assert {tuple(found) for found in lacking(here, people).values()} == {(first,), ()}


def test_whoever_lacks_an_answer_is_not_drawn_and_is_told_on_their_own_page(here):
    person = incomplete(here).get()

    [card] = own_cards(person)

    assert person.reference in bridge.read(here).incomplete
    assert str(here.criteria.first()) in card.sentence
    assert card.url == reverse("own_missing")
    assert own_cards(here.registrants.last()) == []


def test_the_own_page_asks_for_it(here):
    code = codes.new_code()
    person = incomplete(here).get()
    Registrant.objects.filter(pk=person.pk).update(code_digest=codes.digest_of(code))
    client = Client()

    client.post(reverse("own_code"), {"code": code})
    page = client.get(reverse("own_page")).content.decode()

    assert page.count(f'href="{reverse("own_missing")}"') >= 1
    assert str(here.criteria.first()) in page


def test_those_who_cannot_be_reached_are_left_out_by_their_number(here):
    user = factories.make_member(here, Role.ORGANISER)
    with pytest.raises(JuryError):
        leave_out_incomplete(jury=here, typed=4, by=user)

    gone = leave_out_incomplete(jury=here, typed=1, by=user)

    assert gone == 1
    assert not incomplete(here).exists()
    assert here.registrants.in_pool().count() == 3
    assert AuditEntry.objects.first().facts == {"people": 1}


def test_the_page_lists_them_and_leaves_them_out(here, sign_in_as):
    client = sign_in_as(Role.RECRUITER, here)
    page = client.get(reverse("incomplete", args=[here.slug]))

    wrong = client.post(reverse("leave_out", args=[here.slug]), {"typed": "7"})
    client.post(reverse("leave_out", args=[here.slug]), {"typed": "1"})

    assert reverse("mail_missing_to_many", args=[here.slug]) in page.content.decode()
    assert [missing for _person, missing in page.context["people"]] == [str(here.criteria.first())]
    assert "typed" in wrong.context["form"].errors
    assert not incomplete(here).exists()


@pytest.mark.parametrize("size", [1, 60])
def test_the_page_costs_the_same_whatever_its_size(
    here, sign_in_as, django_assert_max_num_queries, size
):
    for person in factories.make_mixed_pool(here, size):
        person.traits.first().delete()
    client = sign_in_as(Role.RECRUITER, here)

    with django_assert_max_num_queries(12):
        client.get(reverse("incomplete", args=[here.slug]))


@pytest.fixture
def at_own_page(here) -> Client:
    """The browser of the one who lacks an answer, on their own page."""
    code = codes.new_code()
    Registrant.objects.filter(pk=incomplete(here).get().pk).update(
        code_digest=codes.digest_of(code)
    )
    client = Client()
    client.post(reverse("own_code"), {"code": code})
    return client


@pytest.mark.parametrize("stage", [Stage.REGISTRATION, Stage.LOTTERY])
def test_only_what_is_missing_is_asked_and_all_else_stays(here, at_own_page, stage):
    Jury.objects.filter(pk=here.pk).update(stage=stage)
    person, criterion = incomplete(here).get(), here.criteria.first()
    before = {trait.value for trait in person.traits.all()}
    value = criterion.values.last()

    page = at_own_page.get(reverse("own_missing"))
    empty = at_own_page.post(reverse("own_missing"), {"anything": "else"})
    sent = at_own_page.post(reverse("own_missing"), {f"criterion_{criterion.pk}": value.key})

    assert list(page.context["form"].fields) == [f"criterion_{criterion.pk}"]
    assert empty.context["form"].errors
    assert sent.url == reverse("own_page")
    assert {trait.value for trait in person.traits.all()} == before | {value}
    assert Registrant.objects.get(pk=person.pk).name == person.name
    assert not incomplete(here).exists()
    assert AuditEntry.objects.first().facts["changed"] == ["traits"]


def test_once_the_pool_is_frozen_nothing_is_added(here, at_own_page):
    person = incomplete(here).get()
    Jury.objects.filter(pk=here.pk).update(stage=Stage.FROZEN)

    assert at_own_page.get(reverse("own_missing")).url == reverse("own_page")
    with pytest.raises(JuryError):
        tell_missing(registrant=person, values=[here.criteria.first().values.first()])
    here.refresh_from_db()
    assert own_cards(incomplete(here).get()) == []


def test_the_card_of_the_person_says_what_is_missing(here, sign_in_as):
    person = incomplete(here).get()
    card = sign_in_as(Role.RECRUITER, here).get(reverse("registrant", args=[here.slug, person.pk]))

    assert str(here.criteria.first()) in [text for _label, text in card.context["facts"]]


def test_before_closing_one_reads_how_many_would_still_be_asked(here, sign_in_as):
    client = sign_in_as(Role.ORGANISER, here)

    def sentence() -> str:
        deeds = client.get(reverse("home", args=[here.slug])).context["deeds"]
        return next(deed.sentence for deed in deeds if deed.name == "close_registration")

    before = sentence()
    incomplete(here).get().delete()

    assert before.startswith(sentence())
    assert "1 ihmiseltä" in before or "1 person" in before
