"""After a new key: everything sealed with an older one is sealed anew, in small steps.

Stopped in the middle, it goes on where it was: what is sealed with the current key is left alone.
The older keys open what they sealed until everything is done.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model

from juries.models import Answer, Needs, SignUpDraft
from juries.privacy.sealing import (
    ANSWER,
    DRAFT,
    NEEDS,
    CannotUnseal,
    answer_place,
    is_sealed_with_current_key,
    seal,
    unseal,
)

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed column, and how the place of a value in it is named."""

    model: type[Model]
    purpose: str
    place: Callable[[Any], Any]


COLUMNS = (
    Sealed(Needs, NEEDS, lambda row: row.registrant_id),
    Sealed(Answer, ANSWER, lambda row: answer_place(row.registrant_id, row.question_id)),
    Sealed(SignUpDraft, DRAFT, lambda row: row.submission),
)


@dataclass(slots=True)
class Resealing:
    """How many values were sealed anew, and how many no key of the house opens."""

    done: int = 0
    lost: int = 0


def reseal() -> Resealing:
    """Everything is sealed with the current key, but for what cannot be opened."""
    so_far = Resealing()
    for column in COLUMNS:
        for keys in _in_steps(column):
            _reseal_step(column, keys, so_far)
    return so_far


def _in_steps(column: Sealed) -> Iterator[list[int]]:
    last = 0
    rows = column.model._default_manager.filter(sealed__isnull=False).order_by("pk")
    while keys := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:AT_ONCE]):
        yield keys
        last = keys[-1]


@transaction.atomic
def _reseal_step(column: Sealed, keys: list[int], so_far: Resealing) -> None:
    rows: Any = column.model._default_manager.select_for_update().filter(pk__in=keys)
    for row in rows:
        if row.sealed is None or is_sealed_with_current_key(row.sealed):
            continue
        place = column.place(row)
        try:
            sealed = seal(column.purpose, place, unseal(column.purpose, place, row.sealed))
        except CannotUnseal:
            so_far.lost += 1
            continue
        # An update: a row that is written for no reason of its own keeps the time of its last one.
        column.model._default_manager.filter(pk=row.pk).update(sealed=sealed)
        so_far.done += 1
