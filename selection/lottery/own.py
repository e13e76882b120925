"""What the lottery is to one registrant: their own chance, and their own seat."""

from dataclasses import dataclass

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from juries.figures.writing import per_cent
from juries.models import Registrant
from selection.lottery.explanation import quota_name
from selection.lottery.outcome import NO_CHANCE
from selection.models import Chance, Draw, Lottery, PanelSeat, Round
from selection.models.lottery import LARGE


@dataclass(frozen=True, slots=True)
class OwnChance:
    """The registrant's part in the lottery by which the panel is drawn.

    ``later`` says that free seats were drawn anew after it. ``none`` is for whom no panel
    has room, ``unlucky`` for whose chance was too small for a ticket.
    """

    chance: Chance
    percent: str
    drawn: bool
    later: bool

    @property
    def none(self) -> bool:
        return (self.chance.probability or 0.0) <= NO_CHANCE

    @property
    def unlucky(self) -> bool:
        return not self.none and self.chance.tickets == 0


@dataclass(frozen=True, slots=True)
class Reasons:
    """The quotas of the person's own groups that hold their chance: down, or up."""

    down: tuple[str, ...] = ()
    up: tuple[str, ...] = ()


def own_seat(registrant: Registrant) -> PanelSeat | None:
    """The seat a draw gave the registrant, whatever they answered."""
    return PanelSeat.objects.filter(registrant=registrant).select_related("jury").first()


def own_chance(registrant: Registrant) -> OwnChance | None:
    """The registrant's chance, or None before a lottery has been committed to.

    It is that of the lottery for the panel, as the messages say it; what a later one for free
    seats gave stands on the receipt. A draw that was broken off counts for nothing.
    """
    committed = Max("lottery__rounds__number", filter=~Q(lottery__rounds__state="aborted"))
    chance = (
        registrant.chances.filter(lottery__state=Lottery.State.DONE, fixed=False, gone=False)
        .exclude(lottery__draw__state=Draw.State.ABORTED)
        .annotate(committed=committed)
        .exclude(committed=None)
        .select_related("lottery")
        .defer(*(f"lottery__{column}" for column in LARGE))
        .order_by("committed")
        .first()
    )
    if chance is None:
        return None
    drawn = chance.lottery.rounds.filter(state=Round.State.DRAWN).exists()
    later = Round.objects.filter(
        draw=chance.lottery.draw_id, number__gt=chance.committed, state=Round.State.DRAWN
    )
    return OwnChance(chance, per_cent(chance.probability or 0.0), drawn, later.exists())


def tickets_with(chance: Chance) -> int:
    """How many tickets of the lottery the person is on."""
    if chance.tickets is not None:
        return chance.tickets
    lottery = Lottery.objects.only("panels", "tickets").get(pk=chance.lottery_id)
    panels, tickets = lottery.panels or [], lottery.tickets or []
    winning = {number for number, (places, _share) in enumerate(panels) if chance.place in places}
    return sum(panel in winning for panel in tickets)


def reasons_of(chance: Chance) -> Reasons:
    """What the proof of the person's level says about the groups they are in.

    Points that count against a maximum hold the chance down, those that count against a minimum
    hold it up. No reasons where the proof has no points, or holds nobody like them.
    """
    lottery = Lottery.objects.only("proof", "quotas").get(pk=chance.lottery_id)
    points = _points(lottery, chance.place)
    down, up = [], []
    for criterion, value in enumerate(chance.values if points else []):
        table = lottery.quotas[criterion]
        place = {"criterion": criterion, "value": value}
        facts = {"quota": quota_name(place, lottery.quotas), **table["values"][value]}
        if points[value] > 0:
            down.append(_("%(quota)s: at most %(maximum)s on the panel.") % facts)
        if points[value] < 0:
            up.append(_("%(quota)s: at least %(minimum)s on the panel.") % facts)
        points = points[len(table["values"]) :]
    return Reasons(tuple(down), tuple(up))


def _points(lottery: Lottery, place: int) -> list[int]:
    """The points of all values, criterion after criterion, that prove the level of a person."""
    proof = lottery.proof or {"types": [], "claims": []}
    kind = dict(enumerate(proof["types"])).get(place)
    return next((claim["points"] for claim in proof["claims"] if kind in claim["types"]), [])
