"""The members at the desk: contacts for those who may read them, names for the others."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from juries.enums import Act, LegalBasis, Role
from juries.models import FormSection, Jury, Question
from juries.rooms import own_cards_of, steps_of
from selection.members.name_consent import give_name_consent
from selection.models import PanelSeat
from tests import factories

SEE_NAMES = (Role.ORGANISER, Role.RECRUITER, Role.FACILITATOR, Role.ARRANGER)


def page(client, jury: Jury) -> str:
    response = client.get(f"/en/desk/{jury.slug}/members/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("role", SEE_NAMES)
def test_contacts_are_there_for_those_who_may_read_them_only(jury, seats, sign_in_as, role):
    text = page(sign_in_as(role, jury), jury)

    assert all(name in text for name in ("Malli 1", "Malli 2", "Malli 3", "Veikko Vammala"))
    assert ("@kaarnalahti.example</" in text or "malli1@" in text) == (
        role in {Role.ORGANISER, Role.RECRUITER}
    )


def test_the_named_are_told_apart_with_the_body_and_the_vote(jury, seats, sign_in_as):
    text = page(sign_in_as(Role.FACILITATOR, jury), jury)

    assert "Vammaisneuvosto, without a vote" in text


def test_only_members_are_listed(jury, seats, sign_in_as):
    PanelSeat.objects.filter(pk=seats[0].pk).update(state="offered", answered_at=None)
    PanelSeat.objects.filter(pk=seats[1].pk).update(state="declined")

    text = page(sign_in_as(Role.ORGANISER, jury), jury)

    assert "Malli 1" not in text
    assert "Malli 2" not in text
    assert "Malli 3" in text


def test_answers_to_sensitive_questions_are_left_out(jury, seats, sign_in_as):
    gender, age = jury.criteria.all()
    section = FormSection.objects.create(jury=jury, position=0)
    Question.objects.create(
        section=section,
        position=0,
        kind=Question.Kind.CRITERION,
        criterion=gender,
        sensitive=True,
        legal_basis=LegalBasis.EXPLICIT_CONSENT,
    )

    text = page(sign_in_as(Role.ORGANISER, jury), jury)

    assert "young" in text
    assert "woman" not in text


def test_it_says_whose_name_is_published(jury, seats, sign_in_as):
    give_name_consent(seat=seats[0], language="fi", by="juror")

    text = page(sign_in_as(Role.ORGANISER, jury), jury)

    assert text.count(" published") - text.count("not published") == 1
    assert text.count("not published") == 3


def test_the_page_costs_the_same_however_many_members(
    jury, seats, sign_in_as, django_assert_num_queries
):
    client = sign_in_as(Role.ORGANISER, jury)
    page(client, jury)
    with CaptureQueriesContext(connection) as asked:
        page(client, jury)
    factories.make_panel(jury, factories.make_mixed_pool(jury, 20))

    with django_assert_num_queries(len(asked)):
        page(client, jury)


def test_the_step_is_there_for_those_who_see_the_panel(jury, seats, sign_in_as):
    pages = {
        role: sign_in_as(role, jury).get(f"/en/desk/{jury.slug}/").content.decode()
        for role in (Role.FACILITATOR, Role.OBSERVER)
    }

    link = reverse("selection:members", args=[jury.slug]).replace("/fi/", "/en/")
    assert link in pages[Role.FACILITATOR]
    assert "4 members: contacts, fees and papers." in pages[Role.FACILITATOR]
    assert link not in pages[Role.OBSERVER]


def test_the_step_waits_for_nobody(jury, by):
    steps = {step.title: step.state for step in steps_of(jury, frozenset(Act))}

    assert steps["Members"] == "later"


def test_a_member_has_a_card_for_the_name_and_whoever_only_has_an_offer_does_not(jury, seats):
    PanelSeat.objects.filter(pk=seats[1].pk).update(state="offered", answered_at=None)

    def urls(seat):
        return [card.url for card in own_cards_of(seat.registrant)]

    address = reverse("selection:own_name")
    assert address in urls(seats[0])
    assert address in urls(seats[3])
    assert address not in urls(seats[1])


def test_once_the_sessions_are_over_none_come_next(jury, seats, sign_in_as):
    client = sign_in_as(Role.ORGANISER, jury)
    assert "Next come the sessions." in page(client, jury)
    jury.last_session_on = timezone.localdate() - timedelta(days=1)
    jury.save()

    assert "Next come the sessions." not in page(client, jury)
