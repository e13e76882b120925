"""Invitations: batches of codes for letters. The codes themselves are kept by nobody."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Count, Max
from django.utils.translation import gettext as _

from juries import codes
from juries.audit import record
from juries.enums import Stage
from juries.errors import JuryError
from juries.models import Invitation, Jury, User, Wave

LARGEST_BATCH = 50_000


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch of invitations, and how many of them have been used."""

    number: int
    made: int
    used: int

    @property
    def unused(self) -> int:
        return self.made - self.used


@transaction.atomic
def make_batch(*, jury: Jury, request: UUID, count: int, by: User) -> list[str]:
    """A new batch of ``count`` invitations stands; the codes are returned and not kept.

    The codes follow from ``request``: asked for twice, it is the same batch with the same codes.
    """
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    jury.require_stage(Stage.SETTING_UP, Stage.REGISTRATION)
    if not 1 <= count <= LARGEST_BATCH:
        raise JuryError(
            _("A batch has from 1 to %(limit)s invitations.") % {"limit": LARGEST_BATCH}
        )
    standing = jury.waves.filter(seed=request).first()
    if standing:
        return _codes(jury, request, standing.size)
    made = _codes(jury, request, count)
    wave = Wave.objects.create(
        jury=jury,
        number=1 + (jury.waves.aggregate(last=Max("number"))["last"] or 0),
        seed=request,
        size=count,
        made_by=by,
    )
    Invitation.objects.bulk_create(
        (
            Invitation(jury=jury, wave=wave, number=number, code_digest=codes.digest_of(code))
            for number, code in enumerate(made, start=1)
        ),
        batch_size=2000,
    )
    record("invitations.made", jury=jury, by=by, batch=wave.number, count=count)
    return made


def _codes(jury: Jury, request: UUID, count: int) -> list[str]:
    return [_code(jury, request, number) for number in range(1, count + 1)]


def _code(jury: Jury, request: UUID, number: int) -> str:
    """No two juries share a code, even where the same request reaches both."""
    return codes.code_of(uuid5(request, f"{jury.pk}/{number}"))


def batches(jury: Jury) -> list[Batch]:
    """Every batch in order."""
    rows = (
        jury.invitations.values("wave__number")
        .annotate(made=Count("pk"), used=Count("registrant"))
        .order_by("wave__number")
    )
    return [Batch(row["wave__number"], row["made"], row["used"]) for row in rows]
