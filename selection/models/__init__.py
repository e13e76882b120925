from selection.models.auditor import AuditorStatement
from selection.models.draw import Ball, Disclosure, Draw, DrawEvent, PoolEntry, Round
from selection.models.lottery import Chance, Lottery, Rule
from selection.models.member import FeeBasis, NameConsent
from selection.models.notice import How, Notice
from selection.models.quota_change import QuotaChange
from selection.models.seat import PanelSeat, Reserve

__all__ = [
    "AuditorStatement",
    "Ball",
    "Chance",
    "Disclosure",
    "Draw",
    "DrawEvent",
    "FeeBasis",
    "How",
    "Lottery",
    "NameConsent",
    "Notice",
    "PanelSeat",
    "PoolEntry",
    "QuotaChange",
    "Reserve",
    "Round",
    "Rule",
]
