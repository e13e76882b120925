"""Messages to many at once: looked at, confirmed by number, and undone while they wait.

Each room has groups of its own; what is the same for all of them is here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, Min, OuterRef, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from juries.audit import record
from juries.errors import JuryError
from juries.models import Jury, Message, Registrant, User
from juries.post import outbox, wordings
from juries.post.kinds import Text
from juries.rooms import held_back_in_rooms

TIME_TO_UNDO = timedelta(minutes=2)
SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Group:
    """People who can be written to, and the message they get.

    ``once`` says what the message to somebody is about where it goes a single time; without it
    each of them gets the message at most once a day, whoever sends it. ``example`` is the link
    that stands in the samples, since everybody's own is theirs alone.
    """

    key: str
    name: Promise
    wording: str
    people: Callable[[Jury], QuerySet[Registrant]]
    facts: Callable[[Registrant], dict[str, str]]
    example: Callable[[str], str]
    once: Callable[[Registrant], str] | None = None

    def about(self, registrant: Registrant) -> str:
        """The key of the message to somebody: under the same key it is the same message."""
        rest = self.once(registrant) if self.once else f"{registrant.pk}:{timezone.localdate()}"
        return f"{self.wording}:{rest}"


def recipients(jury: Jury, group: Group) -> QuerySet[Registrant]:
    """The people of the group who can be written to now."""
    people = group.people(jury).select_related("jury__organisation")
    if group.once:
        return people
    today = Message.objects.filter(
        registrant=OuterRef("pk"), wording=group.wording, key__endswith=f":{timezone.localdate()}"
    )
    return people.filter(~Exists(today))


def samples(jury: Jury, group: Group) -> list[tuple[Registrant, Text]]:
    """The messages of three of them, as they would go but for the link."""
    return [
        (one, _text(group, one, group.facts(one) | {"link": group.example(one.language)}))
        for one in recipients(jury, group)[:SAMPLES]
    ]


def write(*, jury: Jury, group: Group, mailing: UUID, typed: int | None, by: User) -> int:
    """Each of the group has a message that goes in two minutes; how many they are.

    ``typed`` is the number somebody typed to confirm. Sent twice, it is the same mailing. Whoever
    calls holds the jury's row.
    """
    standing = jury.messages.filter(mailing=mailing).count()
    if standing:
        return standing
    people = list(recipients(jury, group))
    _require(jury, people, typed)
    due_at = timezone.now() + TIME_TO_UNDO
    for registrant in people:
        outbox.put(
            jury=jury,
            registrant=registrant,
            wording=group.wording,
            to=registrant.email,
            language=registrant.language,
            facts=group.facts(registrant),
            key=group.about(registrant),
            mailing=mailing,
            due_at=due_at,
        )
    record("messages.sent_to_many", jury=jury, by=by, group=group.key, count=len(people))
    return len(people)


@transaction.atomic
def undo(*, jury: Jury, mailing: UUID, by: User) -> int:
    """What had not gone yet will not go; how many messages that were."""
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    waiting = jury.messages.filter(mailing=mailing, state=Message.State.WAITING, attempts=0)
    undone = hold_back(waiting)
    if not undone:
        raise JuryError(_("The messages have already gone."))
    record("messages.undone", jury=jury, by=by, count=undone)
    return undone


def hold_back(messages: QuerySet[Message]) -> int:
    """Of the messages none that has not gone will go, and nobody counts as told by it; how many.

    Whoever calls holds the jury's row.
    """
    left = messages.exclude(state=Message.State.SENT)
    # Locked first: no worker takes one between being forgotten in the rooms and being deleted.
    list(left.order_by("pk").select_for_update().values_list("pk"))
    held_back_in_rooms(left)
    held, _rows = left.delete()
    return held


@dataclass(frozen=True, slots=True)
class Undoable:
    """A mailing that still waits: how many messages it is and when they go."""

    mailing: UUID
    count: int
    until: datetime


def can_be_undone(jury: Jury) -> list[Undoable]:
    """The mailings that still wait, the next to go first."""
    waiting = jury.messages.filter(
        mailing__isnull=False, state=Message.State.WAITING, attempts=0, due_at__gt=timezone.now()
    )
    rows = (
        waiting.order_by()
        .values_list("mailing")
        .annotate(count=Count("pk"), until=Min("due_at"))
        .order_by("until")
    )
    return [Undoable(*row) for row in rows]


def _require(jury: Jury, people: list[Registrant], typed: int | None) -> None:
    if not people:
        raise JuryError(_("There is nobody to write to."))
    if typed != len(people):
        raise JuryError(
            _("Type the number of messages, %(count)s, to confirm.") % {"count": len(people)}
        )
    for sentence in wordings.missing(jury):
        raise JuryError(sentence)


def _text(group: Group, registrant: Registrant, facts: dict[str, str]) -> Text:
    text = wordings.text_of(registrant.jury, group.wording, registrant.language)
    return wordings.filled(text, wordings.facts_of(registrant.jury, registrant.language) | facts)
