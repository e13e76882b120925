"""The list of registrants: whom it shows, in which order, and whom a search finds."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from juries import codes
from juries.models import Invitation, Jury, Registrant
from juries.models.registrant import RegistrantQuerySet
from juries.pool.completeness import incomplete
from juries.pool.duplicates import plain_phone

MOST_FOUND = 50


class State(models.TextChoices):
    """How a registration stands."""

    IN_POOL = "in", gettext_lazy("In the pool")
    INCOMPLETE = "incomplete", gettext_lazy("Lacking the answer to a criterion")
    EXCLUDED = "excluded", gettext_lazy("Excluded by a rule")
    WAITING = "waiting", gettext_lazy("Waiting for a confirmation or a guardian")
    MERGED = "merged", gettext_lazy("Part of another registration")
    WITHDRAWN = "out", gettext_lazy("Withdrawn")


class Order(models.TextChoices):
    """In which order they are listed."""

    LATEST = "", gettext_lazy("Latest first")
    EARLIEST = "earliest", gettext_lazy("Earliest first")
    NAME = "name", gettext_lazy("By name")
    REFERENCE = "reference", gettext_lazy("By identifier")


COLUMNS = {
    Order.LATEST: ("-pk",),
    Order.EARLIEST: ("pk",),
    Order.NAME: ("name", "pk"),
    Order.REFERENCE: ("reference",),
}


def listed(
    jury: Jury,
    people: RegistrantQuerySet,
    *,
    state: str = "",
    channel: str = "",
    value: str = "",
    order: str = "",
) -> RegistrantQuerySet:
    """Those of ``people`` who are asked for; trials and named members are never among them."""
    found = _in_state(jury, people.registered(), state)
    if channel:
        found = found.filter(channel=channel)
    if value:
        found = found.filter(traits__value=int(value))
    return found.order_by(*COLUMNS[Order(order)])


def found_by(jury: Jury, people: RegistrantQuerySet, words: str) -> list[Registrant]:
    """Whom the words name: by a code, theirs or their letter's, or else by every word."""
    people = people.filter(on_trial=False)
    if codes.is_well_formed(words):
        digest = codes.digest_of(words)
        by_code = people.filter(Q(code_digest=digest) | Q(invitation__code_digest=digest))
        if by_code.exists():
            return list(by_code)
    for word in words.split():
        people = people.filter(_has(word))
    return list(people.order_by("name", "pk")[:MOST_FOUND])


def unused_invitation(jury: Jury, words: str) -> Invitation | None:
    """The letter with this code, if nobody has registered by it yet."""
    if not codes.is_well_formed(words):
        return None
    digest = codes.digest_of(words)
    return jury.invitations.filter(code_digest=digest, registrant=None).first()


def _in_state(jury: Jury, people: RegistrantQuerySet, state: str) -> RegistrantQuerySet:
    if state == State.INCOMPLETE:
        return people.filter(pk__in=incomplete(jury).values("pk"))
    if state == State.IN_POOL:
        return people.in_pool()
    if state == State.WAITING:
        return people.filter(unconfirmed=True, withdrawn_at=None, excluded=None)
    if state == State.EXCLUDED:
        return people.filter(withdrawn_at=None, excluded__isnull=False)
    if state == State.MERGED:
        return people.filter(merged_into__isnull=False)
    if state == State.WITHDRAWN:
        return people.withdrawn()
    return people


def _has(word: str) -> Q:
    wanted = Q(name__icontains=word) | Q(reference__icontains=word) | Q(email__icontains=word)
    wanted |= Q(phone__icontains=word)
    digits = plain_phone(word)
    if digits:
        # People write the same number in groups; its last digits are seldom parted.
        wanted |= Q(phone__endswith=digits[-4:], phone__contains=digits[1:3])
    return wanted
