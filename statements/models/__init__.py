from statements.models.delivery import Delivery, Response
from statements.models.statement import Part, Revision, Statement
from statements.models.vote import Ballot, Choice, Dissent, VoterMark

__all__ = [
    "Ballot",
    "Choice",
    "Delivery",
    "Dissent",
    "Part",
    "Response",
    "Revision",
    "Statement",
    "VoterMark",
]
