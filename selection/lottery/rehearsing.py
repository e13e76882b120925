"""Rehearse the lottery on people in shuffled order: nobody can see who would be drawn.

A rehearsal gets the rows of the pool without saying whose they are, and forgets them when it has
ended. What it shows is how chances would be spread, and the totals of one trial panel. How often
it was rehearsed is published with the commitment.
"""

import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from juries import leases
from juries.audit import record
from juries.enums import Stage
from juries.errors import JuryError
from juries.models import Jury, User
from selection.lottery import bridge
from selection.lottery.probabilities import next_number, require_idle
from selection.models import Lottery, Round, Rule

STAGES = (Stage.REGISTRATION, Stage.LOTTERY, Stage.FROZEN)


@transaction.atomic
def rehearse(*, jury: Jury, by: User, rule: str = Rule.LEXIMIN) -> Lottery:
    """A rehearsal over the pool as it stands waits for a worker.

    There is none once a lottery is committed: the commitment has published their number.
    """
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    jury.require_stage(*STAGES)
    if not can_rehearse(jury):
        raise JuryError(_("A lottery is committed: how often it was rehearsed is published."))
    require_idle(jury)
    snapshot = _pool_of(jury)
    if not snapshot.quotas:
        raise JuryError(_("The jury has no criteria yet."))
    rows = _shuffled(snapshot)
    if not rows:
        raise JuryError(_("Nobody is in the pool."))
    rehearsal = Lottery.objects.create(
        jury=jury,
        number=next_number(jury),
        rehearsal=True,
        shuffled=rows,
        rule=rule,
        seed=secrets.randbits(53),
        panel_size=snapshot.size,
        quotas=snapshot.quotas,
        lease_until=timezone.now() + leases.QUEUE_PATIENCE,
        requested_by=by,
    )
    record(
        "rehearsal.requested",
        jury=jury,
        by=by,
        lottery=rehearsal.number,
        rule=rule,
        people=len(rows),
    )
    return rehearsal


def can_rehearse(jury: Jury) -> bool:
    """Whether the lottery can still be tried: until one is committed."""
    committed = Round.objects.filter(draw__in=jury.draws.standing(), state=Round.State.COMMITTED)
    return jury.stage in STAGES and not committed.exists()


def rehearsals_held(jury: Jury) -> int:
    """How many rehearsals showed something, if only that it is not possible."""
    shown = [Lottery.State.DONE, Lottery.State.FAILED]
    return jury.lotteries.rehearsals().filter(state__in=shown).count()


def _pool_of(jury: Jury) -> bridge.Snapshot:
    draw = jury.draws.standing().first()
    return bridge.frozen(draw) if draw else bridge.read(jury)


def _shuffled(snapshot: bridge.Snapshot) -> list[list[object]]:
    """Values and household of everybody who can be drawn, in an order that nobody can repeat.

    Households are numbered anew in that order: their own numbers would say whose they are.
    """
    people = [person for person in snapshot.people if not person.gone]
    secrets.SystemRandom().shuffle(people)
    numbers: dict[int | None, int | None] = {None: None}
    return [
        [list(person.values), numbers.setdefault(person.household, len(numbers))]
        for person in people
    ]
