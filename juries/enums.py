"""Roles, acts and the table that joins them; stages of a jury; kinds of jury."""

from enum import Enum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    ORGANISER = "organiser", _("organiser")
    RECRUITER = "recruiter", _("recruiter")
    FACILITATOR = "facilitator", _("facilitator")
    OBSERVER = "observer", _("observer")
    ARRANGER = "arranger", _("practical arrangements")
    PRIVACY_OFFICER = "privacy_officer", _("data protection officer")


class Act(Enum):
    """What somebody with an account may do in a jury."""

    SEE_JURY = "see the jury"
    SET_UP_JURY = "set up the jury"
    SEE_POOL = "see the pool as counts"
    SEE_CONTACTS = "see names and contact details"
    SEE_NEEDS = "see needs: access, diet, childcare, a ride, an interpreter"
    SEE_PROTECTED = "see whose address is protected"
    EXPORT_PEOPLE = "take personal data out as a file"
    SEND = "send letters and messages to many"
    RECRUIT = "make invitations, import and correct registrants"
    SEE_LOTTERY = "see the lottery and the draws"
    RUN_LOTTERY = "run the lottery"
    RUN_DRAW = "freeze the pool, commit to a lottery and run the draw"
    WITNESS_DRAW = "confirm the balls that somebody else typed in"
    APPROVE_OPENING = "approve that a record is published with every row"
    MANAGE_PANEL = "confirm, decline and replace seats"
    SEE_PANEL = "see the panel by name once it is confirmed"
    PLAN_SESSIONS = "plan sessions and seat tables"
    TAKE_ATTENDANCE = "take attendance"
    DRAFT_STATEMENT = "draft the statement"
    RUN_VOTE = "open and close the vote, adopt the statement"
    DELIVER = "deliver the statement and chase answers"
    READ_AUDIT = "read the audit log"


GRANTS: dict[Role, frozenset[Act]] = {
    Role.ORGANISER: frozenset(Act) - {Act.SEE_NEEDS, Act.SEE_PROTECTED, Act.APPROVE_OPENING},
    Role.RECRUITER: frozenset(
        {Act.SEE_JURY, Act.SEE_POOL, Act.SEE_CONTACTS, Act.RECRUIT, Act.SEE_LOTTERY}
        | {Act.SEE_PANEL, Act.MANAGE_PANEL, Act.EXPORT_PEOPLE, Act.SEND}
    ),
    Role.FACILITATOR: frozenset(
        {Act.SEE_JURY, Act.SEE_PANEL, Act.TAKE_ATTENDANCE, Act.DRAFT_STATEMENT}
    ),
    Role.OBSERVER: frozenset(
        {Act.SEE_JURY, Act.SEE_POOL, Act.SEE_LOTTERY, Act.WITNESS_DRAW, Act.READ_AUDIT}
    ),
    Role.ARRANGER: frozenset({Act.SEE_JURY, Act.SEE_PANEL, Act.SEE_NEEDS}),
    Role.PRIVACY_OFFICER: frozenset(
        {Act.SEE_JURY, Act.SEE_POOL, Act.SEE_PROTECTED, Act.READ_AUDIT}
        | {Act.SEE_LOTTERY, Act.APPROVE_OPENING}
    ),
}


class Stage(models.TextChoices):
    """Where a jury stands; each stage allows some deeds and refuses others."""

    SETTING_UP = "setting_up", _("being set up")
    REGISTRATION = "registration", _("registration open")
    LOTTERY = "lottery", _("registration closed")
    FROZEN = "frozen", _("pool frozen, lottery and draw")
    PANEL = "panel", _("panel drawn")


class Kind(models.TextChoices):
    """Each kind is a template: see ``commission.kinds``."""

    KANSALAISRAATI = "kansalaisraati", _("citizens' jury")
    KANSALAISPANEELI = "kansalaispaneeli", _("citizens' panel")
    ASUKASRAATI = "asukasraati", _("residents' council")
    PITAJARAATI = "pitajaraati", _("parish council")


class CodeUse(models.TextChoices):
    """Whether a letter may be handed on."""

    PERSONAL = "personal", _("only by the person to whom the letter came")
    HOUSEHOLD = "household", _("by anybody in the same household")


class Channel(models.TextChoices):
    WEB = "web", _("web form")
    IMPORT = "import", _("imported from a file")
    PAPER = "paper", _("on paper, entered by staff")
    PHONE = "phone", _("by phone, entered by staff")
    NAMED = "named", _("named by a body, not drawn")


class LegalBasis(models.TextChoices):
    """Why an answer may be asked for: articles 6 and 9 of the GDPR."""

    PUBLIC_TASK = "public_task", _("public task: organising the jury")
    CONSENT = "consent", _("consent, which can be withdrawn")
    EXPLICIT_CONSENT = "explicit_consent", _("explicit consent to a sensitive question")


class DataClass(models.TextChoices):
    """Kinds of data that are erased each at its own time: see ``privacy.clocks``."""

    SAMPLE = "sample", _("addresses from the population register")
    NOT_DRAWN = "not_drawn", _("people who registered and were not drawn")
    NEEDS = "needs", _("needs: access, diet, childcare, a ride, an interpreter")
    MEMBERS = "members", _("members of the jury")
    MESSAGES = "messages", _("messages and call notes")
    DRAFTS = "drafts", _("registrations begun and not sent")
