"""How long work tells where it is, and how it can be stopped."""

from collections.abc import Callable

type Progress = Callable[[str, float], None]
"""Called with a phase and the share of it that is done; may raise ``Cancelled``.

Phases, in order: "types", "relaxation", "decomposition", "exact", "tickets";
"reasons" while questions are answered.
"""


def silent(phase: str, share: float) -> None:
    """Tell nobody."""
