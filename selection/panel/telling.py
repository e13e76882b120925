"""Everybody hears how the draw went for them, once: by e-mail, by letter or on the phone."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.audit import record
from juries.enums import Stage
from juries.errors import JuryError
from juries.models import Jury, Message, Registrant, User
from juries.post import mailings
from selection.models import How, Notice, PanelSeat
from selection.panel.circles import (
    CIRCLES,
    NOTICES,
    OFFER,
    REMINDER,
    by_letter,
    by_phone,
    sum_of_letters,
)
from selection.panel.deadlines import give_time
from selection.panel.seats import lock_with_jury


@transaction.atomic
def tell(*, jury: Jury, circle: str, mailing: UUID, typed: int | None, by: User) -> int:
    """Each of the circle whom e-mail reaches has a message that goes in two minutes.

    ``typed`` is how many they are, typed to confirm. They stand as told unless it is undone. Sent
    twice it is the same mailing.
    """
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    jury.require_stage(Stage.PANEL)
    group = CIRCLES[circle].group
    is_new = not jury.messages.filter(mailing=mailing).exists()
    if is_new and group.wording == OFFER:
        # Before the messages are written, since they name the last day.
        people = {person.pk for person in mailings.recipients(jury, group)}
        give_time(jury=jury, people=people, by=by)
    count = mailings.write(jury=jury, group=group, mailing=mailing, typed=typed, by=by)
    if is_new:
        written = dict(jury.messages.filter(mailing=mailing).values_list("registrant", "made_at"))
        mark_told(jury, group.wording, set(written), How.EMAIL, since=min(written.values()))
    return count


@transaction.atomic
def mark_posted(*, jury: Jury, circle: str, letters: str, by: User) -> int:
    """Everybody of the circle who has a letter coming stands as told by it; how many they are.

    ``letters`` is the sum of the letters that were printed. Are others to get one by now, nobody
    is marked: whoever has come since would hear of nothing.
    """
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    jury.require_stage(Stage.PANEL)
    chosen = CIRCLES[circle]
    coming = list(by_letter(chosen.untold(jury)))
    if not coming or letters != sum_of_letters(chosen, coming):
        raise JuryError(
            _(
                "The letters are no longer for the same people. Nobody was marked. "
                "Download the letters again, and post those that are new."
            )
        )
    people = {person.pk for person in coming}
    if chosen.group.wording == OFFER:
        give_time(jury=jury, people=people, by=by)
    mark_told(jury, chosen.group.wording, people, How.LETTER)
    record("seats.told", jury=jury, by=by, group=circle, how=str(How.LETTER), count=len(people))
    return len(people)


@transaction.atomic
def mark_one_posted(*, seat: PanelSeat, by: User) -> None:
    """The person stands as told of the seat by letter."""
    jury = lock_with_jury(seat)
    give_time(jury=jury, people={seat.registrant_id}, by=by)
    mark_told(jury, OFFER, {seat.registrant_id}, How.LETTER)
    record("seats.told", jury=jury, by=by, seat=seat.pk, how=str(How.LETTER))


@transaction.atomic
def mark_phoned(*, jury: Jury, circle: str, person: Registrant, by: User) -> None:
    """The person, whom nothing but the phone reaches, stands as told by it that no seat came.

    Whoever stands so already stays as they are: it is the same call, marked twice.
    """
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    jury.require_stage(Stage.PANEL)
    chosen = CIRCLES[circle]
    wording = chosen.group.wording
    notices = Notice.objects.filter(draw__in=jury.draws.drawn(), about=NOTICES[wording])
    if notices.filter(registrant=person, how=How.PHONE).exists():
        return
    if not by_phone(chosen.untold(jury)).filter(pk=person.pk).exists():
        raise JuryError(
            _(
                "This person is not, or no longer, on the list of those to be told by phone. "
                "Nobody was marked."
            )
        )
    mark_told(jury, wording, {person.pk}, How.PHONE)
    record("seats.told", jury=jury, by=by, group=circle, how=str(How.PHONE), registrant=person.pk)


def mark_told(
    jury: Jury, wording: str, people: Collection[int], how: How, *, since: datetime | None = None
) -> None:
    """The people stand as told in this way; who stood so already keeps the moment.

    ``since`` is when the messages were written: whoever stood so before that is told anew.
    """
    now = timezone.now()
    seats = PanelSeat.objects.filter(registrant__in=people, jury=jury)
    if wording == OFFER:
        kept = Q(told_how=how, told_at__gte=since) if since else Q(told_how=how)
        seats.exclude(kept).update(told_at=now, told_how=how)
    elif wording == REMINDER:
        seats.update(reminded_at=now)
    else:
        _keep_notices(jury, NOTICES[wording], people, how, since)


def held_back(messages: QuerySet[Message]) -> None:
    """Nobody stands as told by messages that will not go after all."""
    told: dict[str, set[int]] = defaultdict(set)
    for wording, person in messages.values_list("wording", "registrant"):
        told[wording].add(person)
    PanelSeat.objects.filter(registrant__in=told[OFFER], told_how=How.EMAIL).update(
        told_at=None, told_how=""
    )
    PanelSeat.objects.filter(registrant__in=told[REMINDER]).update(reminded_at=None)
    for wording, about in NOTICES.items():
        notices = Notice.objects.filter(registrant__in=told[wording], about=about)
        notices.filter(how=How.EMAIL).delete()


def _keep_notices(
    jury: Jury, about: Notice.About, people: Collection[int], how: How, since: datetime | None
) -> None:
    draw, now = jury.draws.drawn().get(), timezone.now()
    standing = Notice.objects.filter(draw=draw, registrant__in=people, about=about)
    kept = Q(how=how, at__gte=since) if since else Q(how=how)
    standing.exclude(kept).update(how=how, at=now)
    Notice.objects.bulk_create(
        (
            Notice(draw=draw, registrant_id=person, about=about, how=how, at=now)
            for person in people
        ),
        ignore_conflicts=True,
    )
