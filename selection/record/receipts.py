"""Receipts: with one, somebody can show to be in a frozen pool, and on how many tickets."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from juries.audit import record
from juries.models import Registrant, User
from juries.rooms import HeldData
from selection.draw.chain import signer
from selection.draw.freezing import attributes_of
from selection.draw.leaves import counts_tree, pool_tree
from selection.draw.standing import light_rounds
from selection.models import Chance, Draw, PanelSeat, PoolEntry, Round
from selection.protocol.encoding import canonical, line, tagged
from selection.record.published import Names

FORMAT = "kr-receipt/1"
NAME = "receipt.json"


@dataclass(frozen=True, slots=True)
class Count:
    """On how many tickets of a committed round somebody is, and whether on the one drawn.

    ``is_settled`` says that a seat was theirs already, taken or offered: they are on every ticket.
    """

    round: int
    tickets: int
    of: int
    broken_off: bool
    drawn: str
    is_on_it: bool
    is_settled: bool


@dataclass(frozen=True, slots=True)
class Receipt:
    """Somebody's place in a frozen pool."""

    entry: PoolEntry
    groups: tuple[tuple[str, str], ...]
    counts: tuple[Count, ...]

    @property
    def draw(self) -> Draw:
        return self.entry.draw

    @property
    def is_named(self) -> bool:
        """Whether the record names the person as a member: drawn, or come to an empty seat."""
        if any(count.is_on_it and not count.broken_off for count in self.counts):
            return True
        return PanelSeat.objects.filter(
            round__draw=self.draw, registrant=self.entry.registrant_id
        ).exists()

    @property
    def number(self) -> str:
        """The person's number in the pool, as it stands in the files."""
        return str(self.entry.index)


def entry_of(registrant: Registrant) -> PoolEntry | None:
    """The registrant's row in the latest pool that was frozen with them; None for who is gone."""
    if registrant.withdrawn_at:
        return None
    known = registrant.pool_entries.filter(salt__isnull=False, values__isnull=False)
    return known.select_related("draw__jury").order_by("-draw__number").first()


def receipt_of(registrant: Registrant) -> Receipt | None:
    """The receipt in words; None where there is none."""
    entry = entry_of(registrant)
    if entry is None:
        return None
    names = Names(entry.draw.quotas)
    attributes = attributes_of(entry.draw.quotas, entry.values or ())
    return Receipt(
        entry=entry,
        groups=tuple(
            (names.of_criterion(key), names.of_value(key, value))
            for key, value in attributes.items()
        ),
        counts=tuple(_counts(entry)),
    )


def receipt_file(entry: PoolEntry, round_number: int = 0) -> bytes:
    """The receipt to the byte, signed; with the count of tickets once the round is committed."""
    content = _in_pool(entry)
    round_ = entry.draw.rounds.filter(number=round_number).first()
    if round_ is not None:
        content |= _on_tickets(entry, round_)
    signed = signer().sign(tagged("kr/receipt/1", canonical(content)))
    return line({**content, "sig": signed})


@transaction.atomic
def show_to_staff(*, registrant: Registrant, by: User) -> Receipt | None:
    """The receipt to be printed for somebody; the log says who read it."""
    receipt = receipt_of(registrant)
    if receipt is not None:
        record(
            "receipt.shown",
            jury=registrant.jury,
            by=by,
            registrant=registrant.pk,
            draw=receipt.draw.number,
        )
    return receipt


def _in_pool(entry: PoolEntry) -> dict[str, Any]:
    draw = entry.draw
    return {
        "format": FORMAT,
        "process": draw.jury.slug,
        "draw": draw.number,
        "freeze": draw.events.get(n=0).digest,
        "key": signer().public_key,
        "a": attributes_of(draw.quotas, entry.values or ()),
        "h": entry.household,
        "p": entry.pseudonym,
        "s": bytes(entry.salt or b"").hex(),
        "index": entry.index,
        "path": pool_tree(draw).path(entry.index),
    }


def _on_tickets(entry: PoolEntry, round_: Round) -> dict[str, Any]:
    entries = list(entry.draw.entries.order_by("index").only("index", "count_leaves"))
    return {
        "commitment": round_.commitment_digest,
        "count": _count(entry, round_),
        "count_path": counts_tree(entries, round_.number).path(entry.index),
    }


def _count(entry: PoolEntry, round_: Round) -> int:
    """Of whoever the round cannot draw there may be no row: they are on no ticket."""
    row = Chance.objects.filter(lottery=round_.lottery_id, place=entry.index).first()
    return (row.tickets or 0) if row else 0


def _counts(entry: PoolEntry) -> Iterator[Count]:
    for round_ in light_rounds(entry.draw).order_by("number"):
        result = json.loads(round_.result) if round_.result else {"members": []}
        yield Count(
            round=round_.number,
            tickets=_count(entry, round_),
            of=round_.lottery.ticket_count,
            broken_off=round_.state == Round.State.ABORTED,
            drawn=round_.ticket_name,
            is_on_it=any(one["index"] == entry.index for one in result["members"]),
            is_settled=round_.lottery.chances.filter(place=entry.index, fixed=True).exists(),
        )


def held_in_pools(registrant: Registrant) -> Iterator[HeldData]:
    """What the frozen pools hold of somebody, for them to read and to take away."""
    known = registrant.pool_entries.filter(salt__isnull=False, values__isnull=False)
    for entry in known.select_related("draw").order_by("draw__number"):
        chances = Chance.objects.filter(lottery__draw=entry.draw_id, registrant=registrant)
        counts = chances.exclude(tickets=None).order_by("lottery__number")
        yield HeldData(
            f"draw_{entry.draw.number}",
            _("Draw %(number)s") % {"number": entry.draw.number},
            (
                ("pseudonym", _("Code name in the record"), entry.pseudonym),
                ("number", _("Number in the pool"), str(entry.index)),
                ("tickets", _("Tickets, by lottery"), _listed(counts)),
            ),
        )


def _listed(chances: Iterable[Chance]) -> str:
    return ", ".join(str(chance.tickets) for chance in chances)
