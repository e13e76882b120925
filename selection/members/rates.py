"""What a kilometre in one's own car is compensated with, by the day of the journey."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Rate:
    """Euros for a kilometre on the days from ``first`` to ``last``, and who decided so."""

    euros: Decimal
    first: date
    last: date
    source: str

    def holds(self, first: date, last: date) -> bool:
        return self.first <= first <= last <= self.last


KILOMETRE_RATES: Sequence[Rate] = (
    Rate(
        Decimal("0.55"),
        date(2026, 1, 1),
        date(2026, 12, 31),
        "Verohallinnon päätös verovapaista matkakustannusten korvauksista vuonna 2026",
    ),
)
"""The tax-free maximum for one's own car. A new year is a new line."""


def kilometre_rate(first: date, last: date) -> Rate | None:
    """The rate that holds on all of these days; nothing where no single one does."""
    return next((rate for rate in KILOMETRE_RATES if rate.holds(first, last)), None)
