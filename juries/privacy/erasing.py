"""Erasing what identifies people, many at once: what is left of each is a row without a name."""

from dataclasses import asdict

from django.db.models import QuerySet
from django.utils import timezone

from juries.models import Answer, Call, Consent, Message, Needs, Registrant
from juries.registration.entry import Particulars

TOLD = (Needs, Answer, Consent, Message, Call)


def erase_people(registrants: QuerySet[Registrant]) -> int:
    """Nothing is left that says who they are, or what they answered, needed or agreed to.

    The identifier and the values of the criteria stay, since the published lottery is made of
    them; so does the digest of the code, with which they can still see that it was fair.
    """
    for model in TOLD:
        model._default_manager.filter(registrant__in=registrants.values("pk")).delete()
    blank = asdict(Particulars(name=""))
    blank.pop("language")
    return Registrant.objects.filter(pk__in=registrants.values("pk")).update(
        **blank,
        household=None,
        invitation=None,
        submission=None,
        guardian_agreed_at=None,
        email_confirmed_at=None,
        erased_at=timezone.now(),
    )
