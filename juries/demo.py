"""The accounts and codes of the demo, shown on the sign-in page in demo mode only."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

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
    Account("jarjestelyt@kaarnalahti.example", "Aarre Järjestelmä", Role.ARRANGER),
    Account("tietosuoja@kaarnalahti.example", "Taina Suojanen", Role.PRIVACY_OFFICER),
    Account("tarkkailija@kaarnalahti.example", "Tarmo Silmänen", Role.OBSERVER),
)


class Part(TextChoices):
    """What somebody without an account is in the jury."""

    INVITED = "invited", _("somebody with a letter")
    REGISTRANT = "registrant", _("registrant")
    JUROR = "juror", _("member of the jury")
    DECISION_MAKER = "decision-maker", _("decision-maker")


@dataclass(frozen=True, slots=True)
class CodeHolder:
    """Somebody without an account, and the code that lets them in."""

    part: Part
    code: str
    jury: str = ""

    @property
    def url(self) -> str:
        """Where the code is used; the page there asks for a button to be pressed."""
        if self.part == Part.INVITED:
            return f"{reverse('sign_up', args=[self.jury])}?code={self.code}"
        view = "statements:answer" if self.part == Part.DECISION_MAKER else "own_code_link"
        return reverse(view, args=[self.code])


def remember(holders: Iterable[CodeHolder]) -> None:
    """The codes can be shown again: the database itself knows only their digests."""
    _file().write_text(json.dumps([asdict(holder) for holder in holders]), encoding="utf-8")


def code_holders() -> list[CodeHolder]:
    """The codes of the demo as it was loaded; none before."""
    if not _file().exists():
        return []
    rows = json.loads(_file().read_text(encoding="utf-8"))
    return [CodeHolder(Part(row["part"]), row["code"], row["jury"]) for row in rows]


def _file() -> Path:
    return Path(settings.DATA) / "demo-codes.json"
