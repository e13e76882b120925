"""What the lottery is to one registrant: their own chance, and their own seat."""

from dataclasses import dataclass

from juries.figures import per_cent
from juries.models import Registrant
from selection.models import Chance, Lottery, PanelSeat
from selection.report import NO_CHANCE


@dataclass(frozen=True, slots=True)
class OwnChance:
    """The registrant's part in the latest ready lottery they are in."""

    chance: Chance
    percent: str
    drawn: bool

    @property
    def none(self) -> bool:
        return (self.chance.probability or 0.0) <= NO_CHANCE


def own_seat(registrant: Registrant) -> PanelSeat | None:
    """The seat a draw gave the registrant, whatever they answered."""
    return PanelSeat.objects.filter(registrant=registrant).select_related("jury").first()


def own_chance(registrant: Registrant) -> OwnChance | None:
    """The registrant's chance, or None before there is a lottery."""
    chance = (
        registrant.chances.filter(lottery__state=Lottery.State.DONE, fixed=False)
        .select_related("lottery")
        .defer("lottery__panels", "lottery__tickets", "lottery__quotas")
        .order_by("-lottery__number")
        .first()
    )
    if chance is None:
        return None
    drawn = chance.lottery.draws.confirmed().exists()
    return OwnChance(chance, per_cent(chance.probability or 0.0), drawn)


def tickets_with(chance: Chance) -> int:
    """How many tickets of the lottery the person is on."""
    lottery = Lottery.objects.only("panels", "tickets").get(pk=chance.lottery_id)
    panels, tickets = lottery.panels or [], lottery.tickets or []
    winning = {number for number, (places, _share) in enumerate(panels) if chance.place in places}
    return sum(panel in winning for panel in tickets)
