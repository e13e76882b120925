from juries.models.audit import AuditEntry
from juries.models.jury import Criterion, CriterionValue, Jury
from juries.models.people import Membership, Organisation, User
from juries.models.registrant import (
    DuplicateDecision,
    ImportDraft,
    Invitation,
    Registrant,
    Trait,
)

__all__ = [
    "AuditEntry",
    "Criterion",
    "CriterionValue",
    "DuplicateDecision",
    "ImportDraft",
    "Invitation",
    "Jury",
    "Membership",
    "Organisation",
    "Registrant",
    "Trait",
    "User",
]
