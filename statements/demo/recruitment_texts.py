"""What the demo juries ask in their forms, and the ways by which people hear of them."""

from dataclasses import dataclass

OWN_QUESTION = {
    "label_fi": "Miten useimmiten kuljet töihin, kouluun tai asioille?",
    "label_sv": "Hur tar du dig oftast till arbete, skola eller ärenden?",
    "label_en": "How do you usually get to work, to school or about your business?",
    "help_fi": "Vastaus ei vaikuta arvontaan. Kerromme raadille vain yhteenvedon.",
    "help_sv": "Svaret påverkar inte lottningen. Rådet får bara en sammanfattning.",
    "help_en": "The answer does not affect the lottery. The jury hears only a summary.",
}
# Finnish, Swedish, English.
WAYS_OF_TRAVEL = (
    ("Omalla autolla", "Med egen bil", "By my own car"),
    ("Bussilla", "Med buss", "By bus"),
    ("Lossilla", "Med färja", "By ferry"),
    ("Pyörällä tai kävellen", "Med cykel eller till fots", "By bicycle or on foot"),
)
BY_TIMETABLE = ("bussilla", "lossilla")
FOLLOWING_QUESTION = {
    "label_fi": "Mikä vuoro on sinulle tärkein?",
    "label_sv": "Vilken tur är viktigast för dig?",
    "label_en": "Which departure matters most to you?",
}
DEPARTURES = ("7.15 keskustaan", "viimeinen lossi illalla", "lördag 10.30", "koulubussi 8.05")

NEEDS_IN_WORDS = ("pähkinäallergia", "", "istun mieluiten edessä", "")
OUTREACH = (
    "Kirjastotalon juliste",
    "Lossirannan juliste",
    "Koulujen viesti koteihin",
    "Paikallislehti",
    "Some",
)
REASON_TO_CORRECT = "Soitti itse: osoitteessa oli väärä talon numero."


@dataclass(frozen=True, slots=True)
class PhoneCall:
    outcome: str
    note: str
    about: int | None = None
    days_ago: int = 0
    back_in_days: int | None = None


CALLS = (
    PhoneCall("answered", "Kysyi, voiko osallistua ilman tietokonetta.", days_ago=9),
    PhoneCall("registered", "Ilmoittautui puhelimessa, koodi luettiin kirjeestä.", 3, days_ago=6),
    PhoneCall("not_interested", "Ei halua muistutuksia.", days_ago=4),
    PhoneCall("call_back", "Tarvitsee kyydin lossirannasta, kysyy ajat.", 12, 1, 1),
    PhoneCall("no_answer", "Koulutus puuttuu ilmoittautumisesta.", 20),
)

PARISH = {
    "name_fi": "Saarenpään pitäjäraati 2027–2029",
    "name_sv": "Holmuddens sockenråd 2027–2029",
    "name_en": "Parish council of Saarenpää 2027–2029",
    "charge_fi": (
        "Miten Saarenpään palvelut, tiet ja kohtaamispaikat toimivat, ja mihin alueen oma 8 000 "
        "euron määräraha käytetään?"
    ),
    "charge_sv": (
        "Hur fungerar servicen, vägarna och mötesplatserna på Holmudden, och vad används områdets "
        "eget anslag på 8 000 euro till?"
    ),
    "charge_en": "",
}
