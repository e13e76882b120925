"""Asking for a lottery, watching it, reading its result; will the draw work."""

import html
import re

import pytest
from kombu.exceptions import OperationalError

from juries.enums import Role, Stage
from juries.models import Jury
from selection import tasks
from selection.lottery.report import rule_sentences
from selection.models import Lottery, Rule
from tests.selection.conftest import address, draw_from, freeze, run_lottery, text

START = {"rule": "leximin"}


def test_starting_a_lottery_tells_a_worker_and_leads_to_its_page(
    frozen, desk, queue, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = desk.post(address(frozen.jury, "lottery/start"), START)

    assert response.url == address(frozen.jury, "lottery/1")
    assert queue == [Lottery.objects.get().pk]


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_does_not_lose_the_lottery(frozen, desk, monkeypatch):
    asked = []

    def refuse(pk):
        asked.append(pk)
        raise OperationalError("no broker")

    monkeypatch.setattr(tasks.carry_out_lottery, "delay", refuse)

    response = desk.post(address(frozen.jury, "lottery/start"), START)

    assert response.status_code == 302
    assert asked == [Lottery.objects.get().pk]
    assert Lottery.objects.get().state == Lottery.State.QUEUED


def test_the_sweep_sends_what_the_queue_lost(frozen, desk, queue):
    desk.post(address(frozen.jury, "lottery/start"), START)
    queue.clear()
    Lottery.objects.update(lease_until="2026-01-01T00:00Z")

    tasks.take_up_stalled()

    assert queue == [Lottery.objects.get().pk]


@pytest.mark.parametrize("answers", [{}, {"rule": "plain"}, {"rule": "leximin2"}])
@pytest.mark.parametrize("page", ["lottery/start", "lottery/rehearse"])
def test_an_unknown_rule_is_said_at_its_field(frozen, desk, answers, page):
    found = text(desk.post(address(frozen.jury, page), answers))

    assert "error-summary" in found
    assert not Lottery.objects.exists()


def test_a_number_of_tickets_that_is_sent_along_is_not_listened_to(frozen, desk):
    desk.post(address(frozen.jury, "lottery/start"), START | {"ticket_count": "7"})

    assert Lottery.objects.get().ticket_count == 1000


def test_each_rule_stands_with_its_two_sentences_beside_its_button(frozen, desk):
    found = html.unescape(text(desk.get(address(frozen.jury, "lottery"))))

    for place, rule in enumerate(Rule):
        assert f'value="{rule}"' in found
        assert f'aria-describedby="id_rule_{place}_means"' in found
        assert " ".join(rule_sentences(rule)) in found
    assert re.search(r'value="leximin"[^>]*checked', found)


def test_what_stands_in_the_way_of_freezing_is_said_on_the_page(closed, desk):
    closed.registrants.first().traits.first().delete()

    found = text(desk.get(address(closed, "lottery")))

    assert "lacks an answer" in found
    assert "lottery/start" not in found


WHERE = {
    Stage.SETTING_UP: "People register first.",
    Stage.REGISTRATION: "People register until registration is closed.",
    Stage.LOTTERY: "Fixes who can be drawn and the quotas.",
    Stage.FROZEN: "Compute everybody",
    Stage.PANEL: "Free seats are filled from the page of the panel.",
}


@pytest.mark.parametrize("stage", Stage)
def test_at_every_stage_the_page_says_where_one_stands_and_offers_what_is_possible(
    closed, organiser, desk, stage
):
    if stage == Stage.PANEL:
        draw_from(run_lottery(closed, organiser), organiser)
    elif stage == Stage.FROZEN:
        freeze(closed, organiser)
    else:
        Jury.objects.filter(pk=closed.pk).update(stage=stage)

    found = text(desk.get(address(closed, "lottery")))

    before = stage in {Stage.REGISTRATION, Stage.LOTTERY}
    assert WHERE[stage] in found
    assert ("lottery/start/" in found) is (stage == Stage.FROZEN)
    assert ("lottery/rehearse/" in found) is (before or stage == Stage.FROZEN)
    assert (f'hx-get="{address(closed, "feasibility")}"' in found) is before
    assert f'href="{address(closed, "draw")}"' in found


def test_who_may_only_look_is_offered_nothing_to_press(closed, sign_in_as):
    found = text(sign_in_as(Role.OBSERVER, closed).get(address(closed, "lottery")))

    assert "lottery/rehearse/" not in found
    assert "Rehearsal" in found


def test_the_page_of_a_lottery_at_work_refreshes_itself_with_and_without_a_script(frozen, desk):
    desk.post(address(frozen.jury, "lottery/start"), START)

    page = text(desk.get(address(frozen.jury, "lottery/1")))
    part = text(desk.get(address(frozen.jury, "lottery/1"), headers={"HX-Request": "true"}))

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


def test_cancelling_is_one_button(frozen, desk):
    desk.post(address(frozen.jury, "lottery/start"), START)

    response = desk.post(address(frozen.jury, "lottery/1/cancel"), follow=True)

    assert "was cancelled" in text(response)


def failed(frozen, organiser):
    """A lottery of a frozen pool in which only one of three young people is left."""
    young = frozen.jury.registrants.filter(traits__value__key="young", reference__gt="p0001")
    young.update(withdrawn_at=frozen.frozen_at)
    return run_lottery(frozen.jury, organiser)


def test_a_lottery_that_fails_in_a_frozen_pool_says_why_who_would_help_and_what_to_do(
    closed, organiser, desk
):
    closed.criteria.get(key="age").values.filter(key="young").update(minimum=3)
    failed(freeze(closed, organiser), organiser)

    found = text(desk.get(address(closed, "lottery/1")))

    assert "age, young: the panel needs 3, the pool has 1." in found
    assert "lower the minimum from 3 to 1" in found
    assert "more registrants would also make a panel possible" in found
    assert "Break the draw off, ease the quotas" in found
    assert f'href="{address(closed, "draw")}"' in found
    assert "feasibility/ease" not in found


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


@pytest.mark.parametrize("stage", [Stage.REGISTRATION, Stage.LOTTERY])
def test_what_would_help_is_offered_with_a_reason_and_a_button(closed, desk, stage):
    Jury.objects.filter(pk=closed.pk).update(stage=stage)
    closed.criteria.get(key="age").values.filter(key="young").update(minimum=3)
    closed.registrants.filter(traits__value__key="young", reference__gt="p0001").delete()

    page = text(desk.get(address(closed, "feasibility")))
    part = text(desk.get(address(closed, "feasibility"), headers={"HX-Request": "true"}))

    assert "lower the minimum from 3 to 1" in part
    assert part.count(f'action="{address(closed, "feasibility/ease")}"') >= 1
    assert re.search(r'<input type="text" name="reason"[^>]*required', part)
    assert without_tokens(part).strip() in without_tokens(page)


def test_what_is_in_the_way_leads_to_where_it_is_put_right(closed, desk, sign_in_as):
    first, second, *_rest = closed.registrants.all()
    closed.registrants.filter(pk__in=[first.pk, second.pk]).update(email="sama@kunta.example")
    way = f'href="{address(closed, "duplicates")}'

    assert way in text(desk.get(address(closed, "lottery")))

    watched = text(sign_in_as(Role.OBSERVER, closed).get(address(closed, "lottery")))
    assert "same person twice" in watched
    assert way not in watched
