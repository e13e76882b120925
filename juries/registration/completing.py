"""An answer that the quotas need, told later by the person: nothing else of theirs changes."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from juries.audit import REGISTRANT, record
from juries.enums import Stage
from juries.errors import JuryError
from juries.models import CriterionValue, Jury, Question, Registrant
from juries.privacy.consents import write_consents
from juries.registration import mails
from juries.registration.entry import (
    is_unconfirmed,
    locked,
    require_not_erased,
    write_traits,
)


def may_complete(jury: Jury) -> bool:
    """Whether a missing answer can still be told: until the pool is frozen."""
    return jury.stage in {Stage.REGISTRATION, Stage.LOTTERY}


@transaction.atomic
def tell_missing(
    *,
    registrant: Registrant,
    values: Sequence[CriterionValue],
    birth_year: int | None = None,
    postal_code: str = "",
    consents: Sequence[int] = (),
) -> Registrant:
    """Each criterion that had no value has the one given; a value that stood stays.

    Of somebody whose address is protected the postal code is not kept, only the area.
    """
    registrant = locked(registrant)
    if registrant.withdrawn_at:
        raise JuryError(_("This registration has been withdrawn."))
    require_not_erased(registrant)
    if not may_complete(registrant.jury):
        raise JuryError(_("The pool is frozen: nothing can be added any more."))
    known = set(registrant.traits.values_list("criterion_id", flat=True))
    write_traits(registrant, [value for value in values if value.criterion_id not in known])
    changed = ["traits"]
    if birth_year:
        registrant.birth_year = birth_year
        changed.append("birth_year")
    if postal_code and not registrant.address_protected:
        registrant.postal_code = postal_code
        changed.append("postal_code")
    registrant.unconfirmed = is_unconfirmed(registrant)
    registrant.save()
    write_consents(
        registrant,
        Question.objects.filter(section__jury=registrant.jury, pk__in=consents),
        language=get_language() or registrant.language,
    )
    record(
        "registration.changed",
        jury=registrant.jury,
        by=REGISTRANT,
        registrant=registrant.pk,
        changed=changed,
        reason="",
    )
    mails.ask_who_is_awaited(registrant)
    return registrant
