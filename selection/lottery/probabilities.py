"""Prepare the lottery: ask for it, carry it out, cancel it, take it up when its worker is gone.

The row is the truth of the job. Whatever the queue does (lose a message, deliver it three times,
deliver it to a worker that is killed), each lottery ends once, with one result.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from juries import leases
from juries.audit import SYSTEM, record
from juries.enums import Stage
from juries.errors import JuryError
from juries.models import Jury, User
from juries.pool.duplicates import undecided_pairs
from selection.engine import (
    Cancelled,
    NoFeasiblePanel,
    Pool,
    Quotas,
    SolverFailure,
    Tickets,
    goldilocks,
    leximin,
    maximin,
    nash,
    number_tickets,
)
from selection.engine import Lottery as EngineLottery
from selection.lottery import bridge, working
from selection.lottery.feasibility import failure_of
from selection.lottery.outcome import totals
from selection.models import Draw, Lottery, Round, Rule
from selection.protocol.encoding import NOTHING

METHODS: dict[str, Callable[..., EngineLottery]] = {
    Rule.LEXIMIN: leximin,
    Rule.MAXIMIN: maximin,
    Rule.NASH: nash,
    Rule.GOLDILOCKS: goldilocks,
}

MOST_INCOMPLETE_NAMED = 10

FORGOTTEN: dict[str, Any] = {"shuffled": None, "proof": None, "panels": [], "tickets": []}
"""What a rehearsal that is ready holds no more: nobody shall see who would be drawn."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What the engine found in a pool."""

    snapshot: bridge.Snapshot
    result: EngineLottery
    tickets: Tickets


@transaction.atomic
def request_lottery(
    *,
    jury: Jury,
    by: User,
    rule: str = Rule.LEXIMIN,
    ticket_count: int = 1000,
    seed: int | None = None,
) -> Lottery:
    """A lottery over the frozen pool waits for a worker.

    Held seats stay held: the lottery draws the rest. ``seed`` steers the search for good panels
    only; which ticket is drawn is decided outside.
    """
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    jury.require_stage(Stage.FROZEN, Stage.PANEL)
    draw = jury.draws.standing().first()
    if draw is None:
        raise JuryError(_("Freeze the pool first."))
    require_idle(jury)
    _require_undrawn(jury, draw)
    snapshot = bridge.frozen(draw)
    lottery = Lottery.objects.create(
        jury=jury,
        draw=draw,
        number=next_number(jury),
        rule=rule,
        seed=secrets.randbits(53) if seed is None else seed,
        ticket_count=ticket_count,
        panel_size=snapshot.size,
        seats_held=snapshot.seats_held,
        quotas=snapshot.quotas,
        lease_until=timezone.now() + leases.QUEUE_PATIENCE,
        requested_by=by,
    )
    bridge.keep(lottery, snapshot.people)
    record(
        "lottery.requested",
        jury=jury,
        by=by,
        lottery=lottery.number,
        rule=rule,
        people=sum(not person.gone for person in snapshot.people),
        seats_held=snapshot.seats_held,
    )
    return lottery


@transaction.atomic
def cancel_lottery(*, lottery: Lottery, by: User) -> None:
    """A lottery that waits is cancelled; one that runs will be within seconds."""
    waiting = Lottery.objects.filter(pk=lottery.pk, state=Lottery.State.QUEUED)
    running = Lottery.objects.filter(
        pk=lottery.pk, state=Lottery.State.RUNNING, cancel_requested_at=None
    )
    now = timezone.now()
    if not waiting.update(
        state=Lottery.State.CANCELLED, cancel_requested_at=now, finished_at=now, shuffled=None
    ) and not running.update(cancel_requested_at=now):
        raise JuryError(_("This lottery has already ended."))
    _log("cancelled", lottery, by=by)


def carry_out(lottery_id: int) -> None:
    """The lottery or rehearsal has ended: ready, not possible or cancelled. It is done once.

    Nothing happens when it has ended before or another worker is at it.
    """
    lease = working.take(lottery_id)
    if lease is None:
        return
    lottery = Lottery.objects.select_related("jury").get(pk=lottery_id)
    try:
        with leases.kept_alive(lease):
            found = _compute(lottery, working.Teller(lease))
    except Cancelled:
        _end(lease, lottery, state=Lottery.State.CANCELLED)
        return
    if isinstance(found, _Found):
        _finish(lease, lottery, found)
    else:
        _end(lease, lottery, state=Lottery.State.FAILED, failure=found)


def take_up_stalled() -> list[int]:
    """Lotteries nobody is at any more wait again; their numbers are for the queue.

    A cancelled one ends as cancelled, and one that keeps losing its workers as failed.
    """
    again = []
    for lottery in (
        leases.stalled(Lottery.objects.all())
        .select_related("jury")
        .only("jury", "number", "rehearsal", "attempts", "state", "cancel_requested_at")
    ):
        if _send_again(lottery):
            again.append(lottery.pk)
    return again


@transaction.atomic
def _send_again(lottery: Lottery) -> bool:
    """Whether the lottery, still nobody's, has been made to wait for the queue again."""
    now = timezone.now()
    if lottery.cancel_requested_at:
        leases.give_up(lottery, state=Lottery.State.CANCELLED, finished_at=now, shuffled=None)
        return False
    if leases.wait_again(lottery):
        return True
    if lottery.attempts >= leases.MOST_ATTEMPTS and leases.give_up(
        lottery, failure={"kind": "stalled"}, finished_at=now, shuffled=None
    ):
        _log("failed", lottery, by=SYSTEM)
    return False


