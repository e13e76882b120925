"""Ways by which people hear of the jury: a link of its own for each, so that its effect is seen."""

import re
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from juries.audit import record
from juries.errors import JuryError
from juries.models import Jury, OutreachCode, User

PARAMETER = "from"
LONGEST_KEY = 30
MOST_CODES = 200
_KEY = re.compile(r"[-a-z0-9_]{1,30}")


@dataclass(frozen=True, slots=True)
class Effect:
    """What one way has brought: visits of the sign-up page, and registrations."""

    code: OutreachCode
    visits: int
    registered: int


def find(jury: Jury, key: str) -> OutreachCode | None:
    """The way that the link names, if the jury has it."""
    key = key.strip().lower()
    return jury.outreach_codes.filter(key=key).first() if _KEY.fullmatch(key) else None


def count_visit(code: OutreachCode) -> None:
    """One visit more; nothing is kept of who came."""
    OutreachCode.objects.filter(pk=code.pk).update(visits=F("visits") + 1)


@transaction.atomic
def add_outreach_code(*, jury: Jury, name: str, by: User) -> OutreachCode:
    """The jury has a way of this name, with a key that stands in its link."""
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    taken = set(jury.outreach_codes.values_list("key", flat=True))
    if len(taken) >= MOST_CODES:
        raise JuryError(_("A jury has at most %(limit)s outreach codes.") % {"limit": MOST_CODES})
    if jury.outreach_codes.filter(name__iexact=name).exists():
        raise JuryError(_("There is already an outreach code “%(name)s”.") % {"name": name})
    code = OutreachCode.objects.create(jury=jury, name=name, key=_free_key(name, taken))
    record("outreach.added", jury=jury, by=by, outreach=code.key)
    return code


@transaction.atomic
def remove_outreach_code(*, code: OutreachCode, by: User) -> None:
    """The way is gone; its link still opens the sign-up page, without being counted.

    Refused once somebody has registered by it, since its effect is known only through it.
    """
    jury = Jury.objects.select_for_update().get(pk=code.jury_id)
    if code.registrants.exists():
        raise JuryError(_("People have registered by this link, so it stays in the table."))
    record("outreach.removed", jury=jury, by=by, outreach=code.key)
    code.delete()


def effects(jury: Jury) -> list[Effect]:
    """Every way with what it has brought, the most fruitful first."""
    counted = jury.outreach_codes.annotate(
        registered=Count("registrants", filter=Q(registrants__on_trial=False))
    ).order_by("-registered", "-visits", "name")
    return [Effect(code, code.visits, code.registered) for code in counted]


def _free_key(name: str, taken: set[str]) -> str:
    """The name as it can stand in a link, with a number where it is taken."""
    stem = slugify(name)[:LONGEST_KEY].strip("-_") or "x"
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem[: LONGEST_KEY - 4]}-{number}"
    return key
