"""Invented people of Kaarnalahti: those who sign up, and those to whom letters are sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from statements.demo import town

LANGUAGES = {"suomi": "fi", "ruotsi": "sv", "muu kieli": "en"}
OF_AGE = 18
PROTECTED_OF = 400
"""One in so many has a protected address."""


@dataclass(frozen=True, slots=True)
class Resident:
    """An invented person who signs up."""

    name: str
    email: str
    birth_year: int
    street_address: str
    postal_code: str
    language: str
    values: dict[str, str]
    guardian_name: str = ""
    guardian_contact: str = ""


def volunteers(count: int, seed: int, year: int) -> list[Resident]:
    """``count`` residents who sign up in that year, with the lean that volunteers have."""
    chance = Random(seed)
    cells = _cells(town.READINESS)
    education = {level: n * town.READINESS[level] for level, n in town.EDUCATION.items()}
    residents: list[Resident] = []
    taken: set[str] = set()
    while len(residents) < count:
        (age, gender, language) = chance.choices(*zip(*cells, strict=True))[0]
        name = _name(language, chance)
        if name in taken:
            continue
        taken.add(name)
        values = {
            "ikä": age,
            "sukupuoli": "muu" if chance.random() < 0.005 else gender,
            "kieli": language,
            "alue": chance.choices(list(town.AREAS), list(town.AREAS.values()))[0],
            "koulutus": chance.choices(list(education), list(education.values()))[0],
        }
        youngest, oldest = town.AGES[age]
        residents.append(
            resident(name, values, chance.randint(year - oldest, year - youngest), year)
        )
    return residents


def resident(name: str, values: dict[str, str], birth_year: int, year: int) -> Resident:
    """The person of that name, always at the same address; the young have a guardian."""
    street, postal_code = _home(values["alue"], Random(name))
    mailbox = name.lower().translate(str.maketrans("äöå ", "aoa."))
    under_age = year - birth_year < OF_AGE
    return Resident(
        name=name,
        email=f"{mailbox}@kaarnalahti.example",
        birth_year=birth_year,
        street_address=street,
        postal_code=postal_code,
        language=LANGUAGES[values["kieli"]],
        values=values,
        guardian_name=f"Huoltaja {name.split()[-1]}" if under_age else "",
        guardian_contact=f"huoltaja.{mailbox}@kaarnalahti.example" if under_age else "",
    )


def addresses(known: Sequence[Resident], count: int, seed: int, year: int) -> str:
    """A file of ``count`` addresses as the population register gives it, with ``known`` in it."""
    chance = Random(seed)
    cells = _cells({})
    rows = [_known(one) for one in known]
    while len(rows) < count:
        (age, _gender, language) = chance.choices(*zip(*cells, strict=True))[0]
        area = chance.choices(list(town.AREAS), list(town.AREAS.values()))[0]
        youngest, oldest = town.AGES[age]
        rows.append(
            _line(
                _name(language, chance),
                *_home(area, chance),
                LANGUAGES[language],
                year - chance.randint(youngest, oldest),
                protected=chance.randrange(PROTECTED_OF) == 0,
            )
        )
    chance.shuffle(rows)
    heading = "Etunimet;Sukunimi;Lähiosoite;Postinumero;Postitoimipaikka;Kieli;Syntymävuosi"
    return "\n".join([f"{heading};Turvakielto", *rows])


def _known(one: Resident) -> str:
    home = one.street_address, one.postal_code
    return _line(one.name, *home, one.language, one.birth_year, protected=False)


def _line(
    name: str, street: str, postal_code: str, language: str, birth_year: int, *, protected: bool
) -> str:
    first, last = name.split(" ", 1)
    place = "BARKVIKEN" if language == "sv" else "KAARNALAHTI"
    mark = "kyllä" if protected else ""
    return f"{first};{last};{street};{postal_code};{place};{language};{birth_year};{mark}"


def _cells(readiness: dict[str, float]) -> list[tuple[tuple[str, str, str], float]]:
    return [
        (
            (age, gender, language),
            number * readiness.get(age, 1.0) * readiness.get(language, 1.0),
        )
        for (age, gender), numbers in town.AGE_GENDER_LANGUAGE.items()
        for language, number in zip(town.LANGUAGES, numbers, strict=True)
    ]


def _name(language: str, chance: Random) -> str:
    return f"{chance.choice(town.FIRST_NAMES[language])} {chance.choice(town.LAST_NAMES[language])}"


def _home(area: str, chance: Random) -> tuple[str, str]:
    """A street address and its postal code; in the centre people live in flats."""
    street = f"{chance.choice(town.STREETS[area])} {chance.randint(1, 400)}"
    if area == "Keskusta":
        street += f" {chance.choice('ABC')} {chance.randint(1, 30)}"
    return street, chance.choice(town.POSTAL_CODES[area])
