"""The pages at the desk by which the pool is frozen and a lottery committed to."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from juries.enums import Role
from selection.draw.opening import approve_opening
from selection.forms.draw import usual_moment
from selection.models import Disclosure, Draw, Round
from tests import factories
from tests.selection.conftest import address, close, commit_to, freeze, run_lottery, text
from tests.selection.draw.story import commitment


def test_the_pool_is_frozen_from_the_page(closed, desk):
    page = text(desk.get(address(closed, "draw")))
    assert 'value="48"' in page

    found = text(desk.post(address(closed, "draw/freeze"), {"objection_hours": "24"}, follow=True))

    assert "The pool is frozen." in found
    draw = Draw.objects.get()
    assert draw.objections_until - draw.frozen_at == timedelta(hours=24)
    assert "Next: the lottery" in found


def test_whoever_freezes_early_is_told_what_everybody_was_promised(closed, desk):
    today = timezone.localdate()
    for closes, promised in ((today, True), (today - timedelta(days=1), False)):
        closed.registration_closes_on = closes
        closed.save()

        page = text(desk.get(address(closed, "draw")))

        assert ("Everybody was promised that they can register until" in page) == promised


@pytest.mark.parametrize("hours", ["", "-1", "337", "kaksi"])
def test_hours_that_are_none_are_asked_for_again(closed, desk, hours):
    found = text(desk.post(address(closed, "draw/freeze"), {"objection_hours": hours}))

    assert "error-summary" in found
    assert not Draw.objects.exists()


def test_what_stands_in_the_way_is_said_with_the_way_there(closed, desk):
    closed.registrants.first().traits.first().delete()

    page = text(desk.get(address(closed, "draw")))

    assert "Before this can be done:" in page
    assert address(closed, "incomplete") in page
    assert 'name="objection_hours"' not in page
    found = text(desk.post(address(closed, "draw/freeze"), {"objection_hours": "48"}))
    assert "lacks an answer" in found


def test_a_lottery_is_committed_to_and_its_words_are_shown_large(ready, desk):
    found = text(desk.post(address(ready.jury, "draw/commit"), commitment(), follow=True))

    round_ = Round.objects.get()
    assert round_.sources == Round.Sources.BOTH
    assert round_.fallback_after - round_.beacon_time == timedelta(minutes=60)
    assert re.search(r'<p class="fingerprint-words" id="fingerprint">(\w{4} ){5}\w{4}</p>', found)
    assert 'data-copy="#fingerprint"' in found
    assert round_.commitment_digest in found


@pytest.mark.parametrize(
    "wrong",
    [
        {"sources": "dice"},
        {"balls_by": ""},
        {"balls_by": "2020-01-01T10:00"},
        {"balls_by": "2099-01-01T10:00"},
        {"balls_by": "9999-12-31T23:59"},
        {"fallback_minutes": "1"},
        {"lottery": "9"},
        {"lottery": ""},
        {"disclosure": "L9"},
        {"disclosure": "L3"},
    ],
)
def test_a_commitment_that_is_not_possible_leaves_nothing_behind(ready, desk, wrong):
    found = text(desk.post(address(ready.jury, "draw/commit"), commitment(**wrong)))

    assert "error-summary" in found
    assert not Round.objects.exists()


def test_nothing_is_committed_to_where_nothing_is_ready(frozen, desk):
    found = text(desk.post(address(frozen.jury, "draw/commit"), commitment(), follow=True))

    assert "There is no ready lottery of this pool." in found


def test_a_second_tab_is_told_that_a_lottery_is_committed_already(committed, desk):
    jury = committed.draw.jury

    found = text(desk.post(address(jury, "draw/commit"), commitment(), follow=True))

    assert "A lottery is committed and waits to be drawn from." in found
    assert Round.objects.count() == 1


def test_a_second_tab_that_freezes_again_sees_where_the_draw_stands(ready, desk):
    found = text(desk.post(address(ready.jury, "draw/freeze"), {"objection_hours": "1"}))

    assert 'name="balls_by"' in found
    assert 'name="objection_hours"' not in found
    assert 'class="hds-notification hds-notification--error"' in found
    assert Draw.objects.count() == 1


def test_of_several_lotteries_none_is_chosen_beforehand(ready, desk, organiser):
    assert '<input type="hidden" name="lottery" value="1"' in text(
        desk.get(address(ready.jury, "draw"))
    )
    run_lottery(ready.jury, organiser, rule="maximin")
    page = text(desk.get(address(ready.jury, "draw")))
    assert re.search(r'name="lottery" value="2"', page)
    assert not re.search(r'name="lottery" value="\d"[^>]*checked', page)

    desk.post(address(ready.jury, "draw/commit"), commitment(lottery="1"))

    assert Round.objects.get().lottery == ready


def test_the_open_level_says_how_many_are_alike_and_what_is_missing(ready, desk):
    page = text(desk.get(address(ready.jury, "draw")))

    assert "shared by at least 3 people" in page
    assert "at least 5 people must share" in page
    assert "data protection officer has approved" in page


@pytest.mark.parametrize(("days", "expected"), [(0, "18:00"), (3, "18:00"), (-1, None), (9, None)])
def test_the_last_moment_proposed_is_the_evening_of_the_draw_or_soon(closed, days, expected):
    now = datetime(2027, 3, 5, 10, 1, tzinfo=UTC)
    closed.draw_on = now.date() + timedelta(days=days)

    moment = usual_moment(closed, now)

    assert moment > now
    if expected:
        assert timezone.localtime(moment).strftime("%H:%M") == expected
    else:
        assert timezone.localtime(moment).strftime("%H:%M") == "12:35"


def test_the_officer_approves_of_an_open_record_where_many_are_alike(jury, sign_in_as):
    factories.make_mixed_pool(jury, 20)
    by = factories.make_member(jury, Role.ORGANISER)
    draw = freeze(close(jury), by)
    officer = sign_in_as(Role.PRIVACY_OFFICER, jury)
    assert "I approve of an open record" in text(officer.get(address(jury, "draw/opening")))

    found = text(officer.post(address(jury, "draw/opening"), follow=True))

    draw.refresh_from_db()
    assert draw.opening_approved_by is not None
    assert "has approved it" in found
    organiser = sign_in_as(Role.ORGANISER, jury)
    run_lottery(jury, by)
    organiser.post(address(jury, "draw/commit"), commitment(disclosure="L3"))
    draw.refresh_from_db()
    assert draw.disclosure == Disclosure.OPEN


def test_the_officer_reads_why_there_is_nothing_to_approve(ready, sign_in_as, organiser):
    officer = sign_in_as(Role.PRIVACY_OFFICER, ready.jury)
    page = address(ready.jury, "draw/opening")
    assert "at least 5 people must share" in text(officer.get(page))
    assert "There is nothing to approve in this pool." in text(officer.get(page))
    assert "draw/opening" in text(officer.get(address(ready.jury, "draw")))

    commit_to(ready, organiser)

    assert "That has been done." in text(officer.get(page))
    approve_opening(draw=ready.draw, by=organiser)
    assert "has approved it" in text(officer.get(page))


def test_whoever_only_looks_sees_the_step_and_no_form(ready, sign_in_as):
    for role in (Role.RECRUITER, Role.OBSERVER):
        page = text(sign_in_as(role, ready.jury).get(address(ready.jury, "draw")))

        assert "An organiser commits to the lottery" in page
        assert "<form" not in page[page.index("<main") : page.index("</main>")]
