from collections import Counter
from itertools import combinations

import pytest
from django.urls import reverse
from django.utils.html import escape

from juries.enums import Role
from juries.errors import JuryError
from juries.models import AuditEntry
from selection.engine.seating.problem import Balance
from selection.panel.named_seats import name_to_seat
from sessions import programme, seating
from sessions.models import SeatingPlan, TableSeat
from tests import factories
from tests.sessions.test_programme import FACTS, ITEM

ROUND = {**ITEM, "kind": "round"}


@pytest.fixture
def organiser(jury):
    return factories.make_member(jury, Role.ORGANISER)


@pytest.fixture
def seats(jury):
    return factories.make_panel(jury, factories.make_mixed_pool(jury, 12))


def plan_session(jury, organiser, rounds):
    session = programme.plan_session(jury=jury, facts=FACTS, by=organiser)
    for _number in range(rounds):
        programme.add_item(session=session, facts=ROUND, experts=[], by=organiser)
    return session


def test_everybody_has_one_table_in_every_round(jury, organiser, seats):
    session = plan_session(jury, organiser, 2)

    seating.seat_panel(session=session, tables=3, by=organiser, seed=1)

    rounds = seating.rounds_of(session.seating)
    assert [len(table.seats) for found in rounds for table in found.tables] == [4] * 6
    for found in rounds:
        assert {seat for table in found.tables for seat in table.seats} == set(seats)


def test_every_table_is_mixed(jury, organiser, seats):
    session = plan_session(jury, organiser, 1)

    plan = seating.seat_panel(session=session, tables=3, by=organiser, seed=1)

    for table in seating.rounds_of(plan)[0].tables:
        genders = Counter(
            seat.registrant.traits.get(criterion__key="gender").value.key for seat in table.seats
        )
        assert genders == {"woman": 2, "man": 2}
    assert plan.imbalance == 0


def test_people_who_sat_together_in_an_earlier_session_are_parted(jury, organiser, seats):
    first = plan_session(jury, organiser, 1)
    second = plan_session(jury, organiser, 1)
    seating.seat_panel(session=first, tables=3, by=organiser, seed=1)

    seating.seat_panel(session=second, tables=3, by=organiser, seed=1)

    def pairs(session):
        return {
            pair
            for table in seating.rounds_of(session.seating)[0].tables
            for pair in combinations(sorted(seat.pk for seat in table.seats), 2)
        }

    # Twelve people at three tables of four: each later table must hold at least one earlier pair.
    assert len(pairs(first) & pairs(second)) <= 4


def test_seating_again_replaces_the_plan(jury, organiser, seats):
    session = plan_session(jury, organiser, 1)
    seating.seat_panel(session=session, tables=3, by=organiser, seed=1)

    seating.seat_panel(session=session, tables=2, by=organiser, seed=2)

    assert SeatingPlan.objects.get().table_count == 2
    assert TableSeat.objects.count() == 12


def test_the_same_seed_seats_the_same(jury, organiser, seats):
    session = plan_session(jury, organiser, 2)

    def seat():
        plan = seating.seat_panel(session=session, tables=3, by=organiser, seed=5)
        return list(plan.places.values_list("round", "table", "seat"))

    assert seat() == seat()


@pytest.mark.parametrize("tables", [0, 5])
def test_too_many_or_no_tables_are_refused_in_words(jury, organiser, seats, tables):
    session = plan_session(jury, organiser, 1)

    with pytest.raises(JuryError):
        seating.seat_panel(session=session, tables=tables, by=organiser)


def test_an_agenda_without_a_round_seats_nobody(jury, organiser, seats):
    session = plan_session(jury, organiser, 0)

    with pytest.raises(JuryError):
        seating.seat_panel(session=session, tables=3, by=organiser)


def test_the_page_says_what_is_wrong_and_keeps_the_number(jury, organiser, seats, sign_in_as):
    session = plan_session(jury, organiser, 1)
    client = sign_in_as(Role.ORGANISER, jury)

    page = client.post(
        reverse("sessions:seat", args=[jury.slug, session.number]), {"tables": "9"}
    ).content.decode()

    assert "error-summary" in page
    assert 'value="9"' in page


def test_the_organiser_chooses_between_new_people_and_mixed_tables(
    jury, organiser, seats, sign_in_as, monkeypatch
):
    session = plan_session(jury, organiser, 1)
    client = sign_in_as(Role.ORGANISER, jury)
    asked = []
    seat = seating.engine.seat
    monkeypatch.setattr(
        seating.engine,
        "seat",
        lambda problem, **more: asked.append(problem) or seat(problem, **more),
    )

    for choice in ("mixed", "even", "new"):
        page = client.post(
            reverse("sessions:seat", args=[jury.slug, session.number]),
            {"tables": "3", "balance": choice},
            follow=True,
        ).content.decode()
        assert f'value="{choice}" selected' in page

    assert [problem.balance for problem in asked] == ["mixed", "even", "new"]


@pytest.mark.parametrize("choice", [{}, {"balance": ""}, {"balance": "nonsense"}])
def test_what_counts_for_more_is_asked_for_in_words_when_it_is_none_of_the_choices(
    jury, organiser, seats, sign_in_as, choice
):
    session = plan_session(jury, organiser, 1)

    page = sign_in_as(Role.ORGANISER, jury).post(
        reverse("sessions:seat", args=[jury.slug, session.number]), {"tables": "3"} | choice
    )

    (sentence,) = page.context["form"].errors["balance"]
    assert escape(sentence) in page.content.decode()
    assert not SeatingPlan.objects.exists()


def test_the_audit_log_keeps_what_counted_for_more(jury, organiser, seats):
    session = plan_session(jury, organiser, 1)

    seating.seat_panel(session=session, tables=3, by=organiser, seed=1, balance=Balance.NEW_PEOPLE)

    assert AuditEntry.objects.get(verb="tables.seated").facts["balance"] == "new"


@pytest.mark.parametrize("people", [6, 24])
def test_the_printed_list_costs_the_same_whatever_its_size(
    jury, organiser, sign_in_as, django_assert_num_queries, people
):
    factories.make_panel(jury, factories.make_mixed_pool(jury, people))
    session = plan_session(jury, organiser, 1)
    seating.seat_panel(session=session, tables=2, by=organiser, seed=1)
    client = sign_in_as(Role.ORGANISER, jury)

    with django_assert_num_queries(9):
        client.get(reverse("sessions:tables", args=[jury.slug, session.number]))


def test_named_members_sit_at_tables_too_though_nothing_is_known_of_them(jury, organiser, seats):
    named = [
        name_to_seat(jury=jury, body="Neuvosto", votes=False, name=name, by=organiser).seat
        for name in ("Nuppu", "Veikko", "Vanamo")
    ]
    session = plan_session(jury, organiser, 2)

    plan = seating.seat_panel(session=session, tables=3, by=organiser, seed=1)

    places = TableSeat.objects.filter(plan=plan, seat__in=named)
    assert places.count() == 6
    for number in (1, 2):
        tables = places.filter(round=number).values_list("table", flat=True)
        assert sorted(tables) == [1, 2, 3], "one of those of whom nothing is known at each table"


def test_a_panel_of_named_members_alone_can_be_seated(jury, organiser):
    for number in range(6):
        name_to_seat(jury=jury, body="Neuvosto", votes=True, name=f"Nimetty {number}", by=organiser)
    session = plan_session(jury, organiser, 1)

    plan = seating.seat_panel(session=session, tables=2, by=organiser, seed=1)

    assert TableSeat.objects.filter(plan=plan).count() == 6
