"""A rehearsal shows what a rule does and never who would be drawn."""

import json

import pytest
from django.core import serializers

from juries.audit_words import VERBS
from juries.enums import Role, Stage
from juries.errors import JuryError, WrongStage
from juries.models import AuditEntry, Jury
from selection import tasks
from selection.engine import SolverFailure
from selection.engine import leximin as real_leximin
from selection.lottery import probabilities, rehearsing, working
from selection.lottery.rehearsing import rehearsals_held, rehearse
from selection.models import Chance, Lottery, Rule
from tests import factories
from tests.selection.conftest import (
    address,
    ask_for_lottery,
    commit_to,
    freeze,
    run_lottery,
    text,
)
from tests.selection.lottery.test_taking_up import lapse

State = Lottery.State

PLACES = [f"paikka{number}" for number in range(40)]
QUOTAS = {"gender": {"woman": (2, 2), "man": (2, 2)}, "place": dict.fromkeys(PLACES, (0, 1))}


@pytest.fixture
def told(db):
    """A pool of twelve each of whom could be told from all others by row, name or reference."""
    jury = factories.make_jury(quotas=QUOTAS, stage=Stage.LOTTERY)
    people = [(("woman", "man")[number % 2], PLACES[27 + number]) for number in range(12)]
    for number, person in enumerate(factories.make_registrants(jury, people)):
        person.reference, person.name = f"kanaria-{number}", f"Kanarialintu {number}"
        person.save()
    return jury


@pytest.fixture
def by(told):
    return factories.make_member(told, Role.ORGANISER)


def run_rehearsal(jury, by, **facts):
    rehearsal = rehearse(jury=jury, by=by, **facts)
    probabilities.carry_out(rehearsal.pk)
    rehearsal.refresh_from_db()
    return rehearsal


def rows_of(jury):
    """What would give a person away: the values as a lottery holds them."""
    return {json.dumps([number % 2, 27 + number]) for number in range(jury.registrants.count())}


def everything_about(rehearsal):
    return serializers.serialize("json", [rehearsal]) + str(
        [entry.facts for entry in AuditEntry.objects.filter(verb__startswith="rehearsal")]
    )


def given_away(jury, kept):
    people = jury.registrants.values_list("reference", "name")
    canaries = {one for person in people for one in person} | rows_of(jury)
    return {one for one in canaries if one in kept}


@pytest.mark.parametrize("stage", [Stage.REGISTRATION, Stage.LOTTERY, Stage.FROZEN])
def test_a_rehearsal_is_possible_until_the_panel_is_drawn(told, by, stage):
    if stage == Stage.FROZEN:
        freeze(told, by)
    else:
        Jury.objects.filter(pk=told.pk).update(stage=stage)

    rehearsal = run_rehearsal(told, by)

    assert (rehearsal.state, rehearsal.draw) == (State.DONE, None)
    assert rehearsal.outcome["chances"]["people"] == 12


@pytest.mark.parametrize("stage", [Stage.SETTING_UP, Stage.PANEL])
def test_before_and_after_there_is_nothing_to_rehearse(told, by, stage):
    Jury.objects.filter(pk=told.pk).update(stage=stage)

    with pytest.raises(WrongStage):
        rehearse(jury=told, by=by)


def test_a_rehearsal_that_waits_holds_rows_in_an_order_that_says_nothing(told, by):
    orders = []
    for _again in range(3):
        rehearsal = rehearse(jury=told, by=by)
        orders.append(rehearsal.shuffled)
        probabilities.cancel_lottery(lottery=rehearsal, by=by)

    ascending = sorted(orders[0])
    assert all(sorted(order) == ascending for order in orders)
    assert all(order != ascending for order in orders)
    assert orders[0] != orders[1] != orders[2] != orders[0]


def test_nothing_of_anybody_is_kept_once_it_is_ready(told, by):
    waiting = rehearse(jury=told, by=by)
    # The control: while it waits it has the rows, so that the search finds what there is.
    assert given_away(told, everything_about(waiting)) == rows_of(told)

    probabilities.carry_out(waiting.pk)
    waiting.refresh_from_db()

    assert waiting.state == State.DONE
    assert given_away(told, everything_about(waiting)) == set()
    assert (waiting.shuffled, waiting.proof) == (None, None)
    assert (waiting.panels, waiting.tickets) == ([], [])
    assert not Chance.objects.exists()


