"""Which column of an imported file says what: what a column can be, and the guess from its name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juries.files.tables import fold
from juries.models import Criterion, CriterionValue, Jury
from juries.models.translated import LANGUAGE_CODES

LEFT_OUT = ""
CRITERION = "criterion:"

FACTS = {
    "reference": gettext_lazy("Identifier"),
    "name": gettext_lazy("Name"),
    "first_name": gettext_lazy("First name"),
    "last_name": gettext_lazy("Last name"),
    "email": gettext_lazy("E-mail address"),
    "phone": gettext_lazy("Phone number"),
    "birth_year": gettext_lazy("Year of birth"),
    "street_address": gettext_lazy("Street address"),
    "postal_code": gettext_lazy("Postal code"),
    "language": gettext_lazy("Contact language"),
    "address_protected": gettext_lazy("Protected address (yes or no)"),
    "eligible": gettext_lazy("May take part (yes or no)"),
    "can_attend": gettext_lazy("Can come (yes or no)"),
}

FOLLOWS_FROM = {
    Criterion.Source.BIRTH_YEAR: "birth_year",
    Criterion.Source.POSTAL_CODE: "postal_code",
}
"""Criteria whose value follows from a fact need no column of their own."""

KNOWN_NAMES = {
    "reference": [
        "id",
        "tunnus",
        "tunniste",
        "respondent_id",
        "registrant_id",
        "person_id",
        "unique_id",
        "nationbuilder_id",
        "koodi",
        "kod",
        "code",
        "reference",
        "identifier",
        "beteckning",
        "external_id",
        "personal_data_1",
    ],
    "name": ["name", "nimi", "namn", "full name", "koko nimi", "fullständigt namn", "full_name"],
    "email": [
        "email",
        "e-mail",
        "e-mail address",
        "sähköposti",
        "sähköpostiosoite",
        "e-post",
        "e-postadress",
    ],
    "first_name": ["first_name", "first name", "etunimi", "etunimet", "förnamn"],
    "last_name": ["last_name", "last name", "surname", "sukunimi", "efternamn"],
    "phone": [
        "phone",
        "phone number",
        "phone_number",
        "mobile_number",
        "puhelin",
        "puhelinnumero",
        "telefon",
        "telefonnummer",
    ],
    "birth_year": ["birth year", "year of birth", "birth_year", "syntymävuosi", "födelseår"],
    "street_address": [
        "address",
        "street address",
        "street_address",
        "osoite",
        "katuosoite",
        "lähiosoite",
        "adress",
        "gatuadress",
        "primary_address1",
        "address_line1",
    ],
    "postal_code": [
        "postal code",
        "postal_code",
        "postcode",
        "zip",
        "postinumero",
        "postnummer",
        "primary_zip",
    ],
    "language": ["contact language", "asiointikieli", "kontaktspråk", "contact_language"],
    "address_protected": ["address_protected", "turvakielto", "spärrmarkering"],
    "eligible": ["eligible"],
    "can_attend": ["can_attend"],
}

STRATUM = "stratum_"
"""What stands before the name of a criterion in files of Decidim."""


@dataclass(frozen=True, slots=True)
class AskedCriterion:
    """A criterion with its values, found again by any of the names people write."""

    criterion: Criterion
    values: tuple[CriterionValue, ...]
    by_name: Mapping[str, CriterionValue]

    @property
    def target(self) -> str:
        return f"{CRITERION}{self.criterion.pk}"

    def is_told_by(self, columns: Sequence[str]) -> bool:
        """Whether one of the columns tells the value, or what it follows from."""
        fact = FOLLOWS_FROM.get(Criterion.Source(self.criterion.source))
        return self.target in columns or fact in columns


def asked_criteria(jury: Jury) -> list[AskedCriterion]:
    """The criteria of the jury in their order, in two queries; not those made of two others."""
    criteria = jury.criteria.exclude(source=Criterion.Source.COMBINED)
    return [_asked(criterion) for criterion in criteria.prefetch_related("values")]


def _asked(criterion: Criterion) -> AskedCriterion:
    values = tuple(criterion.values.all())
    by_name = {name: value for value in reversed(values) for name in spellings(value)}
    return AskedCriterion(criterion, values, by_name)


def spellings(row: Criterion | CriterionValue) -> set[str]:
    """The key and every name, without what people overlook."""
    texts = [row.key, *(getattr(row, f"name_{code}") for code in LANGUAGE_CODES)]
    return {fold(text) for text in texts if text}


def choices(criteria: Sequence[AskedCriterion]) -> list[tuple[str, str]]:
    """Everything a column can be, for a list to choose from."""
    return [
        (LEFT_OUT, _("Leave out")),
        *((asked.target, str(asked.criterion)) for asked in criteria),
        *((name, str(label)) for name, label in FACTS.items()),
    ]


def guesses(header: Sequence[str], criteria: Sequence[AskedCriterion]) -> list[str]:
    """For each column what it most likely is; nothing is guessed twice."""
    known = {fold(text): name for name, texts in KNOWN_NAMES.items() for text in texts}
    known |= {text: asked.target for asked in criteria for text in spellings(asked.criterion)}
    taken = {LEFT_OUT}
    found = []
    for name in header:
        guess = known.get(fold(name).removeprefix(STRATUM), LEFT_OUT)
        found.append(LEFT_OUT if guess in taken else guess)
        taken.add(guess)
    return found
