"""One person who registered twice: the earlier registration stands, and nothing is erased.

What moves between the two rows is exchanged, not copied, so that each fact stands in one place and
a decision can be taken back. The later row leaves the pool and points to the one that stands; its
code opens the same own page.
"""

from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juries.audit import record
from juries.errors import JuryError
from juries.models import Answer, Consent, DuplicateDecision, Jury, Needs, Registrant, Trait, User
from juries.pool.duplicates import undecided_pair
from juries.pool.households import decide, settle_households
from juries.privacy.sealing import ANSWER, NEEDS, answer_place, seal, unseal
from juries.registration.entry import has_seat

CONTACT = ("email", "phone", "language")
FACTS = (
    "name",
    "email",
    "phone",
    "street_address",
    "postal_code",
    "birth_year",
    "invitation_id",
    "outreach_id",
    "guardian_name",
    "guardian_contact",
    "guardian_agreed_at",
)
ADDRESS = ("street_address", "postal_code")

type Taken = dict[str, Any]


class KeptContact(models.TextChoices):
    """From which registration the e-mail address, the phone number and the language are kept."""

    EARLIER = "earlier", gettext_lazy("Of the earlier registration")
    LATER = "later", gettext_lazy("Of the later registration")


@transaction.atomic
def same_person(
    *,
    jury: Jury,
    earlier: int,
    later: int,
    by: User,
    contact: str = KeptContact.EARLIER,
) -> None:
    """The earlier registration stands, with what it lacked from the later one, which is out.

    Where a rule excludes either of them, it excludes the person.

    Values of criteria move only before a lottery: it was made of the values as they stood.
    """
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    first, second = undecided_pair(jury, earlier, later)
    if has_seat(second):
        raise JuryError(_("The later registration has a seat on the panel."))
    taken = _to_take(jury, first, second, contact)
    _exchange(first, second, taken)
    second.withdrawn_at = timezone.now()
    second.merged_into = first
    second.save()
    decide(jury, first, second, DuplicateDecision.Outcome.SAME_PERSON, by, **taken)
    settle_households(jury)
    record(
        "duplicates.same_person",
        jury=jury,
        by=by,
        registrant=second.pk,
        reason="same person",
        stands=first.pk,
        changed=_names_of(taken),
    )


def part_again(decision: DuplicateDecision) -> None:
    """Both registrations stand as they were before somebody found them to be one person."""
    people = Registrant.objects.in_bulk([decision.earlier_id, decision.later_id])
    first, second = people[decision.earlier_id], people[decision.later_id]
    if max(first.changed_at, second.changed_at) > decision.decided_at:
        raise JuryError(
            _("One of the two registrations has changed since. This decision stays as it is.")
        )
    # The row that gives comes first in an exchange: an invitation belongs to one row at a time.
    _exchange(second, first, decision.taken)
    second.withdrawn_at = None
    second.merged_into = None
    second.save()


def _to_take(jury: Jury, first: Registrant, second: Registrant, contact: str) -> Taken:
    """What the earlier registration lacks and the later one has, by name or key."""
    facts = [name for name in FACTS if _lacks(first, second, name)]
    if contact == KeptContact.LATER and (second.email or second.phone):
        facts = [name for name in facts if name not in CONTACT] + list(CONTACT)
    if "email" in facts:
        facts.append("email_confirmed_at")
    if first.address_protected or second.address_protected:
        facts = [name for name in facts if name not in ADDRESS]
    if not jury.is_frozen and _lacks(first, second, "excluded_id"):
        facts.append("excluded_id")
    traits = [] if jury.is_frozen else _lacking(Trait, first, second, "criterion_id")
    return {
        "facts": facts,
        "traits": traits,
        "answers": _lacking(Answer, first, second, "question_id"),
        "consents": _lacking(Consent, first, second, "text_id"),
        "needs": _lacking(Needs, first, second, "registrant_id"),
    }


def _lacks(first: Registrant, second: Registrant, name: str) -> bool:
    return not getattr(first, name) and bool(getattr(second, name))


def _lacking(
    rows: type[models.Model], first: Registrant, second: Registrant, about: str
) -> list[int]:
    """The keys of the later one's rows about which the earlier one has none."""
    manager = rows._default_manager
    known = set(manager.filter(registrant=first).values_list(about, flat=True))
    if rows is Needs:
        known = {second.pk} if known else set()
    theirs = manager.filter(registrant=second).order_by("pk").values_list("pk", about)
    return [pk for pk, subject in theirs if subject not in known]


def _exchange(first: Registrant, second: Registrant, taken: Taken) -> None:
    """``first`` has what is named, ``second`` has what ``first`` had instead."""
    for name in taken.get("facts", []):
        mine, theirs = getattr(first, name), getattr(second, name)
        setattr(first, name, theirs)
        setattr(second, name, mine)
    if second.address_protected and not first.address_protected:
        first.address_protected = True
        first.street_address = first.postal_code = ""
    second.save()
    first.save()
    Trait.objects.filter(pk__in=taken.get("traits", [])).update(registrant=first)
    Consent.objects.filter(pk__in=taken.get("consents", [])).update(registrant=first)
    for answer in Answer.objects.filter(pk__in=taken.get("answers", [])):
        _hand_answer(answer, first)
    for needs in Needs.objects.filter(pk__in=taken.get("needs", [])):
        text = unseal(NEEDS, needs.registrant_id, needs.sealed)
        needs.registrant = first
        needs.sealed = seal(NEEDS, first.pk, text)
        needs.save()


def _hand_answer(answer: Answer, to: Registrant) -> None:
    """What is sealed for one row is sealed anew for the other."""
    if answer.sealed is not None:
        place = answer_place(answer.registrant_id, answer.question_id)
        text = unseal(ANSWER, place, answer.sealed)
        answer.sealed = seal(ANSWER, answer_place(to.pk, answer.question_id), text)
    answer.registrant = to
    answer.save()


def _names_of(taken: Taken) -> list[str]:
    """What moved, in words without content, for the log."""
    rows = [name for name in ("traits", "answers", "consents", "needs") if taken[name]]
    return [name.removesuffix("_id") for name in taken["facts"]] + rows
