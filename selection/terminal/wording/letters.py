"""Letters and what they bring, in English and as data.

``flat`` holds the forecasts for a response of so many of 100 that is the same everywhere.
"""

from argparse import Namespace
from collections.abc import Iterator, Mapping
from typing import Any

from selection.engine.inviting.letters import Forecast
from selection.terminal.reading.strata import StrataFile


def about_letters(
    file: StrataFile, needed: Forecast, flat: Mapping[int, Forecast], options: Namespace
) -> Iterator[str]:
    """One line a stratum, then how many register and how likely a panel is."""
    yield f"{'letters':>8} {'of 1000':>8} {'expected':>9}   stratum"
    columns = [file.table.column(name) for name in file.known]
    parts = zip(
        file.table.rows,
        file.strata,
        needed.letters.tolist(),
        needed.registrants.tolist(),
        strict=True,
    )
    for row, stratum, letters, expected in parts:
        share = 1000 * letters / stratum.people if stratum.people else 0.0
        name = ", ".join(row.cells[column] for column in columns)
        yield f"{letters:>8} {share:>8.1f} {expected:>9.1f}   {name}"
    low, middle, high = needed.total
    yield (
        f"{int(needed.letters.sum())} letters; {middle:.0f} people register, in 9 campaigns of 10 "
        f"{low:.0f} to {high:.0f}"
    )
    yield f"a panel of {options.size} is possible with {_probability(needed)}"
    if needed.probability < options.probability / 100:
        yield f"that is less than {options.probability}%: more letters are not enough"
    for percent, each in flat.items():
        yield (
            f"if {percent} of 100 answer everywhere: {each.registrants.sum():.0f} register, "
            f"possible with {_probability(each)}"
        )
    if options.out:
        yield f"written to {options.out}"


def _probability(found: Forecast) -> str:
    return f"{found.probability:.1%} (± {found.error:.1%})"


def letter_facts(
    file: StrataFile, needed: Forecast, flat: Mapping[int, Forecast]
) -> dict[str, Any]:
    """The same for programs."""
    columns = [file.table.column(name) for name in file.known]
    return {
        "columns": list(file.known),
        "strata": [
            {
                "stratum": [row.cells[column] for column in columns],
                "letters": letters,
                "expected": round(expected, 3),
            }
            for row, letters, expected in zip(
                file.table.rows, needed.letters.tolist(), needed.registrants.tolist(), strict=True
            )
        ],
        "letters": int(needed.letters.sum()),
        **_forecast_facts(needed),
        "flat": {str(percent): _forecast_facts(each) for percent, each in flat.items()},
    }


def _forecast_facts(found: Forecast) -> dict[str, Any]:
    return {
        "registrants": list(found.total),
        "probability": round(found.probability, 6),
        "error": round(found.error, 6),
    }