def test_no_page_and_no_log_says_anything_of_anybody(told, by, client):
    client.force_login(by)
    run_rehearsal(told, by)
    pages = ("lottery", "lottery/1", "lottery/compare", "audit", "draw")

    read = {page: text(client.get(address(told, page))) for page in pages}

    assert [page for page, kept in read.items() if given_away(told, kept)] == []
    assert "Rehearsal 1" in read["lottery"]
    assert client.get(address(told, "lottery/1/tickets")).status_code == 404
    assert "look-up" not in read["lottery/1"]


def fails(_pool, _quotas, *, rng, progress):
    raise SolverFailure("limit")


def test_nothing_is_kept_of_one_that_fails_is_cancelled_or_loses_its_workers(told, by, monkeypatch):
    cancelled = rehearse(jury=told, by=by)
    probabilities.cancel_lottery(lottery=cancelled, by=by)
    lost = rehearse(jury=told, by=by)
    lapse(lost, state=State.RUNNING, attempts=99)
    probabilities.take_up_stalled()
    given_up = rehearse(jury=told, by=by)
    working.take(given_up.pk)
    probabilities.cancel_lottery(lottery=given_up, by=by)
    lapse(given_up)
    probabilities.take_up_stalled()
    monkeypatch.setitem(probabilities.METHODS, Rule.LEXIMIN, fails)
    failed = run_rehearsal(told, by)

    for rehearsal in (cancelled, lost, given_up, failed):
        rehearsal.refresh_from_db()
        assert not rehearsal.is_at_work
        assert given_away(told, everything_about(rehearsal)) == set()
    assert [one.state for one in (lost, failed)] == [State.FAILED] * 2


def test_what_is_kept_are_totals_of_chances_and_of_one_panel(told, by):
    outcome = run_rehearsal(told, by).outcome

    chances, panel = outcome["chances"], outcome["panel"]
    assert sum(people for _bin, people in chances["bins"]) + chances["without"] == 12
    assert chances["smallest"] == pytest.approx(4 / 12)
    assert [sum(counts) for counts in panel] == [4, 4]
    assert panel[0] == [2, 2]
    assert len(panel[1]) == 40


def test_its_page_shows_chances_the_proof_and_one_panel_against_the_quotas(told, by, client):
    client.force_login(by)
    run_rehearsal(told, by)

    page = text(client.get(address(told, "lottery/1")))

    assert "33.3" in page
    assert "It is proven" in page
    assert "0–1" in page
    assert "Nobody was drawn" in page


def test_a_rehearsal_is_never_taken_for_a_lottery(told, by):
    run_rehearsal(told, by)
    cancelled = rehearse(jury=told, by=by)
    probabilities.cancel_lottery(lottery=cancelled, by=by)

    verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))

    assert verbs == [
        "rehearsal.requested",
        "rehearsal.ready",
        "rehearsal.requested",
        "rehearsal.cancelled",
    ]
    assert all(verb in VERBS for verb in [*verbs, "rehearsal.failed"])


def test_nobody_can_commit_to_a_rehearsal(told, by):
    freeze(told, by)
    run_rehearsal(told, by)

    with pytest.raises(JuryError, match="no ready lottery"):
        commit_to(told.lotteries.get(number=1), by)


def test_every_rehearsal_is_counted_in_public(told, by, client):
    client.force_login(by)
    run_rehearsal(told, by)
    freeze(told, by)
    run_rehearsal(told, by, rule=Rule.MAXIMIN)
    probabilities.cancel_lottery(lottery=rehearse(jury=told, by=by), by=by)
    lottery = run_lottery(told, by)

    committed = json.loads(commit_to(lottery, by).commitment)

    assert rehearsals_held(told) == 2
    assert committed["algorithm"]["rehearsals"] == 2
    assert committed["algorithm"]["runs"] == 1
    assert "2 rehearsals so far" in text(client.get(address(told, "lottery")))


@pytest.mark.parametrize("first", [rehearse, ask_for_lottery])
def test_a_rehearsal_and_a_lottery_are_not_at_work_together(told, by, first):
    freeze(told, by)
    first(jury=told, by=by)

    for second in (rehearse, ask_for_lottery):
        with pytest.raises(JuryError, match="at work"):
            second(jury=told, by=by)


