import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from juries.audit import REGISTRANT, record
from juries.audit_words import FACTS, VERBS, lines
from tests import factories


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def records():
    """Every call of ``record`` in the source of the house."""
    for app in settings.ROOMS:
        for path in (Path(settings.BASE_DIR) / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record":
                    yield node


def test_every_deed_that_is_recorded_has_its_words():
    named = [call.args[0] for call in records()]
    verbs = {verb.value for verb in named if isinstance(verb, ast.Constant)}

    assert len(verbs) > 10
    assert verbs - set(VERBS) == set()


def test_every_fact_that_is_recorded_has_its_word():
    facts = {word.arg for call in records() for word in call.keywords if word.arg}

    assert len(facts) > 30
    assert facts - {"jury", "by"} - set(FACTS) == set()


@pytest.mark.django_db
def test_a_line_says_who_what_and_the_facts_in_words(jury):
    record("jury.created", jury=jury, by=factories.make_user(), panel_size=30, open=True, none=None)
    record("vote.cast", jury=jury, by=REGISTRANT, choices={"a": ["x", "y"]}, reason="")

    second, first = lines(jury.audit_entries.all())

    assert (first.who, str(first.what)) == ("Orvokki Alkulähde", "The jury was created")
    assert first.facts == [("none", "–"), ("open", "yes"), ("panel size", "30")]
    assert (second.who, second.facts) == ("a registrant", [("choices", "a: x, y")])
