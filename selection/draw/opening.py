"""How much of a record is published, and what an open one needs."""

from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.audit import record
from juries.enums import Stage
from juries.models import Jury, User
from selection.models import Disclosure, Draw
from selection.protocol.anonymity import LEAST_SHARED, shared_by


@transaction.atomic
def approve_opening(*, draw: Draw, by: User) -> None:
    """The data protection officer agrees that every row of this draw may be published."""
    jury = Jury.objects.select_for_update().get(pk=draw.jury_id)
    jury.require_stage(Stage.FROZEN)
    draw = jury.draws.get(pk=draw.pk)
    draw.opening_approved_by, draw.opening_approved_at = by, timezone.now()
    draw.save(update_fields=["opening_approved_by", "opening_approved_at"])
    record("draw.opening_approved", jury=jury, by=by, draw=draw.number)


def anonymity_of(draw: Draw) -> int:
    """How many people at least share every combination of attributes in the frozen pool."""
    rows = draw.entries.filter(values__isnull=False).values_list("values", "household")
    return shared_by([(tuple(values or ()), home) for values, home in rows])


def objections_to(draw: Draw) -> Iterator[str]:
    """What stands against publishing the record as the draw says, one sentence each."""
    if draw.disclosure == Disclosure.OPEN:
        yield from missing_for_opening(draw, alike=anonymity_of(draw))


def missing_for_opening(draw: Draw, *, alike: int) -> Iterator[str]:
    """What an open record lacks where so many people are ``alike``, one sentence each."""
    yield from unfit_for_opening(draw, alike=alike)
    if draw.opening_approved_at is None:
        yield _(
            "An open record is not possible before the data protection officer has approved it."
        )


def unfit_for_opening(draw: Draw, *, alike: int) -> Iterator[str]:
    """Why this pool cannot be published row by row, whoever would approve of it."""
    if alike < LEAST_SHARED:
        yield _(
            "An open record is not possible: at least %(least)s people must share every"
            " combination of groups, and of some combination there are only %(alike)s."
        ) % {"alike": alike, "least": LEAST_SHARED}
    if draw.jury.criteria.sensitive().exists():
        yield _("An open record is not possible: a criterion rests on a sensitive question.")
