"""The accounts and codes of the demo, shown on the sign-in page in demo mode only."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from juries.enums import Role

PASSWORD = "kaarnalahti"


@dataclass(frozen=True, slots=True)
class Account:
    email: str
    name: str
    role: Role


ACCOUNTS = (
    Account("jarjestaja@kaarnalahti.example", "Orvokki Alkulähde", Role.ORGANISER),
    Account("rekrytoija@kaarnalahti.example", "Risto Kutsunen", Role.RECRUITER),
    Account("fasilitaattori@kaarnalahti.example", "Fanny Ringström", Role.FACILITATOR),
    Account("tarkkailija@kaarnalahti.example", "Tarmo Silmänen", Role.OBSERVER),
)


@dataclass(frozen=True, slots=True)
class CodeHolder:
    """Somebody without an account: what they are in the jury, and the code that lets them in."""

    part: str
    code: str


def remember(holders: Iterable[CodeHolder]) -> None:
    """The codes can be shown again: the database itself knows only their digests."""
    _file().write_text(json.dumps([asdict(holder) for holder in holders]), encoding="utf-8")


def code_holders() -> list[CodeHolder]:
    """The codes of the demo as it was loaded; none before."""
    if not _file().exists():
        return []
    return [CodeHolder(**row) for row in json.loads(_file().read_text(encoding="utf-8"))]


def _file() -> Path:
    return Path(settings.DATA) / "demo-codes.json"
