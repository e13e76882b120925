"""The page of the log shows its last line, and whether every line is as it was written."""

import pytest
from django.urls import reverse

from juries.audit import SYSTEM, record
from juries.enums import Role
from juries.models import AuditEntry
from tests.unguarded import unguarded_log


@pytest.fixture
def page(jury, sign_in_as):
    client = sign_in_as(Role.OBSERVER, jury)
    return lambda: client.get(reverse("audit", args=[jury.slug])).content.decode()


def test_the_page_shows_the_head_and_that_the_chain_holds(jury, page):
    last = [record("jury.changed", jury=jury, by=SYSTEM, version=number) for number in range(3)][2]

    shown = page()

    assert "<dt>Last line</dt><dd>3</dd>" in shown
    assert f"<code>{last.digest[:16]}</code>" in shown
    assert last.digest not in shown
    assert "every line is as it was written" in shown
    assert "not as it was written" not in shown


def test_the_page_numbers_the_lines_latest_first(jury, page):
    for number in range(3):
        record("jury.changed", jury=jury, by=SYSTEM, version=number)

    places = [page().index(f'data-label="Line">{number}</td>') for number in (3, 2, 1)]

    assert places == sorted(places)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda lines: lines.filter(seq=2).update(verb="vote.cast"), "Line 2 is not as it was"),
        (lambda lines: lines.filter(seq=2).delete(), "Line 2 is missing."),
        (lambda lines: lines.all().delete(), "The log ends too early: line 1 and those after it"),
        (lambda lines: lines.update(jury=None), "Line 1 was moved from the log of its jury."),
    ],
)
def test_the_page_says_which_line_is_not_as_it_was(jury, page, change, sentence):
    for number in range(3):
        record("jury.changed", jury=jury, by=SYSTEM, version=number)
    with unguarded_log():
        change(AuditEntry.objects)

    shown = page()

    assert "This log is not as it was written." in shown
    assert sentence in shown
    assert "every line is as it was written" not in shown


def test_an_empty_log_has_nothing_to_show(page):
    shown = page()

    assert "Nothing has been done yet." in shown
    assert "Last line" not in shown
