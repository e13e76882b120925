"""The screen for the room: numbers and groups, appearing one after the other, and nobody's name."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from juries.audit import SYSTEM
from juries.enums import Role
from juries.models import Question
from juries.questions.standard import ensure_form
from selection.draw.balls import enter_ball
from selection.draw.beacon import take_beacon
from selection.draw.ceremony import UNVEILING, ceremony_of
from selection.draw.drawing import draw_by_balls_alone
from selection.draw.ending import break_off
from selection.protocol.words import hex_groups, spoken_words
from tests import factories
from tests.look.test_brand import TOKENS
from tests.selection.conftest import (
    address,
    close,
    commit_to,
    decline,
    draw_balls,
    draw_from,
    run_lottery,
    text,
)
from tests.selection.draw.story import SIGNATURE, believing, type_in

SHEET = Path(__file__).parents[3] / "selection" / "static" / "draw.css"
LIVE = re.compile(r'<div id="ceremony-live".*?(?=<div class="ceremony__ways">)', re.DOTALL)


def public(jury, language="en"):
    return f"/{language}/juries/{jury.slug}/draw/ceremony/"


def shown(jury, page=None):
    return text(Client().get(page or public(jury)))


def balls_on(page):
    """The classes of the three places, and what they show."""
    return [
        (kind.strip(), digits)
        for kind, inner in re.findall(r'<li class="ball ([^"]*)">(.*?)</li>', page, re.DOTALL)
        for digits in ["".join(re.findall(r"^\s*(\d)", inner, re.MULTILINE))]
    ]


def test_before_anything_is_frozen_the_screen_says_what_will_happen(closed):
    page = shown(closed)

    assert "The draw has not been prepared yet." in page
    assert page.count("<li>", page.index("What will happen"), page.index("</ol>")) == 4


def test_a_frozen_pool_is_told_as_a_number(frozen):
    assert "12 people are in the pool." in shown(frozen.jury)


def test_a_round_for_free_seats_is_headed_as_one(drawn, organiser):
    jury = drawn.draw.jury
    assert "Public draw of the panel" in shown(jury)

    decline(jury.seats.first())
    commit_to(run_lottery(jury, organiser), organiser)

    assert "Public draw of free seats" in shown(jury)


def test_the_fingerprint_stands_in_words_and_digits(committed):
    page = shown(committed.draw.jury)

    assert " ".join(spoken_words(committed.commitment_digest)) in page
    assert hex_groups(committed.commitment_digest) in page
    assert "Tickets 000–999 for 12 people" in page


def test_the_places_fill_one_by_one_and_only_a_confirmed_ball_is_solid(beaconed, organiser):
    jury = beaconed.draw.jury
    assert balls_on(shown(jury)) == [("", "")] * 3

    enter_ball(round_=beaconed, digit=4, by=organiser)
    page = shown(jury)
    assert balls_on(page) == [("ball--typed", "4"), ("", ""), ("", "")]
    assert "Ball 1 shows 4. Somebody else confirms it." in page
    assert "awaits confirmation" in page

    beaconed.balls.all().delete()
    type_in(beaconed, organiser, "41")
    page = shown(jury)
    assert balls_on(page) == [("ball--confirmed", "4"), ("ball--confirmed", "1"), ("", "")]
    assert "Now ball 3 is drawn." in page


def test_the_beacon_is_counted_down_to_and_then_added(
    beaconed, organiser, monkeypatch, time_machine
):
    believing(monkeypatch, SIGNATURE)
    jury = beaconed.draw.jury
    type_in(beaconed, organiser, "999")
    assert "The balls show 999. Now we wait for the beacon." in shown(jury)
    assert re.search(r"comes in 1 h \d min", shown(jury))
    time_machine.move_to(beaconed.beacon_time.timestamp() - 32, tick=False)
    assert "comes in 32 s" in shown(jury)
    time_machine.move_to(beaconed.beacon_time, tick=False)
    assert "published, not here yet" in shown(jury)

    take_beacon(round_=beaconed, signature=SIGNATURE, by=SYSTEM)

    added = ceremony_of(jury).sum
    page = shown(jury)
    assert f"999 + {added.beacon} = {added.total}; the thousand is dropped" in page
    assert f"Ticket {added.ticket} is drawn." in page
    assert (999 + int(added.beacon)) % 1000 == int(added.ticket)


def test_the_panel_appears_criterion_by_criterion_by_the_clock(drawn, time_machine):
    jury = drawn.draw.jury
    seen = []
    for turn in range(4):
        time_machine.move_to(drawn.drawn_at + turn * UNVEILING, tick=False)
        page = shown(jury)
        seen.append((page.count('id="criterion-'), 'hx-get="' in page))

    assert seen == [(0, True), (1, True), (2, False), (2, False)]


def test_a_criterion_shows_the_population_beside_the_panel(drawn, time_machine):
    time_machine.move_to(drawn.drawn_at + 2 * UNVEILING, tick=False)

    composition = ceremony_of(drawn.draw.jury).composition

    (name, rows), _age = composition.shown
    assert name == "gender"
    assert rows[0].row.cells == ("50\xa0%", "2 (50\xa0%)")
    assert rows[0].bars[0] == rows[0].bars[1]


def test_bars_do_not_change_their_scale_while_criteria_appear(drawn, time_machine):
    told = []
    for turn in (1, 2):
        time_machine.move_to(drawn.drawn_at + turn * UNVEILING, tick=False)
        told.append([row.bars for row in ceremony_of(drawn.draw.jury).composition.shown[0][1]])

    assert told[0] == told[1]


def test_groups_by_a_sensitive_question_are_on_no_screen(drawn, time_machine):
    jury = drawn.draw.jury
    ensure_form(jury)
    Question.objects.filter(criterion__key="gender").update(sensitive=True)
    time_machine.move_to(drawn.drawn_at + 5 * UNVEILING, tick=False)

    page = shown(jury)

    assert "woman" not in page
    assert "young" in page
    assert "Groups by answers to sensitive questions are not shown here." in page


def moments(committed, organiser, time_machine):
    """The screen at every moment of a draw."""
    jury = committed.draw.jury
    yield shown(jury)
    enter_ball(round_=committed, digit=4, by=organiser)
    yield shown(jury)
    committed.balls.all().delete()
    yield shown(jury, public(jury, "sv"))
    draw_balls(committed, organiser)
    time_machine.move_to(timezone.now() + 9 * UNVEILING)
    yield shown(jury)
    break_off(draw=committed.draw, code="other", reason="A ball fell.", by=organiser)
    yield shown(jury)


def test_no_name_identifier_pseudonym_or_official_is_ever_on_the_screen(
    committed, organiser, time_machine
):
    people = committed.draw.entries.values_list(
        "registrant__name", "registrant__reference", "registrant__email", "pseudonym"
    )
    private = {one for row in people for one in row} | {organiser.name, organiser.email}

    pages = list(moments(committed, organiser, time_machine))

    assert len(pages) == 5
    assert "A ball fell." in pages[-1]
    assert not [one for one in private for page in pages if one in page]


@pytest.mark.parametrize("before", [True, False])
def test_the_part_that_refreshes_itself_is_the_part_of_the_page(
    committed, organiser, desk, time_machine, before
):
    if not before:
        draw_balls(committed, organiser)
    time_machine.move_to(timezone.now() + 1.5 * UNVEILING, tick=False)
    jury = committed.draw.jury
    for client, page in ((Client(), public(jury)), (desk, address(jury, "draw/ceremony"))):
        whole = text(client.get(page))
        part = text(client.get(page, headers={"HX-Request": "true"}))

        assert part.strip() == LIVE.search(whole)[0].strip()
        assert "<html" not in part


def test_the_public_asks_less_often_than_the_room(committed, desk):
    jury = committed.draw.jury

    assert 'hx-trigger="every 5s"' in shown(jury)
    assert 'hx-trigger="every 2s"' in text(desk.get(address(jury, "draw/ceremony")))


def test_the_page_works_without_a_script_by_loading_itself(committed, drawn_long_ago):
    jury = committed.draw.jury
    assert 'http-equiv="refresh"' in shown(jury)

    drawn_long_ago(committed)

    assert 'http-equiv="refresh"' not in shown(jury)


def test_a_beacon_that_was_missed_leaves_the_balls_alone_on_the_screen(
    beaconed, organiser, time_machine
):
    draw_balls(beaconed, organiser)
    time_machine.move_to(beaconed.fallback_after + timedelta(seconds=1))
    draw_by_balls_alone(round_=beaconed, by=organiser)

    page = shown(beaconed.draw.jury)

    assert "not had in time" in page
    assert "not yet" not in page
    assert '<span class="equation__sign" aria-hidden="true">+</span>' not in page


@pytest.fixture
def drawn_long_ago(organiser, time_machine):
    def draw_it(round_):
        draw_balls(round_, organiser)
        time_machine.move_to(timezone.now() + 9 * UNVEILING)

    return draw_it


def test_a_jury_that_is_not_published_has_no_public_screen(committed, desk):
    jury = committed.draw.jury
    jury.published_at = None
    jury.save()

    assert Client().get(public(jury)).status_code == 404
    page = text(desk.get(address(jury, "draw/ceremony")))
    assert "Follow on your own phone" not in page


def test_the_room_is_shown_where_to_follow(committed, desk):
    page = text(desk.get(address(committed.draw.jury, "draw/ceremony")))

    assert f"http://testserver{public(committed.draw.jury)}" in page
    assert re.search(r'<svg [^>]*class="qr"', page)


def test_who_may_handle_the_balls_finds_the_way_and_others_do_not(committed, sign_in_as):
    jury = committed.draw.jury
    ways = {
        role: "draw/balls/" in text(sign_in_as(role, jury).get(address(jury, "draw/ceremony")))
        for role in (Role.ORGANISER, Role.OBSERVER, Role.RECRUITER)
    }

    assert ways == {Role.ORGANISER: True, Role.OBSERVER: True, Role.RECRUITER: False}


@pytest.mark.parametrize("people", [12, 48])
def test_the_screen_takes_few_queries_whatever_the_pool(
    jury, django_assert_max_num_queries, people
):
    factories.make_mixed_pool(jury, people)
    by = factories.make_member(jury, Role.ORGANISER)
    draw_from(run_lottery(close(jury), by), by)

    with django_assert_max_num_queries(8):
        shown(jury)


def test_colours_come_from_the_brand():
    sheet = SHEET.read_text()

    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", sheet)
    assert set(re.findall(r"var\((--color-[\w-]+)", sheet)) <= TOKENS.keys()
