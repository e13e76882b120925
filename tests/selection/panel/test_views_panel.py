"""The pages of the panel and of a seat at the desk: what they show, to whom, and do."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from juries.audit import JUROR
from juries.enums import Role
from juries.models import Jury, Message
from selection.models import How, PanelSeat
from selection.panel.seats import accept_seat, decline_seat, drop_out
from selection.panel.telling import mark_told
from tests import factories
from tests.selection.conftest import address, close, draw_from, run_lottery, text
from tests.selection.panel.offering import give, words

State = PanelSeat.State


def lately(panel):
    """Every offer is overdue and everybody was told of it."""
    panel.seats.update(
        answer_by=timezone.localdate() - timedelta(days=1), told_at=timezone.now(), told_how="email"
    )


def test_the_page_shows_figures_states_and_how_everybody_was_told(panel, desk):
    confirmed, late, declined, left = panel.seats.order_by("registrant__reference")
    accept_seat(seat=confirmed, by=JUROR)
    decline_seat(seat=declined, by=JUROR)
    accept_seat(seat=left, by=JUROR)
    drop_out(seat=left, on_the_day=False, by=JUROR)
    mark_told(panel, "mail_offer", {late.registrant_id}, How.LETTER)
    panel.seats.filter(pk=late.pk).update(answer_by=timezone.localdate() - timedelta(days=1))

    page = words(desk.get(address(panel, "panel")))

    for figure in (
        "<dt>seats</dt><dd>4</dd>",
        "<dt>confirmed</dt><dd>1</dd>",
        "<dt>await an answer</dt><dd>1</dd>",
        "<dt>overdue</dt><dd>1</dd>",
        "<dt>free</dt><dd>2</dd>",
    ):
        assert figure in page
    for state in ("overdue", "confirmed", "declined", "dropped out"):
        assert f">{state}</span>" in page
    assert "by letter on" in page
    order = [page.index(f">{one.registrant.reference}</a>") for one in (late, confirmed, declined)]
    assert order == sorted(order)


def test_an_e_mail_that_did_not_arrive_is_seen(panel, desk, seat):
    mark_told(panel, "mail_offer", {seat.registrant_id}, How.EMAIL)
    Message.objects.create(
        jury=panel,
        registrant=seat.registrant,
        key="x",
        wording="mail_offer",
        language="fi",
        to=seat.registrant.email.lower(),
        state=Message.State.FAILED,
        due_at=timezone.now(),
    )

    assert "the e-mail did not arrive" in words(desk.get(address(panel, "panel")))


def test_named_seats_count_neither_as_held_nor_as_free(panel, desk):
    [person] = factories.make_registrants(panel, [("woman", "old")], channel="named")
    panel.seats.create(
        registrant=person,
        kind=PanelSeat.Kind.NAMED,
        body="Nuorisovaltuusto",
        state=State.CONFIRMED,
        answered_at=timezone.now(),
    )

    page = words(desk.get(address(panel, "panel")))

    assert "<dt>confirmed</dt><dd>0</dd>" in page
    assert "<dt>free</dt><dd>0</dd>" in page


def test_names_are_for_those_who_may_read_them(panel, sign_in_as):
    observer = text(sign_in_as(Role.OBSERVER, panel).get(address(panel, "panel")))
    facilitator = text(sign_in_as(Role.FACILITATOR, panel).get(address(panel, "panel")))

    assert "Malli" not in observer
    assert "Malli" in facilitator


@pytest.mark.parametrize("role", Role)
def test_contact_details_and_deeds_are_for_those_who_manage_the_panel(
    panel, sign_in_as, seat, role
):
    client = sign_in_as(role, panel)
    pages = ["panel", "panel/calls", f"panel/calls/{seat.pk}", f"panel/{seat.pk}"]
    pages += [f"panel/tell/{key}" for key in ("drawn", "reminder", "reserves", "not-drawn")]
    give(panel.registrants.all()[:6], email="")

    read = "".join(client.get(address(panel, page)).content.decode() for page in pages)

    manages = role in {Role.ORGANISER, Role.RECRUITER}
    assert ("040 1234" in read) == manages
    assert ("Kirkkokatu" in read) == manages
    assert ('value="accept"' in read) == manages


def test_a_seat_of_another_jury_is_not_there(panel, seat):
    elsewhere = factories.make_jury(
        "elsewhere", organisation=factories.make_organisation("muualla")
    )
    client = Client()
    client.force_login(factories.make_member(elsewhere, Role.ORGANISER, "muu@muualla.example"))

    for page in ("", "/drop-out", "/deadline", "/letter"):
        answer = client.post(address(elsewhere, f"panel/{seat.pk}{page}"), {"answer": "decline"})
        assert answer.status_code == 404
    assert PanelSeat.objects.get(pk=seat.pk).state == State.OFFERED


def test_staff_answer_for_a_person_on_the_list_and_on_the_page_of_the_seat(panel, desk, seat):
    on_list = desk.post(address(panel, f"panel/{seat.pk}"), {"answer": "decline"})
    on_page = desk.post(address(panel, f"panel/{seat.pk}"), {"answer": "accept", "back": "seat"})

    assert on_list.url == address(panel, "panel")
    assert on_page.url == address(panel, f"panel/{seat.pk}")
    assert PanelSeat.objects.get(pk=seat.pk).state == State.CONFIRMED


@pytest.mark.parametrize("answer", [{}, {"answer": "perhaps"}])
def test_an_answer_that_is_none_is_refused(panel, desk, seat, answer):
    response = desk.post(address(panel, f"panel/{seat.pk}"), answer, follow=True)

    assert "Choose whether" in text(response)


def test_a_free_seat_leads_to_the_page_of_replacements(panel, desk, seat):
    decline_seat(seat=seat, by=JUROR)

    page = words(desk.get(address(panel, "panel")))

    assert "1 seat is free" in page
    assert f'href="{address(panel, "panel/replacements")}"' in page


def test_when_the_free_seat_cannot_be_filled_the_panel_page_says_why(panel, desk, organiser):
    woman = panel.seats.filter(registrant__traits__value__key="woman").first()
    decline_seat(seat=woman, by=JUROR)
    panel.registrants.filter(traits__value__key="woman", seat=None).update(
        withdrawn_at=timezone.now()
    )
    run_lottery(panel, organiser)

    found = text(desk.get(address(panel, "panel")))

    assert "gender, woman: the panel needs 2, the pool has 1." in found
    assert "lower the minimum from 2 to 1" in found


def test_overdue_offers_stand_on_top_and_are_released_at_once_or_one_by_one(panel, desk, seat):
    lately(panel)
    page = words(desk.get(address(panel, "panel")))
    assert "4 offers are overdue" in page
    assert page.index("4 offers are overdue") < page.index("<h2>Seats</h2>")
    one = words(desk.get(address(panel, f"panel/{seat.pk}")))
    assert "The seat becomes free and can be given to somebody else" in one

    desk.post(address(panel, f"panel/{seat.pk}"), {"answer": "release", "back": "seat"})
    assert PanelSeat.objects.get(pk=seat.pk).state == State.LAPSED
    released = desk.post(address(panel, "panel/release"), follow=True)

    assert "3 seats were released and are free." in words(released)
    assert "No offer is overdue." in words(desk.post(address(panel, "panel/release"), follow=True))
    assert ">not answered in time</span>" in words(released)


def test_a_seat_that_is_not_overdue_is_not_released(panel, desk, seat):
    answer = desk.post(address(panel, f"panel/{seat.pk}"), {"answer": "release"}, follow=True)

    assert "A seat is released when its last day is over" in words(answer)
    assert 'value="release"' not in text(desk.get(address(panel, f"panel/{seat.pk}")))


def test_one_person_is_given_more_time(panel, desk, seat):
    until = timezone.localdate() + timedelta(days=9)
    page = address(panel, f"panel/{seat.pk}/deadline")

    desk.post(page, {"until": until.isoformat()})
    refused = [desk.post(page, {"until": day}) for day in ("", "soon", "2001-01-01", "9999-12-31")]

    assert PanelSeat.objects.get(pk=seat.pk).answer_by == until
    assert all("error-summary" in text(answer) for answer in refused)


def test_a_member_drops_out_on_the_day(panel, desk, seat):
    accept_seat(seat=seat, by=JUROR)
    page = text(desk.get(address(panel, f"panel/{seat.pk}")))
    assert 'name="on_the_day"' not in page
    Jury.objects.update(first_session_on=timezone.localdate())
    page = text(desk.get(address(panel, f"panel/{seat.pk}")))
    assert 'name="on_the_day"' in page

    answer = desk.post(
        address(panel, f"panel/{seat.pk}/drop-out"), {"on_the_day": "on"}, follow=True
    )

    seat.refresh_from_db()
    assert (seat.state, seat.on_the_day) == (State.LEFT, True)
    assert f"{seat.registrant.reference}: dropped out." in words(answer)


def test_before_the_first_session_nobody_drops_out_on_its_day(panel, desk, seat):
    accept_seat(seat=seat, by=JUROR)

    desk.post(address(panel, f"panel/{seat.pk}/drop-out"), {"on_the_day": "on"})

    seat.refresh_from_db()
    assert (seat.state, seat.on_the_day) == (State.LEFT, False)


def test_an_offer_that_nobody_took_does_not_drop_out(panel, desk, seat):
    answer = desk.post(address(panel, f"panel/{seat.pk}/drop-out"), follow=True)

    assert "Only somebody who has taken the seat can drop out." in words(answer)


def test_the_letter_of_one_person_is_downloaded_and_marked(panel, desk, seat):
    fetched = desk.post(address(panel, f"panel/{seat.pk}/letter"))
    desk.post(address(panel, f"panel/{seat.pk}"), {"answer": "posted", "back": "seat"})

    assert fetched.headers["Content-Disposition"].endswith(f'{seat.registrant.reference}.pdf"')
    assert PanelSeat.objects.get(pk=seat.pk).told_how == How.LETTER
    give([seat.registrant], address_protected=True)
    refused = desk.post(address(panel, f"panel/{seat.pk}/letter"), follow=True)
    assert "There is no postal address here" in words(refused)


def test_words_in_a_name_are_words_on_every_page(panel, desk, seat):
    give([seat.registrant], name="<script>alert(1)</script>", phone="", email="")

    for page in ("panel", f"panel/{seat.pk}", f"panel/calls/{seat.pk}", "panel/calls"):
        shown = text(desk.get(address(panel, page)))
        assert "<script>alert" not in shown
        assert "&lt;script&gt;alert" in shown
    assert "&lt;script&gt;alert" in text(desk.get(address(panel, "panel/tell/drawn")))


def queries(client, page):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


@pytest.mark.parametrize("page", ["panel", "panel/calls", "panel/tell/not-drawn"])
def test_a_page_takes_as_many_queries_for_a_large_jury_as_for_a_small_one(db, sign_in_as, page):
    counts = []
    for slug, size, people in (("small", 4, 12), ("large", 12, 60)):
        half = size // 2
        jury = factories.make_jury(
            slug,
            panel_size=size,
            quotas={
                "gender": {"woman": (half, half), "man": (half, half)},
                "age": {"young": (1, size), "old": (1, size)},
            },
        )
        factories.make_mixed_pool(jury, people)
        by = factories.make_member(close(jury), Role.ORGANISER)
        draw_from(run_lottery(jury, by), by)
        client = sign_in_as(Role.ORGANISER, jury)
        client.get(address(jury, page))
        counts.append(queries(client, address(jury, page)))

    assert counts[0] == counts[1]
