"""The reserve list: who stands by for the members who will drop out, and what that is worth."""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.audit import record
from juries.errors import JuryError
from juries.models import Jury, User
from selection.draw.chain import append
from selection.engine import Reserves, SolverFailure, reserve_list
from selection.lottery import bridge
from selection.models import Draw, Reserve, Round
from selection.protocol import chain

DROPOUT_PERCENT = 15
SHARE_OF_SEATS = 0.25
"""What juries have met: a seventh of the confirmed do not come, a quarter more stands by."""

MOST_RESERVES = 100


@dataclass(frozen=True, slots=True)
class ReserveList:
    """The list as it was drawn up: whom it names, and the expected loss without and with it.

    The loss is counted in people: those too few or too many over all quotas, and empty seats.
    """

    reserves: list[Reserve]
    dropout: Decimal
    without: Decimal
    with_all: Decimal


@transaction.atomic
def draw_up_reserves(*, jury: Jury, count: int, dropout_percent: int, by: User) -> int:
    """The people who keep the expected loss small stand by, in order; the chain names them.

    A list drawn up before is replaced. Nobody on it has a seat. While a round waits to be drawn,
    its commitment is the last word of the chain, so no list is drawn up.
    """
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    draw = jury.draws.standing().first()
    if draw is None or draw.state != Draw.State.DRAWN:
        raise JuryError(_("A reserve list is drawn up after the draw and before it is closed."))
    if draw.rounds.filter(state=Round.State.COMMITTED).exists():
        raise JuryError(_("A lottery is committed and waits to be drawn from."))
    if not 1 <= count <= MOST_RESERVES or not 1 <= dropout_percent <= 90:
        raise JuryError(_("Choose from 1 to 100 reserves, and from 1 to 90 per cent who drop out."))
    found = _found(draw, count, dropout_percent)
    entries = {entry.index: entry for entry in draw.entries.filter(index__in=found.people.tolist())}
    listed = [entries[index] for index in found.people.tolist()]
    if not listed:
        raise JuryError(_("There is nobody left who could stand by."))
    Reserve.objects.filter(draw=draw).delete()
    Reserve.objects.bulk_create(
        Reserve(draw=draw, registrant=entry.registrant, place=place)
        for place, entry in enumerate(listed, start=1)
        if entry.registrant is not None
    )
    payload = {
        "p": [[entry.index, entry.pseudonym] for entry in listed],
        "dropout": f"{dropout_percent / 100:.2f}",
        "loss": {
            "without": f"{float(found.expected[0]):.2f}",
            "with": f"{float(found.expected[-1]):.2f}",
        },
    }
    append(draw, chain.RESERVES, payload, at=timezone.now())
    record("reserves.drawn_up", jury=jury, by=by, draw=draw.number, people=len(listed))
    return len(listed)


def standing_list(draw: Draw) -> ReserveList | None:
    """The reserve list that holds now; None where there is none."""
    event = draw.events.filter(kind=chain.RESERVES).order_by("-n").first()
    if event is None:
        return None
    payload = chain.Event(event.n, event.kind, event.line, event.digest).payload
    reserves = draw.reserves.select_related("registrant__seat").order_by("place")
    return ReserveList(
        list(reserves),
        Decimal(payload["dropout"]),
        Decimal(payload["loss"]["without"]),
        Decimal(payload["loss"]["with"]),
    )


def usual_count(jury: Jury) -> int:
    """How many reserves juries have needed, for a panel of this size."""
    return max(1, round(SHARE_OF_SEATS * jury.panel_size))


def _found(draw: Draw, count: int, dropout_percent: int) -> Reserves:
    pool, quotas = bridge.arrays(bridge.frozen(draw))
    panel = np.flatnonzero(pool.fixed)
    if not len(panel):
        raise JuryError(_("Nobody holds a seat."))
    # The list follows from the draw: whoever draws it up again gets the same one.
    seed = int(draw.rounds.get(number=0).commitment_digest, 16)
    try:
        return reserve_list(
            pool,
            quotas,
            panel=panel,
            dropout=np.full(len(pool), dropout_percent / 100),
            count=count,
            rng=np.random.default_rng(seed),
        )
    except SolverFailure as error:
        raise JuryError(_("No reserve list was found. Try fewer reserves.")) from error
