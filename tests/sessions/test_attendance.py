import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from juries.enums import Role
from juries.errors import JuryError
from juries.web import OWN_REGISTRANT
from selection.draw.ending import break_off
from sessions import programme, seating
from sessions.models import Attendance
from tests import factories
from tests.sessions.test_programme import FACTS
from tests.sessions.test_seating import ROUND


@pytest.fixture
def organiser(jury):
    return factories.make_member(jury, Role.ORGANISER)


@pytest.fixture
def seats(jury):
    return factories.make_panel(jury, factories.make_mixed_pool(jury, 6))


@pytest.fixture
def session(jury, organiser):
    return programme.plan_session(jury=jury, facts=FACTS, by=organiser)


def test_a_facilitator_marks_who_is_here(jury, session, seats, sign_in_as):
    client = sign_in_as(Role.FACILITATOR, jury)
    url = reverse("sessions:attendance", args=[jury.slug, session.number])

    client.post(url, {f"seat-{seats[0].pk}": "present", f"seat-{seats[1].pk}": "absent"})
    client.post(url, {f"seat-{seats[1].pk}": "present", f"seat-{seats[2].pk}": "asleep"})

    marked = dict(Attendance.objects.values_list("seat", "state"))
    assert marked == {seats[0].pk: "present", seats[1].pk: "present"}


def test_a_juror_of_another_jury_is_not_marked(jury, session, seats, sign_in_as):
    other = factories.make_jury("toinen")
    (stranger,) = factories.make_panel(other, factories.make_mixed_pool(other, 1))
    client = sign_in_as(Role.FACILITATOR, jury)

    client.post(
        reverse("sessions:attendance", args=[jury.slug, session.number]),
        {f"seat-{stranger.pk}": "present"},
    )

    assert not Attendance.objects.exists()


@pytest.mark.parametrize("people", [3, 30])
def test_the_list_costs_the_same_whatever_its_size(
    jury, session, sign_in_as, django_assert_num_queries, people
):
    factories.make_panel(jury, factories.make_mixed_pool(jury, people))
    client = sign_in_as(Role.FACILITATOR, jury)

    with django_assert_num_queries(7):
        client.get(reverse("sessions:attendance", args=[jury.slug, session.number]))


def test_a_juror_sees_the_published_agenda_and_the_own_table(jury, session, seats, organiser):
    programme.add_item(session=session, facts=ROUND, experts=[], by=organiser)
    seating.seat_panel(session=session, tables=2, by=organiser, seed=1)
    programme.publish_session(session=session, by=organiser)
    client = Client()
    browser_session = client.session
    browser_session[OWN_REGISTRANT] = seats[0].registrant.pk
    browser_session.save()

    page = client.get(reverse("sessions:own_sessions")).content.decode()

    table = seats[0].places.get().table
    assert "Kirjastotalo" in page
    assert str(table) in page


def test_somebody_who_is_not_a_juror_has_no_table(jury, session, seats, organiser):
    programme.add_item(session=session, facts=ROUND, experts=[], by=organiser)
    seating.seat_panel(session=session, tables=2, by=organiser, seed=1)
    programme.publish_session(session=session, by=organiser)
    seats[0].state = "declined"
    seats[0].answered_at = timezone.now()
    seats[0].save()
    client = Client()
    browser_session = client.session
    browser_session[OWN_REGISTRANT] = seats[0].registrant.pk
    browser_session.save()

    response = client.get(reverse("sessions:own_sessions"))

    assert response.context["days"][0][2] == []


def test_only_a_juror_gets_the_link_for_taking_part_remotely(jury, session, seats, organiser):
    session.online_link = "https://etayhteys.example/raati"
    session.save()
    programme.add_item(session=session, facts=ROUND, experts=[], by=organiser)
    programme.publish_session(session=session, by=organiser)
    (outside,) = factories.make_registrants(jury, [("woman", "old")])

    pages = []
    for registrant in (seats[0].registrant, outside):
        client = Client()
        browser_session = client.session
        browser_session[OWN_REGISTRANT] = registrant.pk
        browser_session.save()
        pages.append(client.get(reverse("sessions:own_sessions")).content.decode())

    assert ["etayhteys.example" in page for page in pages] == [True, False]


def test_a_draw_whose_people_have_attended_cannot_be_set_aside(session, seats, organiser):
    Attendance.objects.create(session=session, seat=seats[0], state="present")

    with pytest.raises(JuryError):
        break_off(draw=seats[0].round.draw, code="mistake", reason="Too late.", by=organiser)

    assert Attendance.objects.count() == 1
