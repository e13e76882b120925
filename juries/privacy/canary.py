"""Whether these keys belong to this data: asked at the start, so that nobody finds out too late."""

from django.db import DatabaseError, transaction

from juries.models import Canary
from juries.privacy.sealing import CannotUnseal, seal, unseal

PURPOSE = "canary.sealed"
SONG = "These keys belong to this data."


class WrongKeys(Exception):
    """The keys of this house do not open what its database holds."""


def require_keys_of_this_data() -> None:
    """Return only if the keys open the data. A new house is told what its keys are."""
    try:
        canary = Canary.objects.order_by("pk").first()
    except DatabaseError:
        return  # not migrated yet: there is nothing that keys could open
    if canary is None:
        put_canary()
        return
    try:
        unseal(PURPOSE, canary.pk, canary.sealed)
    except CannotUnseal:
        raise WrongKeys(
            "The keys do not open the data in this database. Bring back the file of keys that"
            " belongs to it (RAATIHUONE_KEYS); without it, what was sealed cannot be read again."
        ) from None


@transaction.atomic
def put_canary() -> None:
    """The data holds a word sealed with the current key, and no other."""
    Canary.objects.all().delete()
    canary = Canary.objects.create(sealed=b"")
    canary.sealed = seal(PURPOSE, canary.pk, SONG)
    canary.save()
