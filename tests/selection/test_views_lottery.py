"""Asking for a lottery, watching it, reading its result; will the draw work."""

import re

import pytest
from kombu.exceptions import OperationalError

from juries.enums import Stage
from selection import tasks
from selection.models import Lottery
from tests.selection.conftest import address, run_lottery, text

START = {"rule": "leximin", "ticket_count": "1000"}


def test_starting_a_lottery_tells_a_worker_and_leads_to_its_page(
    closed, desk, queue, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = desk.post(address(closed, "lottery/start"), START)

    assert response.url == address(closed, "lottery/1")
    assert queue == [Lottery.objects.get().pk]


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_does_not_lose_the_lottery(closed, desk, monkeypatch):
    asked = []

    def refuse(pk):
        asked.append(pk)
        raise OperationalError("no broker")

    monkeypatch.setattr(tasks.carry_out_lottery, "delay", refuse)

    response = desk.post(address(closed, "lottery/start"), START)

    assert response.status_code == 302
    assert asked == [Lottery.objects.get().pk]
    assert Lottery.objects.get().state == Lottery.State.QUEUED


def test_the_sweep_sends_what_the_queue_lost(closed, desk, queue):
    desk.post(address(closed, "lottery/start"), START)
    queue.clear()
    Lottery.objects.update(lease_until="2026-01-01T00:00Z")

    tasks.take_up_stalled()

    assert queue == [Lottery.objects.get().pk]


@pytest.mark.parametrize(
    "answers", [{}, {"rule": "plain", "ticket_count": "1000"}, START | {"ticket_count": "7"}]
)
def test_an_unknown_rule_or_count_is_said_at_its_field(closed, desk, answers):
    found = text(desk.post(address(closed, "lottery/start"), answers))

    assert "error-summary" in found
    assert not Lottery.objects.exists()


def test_what_stands_in_the_way_of_a_lottery_is_said_instead_of_the_form(closed, desk):
    closed.registrants.first().traits.first().delete()

    found = text(desk.get(address(closed, "lottery")))

    assert "lacks an answer" in found
    assert "lottery/start" not in found


def test_before_registration_is_closed_the_page_leads_to_the_jurys_home(closed, desk):
    closed.stage = Stage.REGISTRATION
    closed.save()

    found = text(desk.get(address(closed, "lottery")))

    assert "waits until registration is closed" in found
    assert f'href="/en/desk/{closed.slug}/"' in found


def test_the_page_of_a_lottery_at_work_refreshes_itself_with_and_without_a_script(closed, desk):
    desk.post(address(closed, "lottery/start"), START)

    page = text(desk.get(address(closed, "lottery/1")))
    part = text(desk.get(address(closed, "lottery/1"), headers={"HX-Request": "true"}))

    assert 'http-equiv="refresh"' in page
    assert 'hx-trigger="every 1s"' in part
    assert without_tokens(part).strip() in without_tokens(page)
    assert "<html" not in part


def without_tokens(page):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)


def test_the_part_of_a_lottery_that_has_ended_asks_no_more(ready, desk):
    part = text(desk.get(address(ready.jury, "lottery/1"), headers={"HX-Request": "true"}))

    assert "hx-trigger" not in part
    assert "33.3" in part


def test_cancelling_is_one_button(closed, desk):
    desk.post(address(closed, "lottery/start"), START)

    response = desk.post(address(closed, "lottery/1/cancel"), follow=True)

    assert "was cancelled" in text(response)


def test_a_failed_lottery_is_explained_with_the_change_that_helps(closed, organiser, desk):
    closed.registrants.filter(traits__value__key="young", reference__gt="p0002").delete()
    closed.criteria.get(key="age").values.filter(key="young").update(minimum=3)
    run_lottery(closed, organiser)

    found = text(desk.get(address(closed, "lottery/1")))

    assert "age, young: the panel needs 3, the pool has 1." in found
    assert "lower the minimum from 3 to 1" in found


def test_one_chance_is_looked_up_by_identifier_in_any_case(ready, desk):
    found = text(desk.get(address(ready.jury, "lottery/1"), {"reference": " P0004 "}))

    assert "P0004 has a chance of 33.33" in found


@pytest.mark.parametrize("reference", ["nobody", "", "<b>"])
def test_an_unknown_identifier_is_said_at_the_field(ready, desk, reference):
    found = text(desk.get(address(ready.jury, "lottery/1"), {"reference": reference}))

    assert "error-summary" in found
    assert "<b>" not in found


@pytest.mark.parametrize("page", ["0", "-1", "99", "x"])
def test_any_page_of_tickets_is_some_page(ready, desk, page):
    found = text(desk.get(address(ready.jury, "lottery/1/tickets"), {"page": page}))

    assert "p00" in found


def test_the_last_page_of_tickets_ends_with_the_last_ticket(ready, desk):
    found = text(desk.get(address(ready.jury, "lottery/1/tickets"), {"page": "20"}))

    assert ">999<" in found


def test_the_answer_about_today_is_a_part_that_other_pages_can_load(closed, desk):
    page = text(desk.get(address(closed, "feasibility")))
    part = text(desk.get(address(closed, "feasibility"), headers={"HX-Request": "true"}))

    assert part.strip() in page
    assert "12 people" in part
    assert "<html" not in part
