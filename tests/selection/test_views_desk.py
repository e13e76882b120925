"""The desk pages of selection: who may see and do what, how many queries, no names."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from juries.enums import Act, Role
from selection.draw.ending import break_off
from selection.models import Draw, Lottery, PanelSeat
from tests import factories
from tests.selection.conftest import address, close, commit_to, draw_from, run_lottery, text

SEEING = ["feasibility", "lottery", "lottery/1", "lottery/1/tickets", "draw", "draw/ceremony"]
PAGES = [*SEEING, "panel", "panel/replacements", "composition"]
NAMED = {"panel"}
START = {"rule": "leximin"}


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_once_there_is_a_panel(drawn, desk, page):
    assert desk.get(address(drawn.draw.jury, page)).status_code == 200


@pytest.mark.parametrize("page", [page for page in PAGES if page not in NAMED])
def test_no_page_before_the_panel_shows_a_name_or_an_address(drawn, desk, page):
    found = text(desk.get(address(drawn.draw.jury, page)))

    assert "Malli" not in found
    assert "malli" not in found


TO_ALL = {"panel", "composition"}
MAY_OPEN = {
    Role.ORGANISER: set(PAGES),
    Role.RECRUITER: set(PAGES),
    Role.OBSERVER: {*SEEING, *TO_ALL},
    Role.FACILITATOR: TO_ALL,
    Role.ARRANGER: TO_ALL,
    Role.PRIVACY_OFFICER: {*SEEING, *TO_ALL},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("page", PAGES)
def test_each_role_opens_its_pages_and_no_other(drawn, sign_in_as, role, page):
    response = sign_in_as(role, drawn.draw.jury).get(address(drawn.draw.jury, page))

    assert response.status_code == (200 if page in MAY_OPEN[role] else 403)


DEEDS = {
    "lottery/start": Act.RUN_LOTTERY,
    "lottery/1/cancel": Act.RUN_LOTTERY,
    "draw/freeze": Act.RUN_DRAW,
    "draw/commit": Act.RUN_DRAW,
    "draw/balls/enter": Act.RUN_DRAW,
    "draw/balls/confirm": Act.WITNESS_DRAW,
    "draw/beacon": Act.RUN_DRAW,
    "draw/beacon/ask": Act.RUN_DRAW,
    "draw/confirm-beacon": Act.WITNESS_DRAW,
    "draw/balls-alone": Act.RUN_DRAW,
    "draw/break-off": Act.RUN_DRAW,
    "draw/break-off-round": Act.RUN_DRAW,
    "draw/close": Act.RUN_DRAW,
    "draw/opening": Act.APPROVE_OPENING,
    "panel/replacements/rank": Act.MANAGE_PANEL,
    "panel/replacements/lottery": Act.RUN_LOTTERY,
    "panel/{seat}": Act.MANAGE_PANEL,
}
MAY_DO = {
    Act.MANAGE_PANEL: {Role.ORGANISER, Role.RECRUITER},
    Act.WITNESS_DRAW: {Role.ORGANISER, Role.OBSERVER},
    Act.APPROVE_OPENING: {Role.PRIVACY_OFFICER},
}
REFUSED = [
    (role, deed)
    for role in Role
    for deed, act in DEEDS.items()
    if role not in MAY_DO.get(act, {Role.ORGANISER})
]


@pytest.mark.parametrize(("role", "deed"), REFUSED)
def test_a_role_without_the_act_changes_nothing(drawn, sign_in_as, role, deed):
    jury = drawn.draw.jury
    seat = jury.seats.first()
    sent = {"answer": "accept", "code": "other", "reason": "Because."} | START

    response = sign_in_as(role, jury).post(address(jury, deed.format(seat=seat.pk)), sent)

    assert response.status_code == 403
    assert Lottery.objects.count() == Draw.objects.count() == 1
    assert Draw.objects.get().state == Draw.State.DRAWN
    assert not PanelSeat.objects.confirmed().exists()


def queries(client, page):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("drawn_from", [True, False])
def test_a_page_takes_as_many_queries_for_a_large_jury_as_for_a_small_one(
    db, sign_in_as, page, drawn_from
):
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
        if drawn_from:
            draw_from(lottery, by)
        else:
            commit_to(lottery, by)
        client = sign_in_as(Role.ORGANISER, jury)
        client.get(address(jury, page))
        counts.append(queries(client, address(jury, page)))

    assert counts[0] == counts[1]


def test_many_draws_take_no_more_queries(closed, desk, organiser):
    def one_more():
        round_ = commit_to(run_lottery(closed, organiser), organiser)
        break_off(draw=round_.draw, code="other", reason="A ball fell.", by=organiser)

    def count():
        return [queries(desk, address(closed, page)) for page in ("lottery", "draw")]

    one_more()
    count()
    before = count()
    for _turn in range(3):
        one_more()

    assert count() == before


def test_the_number_of_a_thing_that_is_not_there_is_404(drawn, desk):
    jury = drawn.draw.jury
    assert desk.get("/en/desk/lahipalvelut/draw/9/0/minutes.pdf").status_code == 404
    assert desk.get(address(jury, "lottery/9")).status_code == 404
    assert desk.post(address(jury, "panel/999999")).status_code == 404
