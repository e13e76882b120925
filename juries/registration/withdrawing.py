"""A registration taken back, and what identifies people erased: a row without a name is left."""

from dataclasses import asdict

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce, Now
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.audit import record
from juries.errors import JuryError
from juries.models import Answer, Call, Consent, Message, Needs, Registrant, Trait, User
from juries.registration.entry import BEFORE_THE_LOTTERY, Particulars, has_seat, locked, rows_of
from juries.rooms import forget_in_rooms

TOLD = (Needs, Answer, Consent, Message, Call)


@transaction.atomic
def withdraw(*, registrant: Registrant, by: User | str, reason: str = "") -> Registrant:
    """The registrant is not in the pool, and what they told is erased.

    Before the lottery everything is erased, and their invitation can be used again. After it the
    values of the criteria stay, without a name, since the published lottery was made of them.
    """
    registrant = locked(registrant)
    if registrant.withdrawn_at:
        return registrant
    if has_seat(registrant):
        raise JuryError(
            _("There is a seat on the panel for this person. Decline the seat instead.")
        )
    rows = Registrant.objects.filter(pk__in=[row.pk for row in rows_of(registrant)])
    if registrant.jury.stage in BEFORE_THE_LOTTERY:
        Trait.objects.filter(registrant__in=rows).delete()
        rows.update(invitation=None)
    erase_people(rows)
    rows.update(withdrawn_at=Coalesce("withdrawn_at", Now()), changed_at=Now())
    record(
        "registration.withdrawn",
        jury=registrant.jury,
        by=by,
        registrant=registrant.pk,
        reason=reason,
    )
    registrant.refresh_from_db()
    return registrant


def erase_people(registrants: QuerySet[Registrant]) -> int:
    """Nothing is left that says who they are, or what they answered, needed or agreed to.

    The identifier and the values of the criteria stay, since the published lottery is made of
    them; so does the digest of the code, with which they can still see that it was fair. That a
    letter was answered stays where the letter leads to nobody any more.
    """
    known = registrants.filter(invitation__invitee__isnull=False).values("pk")
    Registrant.objects.filter(pk__in=known).update(invitation=None)
    for model in TOLD:
        model._default_manager.filter(registrant__in=registrants.values("pk")).delete()
    forget_in_rooms(registrants)
    blank = asdict(Particulars(name=""))
    blank.pop("language")
    return Registrant.objects.filter(pk__in=registrants.values("pk")).update(
        **blank,
        household=None,
        submission=None,
        guardian_agreed_at=None,
        email_confirmed_at=None,
        erased_at=timezone.now(),
    )
