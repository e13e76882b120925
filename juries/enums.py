"""Roles, acts and the table that joins them; stages of a jury; kinds of jury."""

from enum import Enum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    ORGANISER = "organiser", _("organiser")
    RECRUITER = "recruiter", _("recruiter")
    FACILITATOR = "facilitator", _("facilitator")
    OBSERVER = "observer", _("observer")


class Act(Enum):
    """What somebody with an account may do in a jury."""

    SEE_JURY = "see the jury"
    SET_UP_JURY = "set up the jury"
    SEE_POOL = "see the pool as counts"
    SEE_CONTACTS = "see names and contact details"
    RECRUIT = "make invitations, import and correct registrants"
    SEE_LOTTERY = "see the lottery and the draws"
    RUN_LOTTERY = "run the lottery"
    RUN_DRAW = "enter and confirm a draw"
    MANAGE_PANEL = "confirm, decline and replace seats"
    SEE_PANEL = "see the panel by name once it is confirmed"
    PLAN_SESSIONS = "plan sessions and seat tables"
    TAKE_ATTENDANCE = "take attendance"
    DRAFT_STATEMENT = "draft the statement"
    RUN_VOTE = "open and close the vote, adopt the statement"
    DELIVER = "deliver the statement and chase answers"
    READ_AUDIT = "read the audit log"


GRANTS: dict[Role, frozenset[Act]] = {
    Role.ORGANISER: frozenset(Act),
    Role.RECRUITER: frozenset(
        {Act.SEE_JURY, Act.SEE_POOL, Act.SEE_CONTACTS, Act.RECRUIT, Act.SEE_LOTTERY}
        | {Act.SEE_PANEL, Act.MANAGE_PANEL}
    ),
    Role.FACILITATOR: frozenset(
        {Act.SEE_JURY, Act.SEE_PANEL, Act.TAKE_ATTENDANCE, Act.DRAFT_STATEMENT}
    ),
    Role.OBSERVER: frozenset({Act.SEE_JURY, Act.SEE_POOL, Act.SEE_LOTTERY, Act.READ_AUDIT}),
}


class Stage(models.TextChoices):
    """Where a jury stands; each stage allows some deeds and refuses others."""

    SETTING_UP = "setting_up", _("being set up")
    REGISTRATION = "registration", _("registration open")
    LOTTERY = "lottery", _("registration closed, lottery and draw")
    PANEL = "panel", _("panel drawn")


class Kind(models.TextChoices):
    KANSALAISRAATI = "kansalaisraati", _("citizens' jury")
    ASUKASRAATI = "asukasraati", _("residents' council")


class Channel(models.TextChoices):
    WEB = "web", _("web form")
    IMPORT = "import", _("imported from a file")
    DESK = "desk", _("entered by staff")
