"""The days of the demo's story, which lies in the past."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")


@contextmanager
def on(year: int, month: int, day: int) -> Iterator[None]:
    """Within the block it is noon of that day, for every verb and every stored time.

    So the log, the deadlines and the adopted text tell the same story, and no row is touched up
    afterwards.
    """
    noon = datetime(year, month, day, 12, tzinfo=HELSINKI)
    with patch("django.utils.timezone.now", return_value=noon):
        yield


@contextmanager
def at(day: date) -> Iterator[None]:
    """Within the block it is noon of that day; on the present day, the present moment."""
    if day == datetime.now(HELSINKI).date():
        yield
    else:
        with on(day.year, day.month, day.day):
            yield


def spread(first: date, last: date, share: float) -> date:
    """The day on which ``share`` of the time from the first to the last has passed."""
    return first + timedelta(days=int(share * ((last - first).days + 1)))
