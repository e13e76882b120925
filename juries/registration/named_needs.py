"""What somebody with a named seat needs: told by themselves, or written down as they told it.

Whoever was drawn told it when they registered. Here stands the same, sealed and erased in the same
way, since whoever is named fills in no form to come to the jury.
"""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.audit import record
from juries.enums import Channel, DataClass
from juries.errors import JuryError
from juries.models import Jury, Needs, Question, Registrant, User
from juries.privacy.clocks import due_on
from juries.privacy.consents import (
    needs_consent,
    standing,
    withdraw_consent,
    write_consents,
)
from juries.registration.answers import NeedsTold, write_needs
from juries.registration.needs_list import HELD


def named_members(jury: Jury) -> QuerySet[Registrant]:
    """Those who hold a seat by name, each by name."""
    held = jury.registrants.filter(seat__state__in=HELD, withdrawn_at=None)
    return held.filter(channel=Channel.NAMED).order_by("name", "pk")


def may_tell(person: Registrant) -> bool:
    """Whether the jury asks for needs, and those of this person can still be kept."""
    return (
        named_members(person.jury).filter(pk=person.pk).exists()
        and _question(person.jury) is not None
        and not _are_erased(person.jury)
    )


def have_told(person: Registrant) -> bool:
    """Whether any needs of the person are stored; they are not read for it."""
    return Needs.objects.filter(registrant=person).exists()


@transaction.atomic
def tell_needs(*, person: Registrant, needs: NeedsTold, language: str, by: User | str) -> None:
    """Exactly these needs stand, with the person's consent to it; where there are none, neither.

    The log says that they were written down, never what.
    """
    jury = Jury.objects.select_for_update().get(pk=person.jury_id)
    if not named_members(jury).filter(pk=person.pk).exists():
        raise JuryError(_("Only what somebody with a named seat needs is written down here."))
    question = _question(jury)
    if question is None:
        raise JuryError(_("The form of this jury does not ask what people need."))
    if _are_erased(jury):
        raise JuryError(_("The needs in this jury have been erased, and none are kept any more."))
    if not write_needs(person, needs):
        return
    if needs and needs_consent(question):
        write_consents(person, [question], language=language)
    for consent in standing(person).filter(text__question=question) if not needs else ():
        withdraw_consent(consent=consent, by=by)
    record("needs.written", jury=jury, by=by, registrant=person.pk)


def _question(jury: Jury) -> Question | None:
    asked = Question.objects.filter(section__jury=jury, kind=Question.Kind.NEEDS, on=True)
    return asked.first()


def _are_erased(jury: Jury) -> bool:
    due = due_on(jury, DataClass.NEEDS)
    return due is not None and due <= timezone.localdate()
