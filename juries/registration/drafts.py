"""A registration begun and not sent: kept sealed for a week, for whoever has its key.

The key is the ``submission`` of the registration to be: the browser holds it in a signed cookie.
Others may use the same browser, so whoever comes back later is shown nothing before they know the
year of birth in it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from juries.models import Jury, SignUpDraft
from juries.privacy.sealing import DRAFT, CannotUnseal, seal, unseal

LIVES = timedelta(days=7)
TRIES = 5
"""How often a wrong year may be told of one draft before it is gone."""

YEAR = "birth_year"

type Typed = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed so far, by field, as the browser sent it; and which steps are done."""

    submission: UUID
    typed: Typed = field(default_factory=dict)
    done: tuple[str, ...] = ()
    misses: int = 0

    @property
    def year(self) -> str:
        """The year of birth that was typed, if any was."""
        return "".join(self.typed.get(YEAR, ())).strip()


def read(jury: Jury, submission: UUID) -> Draft | None:
    """The draft, if it stands and is young enough."""
    row = _standing(jury, submission).first()
    return _opened(row) if row else None


@transaction.atomic
def keep(jury: Jury, submission: UUID, typed: Mapping[str, Sequence[str]], *, step: str) -> Draft:
    """What was typed at this step stands beside what was typed at the others."""
    row = _standing(jury, submission).select_for_update().first()
    before = (_opened(row) if row else None) or Draft(submission)
    kept = Draft(
        submission,
        {**before.typed, **{name: list(texts) for name, texts in typed.items()}},
        (*(done for done in before.done if done != step), step),
    )
    SignUpDraft.objects.bulk_create(
        [SignUpDraft(jury=jury, submission=submission, sealed=_sealed(kept))],
        update_conflicts=True,
        unique_fields=["submission"],
        update_fields=["sealed", "touched_at"],
    )
    return kept


@transaction.atomic
def is_known_to(jury: Jury, submission: UUID, *, year: int) -> bool:
    """Whether the draft is of somebody born in that year. Of whoever guesses on it is cleared."""
    row = _standing(jury, submission).select_for_update().first()
    draft = _opened(row) if row else None
    if draft is None:
        return False
    known = draft.year == str(year)
    missed = replace(draft, misses=0 if known else draft.misses + 1)
    if missed.misses >= TRIES:
        forget(jury, submission)
    elif missed != draft:
        _standing(jury, submission).update(sealed=_sealed(missed))
    return known


def forget(jury: Jury, submission: UUID) -> None:
    """Nothing is left of the draft."""
    SignUpDraft.objects.filter(jury=jury, submission=submission).delete()


def _standing(jury: Jury, submission: UUID) -> Any:
    return SignUpDraft.objects.filter(
        jury=jury, submission=submission, touched_at__gt=timezone.now() - LIVES
    )


def _opened(row: SignUpDraft) -> Draft | None:
    try:
        content = json.loads(unseal(DRAFT, row.submission, row.sealed))
    except CannotUnseal:
        # The keys were lost: the person begins anew, and is not shown an error for it.
        return None
    misses = content.get("misses", 0)
    return Draft(row.submission, content["typed"], tuple(content["done"]), misses)


def _sealed(draft: Draft) -> bytes:
    content = {"typed": draft.typed, "done": draft.done, "misses": draft.misses}
    return seal(DRAFT, draft.submission, json.dumps(content))
