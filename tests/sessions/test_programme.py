from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from juries.enums import Role
from juries.errors import JuryError
from juries.models import AuditEntry
from sessions import programme
from sessions.models import AgendaItem, JurySession
from tests import factories

FACTS = {
    "title_fi": "1. tapaaminen",
    "title_sv": "Möte 1",
    "starts_at": datetime(2027, 4, 10, 6, 30, tzinfo=UTC),
    "place": "Kirjastotalo",
}
ITEM = {"kind": "talk", "title_fi": "Tervetuloa", "title_sv": "Välkommen", "minutes": 30}


@pytest.fixture
def organiser(jury):
    return factories.make_member(jury, Role.ORGANISER)


@pytest.fixture
def session(jury, organiser):
    return programme.plan_session(jury=jury, facts=FACTS, by=organiser)


def add_items(session, organiser, *minutes):
    return [
        programme.add_item(
            session=session, facts={**ITEM, "minutes": length}, experts=[], by=organiser
        )
        for length in minutes
    ]


def test_each_item_begins_when_the_one_before_it_ends(session, organiser):
    items = add_items(session, organiser, 30, 45, 15)

    timed = programme.timetable(session, items)

    assert [row.starts_at for row in timed] == [
        FACTS["starts_at"] + timedelta(minutes=minutes) for minutes in (0, 30, 75)
    ]
    assert timed[-1].ends_at == FACTS["starts_at"] + timedelta(minutes=90)


def test_moving_an_item_changes_places_with_its_neighbour_and_stops_at_the_edge(session, organiser):
    first, second, third = add_items(session, organiser, 1, 2, 3)

    programme.move_item(item=third, earlier=True, by=organiser)
    programme.move_item(item=first, earlier=True, by=organiser)

    assert list(session.items.values_list("minutes", flat=True)) == [1, 3, 2]


def test_sessions_are_numbered_in_the_order_they_are_planned(session, jury, organiser):
    another = programme.plan_session(jury=jury, facts=FACTS, by=organiser)

    assert (session.number, another.number) == (1, 2)


def test_an_empty_agenda_is_not_published(session, organiser):
    with pytest.raises(JuryError):
        programme.publish_session(session=session, by=organiser)

    session.refresh_from_db()
    assert session.published_at is None


def test_every_deed_writes_one_line(session, jury, organiser):
    (item,) = add_items(session, organiser, 10)
    programme.change_item(item=item, facts={"minutes": 20}, experts=[], by=organiser)
    programme.publish_session(session=session, by=organiser)
    programme.remove_item(item=item, by=organiser)

    verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == [
        "session.planned",
        "agenda.item_added",
        "agenda.item_changed",
        "session.published",
        "agenda.item_removed",
    ]


@pytest.mark.django_db
def test_the_database_refuses_an_item_that_takes_no_time(session):
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.create(session=session, position=1, kind="talk", minutes=0)


def test_a_new_item_is_asked_for_in_the_jurys_languages(session, jury, sign_in_as):
    client = sign_in_as(Role.ORGANISER, jury)
    url = reverse("sessions:new_item", args=[jury.slug, session.number])

    page = client.get(url).content.decode()
    client.post(url, ITEM)

    assert 'name="title_fi"' in page
    assert 'name="title_sv"' in page
    assert 'name="title_en"' not in page
    assert session.items.get().title_sv == "Välkommen"


@pytest.mark.parametrize("minutes", ["0", "601", "soon", ""])
def test_impossible_minutes_are_refused_and_the_rest_is_kept(session, jury, sign_in_as, minutes):
    client = sign_in_as(Role.ORGANISER, jury)
    url = reverse("sessions:new_item", args=[jury.slug, session.number])

    page = client.post(url, {**ITEM, "minutes": minutes}).content.decode()

    assert not session.items.exists()
    assert "Välkommen" in page
    assert 'aria-invalid="true"' in page


