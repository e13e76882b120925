"""Empty seats are given to whoever comes next by kr-replace/1: the same for everybody who looks."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.audit import record
from juries.errors import JuryError
from juries.models import Jury, User
from selection.draw.chain import append
from selection.models import Draw, PanelSeat, PoolEntry, Reserve, Round
from selection.protocol import chain
from selection.protocol.replacement import (
    UNKNOWN,
    Candidate,
    Person,
    Vacancy,
    candidates,
    misses_of,
    rank_of,
)

POOL, RESERVES = "pool", "reserves"


@dataclass(frozen=True, slots=True)
class Replacement:
    """An empty seat and who takes it, or nobody; ``missed`` are the quotas the panel then misses.

    A missed quota is criterion and value by their places, how many have it, and its bounds.
    """

    gone: PanelSeat
    taken_by: PoolEntry | None
    misses: int
    equal: int
    criteria: int
    missed: tuple[tuple[int, int, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class _Panel:
    """The panel as the published chain has it, and who may come into it."""

    draw: Draw
    entries: dict[int, PoolEntry]
    members: frozenset[int]
    among: frozenset[int]
    unavailable: tuple[int, ...]
    signature: str
    balls: str


@transaction.atomic
def replace_by_rank(*, jury: Jury, by: User, among: str = POOL) -> list[Replacement]:
    """Each empty seat is offered to the next in order, one event each; who holds a seat keeps it.

    ``among`` are all who were not drawn, or those on the reserve list. A seat for which there is
    nobody stays empty; where only the reserves run out, it can still be given to others.
    """
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    draw = _require_replaceable(jury)
    made = []
    for seat in list(vacant_seats(jury)):
        panel = _panel_of(draw, among)
        found = _next(panel, seat)
        if found.taken_by is None and among == RESERVES:
            break
        _settle(panel, found, among)
        _give(found, jury)
        record(
            "seat.replaced",
            jury=jury,
            by=by,
            draw=draw.number,
            seat=seat.pk,
            missed=found.misses,
            reserves=among == RESERVES,
        )
        made.append(found)
    if not made:
        raise JuryError(_("Nobody on the reserve list can take the seat."))
    return made


def vacant_seats(jury: Jury) -> list[PanelSeat]:
    """Drawn seats that nobody holds any more and that nobody was given, by index in the pool."""
    empty = jury.seats.drawn().exclude(pk__in=jury.seats.held().values("pk"))
    seats = empty.filter(replaced=False).select_related("registrant", "round__draw")
    places = dict(
        PoolEntry.objects.filter(draw__in=jury.draws.standing()).values_list("registrant", "index")
    )
    return sorted(seats, key=lambda seat: places.get(seat.registrant_id, 0))


def next_in_order(jury: Jury, *, among: str = POOL) -> Replacement | None:
    """Who would take the first empty seat now; None where there is none, or no draw."""
    draw, vacant = jury.draws.drawn().first(), vacant_seats(jury)
    if draw is None or not vacant or not draw.entries.exists():
        return None
    return _next(_panel_of(draw, among), vacant[0])


def reason_of(seat: PanelSeat) -> str:
    """Why the seat is empty, as the record says it."""
    if seat.state == PanelSeat.State.LEFT:
        return "on_the_day" if seat.on_the_day else "dropped_out"
    reasons = {PanelSeat.State.DECLINED: "declined", PanelSeat.State.LAPSED: "no_answer"}
    return reasons.get(PanelSeat.State(seat.state), "withdrawn")


def _require_replaceable(jury: Jury) -> Draw:
    draw = jury.draws.standing().first()
    if draw is None or draw.state != Draw.State.DRAWN:
        raise JuryError(_("Seats are replaced after a draw and before it is closed."))
    if draw.rounds.filter(state=Round.State.COMMITTED).exists():
        raise JuryError(_("A lottery is committed and waits to be drawn from."))
    if jury.lotteries.real().at_work().exists():
        raise JuryError(_("A lottery is already at work. Wait for it, or cancel it."))
    if not vacant_seats(jury):
        raise JuryError(_("No seat is empty."))
    return draw


def _panel_of(draw: Draw, among: str) -> _Panel:
    entries = {entry.index: entry for entry in draw.entries.select_related("registrant").all()}
    seats = dict(draw.jury.seats.drawn().values_list("registrant", "replaced"))
    of = {entry.registrant_id: index for index, entry in entries.items()}
    seated = {of[person] for person in seats if person in of}
    members = {of[person] for person, replaced in seats.items() if not replaced and person in of}
    outside = {index for index in entries if index not in seated}
    available = {index for index in outside if _can_be_asked(entries[index])}
    reserves = set(Reserve.objects.filter(draw=draw).values_list("registrant", flat=True))
    chosen = {index for index in available if entries[index].registrant_id in reserves}
    first = json.loads(draw.rounds.get(number=0).result)
    return _Panel(
        draw,
        entries,
        frozenset(members),
        frozenset(chosen if among == RESERVES else available),
        tuple(sorted(outside - available)),
        (first["drand"] or {}).get("signature", ""),
        first["balls"] or "",
    )


def _can_be_asked(entry: PoolEntry) -> bool:
    person = entry.registrant
    return (
        entry.values is not None
        and person is not None
        and person.withdrawn_at is None
        and person.erased_at is None
    )


def _next(panel: _Panel, seat: PanelSeat) -> Replacement:
    gone = next(
        index for index, one in panel.entries.items() if one.registrant_id == seat.registrant_id
    )
    vacancy = _vacancy(panel, gone)
    found = candidates(vacancy, signature=panel.signature, balls=panel.balls)
    first: Candidate | None = found[0] if found else None
    staying = [index for index in panel.members if index != gone]
    sitting = [*staying, first.index] if first else staying
    criteria = len(panel.draw.quotas)
    return Replacement(
        gone=seat,
        taken_by=panel.entries[first.index] if first else None,
        misses=first.misses if first else misses_of(vacancy),
        equal=criteria - first.unlike if first else 0,
        criteria=criteria,
        missed=tuple(_missed(vacancy, sitting)),
    )


def _vacancy(panel: _Panel, gone: int) -> Vacancy:
    unknown = (UNKNOWN,) * len(panel.draw.quotas)
    return Vacancy(
        people={
            index: Person(entry.pseudonym, tuple(entry.values or unknown), entry.household)
            for index, entry in panel.entries.items()
        },
        bounds=[
            [(row["minimum"], row["maximum"]) for row in table["values"]]
            for table in panel.draw.quotas
        ],
        panel=panel.members,
        gone=gone,
        among=panel.among,
        household_limit=panel.draw.jury.one_per_household,
    )


def _missed(vacancy: Vacancy, sitting: list[int]) -> Iterator[tuple[int, int, int, int, int]]:
    for column, bounds in enumerate(vacancy.bounds):
        for value, (least, most) in enumerate(bounds):
            held = sum(vacancy.people[index].values[column] == value for index in sitting)
            if not least <= held <= most:
                yield column, value, held, least, most


def _settle(panel: _Panel, found: Replacement, among: str) -> None:
    """The chain says who left, who comes, and by which lot."""
    gone = next(
        one for one in panel.entries.values() if one.registrant_id == found.gone.registrant_id
    )
    taken = found.taken_by
    payload: dict[str, Any] = {
        "method": "rank",
        "gone": _named(gone),
        "reason": reason_of(found.gone),
        "unavailable": list(panel.unavailable),
        "among": among,
        "taken_by": _named(taken) if taken else None,
        "misses": found.misses,
        "rank": _rank(panel, taken) if taken else None,
    }
    append(panel.draw, chain.REPLACE, payload, at=timezone.now())


def _named(entry: PoolEntry) -> dict[str, Any]:
    return {"index": entry.index, "p": entry.pseudonym}


def _rank(panel: _Panel, entry: PoolEntry) -> str:
    return rank_of(entry.pseudonym, signature=panel.signature, balls=panel.balls)


def _give(found: Replacement, jury: Jury) -> None:
    PanelSeat.objects.filter(pk=found.gone.pk).update(replaced=True)
    person = found.taken_by.registrant if found.taken_by else None
    if person is None:
        return
    days = 0 if found.gone.on_the_day else jury.answer_days
    PanelSeat.objects.create(
        jury=jury,
        round=found.gone.round,
        registrant=person,
        by_rank=True,
        answer_by=timezone.localdate() + timedelta(days=days),
    )
