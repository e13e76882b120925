import numpy as np
import pytest

from juries.enums import Role, Stage
from juries.errors import JuryError, WrongStage
from juries.models import AuditEntry
from juries.rooms import forget_in_rooms
from selection.engine import SolverFailure
from selection.engine import leximin as real_leximin
from selection.lottery import probabilities, working
from selection.models import Lottery, Rule
from tests import factories
from tests.selection.conftest import ask_for_lottery as ask
from tests.selection.conftest import close, decline, draw_from, freeze, run_lottery

State = Lottery.State


def test_a_lottery_gives_everybody_their_chance_and_a_thousand_tickets(ready):
    chances = list(ready.chances.values_list("probability", flat=True))

    assert ready.state == State.DONE
    assert chances == pytest.approx([4 / 12] * 12)
    assert len(ready.tickets) == 1000
    assert ready.certificate["optimal"] is True
    assert ready.largest_shift < 0.01


def test_the_chances_are_those_of_the_panels(ready):
    held = np.zeros(12)
    for places, probability in ready.panels:
        held[places] += probability

    assert held == pytest.approx(list(ready.chances.values_list("probability", flat=True)))


def test_every_ticket_is_a_panel_of_the_lottery(ready):
    assert set(ready.tickets) <= set(range(len(ready.panels)))


def test_the_same_seed_gives_the_same_tickets(closed, organiser):
    first = run_lottery(closed, organiser, seed=7)
    second = run_lottery(closed, organiser, seed=7)

    assert (first.panels, first.tickets) == (second.panels, second.tickets)


def test_the_seed_is_kept_and_differs_from_lottery_to_lottery(closed, organiser):
    first = run_lottery(closed, organiser, seed=None)
    second = run_lottery(closed, organiser, seed=None)

    assert first.seed != second.seed


@pytest.mark.parametrize("rule", Rule.values)
def test_the_rule_asked_for_is_the_rule_used(closed, organiser, rule, monkeypatch):
    used = []
    for name, method in probabilities.METHODS.items():
        monkeypatch.setitem(
            probabilities.METHODS,
            name,
            lambda *args, name=name, method=method, **more: (
                used.append(name) or method(*args, **more)
            ),
        )

    lottery = run_lottery(closed, organiser, rule=rule)

    assert lottery.state == State.DONE
    assert used == [rule]


@pytest.mark.parametrize("rule", [Rule.NASH, Rule.GOLDILOCKS])
def test_a_lottery_by_a_rule_of_its_own_measure_is_drawn_from_all_the_same(closed, organiser, rule):
    closed.registrants.filter(traits__value__key="young", reference__gt="p0002").delete()
    lottery = run_lottery(closed, organiser, rule=rule)

    round_ = draw_from(lottery, organiser)

    assert round_.state == "drawn"
    assert closed.seats.count() == 4
    assert f'"rule":"{rule}"' in round_.commitment
    assert len({round(one, 6) for one in lottery.chances.values_list("probability", flat=True)}) > 1


@pytest.mark.parametrize("stage", [Stage.SETTING_UP, Stage.REGISTRATION, Stage.LOTTERY])
def test_there_is_no_lottery_before_the_pool_is_frozen(closed, organiser, stage):
    closed.stage = stage
    closed.save()

    with pytest.raises(WrongStage):
        probabilities.request_lottery(jury=closed, by=organiser)


def test_a_lottery_has_a_thousand_tickets_unless_it_is_told_otherwise(closed, organiser):
    assert ask(closed, organiser).ticket_count == 1000


def test_only_one_lottery_is_at_work_at_a_time(closed, organiser):
    ask(closed, organiser)

    with pytest.raises(JuryError, match="at work"):
        ask(closed, organiser)


def test_a_missing_answer_is_put_right_before_the_freeze(closed, organiser):
    closed.registrants.get(reference="p0003").traits.first().delete()

    with pytest.raises(JuryError, match="p0003"):
        freeze(closed, organiser)


def test_a_pair_that_may_be_one_person_is_decided_before_the_freeze(closed, organiser):
    closed.registrants.filter(reference__in=["p0001", "p0002"]).update(email="a@b.example")

    with pytest.raises(JuryError, match="same person"):
        freeze(closed, organiser)


def test_an_empty_pool_and_a_jury_without_criteria_are_refused_in_words(db):
    jury = close(factories.make_jury(quotas={}))

    with pytest.raises(JuryError) as refusal:
        freeze(jury, factories.make_member(jury, Role.ORGANISER))

    assert "no criteria" in str(refusal.value)
    assert "Nobody" in str(refusal.value)


def test_a_pool_that_lost_whom_it_needs_fails_with_the_conflict_and_who_would_help(
    frozen, organiser
):
    women = frozen.jury.registrants.filter(traits__value__key="woman")
    left = women.order_by("pk").first()
    for person in women.exclude(pk=left.pk):
        person.withdrawn_at = frozen.frozen_at
        person.save()

    lottery = run_lottery(frozen.jury, organiser)

    assert lottery.state == State.FAILED
    assert lottery.failure["kind"] == "conflict"
    assert lottery.failure["bounds"][0]["available"] == 1
    assert lottery.failure["recruits"]["people"] == 1
    assert lottery.tickets is None
    assert not lottery.chances.exclude(probability=None).exists()


def test_a_solver_without_an_answer_is_a_failure_not_a_crash(closed, organiser, monkeypatch):
    def fails(pool, quotas, *, rng, progress):
        raise SolverFailure("time limit")

    monkeypatch.setitem(probabilities.METHODS, Rule.LEXIMIN, fails)

    lottery = run_lottery(closed, organiser)

    assert lottery.failure == {"kind": "solver", "detail": "time limit"}


