"""A jury is removed, can be brought back for thirty days, and is then erased for good."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.audit import SYSTEM, record
from juries.errors import JuryError
from juries.models import Jury, Organisation, User
from juries.models.jury import JuryQuerySet

DAYS_TO_RESTORE = 30


def may_be_removed(jury: Jury) -> bool:
    """Until a pool has been frozen: what was drawn from is not made to vanish.

    The draw belongs to the application on the right; the log they share tells.
    """
    return not jury.is_frozen and not jury.audit_entries.filter(verb="pool.frozen").exists()


def last_day_to_restore(jury: Jury) -> date:
    """The day until which a removed jury can be brought back."""
    removed_at = jury.removed_at or timezone.now()
    return timezone.localdate(removed_at) + timedelta(days=DAYS_TO_RESTORE)


def removed_juries(organisation: Organisation) -> JuryQuerySet:
    """The organisation's juries that can still be brought back, the latest first."""
    return Jury.objects.filter(organisation=organisation, removed_at__isnull=False).order_by(
        "-removed_at"
    )


@transaction.atomic
def remove_jury(*, jury: Jury, typed_name: str, by: User) -> None:
    """Nobody sees the jury any more, neither staff nor public nor those who registered."""
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    if not may_be_removed(jury):
        raise JuryError(_("A jury whose lottery has been run stays: the record of it is public."))
    if " ".join(typed_name.split()).casefold() != " ".join(jury.name.split()).casefold():
        raise JuryError(_("This is not the name of the jury. Nothing has been removed."))
    if jury.removed_at is None:
        jury.removed_at = timezone.now()
        jury.save(update_fields=["removed_at"])
        record("jury.removed", jury=jury, by=by, registrants=jury.registrants.count())


@transaction.atomic
def restore_jury(*, jury: Jury, by: User) -> None:
    """The jury stands as it stood when it was removed."""
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    if jury.removed_at is not None:
        jury.removed_at = None
        jury.save(update_fields=["removed_at"])
        record("jury.restored", jury=jury, by=by)


def erase_removed_juries(*, on: date) -> int:
    """Whatever was removed more than thirty days before ``on`` is gone for good; how many were."""
    midnight = timezone.make_aware(datetime.combine(on, time.min))
    due = Jury.objects.filter(removed_at__lt=midnight - timedelta(days=DAYS_TO_RESTORE))
    keys = list(due.values_list("pk", flat=True))
    return sum(_erase(key, midnight) for key in keys)


@transaction.atomic
def _erase(key: int, midnight: datetime) -> bool:
    """The jury is erased, unless it was brought back in the meantime."""
    jury = (
        Jury.objects.select_for_update()
        .filter(pk=key, removed_at__lt=midnight - timedelta(days=DAYS_TO_RESTORE))
        .first()
    )
    if jury is None:
        return False
    facts = {"organisation": jury.organisation.slug, "entries": jury.audit_entries.count()}
    # People first: their traits hold on to the values of the criteria.
    _delete(jury.registrants.all())
    _delete(jury)
    record("jury.erased", jury=None, by=SYSTEM, **facts)
    return True


def _delete(rows: models.Model | models.QuerySet[Any]) -> None:
    """The rows are gone, and before them whatever holds on to them: all of it is the jury's own."""
    while True:
        try:
            rows.delete()
        except models.ProtectedError as held:
            for holder in held.protected_objects:
                _delete(holder)
        else:
            return
