"""Progress as one line that redraws itself."""

import sys
import time
from typing import TextIO

from selection.engine.progress import Progress, silent

PHASES = {
    "types": "grouping people",
    "relaxation": "finding the fairest chances",
    "decomposition": "finding panels",
    "exact": "proving that nothing is fairer",
    "reasons": "looking for reasons",
    "tickets": "numbering the tickets",
    "letters": "sending letters in thought",
    "reserves": "choosing reserves",
    "seating": "seating people",
}
_WIDTH = 30
_PAUSE = 0.1


class Bar:
    """A bar on a terminal; ``clear`` leaves the line as it was before."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._drawn = ""
        self._due = 0.0
        self._reached = ("", 0.0)

    def __call__(self, phase: str, share: float) -> None:
        if time.monotonic() < self._due:
            return
        self._due = time.monotonic() + _PAUSE
        share = min(max(share, 0.0), 1.0)
        if phase == self._reached[0]:
            # A search may lose ground; the bar does not.
            share = max(share, self._reached[1])
        self._reached = (phase, share)
        done = round(_WIDTH * share)
        bar = "#" * done + "." * (_WIDTH - done)
        self._draw(f"{PHASES.get(phase, phase):<32}{bar} {share:4.0%}")

    def clear(self) -> None:
        self._draw("")

    def _draw(self, line: str) -> None:
        self._stream.write("\r" + line.ljust(len(self._drawn)) + ("" if line else "\r"))
        self._stream.flush()
        self._drawn = line


class Watching:
    """``with Watching(quiet=…) as progress``: a bar where somebody can see it, else silence."""

    def __init__(self, *, quiet: bool) -> None:
        shown = not quiet and sys.stderr.isatty()
        self._bar = Bar(sys.stderr) if shown else None

    def __enter__(self) -> Progress:
        return self._bar or silent

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.clear()
