"""How the post of a jury stands: which texts are whose, which messages wait, went or failed."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.audit import record
from juries.models import Jury, Message, Registrant, User
from juries.models.translated import translated_name
from juries.post.kinds import KINDS, Kind
from juries.post.wordings import in_languages, written

SHOWN = 20


@dataclass(frozen=True, slots=True)
class TextLine:
    """One letter or message, and whose words it has."""

    kind: Kind
    url: str
    rewritten: bool
    missing: list[str]


@dataclass(frozen=True, slots=True)
class Hindered:
    """A message that has not gone: what it is, to whom it goes, and what hinders it."""

    name: str
    reference: str
    registrant: int | None
    trouble: str
    tries: int
    failed: bool


@dataclass(frozen=True, slots=True)
class Outbox:
    """The messages of the jury in numbers, and those that are in trouble."""

    waiting: int
    sent: int
    failed: int
    hindered: list[Hindered]
    is_set_up: bool


def texts(jury: Jury) -> list[TextLine]:
    """Every letter and message."""
    rows = written(jury)
    return [
        TextLine(
            kind,
            f"text_{kind.key}",
            kind.key in rows,
            [
                translated_name(language)
                for language in jury.languages
                if kind.key in rows and language not in in_languages(rows[kind.key])
            ],
        )
        for kind in KINDS.values()
    ]


def outbox(jury: Jury) -> Outbox:
    """How many messages wait, went and failed, and the latest that are in trouble."""
    counts = dict(jury.messages.order_by().values_list("state").annotate(count=Count("pk")))
    hindered = jury.messages.exclude(state=Message.State.SENT).exclude(trouble="")
    return Outbox(
        waiting=counts.get(Message.State.WAITING, 0),
        sent=counts.get(Message.State.SENT, 0),
        failed=counts.get(Message.State.FAILED, 0),
        hindered=[_hindered(message) for message in hindered.select_related("registrant")[:SHOWN]],
        is_set_up=bool(settings.MAILERS),
    )


@transaction.atomic
def send_again(*, jury: Jury, by: User) -> int:
    """What had been given up waits to be sent once more; how many messages that is.

    What went to many goes to the address that each of them has by now.
    """
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    failed = jury.messages.filter(state=Message.State.FAILED)
    present = Registrant.objects.filter(pk=OuterRef("registrant")).exclude(email="")
    to_many = failed.filter(mailing__isnull=False).filter(Exists(present))
    to_many.update(to=Subquery(present.values(lower=Lower("email"))))
    again = failed.update(
        state=Message.State.WAITING, attempts=0, due_at=timezone.now(), trouble=""
    )
    if again:
        record("messages.sent_again", jury=jury, by=by, count=again)
    return again


def _hindered(message: Message) -> Hindered:
    kind = KINDS.get(message.wording)
    return Hindered(
        name=str(kind.name) if kind else message.wording,
        reference=str(message.registrant or _("nobody any more")),
        registrant=message.registrant_id,
        trouble=message.get_trouble_display(),
        tries=message.attempts,
        failed=message.state == Message.State.FAILED,
    )
