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
    "email": gettext_lazy("E-mail address"),
    "phone": gettext_lazy("Phone number"),
    "birth_year": gettext_lazy("Year of birth"),
    "street_address": gettext_lazy("Street address"),
    "postal_code": gettext_lazy("Postal code"),
    "language": gettext_lazy("Contact language"),
}

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
    "phone": ["phone", "phone number", "puhelin", "puhelinnumero", "telefon", "telefonnummer"],
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
}


@dataclass(frozen=True, slots=True)
class AskedCriterion:
    """A criterion with its values, found again by any of the names people write."""

    criterion: Criterion
    values: tuple[CriterionValue, ...]
    by_name: Mapping[str, CriterionValue]

    @property
    def target(self) -> str:
        return f"{CRITERION}{self.criterion.pk}"


def asked_criteria(jury: Jury) -> list[AskedCriterion]:
    """The criteria of the jury in their order, in two queries."""
    return [_asked(criterion) for criterion in jury.criteria.prefetch_related("values")]


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
        guess = known.get(fold(name), LEFT_OUT)
        found.append(LEFT_OUT if guess in taken else guess)
        taken.add(guess)
    return found
