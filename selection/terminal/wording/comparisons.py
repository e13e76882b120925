"""Rules side by side, in English and as data."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from selection.engine.rules.comparison import RuleSummary

type Shown = Callable[[RuleSummary], str]


def _share(chance: float | None) -> str:
    return "–" if chance is None else f"{chance:.2%}"


def _number(figure: float | None) -> str:
    return "–" if figure is None else f"{figure:.3f}"


def _proof(summary: RuleSummary) -> str:
    if summary.certificate.method == "draws":
        return "estimate"
    return "yes" if summary.certificate.optimal else f"to {summary.certificate.gap:.0e}"


ROWS: tuple[tuple[str, Shown], ...] = (
    ("smallest chance", lambda summary: _share(summary.smallest)),
    ("largest chance", lambda summary: _share(summary.largest)),
    ("geometric mean", lambda summary: _share(summary.geometric_mean)),
    ("Gini coefficient", lambda summary: _number(summary.gini)),
    ("goldilocks measure", lambda summary: _number(summary.goldilocks)),
    ("people without chance", lambda summary: str(summary.without)),
    ("proven best by its rule", _proof),
)


def comparison_table(summaries: Sequence[RuleSummary]) -> Iterator[str]:
    """One line a figure, one column a rule."""
    first = max(len(name) for name, _ in ROWS)
    widths = [max(10, len(summary.rule)) for summary in summaries]
    heads = (summary.rule for summary in summaries)
    yield _line("", first, heads, widths)
    for name, shown in ROWS:
        yield _line(name, first, map(shown, summaries), widths)


def _line(name: str, first: int, cells: Iterator[str], widths: Sequence[int]) -> str:
    columns = (f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
    return f"{name:<{first}}  {' '.join(columns)}".rstrip()


def comparison_facts(summary: RuleSummary) -> dict[str, Any]:
    """One rule for programs."""
    certificate = summary.certificate
    return {
        "rule": summary.rule,
        "people": summary.people,
        "without_chance": summary.without,
        "smallest_chance": _rounded(summary.smallest),
        "largest_chance": _rounded(summary.largest),
        "gini": _rounded(summary.gini),
        "geometric_mean": _rounded(summary.geometric_mean),
        "goldilocks": _rounded(summary.goldilocks),
        "optimal": certificate.optimal,
        "bound": _rounded(certificate.bound),
        "gap": round(certificate.gap, 12),
        "method": certificate.method,
    }


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 9)
