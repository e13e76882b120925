"""Numbers as bars, steps, progress: the pieces pages are made of."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from juries.figures.bars import BarGroup, BarRow, BarTable
from juries.rooms import Step

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def make_bars() -> BarTable:
    return BarTable(
        caption="Signed up",
        headings=("People", "Needed"),
        groups=(
            BarGroup(
                "Age",
                (
                    BarRow("18–29", ("5", "6–7"), (5,), marker=10, state="missing", note="1 more"),
                    BarRow("30–", ("40", "23–24"), (40,), marker=30),
                ),
            ),
        ),
    )


def test_the_longest_of_all_bars_and_markers_fills_the_width() -> None:
    [(_, rows)] = make_bars().drawn()

    assert [row.bars for row in rows] == [[12.5], [100.0]]
    assert [row.marker for row in rows] == [25.0, 75.0]


def test_bars_without_anything_to_show_have_no_length() -> None:
    empty = BarTable("None", ("People",), (BarGroup("", (BarRow("Nobody", ("0",), (0,)),)),))

    [(_, rows)] = empty.drawn()

    assert rows[0].bars == [0.0]


def test_a_row_must_have_a_cell_for_every_heading() -> None:
    table = BarTable("Short", ("A", "B"), (BarGroup("", (BarRow("x", ("1",), (1,)),)),))

    with pytest.raises(ValueError, match="zip"):
        list(table.drawn())


def test_bars_keep_their_decimal_point_where_people_write_a_comma(
    speaking: Callable[[str], None],
) -> None:
    speaking("fi")

    html = render_to_string("components/bars.html", {"bars": make_bars()})

    assert 'width="12.5%"' in html


def test_bars_are_a_table_that_says_everything_in_words() -> None:
    html = render_to_string("components/bars.html", {"bars": make_bars()})

    assert '<td class="numeric" data-label="Needed">6–7</td>' in html
    assert "1 more" in html


def test_progress_that_is_unknown_shows_no_number() -> None:
    html = render_to_string("components/progress.html", {"label": "Drawing", "percent": None})

    assert "value=" not in html
    assert "%" not in html


def test_progress_at_the_start_is_nought() -> None:
    html = render_to_string("components/progress.html", {"label": "Drawing", "percent": 0})

    assert 'value="0"' in html


def test_a_step_one_cannot_take_yet_is_no_link() -> None:
    steps = [Step("Pool", "Look.", "now", "/pool/"), Step("Draw", "Later.", "later")]

    html = render_to_string("components/steps.html", {"steps": steps})

    assert '<a href="/pool/">Pool</a>' in html
    assert html.count("<a ") == 1


@pytest.mark.parametrize(
    "template", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES))
)
def test_no_template_needs_what_the_content_security_policy_forbids(template: Path) -> None:
    text = template.read_text()

    assert not re.search(r"\sstyle=", text)
    assert not re.search(r"<style|<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"\son\w+=|hx-on|[\"']js:", text)
    assert not re.search(r"hx-trigger=\"[^\"]*\[", text)


@pytest.mark.parametrize(
    "template", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES))
)
def test_no_key_of_a_row_is_written_as_people_write_numbers(template: Path) -> None:
    """The thousandth row would be 1 000, and nothing would find it."""
    assert not re.search(r"\{\{ [\w.]+(\.pk|\.id|(?<!auto)_id) \}\}", template.read_text())