def _compute(lottery: Lottery, teller: working.Teller) -> _Found | dict[str, Any]:
    """What the engine found; or why it found nothing, and who else would help."""
    snapshot = bridge.recall(lottery)
    pool, quotas = bridge.arrays(snapshot)
    try:
        return _Found(snapshot, *_search(lottery, pool, quotas, teller))
    except (NoFeasiblePanel, SolverFailure) as error:
        return failure_of(error, pool, quotas)


def _search(
    lottery: Lottery, pool: Pool, quotas: Quotas, teller: working.Teller
) -> tuple[EngineLottery, Tickets]:
    search, rounding = np.random.default_rng(lottery.seed).spawn(2)
    result = METHODS[lottery.rule](pool, quotas, rng=search, progress=teller)
    bridge.require_lawful(pool, quotas, result.panels)
    tickets = number_tickets(result, count=lottery.ticket_count, rng=rounding, progress=teller)
    bridge.require_lawful(pool, quotas, tickets.panels)
    return result, tickets


@transaction.atomic
def _finish(lease: leases.Lease, lottery: Lottery, found: _Found) -> None:
    """The result stands, once, if the lottery is still ours to finish."""
    root = lottery.draw.pool_root if lottery.draw else NOTHING
    columns = bridge.result_columns(found.result, found.tickets, root)
    if lottery.rehearsal:
        kept = totals(found.snapshot, found.result, found.tickets)
        columns |= FORGOTTEN | {"outcome": kept}
    ours = leases.held(lease).filter(cancel_requested_at=None)
    if not ours.update(
        state=Lottery.State.DONE, percent=100, finished_at=timezone.now(), **columns
    ):
        _end(lease, lottery, state=Lottery.State.CANCELLED)
        return
    if not lottery.rehearsal:
        bridge.keep_chances(lottery, found.result, found.tickets)
    _log("ready", lottery, by=SYSTEM, certificate=columns["certificate"])


@transaction.atomic
def _end(lease: leases.Lease, lottery: Lottery, *, state: str, failure: Any = None) -> None:
    """The lottery has ended without a result, if it is still ours to end."""
    ours = leases.held(lease)
    ended = ours.update(state=state, failure=failure, finished_at=timezone.now(), shuffled=None)
    if ended and state == Lottery.State.FAILED:
        _log("failed", lottery, by=SYSTEM)


def _log(deed: str, lottery: Lottery, *, by: User | str, **facts: Any) -> None:
    """One line in the log, in which nobody takes a rehearsal for a lottery."""
    what = "rehearsal" if lottery.rehearsal else "lottery"
    record(f"{what}.{deed}", jury=lottery.jury, by=by, lottery=lottery.number, **facts)


def next_number(jury: Jury) -> int:
    """The number of the jury's next lottery or rehearsal; the jury must be locked."""
    return 1 + (jury.lotteries.aggregate(last=Max("number"))["last"] or 0)


def require_idle(jury: Jury) -> None:
    """Return only if no lottery and no rehearsal of the jury waits or runs."""
    if jury.lotteries.at_work().exists():
        raise JuryError(_("A lottery is already at work. Wait for it, or cancel it."))


def _require_undrawn(jury: Jury, draw: Draw) -> None:
    if draw.rounds.filter(state=Round.State.COMMITTED).exists():
        raise JuryError(_("A lottery is committed and waits to be drawn from."))
    if draw.state == Draw.State.CLOSED:
        raise JuryError(_("The draw is closed."))
    if draw.state == Draw.State.DRAWN and jury.seats.drawn().held().count() >= draw.panel_size:
        raise JuryError(_("Every seat of the panel is held, so there is nothing to draw."))


def obstacles(jury: Jury, snapshot: bridge.Snapshot) -> list[str]:
    """What must be put right before the pool is frozen, one sentence each."""
    return [sentence for sentence, _page in obstacles_and_pages(jury, snapshot)]


def obstacles_and_pages(jury: Jury, snapshot: bridge.Snapshot) -> list[tuple[str, str]]:
    """What must be put right before the pool is frozen, each with the page where it is."""
    found = []
    if not snapshot.quotas:
        found.append((_("The jury has no criteria yet."), "criteria"))
    if not snapshot.people:
        found.append((_("Nobody is in the pool."), "recruitment"))
    pairs = len(undecided_pairs(jury))
    if pairs:
        sentence = ngettext(
            "%(count)s pair of registrations may be the same person twice. Decide it first.",
            "%(count)s pairs of registrations may be the same person twice. Decide them first.",
            pairs,
        )
        found.append((sentence % {"count": pairs}, "duplicates"))
    if snapshot.incomplete:
        found.append((_incomplete(snapshot.incomplete), "incomplete"))
    return found


def _incomplete(references: tuple[str, ...]) -> str:
    named = ", ".join(references[:MOST_INCOMPLETE_NAMED])
    if len(references) > MOST_INCOMPLETE_NAMED:
        named += " …"
    return ngettext(
        "%(count)s registration lacks an answer that the quotas need: %(who)s.",
        "%(count)s registrations lack an answer that the quotas need: %(who)s.",
        len(references),
    ) % {"count": len(references), "who": named}
