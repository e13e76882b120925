from juries.models.audit import AuditEntry, AuditHead
from juries.models.canary import Canary
from juries.models.consent import Consent, ConsentText
from juries.models.criterion import Criterion, CriterionValue
from juries.models.invitation import (
    AddressSample,
    CodeMiss,
    Invitation,
    Invitee,
    OutreachCode,
    Wave,
    Wording,
)
from juries.models.jury import Jury
from juries.models.people import Membership, Organisation, User
from juries.models.post import Call, Message, PrintJob
from juries.models.questions import Choice, FormSection, Question
from juries.models.registrant import (
    Answer,
    DuplicateDecision,
    ExclusionRule,
    Household,
    Needs,
    Registrant,
    SignUpDraft,
    Trait,
)
from juries.models.upload import Upload

__all__ = [
    "AddressSample",
    "Answer",
    "AuditEntry",
    "AuditHead",
    "Call",
    "Canary",
    "Choice",
    "CodeMiss",
    "Consent",
    "ConsentText",
    "Criterion",
    "CriterionValue",
    "DuplicateDecision",
    "ExclusionRule",
    "FormSection",
    "Household",
    "Invitation",
    "Invitee",
    "Jury",
    "Membership",
    "Message",
    "Needs",
    "Organisation",
    "OutreachCode",
    "PrintJob",
    "Question",
    "Registrant",
    "SignUpDraft",
    "Trait",
    "Upload",
    "User",
    "Wave",
    "Wording",
]
