from dataclasses import asdict

import pytest
from django.utils.translation import override

from selection.engine import Bound, Change, Conflict, NoFeasiblePanel, SolverFailure
from selection.engine.answers.recruits import Need, Recruits
from selection.lottery.explanation import explain, facts_of, spoken

QUOTAS = [
    {
        "criterion": 1,
        "names": {"fi": "ikä", "sv": "ålder", "en": "age"},
        "values": [
            {"value": 1, "names": {"fi": "16–29"}, "minimum": 4, "maximum": 5},
            {"value": 2, "names": {"fi": "30+"}, "minimum": 4, "maximum": 5},
        ],
    }
]
NEEDED = Bound(0, 0, "minimum", 4, 2)
CROWDED = Bound(0, 1, "maximum", 5, 40)


def explained(conflict, recruits=None):
    facts = facts_of(NoFeasiblePanel(conflict))
    if recruits:
        facts["recruits"] = asdict(recruits)
    with override("en"):
        return explain(facts, QUOTAS)


def changes(told):
    return [suggestion.sentences for suggestion in told.suggestions]


def test_one_missing_group_is_said_with_what_is_needed_and_what_there_is():
    told = explained(Conflict((NEEDED,), (Change(0, 0, "minimum", 4, 2),), 10, 60))

    assert told.reasons == ("age, 16–29: the panel needs 4, the pool has 2.",)
    assert changes(told) == [("age, 16–29: lower the minimum from 4 to 2.",)]


def test_quotas_that_clash_are_all_named():
    told = explained(Conflict((NEEDED, CROWDED), (Change(0, 1, "maximum", 5, 8),), 10, 60))

    assert "cannot hold together" in told.summary
    assert told.reasons[1] == "age, 30+: at most 5 on the panel, the pool has 40."
    assert changes(told) == [("age, 30+: raise the maximum from 5 to 8.",)]


def test_other_changes_that_help_are_told_after_the_cheapest():
    lower, raised = (Change(0, 0, "minimum", 4, 2),), (Change(0, 1, "maximum", 5, 8),)
    told = explained(Conflict((NEEDED, CROWDED), lower, 10, 60, alternatives=(lower, raised)))

    assert changes(told) == [
        ("age, 16–29: lower the minimum from 4 to 2.",),
        ("age, 30+: raise the maximum from 5 to 8.",),
    ]
    assert not told.beyond


def test_a_suggestion_is_told_from_every_other_by_what_it_changes():
    lower, further = (
        explained(Conflict((NEEDED,), (Change(0, 0, "minimum", 4, to),), 10, 60)) for to in (2, 1)
    )

    assert lower.suggestions[0].key == "1:minimum:4-2"
    assert further.suggestions[0].key == "1:minimum:4-1"


def test_a_change_beyond_the_limits_is_told_as_such():
    beyond = (Change(0, 0, "minimum", 4, 2),)
    told = explained(Conflict((NEEDED,), beyond, 10, 60, beyond=beyond))

    assert told.beyond
    assert changes(told) == [("age, 16–29: lower the minimum from 4 to 2.",)]


def test_a_failure_that_was_kept_without_other_changes_is_explained_all_the_same():
    kept = facts_of(NoFeasiblePanel(Conflict((NEEDED,), (), 10, 60)))
    del kept["others"], kept["beyond"]

    assert explain(kept, QUOTAS).suggestions == ()


def test_more_people_who_would_help_are_told_with_who_they_must_be():
    young, old = Need(0, 0, 1), Need(0, 1, 1)
    conflict = Conflict((NEEDED,), (), 10, 60)
    told = explained(conflict, Recruits(2, (young, old), (young,))).newcomers
    one = explained(conflict, Recruits(1, (young,), (young,))).newcomers

    assert told.summary == "2 more registrants would also make a panel possible."
    assert told.needed == ("age, 16–29: 1",)
    assert told.enough == ("age, 16–29: 1", "age, 30+: 1")
    assert one.summary == "One more registrant would also make a panel possible."
    assert one.needed == ()


def test_where_more_people_would_not_help_nothing_is_said_of_them():
    assert explained(Conflict((NEEDED,), (), 10, 60)).newcomers is None


@pytest.mark.parametrize(
    ("conflict", "word"),
    [
        (Conflict((), (), 10, 8), "only 8"),
        (Conflict((), (), 10, 30, (1, 2)), "household"),
        (Conflict((), (), 10, 30), "More people hold a seat"),
    ],
)
def test_what_no_quota_is_to_blame_for_is_said_too(conflict, word):
    assert word in explained(conflict).summary


@pytest.mark.parametrize("failure", [{"kind": "stalled"}, facts_of(SolverFailure("limit"))])
def test_other_failures_say_what_to_do_and_hide_the_solvers_words(failure):
    with override("en"):
        told = explain(failure, [])

    assert "Start a new lottery" in told.summary
    assert "limit" not in told.summary


def test_a_name_is_spoken_in_the_readers_language_or_in_the_one_there_is():
    with override("sv"):
        assert spoken({"fi": "ikä", "sv": "ålder"}) == "ålder"
        assert spoken({"fi": "ikä"}) == "ikä"
