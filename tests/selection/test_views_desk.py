"""The desk pages of selection: who may see and do what, how many queries, no names."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from juries.enums import Act, Role
from selection.draw import confirm_draw, enter_draw, set_aside_draw
from selection.models import Draw, Lottery, PanelSeat
from tests import factories
from tests.selection.conftest import address, close, run_lottery, text

PAGES = ["feasibility", "lottery", "lottery/1", "lottery/1/tickets", "draw", "panel"]
START = {"rule": "leximin", "ticket_count": "1000"}


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_once_there_is_a_panel(drawn, desk, page):
    assert desk.get(address(drawn.jury, page)).status_code == 200


@pytest.mark.parametrize("page", [page for page in PAGES if page != "panel"])
def test_no_page_before_the_panel_shows_a_name_or_an_address(drawn, desk, page):
    found = text(desk.get(address(drawn.jury, page)))

    assert "Malli" not in found
    assert "malli" not in found


MAY_OPEN = {
    Role.ORGANISER: set(PAGES),
    Role.RECRUITER: set(PAGES),
    Role.OBSERVER: set(PAGES),
    Role.FACILITATOR: {"panel"},
    Role.ARRANGER: {"panel"},
    Role.PRIVACY_OFFICER: {"panel", "feasibility"},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("page", PAGES)
def test_each_role_opens_its_pages_and_no_other(drawn, sign_in_as, role, page):
    response = sign_in_as(role, drawn.jury).get(address(drawn.jury, page))

    assert response.status_code == (200 if page in MAY_OPEN[role] else 403)


DEEDS = {
    "lottery/start": Act.RUN_LOTTERY,
    "lottery/1/cancel": Act.RUN_LOTTERY,
    "draw/enter": Act.RUN_DRAW,
    "draw/1/confirm": Act.RUN_DRAW,
    "draw/1/set-aside": Act.RUN_DRAW,
    "panel/replacements": Act.RUN_LOTTERY,
    "panel/{seat}": Act.MANAGE_PANEL,
}


REFUSED = [
    (role, deed)
    for role in Role
    for deed, act in DEEDS.items()
    if role != Role.ORGANISER and (role, act) != (Role.RECRUITER, Act.MANAGE_PANEL)
]


@pytest.mark.parametrize(("role", "deed"), REFUSED)
def test_a_role_without_the_act_changes_nothing(drawn, sign_in_as, role, deed):
    seat = drawn.jury.seats.first()
    page = address(drawn.jury, deed.format(seat=seat.pk))

    response = sign_in_as(role, drawn.jury).post(page, {"answer": "accept"} | START)

    assert response.status_code == 403
    assert Lottery.objects.count() == Draw.objects.count() == 1
    assert not PanelSeat.objects.confirmed().exists()


def queries(client, page):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


@pytest.mark.parametrize("page", PAGES)
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
        lottery = run_lottery(jury, by)
        draw = enter_draw(lottery=lottery, ticket=1, source="dice", by=by)
        if page == "panel":
            confirm_draw(draw=draw, by=by)
        client = sign_in_as(Role.ORGANISER, jury)
        client.get(address(jury, page))
        counts.append(queries(client, address(jury, page)))

    assert counts[0] == counts[1]


def test_many_lotteries_and_draws_take_no_more_queries(ready, desk, organiser):
    def one_more_of_each():
        lottery = run_lottery(ready.jury, organiser)
        draw = enter_draw(lottery=lottery, ticket=1, source="dice", by=organiser)
        set_aside_draw(draw=draw, reason="A die fell.", by=organiser)

    def count():
        return [queries(desk, address(ready.jury, page)) for page in ("lottery", "draw")]

    one_more_of_each()
    count()
    before = count()
    for _round in range(3):
        one_more_of_each()

    assert count() == before


def test_the_number_of_a_draw_that_is_not_there_is_404(drawn, desk):
    assert desk.post(address(drawn.jury, "draw/9/confirm")).status_code == 404
    assert desk.get(address(drawn.jury, "lottery/9")).status_code == 404
    assert desk.post(address(drawn.jury, "panel/999999")).status_code == 404
