"""Three balls, one after the other: one person types them in, another confirms them."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.audit import record
from juries.errors import JuryError
from juries.models import Jury, User
from selection.draw.chain import append
from selection.draw.committing import DIGITS
from selection.draw.drawing import conclude_if_complete, confirmed_digits
from selection.models import Ball, Round
from selection.protocol import chain


@transaction.atomic
def enter_ball(*, round_: Round, digit: int, by: User, place: int | None = None) -> Ball:
    """The next ball stands as typed in, and waits for somebody else to confirm it.

    ``place`` is the ball that the page asked for: one that is typed in already is not the next.
    """
    now = timezone.now()
    round_ = _open(round_, now)
    balls = list(round_.balls.all())
    _require_next(balls, place, by)
    if not 0 <= digit <= 9:
        raise JuryError(_("A ball shows a digit from 0 to 9."))
    ball = Ball.objects.create(
        round=round_, place=len(balls), digit=digit, entered_by=by, entered_at=now
    )
    record("ball.entered", jury=round_.draw.jury, by=by, **_facts(ball))
    return ball


@transaction.atomic
def confirm_ball(*, ball: Ball, digit: int, by: User) -> None:
    """Somebody else saw the same digit on the ball. After the last one the balls are published.

    ``digit`` is what the confirming page showed: a ball changed or taken back meanwhile is not
    confirmed.
    """
    now = timezone.now()
    round_ = _open(ball.round, now)
    seen = round_.balls.filter(pk=ball.pk, digit=digit, confirmed_at=None).first()
    if seen is None:
        raise JuryError(_("This ball has been changed or confirmed meanwhile. Look again."))
    if seen.entered_by_id == by.pk:
        raise JuryError(_("Somebody else has to confirm the ball."))
    if any(one.confirmed_by_id not in {None, by.pk} for one in round_.balls.all()):
        raise JuryError(_("The person who confirmed the first ball confirms them all."))
    seen.confirmed_by, seen.confirmed_at = by, now
    seen.save(update_fields=["confirmed_by", "confirmed_at"])
    record("ball.confirmed", jury=round_.draw.jury, by=by, **_facts(seen))
    if seen.place == DIGITS - 1:
        _publish(round_, seen, now)


@transaction.atomic
def take_ball_back(*, ball: Ball, by: User) -> None:
    """A ball that was typed wrong is typed again; that it was stands in the log."""
    round_ = _open(ball.round, timezone.now())
    if not round_.balls.filter(pk=ball.pk, confirmed_at=None).delete()[0]:
        raise JuryError(_("A confirmed ball cannot be taken back."))
    record("ball.taken_back", jury=round_.draw.jury, by=by, **_facts(ball))


def _require_next(balls: Sequence[Ball], place: int | None, by: User) -> None:
    if len(balls) == DIGITS:
        raise JuryError(_("All balls have been typed in."))
    if any(ball.confirmed_at is None for ball in balls):
        raise JuryError(_("The ball before has not been confirmed yet."))
    if place not in {None, len(balls)}:
        raise JuryError(_("This ball has been typed in already."))
    if any(ball.entered_by_id != by.pk for ball in balls):
        raise JuryError(_("One person types in all balls, so that another can confirm them all."))


def _open(round_: Round, now: datetime) -> Round:
    Jury.objects.select_for_update().get(pk=round_.draw.jury_id)
    round_ = Round.objects.select_related("draw__jury", "lottery").get(pk=round_.pk)
    if round_.state != Round.State.COMMITTED or not round_.draw.is_standing:
        raise JuryError(_("This round does not wait for balls."))
    if now >= round_.balls_deadline:
        raise JuryError(_too_late(round_))
    return round_


def _too_late(round_: Round) -> str:
    if round_.sources == Round.Sources.BALLS:
        return _("The time named for the balls is over. Break this off and commit anew.")
    return _("The time named for the balls is over. Now the beacon alone decides.")


def _publish(round_: Round, last: Ball, now: datetime) -> None:
    payload = {
        "round": round_.number,
        "balls": confirmed_digits(round_),
        "entered_by": f"official {last.entered_by_id}",
        "confirmed_by": f"official {last.confirmed_by_id}",
    }
    append(round_.draw, chain.BALLS, payload, at=now)
    conclude_if_complete(round_)


def _facts(ball: Ball) -> dict[str, int]:
    return {
        "draw": ball.round.draw.number,
        "round": ball.round.number,
        "ball": ball.place + 1,
        "digit": ball.digit,
    }
