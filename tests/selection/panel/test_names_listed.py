"""On the list of seats those who do not sit are named to whoever sees contacts, and nobody else."""

import pytest

from juries.audit import JUROR
from juries.enums import GRANTS, Act, Role
from selection.models import PanelSeat
from selection.panel.seats import accept_seat, decline_seat, drop_out
from tests.selection.conftest import address

NAMED_ON_THE_LIST = [role for role in Role if Act.SEE_PANEL in GRANTS[role]]


@pytest.fixture
def seats(drawn):
    """One has declined, one did not answer, one has left, one sits."""
    found = list(drawn.draw.jury.seats.select_related("registrant"))
    decline_seat(seat=found[0], by=JUROR)
    found[1].state, found[1].answered_at = PanelSeat.State.LAPSED, found[0].answered_at
    found[1].save()
    for seat in found[2:]:
        accept_seat(seat=seat, by=JUROR)
    drop_out(seat=found[2], on_the_day=False, by=JUROR)
    return found


@pytest.mark.parametrize("role", NAMED_ON_THE_LIST)
def test_who_does_not_sit_is_named_to_those_who_see_contacts(seats, sign_in_as, role):
    jury = seats[0].jury
    rows = sign_in_as(role, jury).get(address(jury, "panel")).context["rows"]

    told = {row.seat.pk: row.name for row in rows}

    gone = [told[seat.pk] != "" for seat in seats[:3]]
    assert gone == [Act.SEE_CONTACTS in GRANTS[role]] * 3
    assert told[seats[3].pk] == seats[3].registrant.name
