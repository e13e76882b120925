import pytest
from django.template.loader import render_to_string

from juries.audit import JUROR
from juries.enums import GRANTS, Act, Role, Stage
from selection.draw import enter_draw, set_aside_draw
from selection.lottery import probabilities
from selection.models import Lottery
from selection.panel.seats import accept_seat, decline_seat
from selection.room import public_sections, steps

EVERY_ACT = frozenset(Act)


def states(jury):
    jury.refresh_from_db()
    return [step.state for step in steps(jury, EVERY_ACT)]


def public_text(jury):
    return "".join(
        render_to_string(section.template, {"section": section})
        for section in public_sections(jury)
    )


def test_the_steps_follow_the_work_from_the_lottery_to_a_full_panel(closed, organiser):
    told = [states(closed)]
    lottery = probabilities.request_lottery(jury=closed, by=organiser)
    told.append(states(closed))
    probabilities.carry_out(lottery.pk)
    lottery.refresh_from_db()
    told.append(states(closed))
    draw = enter_draw(lottery=lottery, ticket=1, source="dice", by=organiser)
    told.append(states(closed))
    from_here = draw.jury
    assert from_here.stage == Stage.LOTTERY

    assert told == [
        ["now", "later", "later"],
        ["now", "later", "later"],
        ["done", "now", "later"],
        ["done", "now", "later"],
    ]


def test_the_panel_step_says_what_is_missing_and_when_it_is_done(drawn):
    jury = drawn.jury
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


def test_a_facilitator_has_only_the_panel(drawn):
    titles = [step.title for step in steps(drawn.jury, GRANTS[Role.FACILITATOR])]

    assert titles == ["Panel"]


def test_nothing_is_public_before_a_draw(ready):
    assert public_sections(ready.jury) == []


def test_the_public_reads_how_the_panel_was_drawn_in_numbers_and_no_names(drawn):
    drawn.jury.refresh_from_db()

    text = public_text(drawn.jury)

    assert "417" in text
    assert "33.3\xa0%" in text
    assert "not shown" in text
    assert "Malli" not in text
    assert "p0001" not in text


def test_a_draw_that_was_set_aside_stays_public_with_its_reason(drawn, organiser):
    set_aside_draw(draw=drawn, reason="A die fell <off> the table.", by=organiser)
    drawn.jury.refresh_from_db()

    text = public_text(drawn.jury)

    assert "1 draw was set aside" in text
    assert "A die fell &lt;off&gt; the table." in text


@pytest.mark.parametrize("stage", [Stage.LOTTERY, Stage.PANEL])
def test_the_steps_take_few_queries(drawn, stage, django_assert_max_num_queries):
    drawn.jury.stage = stage

    with django_assert_max_num_queries(5):
        steps(drawn.jury, EVERY_ACT)
