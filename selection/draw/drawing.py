"""The panel is drawn: balls and beacon name a ticket, and its panel is opened and offered seats."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.audit import SYSTEM, record
from juries.enums import Stage
from juries.errors import JuryError
from juries.models import Jury, Registrant, User
from selection.draw.chain import append
from selection.draw.leaves import tickets_of
from selection.models import Draw, Lottery, PanelSeat, Round
from selection.protocol import chain, chance
from selection.protocol.encoding import FORMAT, digest, line
from selection.protocol.trees import Tree


def conclude_if_complete(round_: Round) -> None:
    """The round has its result as soon as nothing is awaited any more.

    Whoever calls holds the jury's row.
    """
    balls = confirmed_digits(round_)
    beacon = round_.beacon_signature
    if round_.sources == Round.Sources.BALLS:
        if balls:
            _conclude(round_, balls=balls)
    elif beacon and (balls or timezone.now() >= round_.balls_deadline):
        _conclude(round_, balls=balls)


@transaction.atomic
def draw_by_balls_alone(*, round_: Round, by: User) -> None:
    """The balls decide alone, as was declared for a beacon that cannot be had in time."""
    Jury.objects.select_for_update().get(pk=round_.draw.jury_id)
    round_ = Round.objects.select_related("draw__jury", "lottery").get(pk=round_.pk)
    balls = confirmed_digits(round_)
    late = round_.fallback_after is not None and timezone.now() >= round_.fallback_after
    if round_.state != Round.State.COMMITTED or round_.beacon_signature or not (balls and late):
        raise JuryError(
            _("Balls alone decide only when the beacon was not had by the time that was named.")
        )
    record(
        "draw.fell_back",
        jury=round_.draw.jury,
        by=by,
        draw=round_.draw.number,
        round=round_.number,
    )
    _conclude(round_, balls=balls)


def confirmed_digits(round_: Round) -> str:
    """The digits of the balls, once as many are confirmed as a ticket's number has."""
    digits = round_.balls.filter(confirmed_at__isnull=False).order_by("place")
    found = "".join(str(digit) for digit in digits.values_list("digit", flat=True))
    return found if len(found) == len(round_.lottery.ticket_name(0)) else ""


def members_of(round_: Round) -> list[int]:
    """The indexes of the panel on the ticket that was drawn."""
    return [] if round_.ticket is None else round_.lottery.panel_on(round_.ticket)


def registrants_on(round_: Round) -> QuerySet[Registrant]:
    """The people of the drawn panel, in the order of their identifiers."""
    entries = round_.draw.entries.filter(index__in=members_of(round_))
    return Registrant.objects.filter(pk__in=entries.values("registrant")).order_by("reference")


def _conclude(round_: Round, *, balls: str) -> None:
    now, draw, signature = timezone.now(), round_.draw, round_.beacon_signature
    tickets = round_.lottery.ticket_count
    beacon = (
        chance.beacon_number(round_.commitment_digest, signature, tickets=tickets)
        if signature
        else None
    )
    round_.ticket = chance.ticket_of(balls=balls, beacon=beacon, tickets=tickets)
    round_.mode = chance.mode_of(balls=balls, beacon=beacon)
    round_.state, round_.drawn_at = Round.State.DRAWN, now
    content = line(_result(round_, balls, beacon))
    round_.result = content.decode()
    round_.save()
    append(draw, chain.RESULT, {"round": round_.number, "result": digest(content)}, at=now)
    draw.state = Draw.State.DRAWN
    draw.save(update_fields=["state"])
    _offer_seats(round_)
    record(
        "draw.drawn",
        jury=draw.jury,
        by=SYSTEM,
        draw=draw.number,
        round=round_.number,
        ticket=round_.ticket,
    )


def _result(round_: Round, balls: str, beacon: int | None) -> dict[str, Any]:
    draw, ticket = round_.draw, round_.ticket or 0
    tickets = list(tickets_of(draw, round_.lottery, round_.number))
    drawn = tickets[ticket]
    entries = {entry.index: entry for entry in draw.entries.filter(index__in=drawn.members)}
    return {
        "format": FORMAT,
        "process": draw.jury.slug,
        "draw": draw.number,
        "round": round_.number,
        "commitment": round_.commitment_digest,
        "mode": round_.mode,
        "balls": balls or None,
        "drand": {"round": round_.beacon_round, "signature": round_.beacon_signature}
        if beacon is not None
        else None,
        "b": beacon,
        "index": ticket,
        "panel": {"i": ticket, "m": drawn.members, "s": drawn.salt.hex()},
        "path": Tree([one.leaf for one in tickets]).path(ticket),
        "members": [{"index": index, "p": entries[index].pseudonym} for index in drawn.members],
        "quota_counts": _quota_counts(draw, _values_on(round_, drawn.members)),
    }


def _values_on(round_: Round, members: Sequence[int]) -> list[list[int]]:
    """The values of the members as they were when the lottery was made.

    The lottery knows those of nobody who has withdrawn since; what is still to be counted of them
    are the traits, which stay as numbers once the pool is frozen.
    """
    chances = round_.lottery.chances.filter(place__in=members)
    known = list(chances.exclude(values=[]).values_list("values", flat=True))
    erased = chances.filter(values=[]).select_related("registrant")
    return known + [_values_of(round_.draw, chance.registrant) for chance in erased]


def _values_of(draw: Draw, registrant: Registrant) -> list[int]:
    """The place of the registrant's value in each criterion of the draw; -1 where none is known."""
    own = set(registrant.traits.values_list("value", flat=True))
    return [
        next((place for place, row in enumerate(table["values"]) if row["value"] in own), -1)
        for table in draw.quotas
    ]


def _quota_counts(draw: Draw, values: Sequence[Sequence[int]]) -> list[dict[str, Any]]:
    return [
        {
            "c": table["key"],
            "v": row["key"],
            "n": sum(person[column] == place for person in values),
        }
        for column, table in enumerate(draw.quotas)
        for place, row in enumerate(table["values"])
    ]


def _offer_seats(round_: Round) -> None:
    """The drawn panel is offered its seats; who held a seat before keeps it as it was.

    Somebody who has withdrawn or was erased since the lottery has declined: that seat is to be
    filled anew, and so is that of a member who left while the round was under way.
    """
    jury, now = round_.draw.jury, round_.drawn_at
    answer_by = timezone.localdate(now) + timedelta(days=jury.answer_days)
    members = registrants_on(round_)
    jury.seats.drawn().exclude(registrant__in=members.values("pk")).update(replaced=True)
    new = members.exclude(pk__in=jury.seats.values("registrant"))
    gone_or_not = [(one, bool(one.withdrawn_at or one.erased_at)) for one in new]
    PanelSeat.objects.bulk_create(
        PanelSeat(
            jury=jury,
            round=round_,
            registrant=registrant,
            answer_by=answer_by,
            state=PanelSeat.State.DECLINED if is_gone else PanelSeat.State.OFFERED,
            answered_at=now if is_gone else None,
        )
        for registrant, is_gone in gone_or_not
    )
    jury.stage = Stage.PANEL
    jury.save(update_fields=["stage"])


def blind_panel(lottery: Lottery, places: Iterable[int]) -> list[tuple[str, list[int]]]:
    """Identifier and value positions of the people at ``places``: no names."""
    rows = lottery.chances.filter(place__in=list(places)).order_by("place")
    return list(rows.values_list("registrant__reference", "values"))
