"""The whole account of a draw, for its public page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selection.draw.committing import verifier_digest
from selection.lottery.quota_changes import Changed, changed_quotas
from selection.models import AuditorStatement, Disclosure, Draw
from selection.protocol import chain
from selection.record.events import LEFT, Happening, happenings
from selection.record.files import public_tag
from selection.record.published import File, Names, Published, published
from selection.record.rounds import ToldRound, told_round
from selection.record.telling import standing_sentences

LEVELS: Mapping[str, Promise] = MappingProxyType(
    {
        Disclosure.PUBLIC: gettext_lazy(
            "The record is public and holds no row of anybody who registered (level L1)."
            " The verifier lists what cannot be shown without these rows."
        ),
        Disclosure.AUDITED: gettext_lazy(
            "The record is public and holds no row of anybody who registered. An auditor can have"
            " the rest under an agreement, and says here what they found (level L2)."
        ),
        Disclosure.OPEN: gettext_lazy(
            "Everything is public, without names (level L3): at least five people share every"
            " combination of groups, and the data protection officer has approved it."
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Replacement:
    """A seat that changed hands by the rule: who left and why, and who took it."""

    left: str
    why: str
    came: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """A draw before this one, which was broken off."""

    number: int
    day: datetime | None
    reason: str
    has_record: bool


@dataclass(frozen=True, slots=True)
class Account:
    """Everything the page of a draw says."""

    published: Published
    sentences: tuple[str, ...]
    happenings: list[Happening]
    rounds: list[ToldRound]
    replacements: list[Replacement]
    changed: list[Changed]
    level: str
    statements: list[AuditorStatement]
    earlier: list[Earlier]
    verifier: str

    @property
    def main(self) -> ToldRound | None:
        return self.rounds[0] if self.rounds else None

    @property
    def other_verifiers(self) -> list[str]:
        """Checksums that were committed of a verifier other than the one served now."""
        named = dict.fromkeys(one.verifier for one in self.rounds)
        return [digest for digest in named if digest != self.verifier]


def account_of(draw: Draw) -> Account:
    """The account of a draw that has a record; no more queries for a pool of thousands."""
    known, names = published(draw), Names(draw.quotas)
    return Account(
        published=known,
        sentences=standing_sentences(known),
        happenings=happenings(known),
        rounds=[told_round(one, names) for one in known.rounds],
        replacements=[
            _replacement(event.payload)
            for event in known.events
            if event.kind == chain.REPLACE and event.payload["method"] == "rank"
        ],
        changed=changed_quotas(draw.jury, until=draw.frozen_at)[::-1],
        level=str(LEVELS[draw.disclosure]) if known.rounds else "",
        statements=list(draw.auditor_statements.all()),
        earlier=_earlier(draw),
        verifier=verifier_digest(),
    )


def told_as(draw: Draw) -> str:
    """What changes when anything changes that the pages of the draw say, in any language."""
    statements = draw.auditor_statements.values_list("pk", flat=True)
    return " ".join([public_tag(draw), verifier_digest(), draw.state, *map(str, statements)])


def _replacement(payload: File) -> Replacement:
    taken = payload["taken_by"]
    return Replacement(
        left=str(payload["gone"]["index"]),
        why=str(LEFT.get(payload["reason"], payload["reason"])),
        came=str(taken["index"]) if taken else _("nobody: the seat stays free"),
    )


def _earlier(draw: Draw) -> list[Earlier]:
    rows: Iterable[Draw] = (
        draw.jury.draws.filter(number__lt=draw.number, state=Draw.State.ABORTED)
        .prefetch_related("events")
        .order_by("number")
    )
    return [
        Earlier(one.number, one.ended_at, one.abort_reason, bool(one.events.all())) for one in rows
    ]
