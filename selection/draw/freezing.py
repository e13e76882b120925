"""Freeze the pool: nobody comes or goes any more, and everybody can prove to be in it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.audit import record
from juries.enums import Stage
from juries.errors import JuryError
from juries.models import Jury, User
from selection.draw.chain import append, head_of, signer
from selection.lottery import bridge
from selection.lottery.feasibility import trouble_in
from selection.lottery.probabilities import obstacles
from selection.models import Draw, PoolEntry
from selection.protocol import chain, leaves
from selection.protocol.encoding import FORMAT, NOTHING, moment
from selection.protocol.trees import root_of

OBJECTION_HOURS = 48
MOST_OBJECTION_HOURS = 14 * 24


@dataclass(frozen=True, slots=True)
class _Leaf:
    person: bridge.Person
    pseudonym: str
    salt: bytes
    leaf: bytes


@transaction.atomic
def freeze_pool(*, jury: Jury, by: User, objection_hours: int = OBJECTION_HOURS) -> Draw:
    """Registration is closed, and the pool and the quotas stand as they are.

    Each registrant has a receipt, and may object until the objection time is over. Refused while
    no panel is possible: nothing could be drawn from such a pool.
    """
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    jury.require_stage(Stage.REGISTRATION, Stage.LOTTERY)
    if not 0 <= objection_hours <= MOST_OBJECTION_HOURS:
        raise JuryError(_("The time for objections is at most two weeks."))
    snapshot = bridge.read(jury)
    _require_ready(jury, snapshot)
    now = timezone.now()
    entries = _in_order(snapshot)
    draw = Draw.objects.create(
        jury=jury,
        number=1 + (jury.draws.aggregate(last=Max("number"))["last"] or 0),
        secret=secrets.token_bytes(32),
        pool_root=root_of([entry.leaf for entry in entries]),
        quotas=snapshot.quotas,
        panel_size=snapshot.size,
        frozen_by=by,
        frozen_at=now,
        objections_until=now + timedelta(hours=objection_hours),
    )
    _keep(draw, entries)
    append(draw, chain.FREEZE, _payload(draw, len(entries)), at=now)
    if jury.stage == Stage.REGISTRATION:
        record("registration.closed", jury=jury, by=by, registrants=len(entries))
    jury.stage = Stage.FROZEN
    jury.save(update_fields=["stage"])
    record(
        "pool.frozen",
        jury=jury,
        by=by,
        draw=draw.number,
        people=len(entries),
        sha256=draw.pool_root,
    )
    return draw


def attributes_of(quotas: Sequence[bridge.QuotaTable], values: Sequence[int]) -> dict[str, str]:
    """What the hash tree holds of somebody with these values: keys, the same in every language."""
    return {
        table["key"]: table["values"][value]["key"]
        for table, value in zip(quotas, values, strict=True)
    }


def _require_ready(jury: Jury, snapshot: bridge.Snapshot) -> None:
    problems = obstacles(jury, snapshot)
    if problems:
        raise JuryError(" ".join(problems))
    trouble = trouble_in(snapshot)
    if trouble is not None:
        raise JuryError(trouble.summary)


def _in_order(snapshot: bridge.Snapshot) -> list[_Leaf]:
    """Everybody with a new pseudonym and salt, by ascending leaf: nobody can choose the order."""
    found = []
    for person in snapshot.people:
        pseudonym, salt = leaves.new_pseudonym(), leaves.new_salt()
        leaf = leaves.pool_leaf(
            salt,
            attributes=attributes_of(snapshot.quotas, person.values),
            household=person.household,
            pseudonym=pseudonym,
        )
        found.append(_Leaf(person, pseudonym, salt, leaf))
    return sorted(found, key=lambda one: one.leaf)


def _keep(draw: Draw, entries: Sequence[_Leaf]) -> None:
    PoolEntry.objects.bulk_create(
        (
            PoolEntry(
                draw=draw,
                registrant_id=entry.person.registrant,
                index=index,
                pseudonym=entry.pseudonym,
                salt=entry.salt,
                leaf=entry.leaf.hex(),
                values=list(entry.person.values),
                household=entry.person.household,
            )
            for index, entry in enumerate(entries)
        ),
        batch_size=1000,
    )


def _payload(draw: Draw, people: int) -> dict[str, Any]:
    jury = draw.jury
    earlier = jury.draws.filter(number__lt=draw.number).order_by("-number").first()
    return {
        "format": FORMAT,
        "process": jury.slug,
        "draw": draw.number,
        "previous_aborted": _end_of(earlier) if earlier else None,
        "key": signer().public_key,
        "pool": {"count": people, "root": draw.pool_root},
        "attributes": [
            {"c": table["key"], "v": [row["key"] for row in table["values"]]}
            for table in draw.quotas
        ],
        "removed": [{"reason": reason, "n": count} for reason, count in _removed(jury) if count],
        "codes": {
            "issued": jury.invitations.count(),
            "used": jury.invitations.filter(registrant__isnull=False).count(),
        },
        "objections_until": moment(draw.objections_until),
    }


def _end_of(earlier: Draw) -> str:
    """The last hash of the draw before; of one from before there were chains, that of nothing."""
    return head_of(earlier) if earlier.events.exists() else NOTHING


def _removed(jury: Jury) -> list[tuple[str, int]]:
    """How many registrations are not in the pool, by reason."""
    real = jury.registrants.registered()
    standing = real.filter(withdrawn_at=None)
    return [
        ("double", real.filter(merged_into__isnull=False).count()),
        ("withdrawn", jury.registrants.withdrawn().count()),
        ("unconfirmed", standing.filter(unconfirmed=True, excluded=None).count()),
        ("excluded", standing.filter(excluded__isnull=False).count()),
    ]


def objections_are_open(draw: Draw, *, at: datetime | None = None) -> bool:
    """Whether somebody may still object to the frozen pool."""
    return (at or timezone.now()) < draw.objections_until
