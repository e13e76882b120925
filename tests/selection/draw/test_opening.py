"""How much of a record may be published: the house computes how many are alike, and refuses."""

import random
from collections import Counter

import pytest

from juries.enums import Role, Stage
from juries.errors import JuryError, WrongStage
from juries.models import Question
from juries.questions.standard import ensure_form
from selection.draw.committing import commit
from selection.draw.opening import anonymity_of, approve_opening, missing_for_opening, objections_to
from selection.models import Disclosure, PoolEntry
from selection.protocol.anonymity import LEAST_SHARED
from tests import factories
from tests.selection.conftest import commit_to, run_lottery
from tests.selection.draw.test_committing import chance


@pytest.fixture
def officer(closed):
    return factories.make_member(closed, Role.PRIVACY_OFFICER)


@pytest.fixture
def alike(jury, organiser_of):
    """A lottery of a pool of twenty in which five people share every combination."""
    factories.make_mixed_pool(jury, 20)
    jury.stage = Stage.LOTTERY
    jury.save()
    return run_lottery(jury, organiser_of(jury))


@pytest.fixture
def organiser_of():
    return lambda jury: factories.make_member(jury, Role.ORGANISER)


def with_rows(draw, rows):
    """The frozen pool as if these were the groups and households of its people."""
    draw.entries.all().delete()
    PoolEntry.objects.bulk_create(
        PoolEntry(
            draw=draw,
            index=index,
            pseudonym=f"{index:016}",
            salt=bytes(16),
            leaf=f"{index:064}",
            values=list(values),
            household=household,
        )
        for index, (values, household) in enumerate(rows)
    )


def fewest_alike(rows):
    """Worked out again: everybody counts those who are like them."""
    homes = Counter(home for _values, home in rows if home is not None)
    looks = [(values, homes[home] if home is not None else 1) for values, home in rows]
    return min(sum(look == other for other in looks) for look in looks)


def random_pool(dice):
    """Some pools in which many are alike, and some in which few are."""
    people, groups = dice.randint(5, 60), dice.choice([1, 2, 3])
    homes = dice.random() < 0.3
    return [
        (
            tuple(dice.randrange(groups) for _criterion in range(dice.choice([1, 2]))),
            dice.randrange(4) if homes and dice.random() < 0.5 else None,
        )
        for _person in range(people)
    ]


def test_of_a_hundred_random_pools_just_those_are_opened_in_which_five_are_alike_D7(frozen):
    dice, answers = random.Random(7), Counter()
    for _turn in range(100):
        rows = random_pool(dice)
        with_rows(frozen, rows)

        alike = anonymity_of(frozen)

        assert alike == fewest_alike(rows)
        refusals = [one for one in missing_for_opening(frozen, alike=alike) if "share" in one]
        assert bool(refusals) == (alike < LEAST_SHARED)
        answers[bool(refusals)] += 1
    assert min(answers.values()) > 10, answers


def test_people_are_alike_only_with_households_of_the_same_size(frozen):
    with_rows(frozen, [((0, 0), None)] * 6 + [((0, 0), 1)] * 2)

    assert anonymity_of(frozen) == 2


def test_an_open_record_is_refused_for_a_pool_in_which_few_are_alike(ready, organiser, officer):
    approve_opening(draw=ready.draw, by=officer)
    ready.refresh_from_db()

    with pytest.raises(JuryError, match="at least 5 people must share"):
        commit(lottery=ready, chance=chance(), by=organiser, disclosure=Disclosure.OPEN)

    ready.draw.refresh_from_db()
    assert ready.draw.disclosure == Disclosure.PUBLIC
    assert not ready.draw.rounds.exists()


def test_an_open_record_waits_for_the_officer(alike, organiser_of):
    by = organiser_of(alike.jury)
    with pytest.raises(JuryError, match="data protection officer"):
        commit(lottery=alike, chance=chance(), by=by, disclosure=Disclosure.OPEN)

    approve_opening(draw=alike.draw, by=factories.make_member(alike.jury, Role.PRIVACY_OFFICER))
    alike.refresh_from_db()
    round_ = commit(lottery=alike, chance=chance(), by=by, disclosure=Disclosure.OPEN)

    assert '"disclosure":"L3"' in round_.commitment


def test_a_sensitive_criterion_keeps_the_record_shut(alike, organiser_of):
    jury = alike.jury
    approve_opening(draw=alike.draw, by=factories.make_member(jury, Role.PRIVACY_OFFICER))
    ensure_form(jury)
    Question.objects.filter(criterion__key="gender").update(sensitive=True)
    alike.refresh_from_db()

    with pytest.raises(JuryError, match="sensitive question"):
        commit(lottery=alike, chance=chance(), by=organiser_of(jury), disclosure=Disclosure.OPEN)


@pytest.mark.parametrize("level", [Disclosure.PUBLIC, Disclosure.AUDITED])
def test_the_other_levels_ask_for_nothing(ready, organiser, level):
    ready.draw.disclosure = level
    assert list(objections_to(ready.draw)) == []

    round_ = commit(lottery=ready, chance=chance(), by=organiser, disclosure=level)

    round_.draw.refresh_from_db()
    assert round_.draw.disclosure == level


def test_approval_stands_in_the_log_and_comes_before_the_draw(ready, organiser, officer):
    approve_opening(draw=ready.draw, by=officer)
    ready.draw.refresh_from_db()
    assert ready.draw.opening_approved_by == officer
    assert ready.jury.audit_entries.get(verb="draw.opening_approved").by == officer

    commit_to(ready, organiser)
    ready.jury.stage = Stage.PANEL
    ready.jury.save()
    with pytest.raises(WrongStage):
        approve_opening(draw=ready.draw, by=officer)
