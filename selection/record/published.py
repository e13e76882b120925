"""What is published of a draw, read from its own files, which pages repeat in words."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from selection.lottery.bridge import QuotaTable
from selection.lottery.explanation import spoken
from selection.models import Draw, DrawEvent, Round
from selection.protocol import chain

type File = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PublishedEvent:
    """One event of the chain: its kind, when it was, and what it says."""

    kind: str
    at: datetime
    payload: File


@dataclass(frozen=True, slots=True)
class PublishedRound:
    """One commitment, and its result once there is one.

    Whether two people vouched for a beacon that the house could not check stands in no file.
    """

    number: int
    digest: str
    state: str
    commitment: File
    result: File | None
    beacon_by_two: bool = False

    @property
    def tickets(self) -> int:
        return int(self.commitment["lottery"]["m"])

    def ticket_name(self, ticket: int) -> str:
        """The ticket as it stands on balls: 7 of a thousand is 007."""
        return f"{ticket:0{self.commitment['chance']['digits']}}"


@dataclass(frozen=True, slots=True)
class Published:
    """Everything that is published of a draw without any row of the pool."""

    draw: Draw
    events: tuple[PublishedEvent, ...]
    rounds: tuple[PublishedRound, ...]
    head: str

    @property
    def people(self) -> int:
        """How many people are in the frozen pool."""
        return int(self.first(chain.FREEZE)["pool"]["count"])

    @property
    def main(self) -> PublishedRound | None:
        """Round 0, by which the panel is drawn; later ones only fill its gaps."""
        return self.rounds[0] if self.rounds else None

    def first(self, kind: str, round_number: int | None = None) -> File:
        """What the first event of this kind says, of a round if one is named; else nothing."""
        return next(
            (
                event.payload
                for event in self.events
                if event.kind == kind and round_number in {None, event.payload.get("round")}
            ),
            {},
        )


@dataclass(frozen=True, slots=True)
class Names:
    """The criteria and values of a draw, whose keys stand in the files, in the reader's words."""

    quotas: list[QuotaTable]

    def of_criterion(self, key: str) -> str:
        names = {table["key"]: spoken(table["names"]) for table in self.quotas}
        return names.get(key, key)

    def of_value(self, criterion: str, key: str) -> str:
        values = {
            (table["key"], row["key"]): spoken(row["names"])
            for table in self.quotas
            for row in table["values"]
        }
        return values.get((criterion, key), key)


def published(draw: Draw) -> Published:
    """The published files of a draw that has a record, in two queries."""
    return published_of(draw, draw.events.order_by("n"), draw.rounds.order_by("number"))


def published_of(draw: Draw, events: Iterable[DrawEvent], rounds: Iterable[Round]) -> Published:
    """What these rows of the draw publish."""
    rows = list(events)
    return Published(
        draw=draw,
        events=tuple(
            PublishedEvent(row.kind, row.at, json.loads(row.line)["payload"]) for row in rows
        ),
        rounds=tuple(_round(row) for row in rounds),
        head=rows[-1].digest,
    )


def _round(row: Round) -> PublishedRound:
    return PublishedRound(
        number=row.number,
        digest=row.commitment_digest,
        state=row.state,
        commitment=json.loads(row.commitment),
        result=json.loads(row.result) if row.result else None,
        beacon_by_two=row.beacon_confirmed_by_id is not None,
    )
