import pytest
from django.template.loader import render_to_string

from juries.audit import JUROR
from juries.enums import GRANTS, Act, Role, Stage
from selection.draw.ending import break_off
from selection.lottery import probabilities
from selection.models import Lottery
from selection.panel.seats import accept_seat, decline_seat
from selection.room import public_sections, steps
from tests.selection.conftest import commit_to, draw_balls, freeze

EVERY_ACT = frozenset(Act)


def states(jury):
    jury.refresh_from_db()
    return [step.state for step in steps(jury, EVERY_ACT)][:3]


def public_text(jury):
    return "".join(
        render_to_string(section.template, {"section": section})
        for section in public_sections(jury)
    )


def test_the_steps_follow_the_work_from_the_lottery_to_the_panel(closed, organiser):
    told = [states(closed)]
    freeze(closed, organiser)
    told.append(states(closed))
    lottery = probabilities.request_lottery(jury=closed, by=organiser)
    told.append(states(closed))
    probabilities.carry_out(lottery.pk)
    lottery.refresh_from_db()
    told.append(states(closed))
    round_ = commit_to(lottery, organiser)
    told.append(states(closed))
    draw_balls(round_, organiser)
    told.append(states(closed))

    assert told == [
        ["now", "later", "later"],
        ["now", "later", "later"],
        ["now", "later", "later"],
        ["done", "now", "later"],
        ["done", "now", "later"],
        ["done", "done", "now"],
    ]


def test_the_panel_step_says_what_is_missing_and_when_it_is_done(drawn):
    jury = drawn.draw.jury
    jury.refresh_from_db()
    assert states(jury)[2] == "now"

    for seat in jury.seats.all():
        accept_seat(seat=seat, by=JUROR)
    assert states(jury)[2] == "done"

    decline_seat(seat=jury.seats.first(), by=JUROR)
    assert states(jury)[2] == "missing"


def test_a_lottery_without_a_result_is_something_missing(ready):
    Lottery.objects.update(state=Lottery.State.FAILED)

    assert states(ready.jury)[0] == "missing"


def test_before_registration_is_closed_everything_is_for_later(jury):
    assert states(jury) == ["later", "later", "later"]


def test_a_facilitator_has_the_panel_and_its_members_only(drawn):
    titles = [step.title for step in steps(drawn.draw.jury, GRANTS[Role.FACILITATOR])]

    assert titles == ["Panel", "Members"]


def test_nothing_is_public_before_the_pool_is_frozen(closed):
    assert public_sections(closed) == []


def test_the_public_reads_how_the_panel_was_drawn_in_numbers_and_no_names(drawn):
    jury = drawn.draw.jury
    jury.refresh_from_db()

    text = public_text(jury)

    assert "417" in text
    assert "not shown" in text
    assert "Malli" not in text
    assert "p0001" not in text


def test_a_draw_that_was_broken_off_stays_public(drawn, organiser):
    break_off(draw=drawn.draw, code="other", reason="A ball fell <off>.", by=organiser)
    jury = drawn.draw.jury
    jury.refresh_from_db()

    sections = public_sections(jury)

    assert [section.key for section in sections] == ["how-drawn"]
    assert "A ball fell &lt;off&gt;." in public_text(jury)
    assert "<off>" not in public_text(jury)


@pytest.mark.parametrize("stage", [Stage.LOTTERY, Stage.FROZEN, Stage.PANEL])
def test_the_steps_take_few_queries(drawn, stage, django_assert_max_num_queries):
    drawn.draw.jury.stage = stage

    with django_assert_max_num_queries(6):
        steps(drawn.draw.jury, EVERY_ACT)
