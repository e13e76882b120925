"""Messages to many at once: looked at, confirmed by number, and undone while they wait.

Each person gets a message of a kind at most once a day, whoever sends it and however often.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from juries import codes
from juries.audit import record
from juries.enums import Channel, Stage
from juries.errors import JuryError
from juries.models import Criterion, Jury, Message, Registrant, User
from juries.post import outbox, wordings
from juries.post.addresses import address_of
from juries.post.kinds import Text
from juries.post.letters import INVENTED
from juries.registration.agreeing import Yes, link_code

TIME_TO_UNDO = timedelta(minutes=2)
BEFORE_THE_LOTTERY = (Stage.SETTING_UP, Stage.REGISTRATION, Stage.LOTTERY)
SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Group:
    """People who can be written to, and the message they get."""

    key: str
    name: Promise
    wording: str
    people: Callable[[Jury], QuerySet[Registrant]]
    facts: Callable[[Registrant], dict[str, str]]


def without_an_answer(jury: Jury) -> QuerySet[Registrant]:
    """Whoever lacks a value of some criterion and can be asked by e-mail."""
    asked = jury.criteria.exclude(source=Criterion.Source.COMBINED)
    return (
        jury.registrants.in_pool()
        .exclude(email="")
        .annotate(told=Count("traits", filter=Q(traits__criterion__in=asked)))
        .filter(told__lt=asked.count())
        .order_by("pk")
    )


def without_a_confirmation(jury: Jury) -> QuerySet[Registrant]:
    """Whoever has not confirmed the address by which the jury confirms registrations."""
    waiting = jury.registrants.filter(
        withdrawn_at=None,
        on_trial=False,
        excluded=None,
        channel=Channel.WEB,
        invitation=None,
        email_confirmed_at=None,
    )
    return waiting.exclude(email="").order_by("pk") if jury.confirm_email else waiting.none()


def _own_page(registrant: Registrant) -> str:
    """The person's own page, opened by the code as long as the code can be told."""
    language = registrant.language
    if registrant.submission:
        code = codes.code_of(registrant.submission)
        if codes.digest_of(code) == registrant.code_digest:
            return address_of("own_code_link", code, language=language)
    return address_of("own_code", language=language)


def _example_link(language: str) -> str:
    return address_of("own_code_link", INVENTED.code, language=language)


def _missing(registrant: Registrant) -> dict[str, str]:
    told = registrant.traits.values("criterion")
    with override(registrant.language):
        asked = registrant.jury.criteria.exclude(source=Criterion.Source.COMBINED)
        names = [str(one) for one in asked.exclude(pk__in=told)]
    return {"missing": ", ".join(names), "link": _own_page(registrant)}


def _confirmation(registrant: Registrant) -> dict[str, str]:
    code = link_code(registrant, Yes.EMAIL)
    return {"link": address_of("agree", code, language=registrant.language)}


GROUPS: Mapping[str, Group] = MappingProxyType(
    {
        group.key: group
        for group in (
            Group(
                "missing",
                gettext_lazy("People who lack an answer that the quotas need"),
                "mail_missing",
                without_an_answer,
                _missing,
            ),
            Group(
                "unconfirmed",
                gettext_lazy("People who have not confirmed their e-mail address"),
                "mail_reminder",
                without_a_confirmation,
                _confirmation,
            ),
        )
    }
)


def recipients(jury: Jury, group: Group) -> QuerySet[Registrant]:
    """The people of the group who have had no such message today."""
    today = Message.objects.filter(
        registrant=OuterRef("pk"), wording=group.wording, key__endswith=f":{timezone.localdate()}"
    )
    return group.people(jury).filter(~Exists(today)).select_related("jury__organisation")


def samples(jury: Jury, group: Group) -> list[tuple[Registrant, Text]]:
    """The messages of three of them, as they would go but for the link: that is theirs alone."""
    return [
        (one, _text(group, one, group.facts(one) | {"link": _example_link(one.language)}))
        for one in recipients(jury, group)[:SAMPLES]
    ]


@transaction.atomic
def write_to(*, jury: Jury, group: str, mailing: UUID, typed: int | None, by: User) -> int:
    """Each of the group has a message that goes in two minutes; how many they are.

    ``typed`` is the number somebody typed to confirm. Sent twice, it is the same mailing.
    """
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    jury.require_stage(*BEFORE_THE_LOTTERY)
    standing = jury.messages.filter(mailing=mailing).count()
    if standing:
        return standing
    chosen = GROUPS[group]
    people = list(recipients(jury, chosen))
    _require(jury, chosen, people, typed)
    due_at = timezone.now() + TIME_TO_UNDO
    for registrant in people:
        outbox.put(
            jury=jury,
            registrant=registrant,
            wording=chosen.wording,
            to=registrant.email,
            language=registrant.language,
            facts=chosen.facts(registrant),
            key=f"{chosen.wording}:{registrant.pk}:{timezone.localdate()}",
            mailing=mailing,
            due_at=due_at,
        )
    record("messages.sent_to_many", jury=jury, by=by, group=group, count=len(people))
    return len(people)


@transaction.atomic
def undo(*, jury: Jury, mailing: UUID, by: User) -> int:
    """What had not gone yet will not go; how many messages that were."""
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    waiting = jury.messages.filter(mailing=mailing, state=Message.State.WAITING, attempts=0)
    undone, _rows = waiting.delete()
    if not undone:
        raise JuryError(_("The messages have already gone."))
    record("messages.undone", jury=jury, by=by, count=undone)
    return undone


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


def _require(jury: Jury, group: Group, people: list[Registrant], typed: int | None) -> None:
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
