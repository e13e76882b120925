"""A panel that is drawn and waits for answers."""

import pytest

from juries.models import Jury
from selection.models import PanelSeat, Round


@pytest.fixture
def panel(drawn: Round) -> Jury:
    """The jury of the drawn, who all can be reached."""
    jury = drawn.draw.jury
    jury.registrants.update(street_address="Kirkkokatu 5", postal_code="99999", phone="040 1234")
    return jury


@pytest.fixture
def seat(panel: Jury) -> PanelSeat:
    return panel.seats.order_by("registrant__reference")[0]
