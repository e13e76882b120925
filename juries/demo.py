"""The accounts of the demo, shown on the sign-in page in demo mode only."""

from dataclasses import dataclass

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
