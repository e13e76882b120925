"""Why something is done, as whoever does it types it: what is said beside every such field."""

from typing import Any

from django.utils.translation import gettext_lazy

from juries.forms.fields import LineField

KEPT = gettext_lazy("It is kept in the log: write no names and nothing about health.")
PUBLIC = gettext_lazy(
    "Everybody can read it, and it is kept for good: write no names and nothing about health."
)


class ReasonField(LineField):
    """A reason on one line. What is typed cannot be taken back, so the hint says who keeps it."""

    def __init__(self, **options: Any) -> None:
        usual = {"label": gettext_lazy("Reason"), "help_text": KEPT, "max_length": 200}
        super().__init__(**{**usual, **options})
