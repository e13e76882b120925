"""What the desk shows of a draw that is drawn, and how it ends there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from juries.audit import JUROR
from juries.models import Jury
from selection.draw.standing import Now, standing_of
from selection.models import PanelSeat, Round
from selection.panel.seats import accept_seat
from tests.selection.conftest import address, commit_to, draw_balls, run_lottery, text
from tests.selection.draw.story import commitment


def test_a_drawn_panel_is_shown_by_identifier_and_never_by_name(drawn, desk):
    page = text(desk.get(address(drawn.draw.jury, "draw")))

    references = set(drawn.draw.jury.seats.values_list("registrant__reference", flat=True))
    assert all(reference in page for reference in references)
    assert "Malli" not in page
    assert ">417<" in page


def test_a_draw_is_broken_off_only_with_what_happened_and_why(drawn, desk):
    jury = drawn.draw.jury
    page = address(jury, "draw/break-off")
    for incomplete in ({"reason": "A ball fell."}, {"code": "other", "reason": " "}):
        assert "error-summary" in text(desk.post(page, incomplete))
    assert PanelSeat.objects.count() == 4

    found = text(desk.post(page, {"code": "technical", "reason": "A <b>ball</b>."}, follow=True))

    assert "Something technical failed. A &lt;b&gt;ball&lt;/b&gt;." in found
    assert not PanelSeat.objects.exists()


def test_a_replacement_round_is_broken_off_on_its_own_page(drawn, desk, organiser):
    jury = drawn.draw.jury
    page = address(jury, "draw/break-off-round")
    assert "No replacement round waits" in text(desk.get(page))
    assert "No replacement" in text(desk.post(page, {"code": "other", "reason": "Nothing."}))
    seat = jury.seats.first()
    desk.post(address(jury, f"panel/{seat.pk}"), {"answer": "decline"})
    round_ = commit_to(run_lottery(jury, organiser), organiser)
    assert "the panel is as it was before" in text(desk.get(page))

    desk.post(page, {"code": "technical", "reason": "No power."})

    round_.refresh_from_db()
    assert round_.state == Round.State.ABORTED
    assert jury.seats.held().count() == 3


def test_a_replacement_round_uses_the_same_forms(drawn, desk, organiser):
    jury = drawn.draw.jury
    seat = jury.seats.first()
    desk.post(address(jury, f"panel/{seat.pk}"), {"answer": "decline"})
    run_lottery(jury, organiser)
    page = text(desk.get(address(jury, "draw")))
    assert "commit to the lottery for the free seats" in page
    assert 'name="disclosure"' not in page

    desk.post(address(jury, "draw/commit"), commitment(lottery="2", sources="balls"))
    round_ = draw_balls(Round.objects.get(number=1), organiser, "005")

    assert round_.ticket_name == "005"
    assert "Replacement round 1" in text(desk.get(address(jury, "draw")))


def test_closing_says_what_it_means_and_does_it(drawn, desk):
    jury = drawn.draw.jury
    page = text(desk.get(address(jury, "draw/close")))
    assert "4 members have a seat." in page
    assert "4 of them have not answered yet." in page
    assert page.index("<details>") < page.index("hds-button--danger")

    found = text(desk.post(address(jury, "draw/close"), follow=True))

    assert "The draw is closed" in found
    assert "Break the draw off" not in found


def test_before_the_last_meeting_closing_is_advised_against(drawn, desk):
    jury = drawn.draw.jury
    for seat in jury.seats.all():
        accept_seat(seat=seat, by=JUROR)

    page = text(desk.get(address(jury, "draw/close")))

    assert "Leave the draw open until then" in page
    assert page.index("<details>") < page.index("hds-button--danger")
    yesterday = timezone.localdate() - timedelta(days=1)
    Jury.objects.filter(pk=jury.pk).update(last_session_on=yesterday)
    page = text(desk.get(address(jury, "draw/close")))
    assert "Leave the draw open until then" not in page
    assert "hds-button--danger" in page
    assert "<details>" not in page


def test_what_is_not_drawn_cannot_be_closed(committed, desk):
    jury = committed.draw.jury
    assert "can be closed" in text(desk.get(address(jury, "draw/close")))

    found = text(desk.post(address(jury, "draw/close"), follow=True))

    assert "can be closed" in found
    assert standing_of(jury).now == Now.BALLS


@pytest.mark.parametrize("page", ["draw/break-off", "draw/close"])
def test_without_a_draw_there_is_nothing_to_end(closed, desk, page):
    response = desk.get(address(closed, page))

    assert response.headers["Location"].rstrip("/").endswith("/draw")
    assert "There is no draw now." in text(desk.get(response.headers["Location"]))