def test_a_result_that_breaks_the_quotas_is_not_kept(closed, organiser, monkeypatch):
    def wrong(pool, quotas, *, rng, progress):
        result = real_leximin(pool, quotas, rng=rng)
        four_women = np.flatnonzero(pool.traits[:, 0] == 0)[:4]
        object.__setattr__(result, "panels", (four_women, *result.panels[1:]))
        return result

    monkeypatch.setitem(probabilities.METHODS, Rule.LEXIMIN, wrong)

    assert run_lottery(closed, organiser).state == State.FAILED


def test_who_is_erased_between_the_freeze_and_the_lottery_is_on_no_ticket(frozen, organiser):
    person = frozen.entries.get(index=5).registrant
    forget_in_rooms(frozen.jury.registrants.filter(pk=person.pk))
    person.traits.all().delete()
    person.delete()

    lottery = run_lottery(frozen.jury, organiser)

    assert lottery.state == State.DONE
    assert sorted(lottery.chances.values_list("place", flat=True)) == [*range(5), *range(6, 12)]
    assert all(5 not in lottery.panel_on(ticket) for ticket in range(1000))
    assert draw_from(lottery, organiser).state == "drawn"


def test_a_lottery_delivered_three_times_is_carried_out_once(closed, organiser, monkeypatch):
    runs = []

    def counted(*args, **more):
        runs.append(1)
        return real_leximin(*args, **more)

    monkeypatch.setitem(probabilities.METHODS, Rule.LEXIMIN, counted)
    lottery = ask(closed, organiser)

    states = []
    for _delivery in range(3):
        probabilities.carry_out(lottery.pk)
        states.append(Lottery.objects.values("tickets", "finished_at", "attempts").get())

    assert len(runs) == 1
    assert states[0] == states[1] == states[2]
    assert AuditEntry.objects.filter(verb="lottery.ready").count() == 1


def test_a_worker_that_lost_its_lease_writes_nothing(closed, organiser, monkeypatch):
    lottery = ask(closed, organiser)

    def overtaken(*args, **more):
        Lottery.objects.filter(pk=lottery.pk).update(attempts=2)
        return real_leximin(*args, rng=more["rng"])

    monkeypatch.setitem(probabilities.METHODS, Rule.LEXIMIN, overtaken)
    monkeypatch.setattr(working, "TELLING", 1000)
    probabilities.carry_out(lottery.pk)

    lottery.refresh_from_db()
    assert lottery.state == State.RUNNING
    assert lottery.tickets is None
    assert not AuditEntry.objects.filter(verb="lottery.ready").exists()


def test_cancelling_a_waiting_lottery_ends_it_at_once(closed, organiser):
    lottery = ask(closed, organiser)

    probabilities.cancel_lottery(lottery=lottery, by=organiser)
    probabilities.carry_out(lottery.pk)

    lottery.refresh_from_db()
    assert lottery.state == State.CANCELLED


def test_cancelling_a_running_lottery_stops_the_engine(closed, organiser, monkeypatch):
    lottery = ask(closed, organiser)
    reached = []

    def endless(pool, quotas, *, rng, progress):
        progress("types", 0.5)
        probabilities.cancel_lottery(lottery=lottery, by=organiser)
        for step in range(10_000):
            reached.append(step)
            progress("decomposition", 0.5)
        pytest.fail("the engine was not stopped")

    monkeypatch.setitem(probabilities.METHODS, Rule.LEXIMIN, endless)
    monkeypatch.setattr(working, "TELLING", 0)
    probabilities.carry_out(lottery.pk)

    lottery.refresh_from_db()
    assert lottery.state == State.CANCELLED
    assert reached == [0]


def test_a_cancellation_in_the_last_moment_still_leaves_no_result(closed, organiser, monkeypatch):
    lottery = ask(closed, organiser)

    def late(*args, **more):
        result = real_leximin(*args, rng=more["rng"])
        probabilities.cancel_lottery(lottery=lottery, by=organiser)
        return result

    monkeypatch.setitem(probabilities.METHODS, Rule.LEXIMIN, late)
    monkeypatch.setattr(working, "TELLING", 1000)
    probabilities.carry_out(lottery.pk)

    lottery.refresh_from_db()
    assert lottery.state == State.CANCELLED
    assert not lottery.chances.exclude(probability=None).exists()


def test_a_lottery_that_has_ended_cannot_be_cancelled(ready, organiser):
    with pytest.raises(JuryError, match="ended"):
        probabilities.cancel_lottery(lottery=ready, by=organiser)


def test_when_every_seat_is_held_there_is_nothing_to_draw(drawn, closed, organiser):
    assert closed.seats.count() == 4

    with pytest.raises(JuryError, match="nothing to draw"):
        ask(closed, organiser)


def test_the_seats_that_are_held_are_on_every_ticket_of_the_next_lottery(closed, organiser):
    draw_from(run_lottery(closed, organiser), organiser)
    gone = closed.seats.first()
    decline(gone)

    lottery = run_lottery(closed, organiser)

    held = set(lottery.chances.filter(fixed=True).values_list("place", flat=True))
    assert lottery.seats_held == 3
    assert all(held <= set(places) for places, _share in lottery.panels)
    assert lottery.chances.get(gone=True).registrant == gone.registrant
    assert lottery.chances.get(gone=True).tickets == 0


def test_no_task_and_no_log_line_carries_a_name(ready):
    facts = [str(entry.facts) for entry in AuditEntry.objects.all()]

    assert not any("Malli" in text or "@" in text for text in facts)