@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "9999-12-31T23:59"])
def test_a_year_beyond_the_calendar_is_refused_at_its_field(jury, sign_in_as, moment):
    sent = {"title_fi": "Ilta", "title_sv": "Kväll", "starts_at": moment, "place": "Kirjasto"}

    page = sign_in_as(Role.ORGANISER, jury).post(
        reverse("sessions:new_session", args=[jury.slug]), sent
    )

    assert list(page.context["form"].errors) == ["starts_at"]
    assert not JurySession.objects.exists()


def test_an_item_that_is_gone_is_moved_nowhere(session, organiser):
    gone, stays = add_items(session, organiser, 1, 2)
    AgendaItem.objects.filter(pk=gone.pk).delete()

    programme.move_item(item=gone, earlier=False, by=organiser)

    assert list(session.items.all()) == [stays]


def test_an_item_is_planned_with_the_expert_it_hears(session, jury, organiser, sign_in_as):
    facts = {"name": "Asta", "kind": "company", "topic": "Tilat"}
    expert = programme.add_expert(jury=jury, facts=facts, by=organiser)

    sign_in_as(Role.ORGANISER, jury).post(
        reverse("sessions:new_item", args=[jury.slug, session.number]),
        {**ITEM, "experts": [expert.pk]},
    )

    assert list(AgendaItem.objects.get().experts.all()) == [expert]


@pytest.mark.parametrize("key", ["1" + "0" * 20, "9" * 5000, "²", "another jury's"])
def test_only_experts_of_the_jury_are_heard(session, jury, organiser, sign_in_as, key):
    expert = {"name": "Asta", "kind": "company", "topic": "Tilat"}
    programme.add_expert(jury=jury, facts=expert, by=organiser)
    elsewhere = programme.add_expert(jury=factories.make_jury("toinen"), facts=expert, by=organiser)
    sent = {**ITEM, "experts": [elsewhere.pk if key == "another jury's" else key]}

    page = sign_in_as(Role.ORGANISER, jury).post(
        reverse("sessions:new_item", args=[jury.slug, session.number]), sent
    )

    assert list(page.context["form"].errors) == ["experts"]
    assert not AgendaItem.objects.exists()


def test_an_item_of_another_jury_is_not_there(session, jury, sign_in_as, organiser):
    other = factories.make_jury("toinen")
    theirs = programme.plan_session(jury=other, facts=FACTS, by=organiser)
    (item,) = add_items(theirs, organiser, 5)
    client = sign_in_as(Role.ORGANISER, jury)

    response = client.get(reverse("sessions:change_item", args=[jury.slug, 1, item.pk]))

    assert response.status_code == 404


def test_the_public_page_shows_only_published_agendas(session, jury, organiser):
    add_items(session, organiser, 30)
    url = reverse("jury", args=[jury.slug])

    before = Client().get(url).content.decode()
    programme.publish_session(session=session, by=organiser)
    after = Client().get(url).content.decode()

    assert "Tervetuloa" not in before
    assert "Tervetuloa" in after
    assert "9.30–10.00" in after


@pytest.mark.parametrize("count", [1, 8])
def test_the_list_costs_the_same_whatever_its_size(
    jury, organiser, sign_in_as, django_assert_num_queries, count
):
    for _number in range(count):
        add_items(programme.plan_session(jury=jury, facts=FACTS, by=organiser), organiser, 5, 6)
    client = sign_in_as(Role.ORGANISER, jury)

    with django_assert_num_queries(7):
        client.get(reverse("sessions:programme", args=[jury.slug]))


def test_a_facilitator_reads_the_programme_but_does_not_plan(session, jury, sign_in_as):
    client = sign_in_as(Role.FACILITATOR, jury)

    read = client.get(reverse("sessions:programme", args=[jury.slug]))
    plan = client.get(reverse("sessions:new_session", args=[jury.slug]))

    assert read.status_code == 200
    assert reverse("sessions:new_session", args=[jury.slug]) not in read.content.decode()
    assert plan.status_code == 403
    assert JurySession.objects.count() == 1
