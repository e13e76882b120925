"""A draw ends: closed when its panel is settled, or broken off with a reason that stays public."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.audit import record
from juries.enums import Stage
from juries.errors import JuryError
from juries.models import Jury, User
from selection.draw.chain import append
from selection.draw.recalling import hold_back_all
from selection.models import Draw, Round
from selection.protocol import chain


@transaction.atomic
def break_off(*, draw: Draw, code: str, reason: str, by: User) -> None:
    """The draw no longer counts: its seats are gone, its record and the reason stay for everybody.

    No e-mail about it goes any more. The pool can change again and be frozen anew; the next draw
    names this one.
    """
    jury = Jury.objects.select_for_update().get(pk=draw.jury_id)
    draw = jury.draws.get(pk=draw.pk)
    reason = _require_reason(reason)
    if not draw.is_standing or draw.state == Draw.State.CLOSED:
        raise JuryError(_("This draw has ended already."))
    if jury.lotteries.at_work().exists():
        raise JuryError(_("A lottery is at work. Cancel it first."))
    held_back = hold_back_all(draw)
    _take_seats_back(jury)
    now, said = timezone.now(), {"code": code, "reason": reason}
    append(draw, chain.ABORT, said, at=now)
    draw.rounds.filter(state=Round.State.COMMITTED).update(state=Round.State.ABORTED)
    draw.state, draw.abort_code, draw.abort_reason = Draw.State.ABORTED, code, reason
    draw.ended_by, draw.ended_at = by, now
    draw.save()
    jury.stage = Stage.LOTTERY
    jury.save(update_fields=["stage"])
    record("draw.broken_off", jury=jury, by=by, draw=draw.number, held_back=held_back, **said)


@transaction.atomic
def break_off_round(*, round_: Round, code: str, reason: str, by: User) -> None:
    """A replacement round no longer counts; the panel is as it was before it."""
    jury = Jury.objects.select_for_update().get(pk=round_.draw.jury_id)
    reason = _require_reason(reason)
    open_rounds = Round.objects.filter(pk=round_.pk, state=Round.State.COMMITTED, number__gt=0)
    if not open_rounds.update(state=Round.State.ABORTED):
        raise JuryError(_("This round has ended already."))
    draw = round_.draw
    payload = {"round": round_.number, "code": code, "reason": reason}
    append(draw, chain.ABORT, payload, at=timezone.now())
    record(
        "draw.round_broken_off",
        jury=jury,
        by=by,
        draw=draw.number,
        round=round_.number,
        code=code,
        reason=reason,
    )


@transaction.atomic
def close_draw(*, draw: Draw, by: User) -> None:
    """The panel stands as it is; the record is complete and nothing is added to it any more."""
    jury = Jury.objects.select_for_update().get(pk=draw.jury_id)
    draw = jury.draws.get(pk=draw.pk)
    if draw.state != Draw.State.DRAWN:
        raise JuryError(_("Only a draw whose panel has been drawn can be closed."))
    if draw.rounds.filter(state=Round.State.COMMITTED).exists():
        raise JuryError(_("A lottery is committed and waits to be drawn from."))
    held = jury.seats.drawn().held().values("registrant")
    panel = list(
        draw.entries.filter(registrant__in=held).order_by("index").values_list("index", flat=True)
    )
    payload = {"gone": _left_open(draw), "panel": panel, "vacant": draw.panel_size - len(panel)}
    now = timezone.now()
    append(draw, chain.CLOSE, payload, at=now)
    draw.state, draw.ended_by, draw.ended_at = Draw.State.CLOSED, by, now
    draw.save(update_fields=["state", "ended_by", "ended_at"])
    record("draw.closed", jury=jury, by=by, draw=draw.number, members=len(panel))


def _left_open(draw: Draw) -> list[dict[str, Any]]:
    """Whose seats are empty and are not filled any more."""
    seats = draw.jury.seats.drawn().filter(replaced=False)
    empty = seats.exclude(pk__in=draw.jury.seats.held().values("pk"))
    entries = draw.entries.filter(registrant__in=empty.values("registrant")).order_by("index")
    return [
        {"index": index, "p": name} for index, name in entries.values_list("index", "pseudonym")
    ]


def _take_seats_back(jury: Jury) -> None:
    try:
        jury.seats.drawn().delete()
    except ProtectedError as error:
        raise JuryError(
            _("People of this draw are already part of the sessions, so it cannot be broken off.")
        ) from error


def _require_reason(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise JuryError(_("Write why the draw is broken off. The reason is public."))
    return reason