def test_who_left_the_frozen_pool_is_not_rehearsed_with(told, by):
    freeze(told, by)
    told.registrants.filter(reference="kanaria-3").update(withdrawn_at="2026-11-01T00:00Z")

    rehearsal = rehearse(jury=told, by=by)

    assert len(rehearsal.shuffled) == 11
    assert [1, 30] not in [values for values, _home in rehearsal.shuffled]


def test_a_household_keeps_together_and_loses_its_number(told, by):
    told.one_per_household = True
    told.save()
    together = told.registrants.filter(reference__in=["kanaria-5", "kanaria-8"])
    together.update(street_address="Rantatie 3", postal_code="10300")

    rows = rehearse(jury=told, by=by).shuffled

    homes = {tuple(values): home for values, home in rows}
    assert homes[1, 32] == homes[0, 35] is not None
    assert len({home for home in homes.values() if home is not None}) == 1


def test_without_anybody_or_anything_to_draw_by_it_is_refused_in_words(by):
    empty = factories.make_jury("one", stage=Stage.LOTTERY)
    bare = factories.make_jury("two", stage=Stage.LOTTERY, quotas={})

    with pytest.raises(JuryError, match="Nobody"):
        rehearse(jury=empty, by=by)
    with pytest.raises(JuryError, match="no criteria"):
        rehearse(jury=bare, by=by)


def test_where_no_panel_is_possible_the_rehearsal_says_why_and_where_to_go(told, by, client):
    client.force_login(by)
    told.criteria.get(key="gender").values.filter(key="woman").update(minimum=4, maximum=4)
    run_rehearsal(told, by)

    page = text(client.get(address(told, "lottery/1")))

    assert "cannot hold together" in page
    assert f'href="{address(told, "feasibility")}"' in page


def test_delivered_three_times_it_is_carried_out_once(told, by, monkeypatch):
    runs = []

    def counted(*args, **more):
        runs.append(1)
        return real_leximin(*args, **more)

    monkeypatch.setitem(probabilities.METHODS, Rule.LEXIMIN, counted)
    rehearsal = rehearse(jury=told, by=by)

    states = []
    for _delivery in range(3):
        tasks.carry_out_lottery(rehearsal.pk)
        states.append(Lottery.objects.values("outcome", "finished_at", "attempts").get())

    assert len(runs) == 1
    assert states[0] == states[1] == states[2]
    assert AuditEntry.objects.filter(verb="rehearsal.ready").count() == 1


def test_a_rehearsal_is_asked_for_at_the_desk_and_a_worker_hears_of_it(
    told, by, client, monkeypatch, django_capture_on_commit_callbacks
):
    sent = []
    monkeypatch.setattr(tasks.carry_out_lottery, "delay", sent.append)
    client.force_login(by)

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(address(told, "lottery/rehearse"), {"rule": "nash"})

    rehearsal = Lottery.objects.get()
    assert response.url == address(told, "lottery/1")
    assert (rehearsal.rehearsal, rehearsal.rule, sent) == (True, "nash", [rehearsal.pk])


def test_nobody_can_repeat_the_order_of_a_rehearsal(told, by, monkeypatch):
    """The order comes from the machine's own chance: no seed of ours stands anywhere near it."""
    asked = []

    class Known:
        def shuffle(self, people):
            asked.append(len(people))

    monkeypatch.setattr(rehearsing.secrets, "SystemRandom", Known)
    rehearse(jury=told, by=by)

    assert asked == [12]


def test_nothing_is_rehearsed_once_the_number_of_rehearsals_is_published(told, by, client):
    client.force_login(by)
    commit_to(run_lottery(told, by), by)

    with pytest.raises(JuryError, match="how often it was rehearsed is published"):
        rehearse(jury=told, by=by)

    assert "Rehearse</button>" not in text(client.get(address(told, "lottery")))


def test_a_rehearsal_that_showed_that_nothing_is_possible_counts(told, by):
    rehearsal = run_rehearsal(told, by)
    Lottery.objects.filter(pk=rehearsal.pk).update(state=State.FAILED)

    assert rehearsals_held(told) == 1
