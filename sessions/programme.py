"""The days on which the jury sits: when, where, and what happens in which order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.audit import record
from juries.errors import JuryError
from juries.models import Jury, User
from sessions.models import AgendaItem, Expert, JurySession


@dataclass(frozen=True, slots=True)
class TimedItem:
    """An agenda item with the times that follow from the items before it."""

    item: AgendaItem
    starts_at: datetime
    ends_at: datetime


def timetable(session: JurySession, items: Sequence[AgendaItem]) -> list[TimedItem]:
    """``items`` in order, each beginning when the one before it ends."""
    timed = []
    moment = session.starts_at
    for item in items:
        ends_at = moment + timedelta(minutes=item.minutes)
        timed.append(TimedItem(item, moment, ends_at))
        moment = ends_at
    return timed


@transaction.atomic
def plan_session(*, jury: Jury, facts: Mapping[str, Any], by: User) -> JurySession:
    """The jury has one more session, numbered after those it has."""
    Jury.objects.select_for_update().get(pk=jury.pk)
    latest = jury.sessions.order_by("-number").first()
    session = JurySession.objects.create(
        jury=jury, number=latest.number + 1 if latest else 1, **facts
    )
    record("session.planned", jury=jury, by=by, session=session.number)
    return session


@transaction.atomic
def change_session(*, session: JurySession, facts: Mapping[str, Any], by: User) -> JurySession:
    """The session stands as ``facts`` say."""
    for name, value in facts.items():
        setattr(session, name, value)
    session.save()
    record("session.changed", jury=session.jury, by=by, session=session.number)
    return session


@transaction.atomic
def publish_session(*, session: JurySession, by: User) -> None:
    """Anyone may read the agenda. It needs at least one item first."""
    if not session.items.exists():
        raise JuryError(_("Add at least one agenda item before you publish the session."))
    session.published_at = timezone.now()
    session.save(update_fields=["published_at"])
    record("session.published", jury=session.jury, by=by, session=session.number)


@transaction.atomic
def add_item(
    *, session: JurySession, facts: Mapping[str, Any], experts: Sequence[Expert], by: User
) -> AgendaItem:
    """The agenda has one more item, at its end."""
    JurySession.objects.select_for_update().get(pk=session.pk)
    last = session.items.order_by("-position").first()
    item = AgendaItem.objects.create(
        session=session, position=last.position + 1 if last else 1, **facts
    )
    item.experts.set(experts)
    record("agenda.item_added", jury=session.jury, by=by, session=session.number, item=item.pk)
    return item


@transaction.atomic
def change_item(
    *, item: AgendaItem, facts: Mapping[str, Any], experts: Sequence[Expert], by: User
) -> AgendaItem:
    """The item stands as ``facts`` say, with these experts."""
    for name, value in facts.items():
        setattr(item, name, value)
    item.save()
    item.experts.set(experts)
    _record_item("agenda.item_changed", item, by)
    return item


@transaction.atomic
def move_item(*, item: AgendaItem, earlier: bool, by: User) -> None:
    """The item has changed places with its neighbour; at the edge, or gone, nothing changes."""
    items = list(AgendaItem.objects.select_for_update().filter(session=item.session_id))
    place = next((place for place, other in enumerate(items) if other.pk == item.pk), None)
    if place is None:
        return
    target = place - 1 if earlier else place + 1
    if not 0 <= target < len(items):
        return
    items.insert(target, items.pop(place))
    for position, other in enumerate(items, start=1):
        other.position = position
    AgendaItem.objects.bulk_update(items, ["position"])
    _record_item("agenda.item_moved", item, by)


@transaction.atomic
def remove_item(*, item: AgendaItem, by: User) -> None:
    """The item is gone from the agenda."""
    _record_item("agenda.item_removed", item, by)
    item.delete()


@transaction.atomic
def add_expert(*, jury: Jury, facts: Mapping[str, Any], by: User) -> Expert:
    """The jury can hear one more expert."""
    expert = Expert.objects.create(jury=jury, **facts)
    record("expert.added", jury=jury, by=by, expert=expert.pk)
    return expert


@transaction.atomic
def change_expert(*, expert: Expert, facts: Mapping[str, Any], by: User) -> Expert:
    """The expert stands as ``facts`` say."""
    for name, value in facts.items():
        setattr(expert, name, value)
    expert.save()
    record("expert.changed", jury=expert.jury, by=by, expert=expert.pk)
    return expert


def _record_item(verb: str, item: AgendaItem, by: User) -> None:
    record(verb, jury=item.session.jury, by=by, session=item.session.number, item=item.pk)
