"""The list of juries on the desk: for each one's own roles, where it stands and what comes next."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from juries.commission.timetable import dated, late, what_is_done
from juries.enums import Role, Stage
from juries.models import Jury, Membership, User


@dataclass(frozen=True, slots=True)
class Row:
    """One jury on the list."""

    jury: Jury
    roles: str
    next: str
    late: list[str]


def shelf(juries: Iterable[Jury], user: User, today: date) -> list[Row]:
    """A row for each jury; three queries, however many there are."""
    juries = list(juries)
    done = what_is_done(juries, today)
    everywhere, here = defaultdict(list), defaultdict(list)
    for membership in Membership.objects.filter(user=user).order_by("role"):
        role = Role(membership.role)
        if membership.jury_id is None:
            everywhere[membership.organisation_id].append(role)
        else:
            here[membership.jury_id].append(role)
    return [
        Row(
            jury=jury,
            roles=_listed([*everywhere[jury.organisation_id], *here[jury.pk]]),
            next=what_comes_next(jury, today),
            late=late(jury, today, done[jury.pk]),
        )
        for jury in juries
    ]


def what_comes_next(jury: Jury, today: date) -> str:
    """One sentence with the next date."""
    if jury.stage == Stage.SETTING_UP:
        return dated(_("Registration opens on %(day)s."), jury.registration_opens_on)
    if jury.stage == Stage.REGISTRATION:
        return dated(_("Registration closes on %(day)s."), jury.registration_closes_on)
    if jury.stage in {Stage.LOTTERY, Stage.FROZEN}:
        return dated(_("The panel is drawn on %(day)s."), jury.draw_on)
    if today <= jury.first_session_on:
        return dated(_("The first session is on %(day)s."), jury.first_session_on)
    if today <= jury.last_session_on:
        return dated(_("The last session is on %(day)s."), jury.last_session_on)
    return dated(_("The answer is due on %(day)s."), jury.response_due_on)


def _listed(roles: Iterable[Role]) -> str:
    return ", ".join(str(role.label) for role in dict.fromkeys(roles))
