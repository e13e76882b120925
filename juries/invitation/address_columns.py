"""Which column of a file of addresses says what: what a column can be, and the guess from its name.

The names are those of the population register's extracts and of the usual spreadsheets, in
Finnish, Swedish and English. A personal identity code is not among them: it is never stored.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juries.files.tables import fold

LEFT_OUT = ""

FACTS: Mapping[str, Promise] = MappingProxyType(
    {
        "name": gettext_lazy("Whole name"),
        "first_names": gettext_lazy("First names"),
        "last_name": gettext_lazy("Last name"),
        "street_address": gettext_lazy("Street address"),
        "postal_code": gettext_lazy("Postal code"),
        "town": gettext_lazy("Town"),
        "language": gettext_lazy("Language"),
        "birth_year": gettext_lazy("Year or day of birth"),
        "stratum": gettext_lazy("Group"),
        "protected": gettext_lazy("Mark of a protected address"),
    }
)

KNOWN_NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "name": ("name", "full name", "full_name", "nimi", "koko nimi", "namn")
        + ("fullständigt namn", "hela namnet"),
        "first_names": ("first name", "first names", "first_name", "given name", "given names")
        + ("etunimi", "etunimet", "kutsumanimi", "förnamn", "tilltalsnamn"),
        "last_name": ("last name", "last_name", "surname", "family name", "sukunimi")
        + ("nykyinen sukunimi", "efternamn", "släktnamn"),
        "street_address": ("address", "street", "street address", "street_address", "osoite")
        + ("katuosoite", "lähiosoite", "lähiosoite suomeksi", "kotiosoite", "postiosoite")
        + ("vakinainen kotimainen lähiosoite", "vakinainen osoite", "adress", "gatuadress")
        + ("näradress", "hemadress", "postadress", "postal address"),
        "postal_code": ("postal code", "postal_code", "postcode", "zip", "zip code")
        + ("postinumero", "postinro", "postnummer", "postnr", "vakinainen postinumero"),
        "town": ("town", "city", "post office", "postal district", "postitoimipaikka", "kunta")
        + ("kaupunki", "paikkakunta", "postitoimipaikka suomeksi", "ort", "postort")
        + ("postanstalt", "stad", "postkontor", "vakinainen postitoimipaikka"),
        "language": ("language", "mother tongue", "contact language", "kieli", "äidinkieli")
        + ("asiointikieli", "kielikoodi", "språk", "modersmål", "kontaktspråk", "språkkod"),
        "birth_year": ("birth year", "birth_year", "year of birth", "date of birth", "birthday")
        + ("syntymävuosi", "syntymäaika", "syntymäpäivä", "födelseår", "födelsetid")
        + ("födelsedatum", "född"),
        "stratum": ("group", "stratum", "stratum id", "ryhmä", "osite", "grupp", "stratum namn")
        + ("ikäryhmä", "age group", "åldersgrupp", "alue", "område", "area"),
        "protected": ("protected", "protected address", "non-disclosure", "turvakielto")
        + ("turvakiellon alainen", "turvakieltotieto", "spärrmarkering", "spärrmarkerad"),
    }
)

NEEDED = ("street_address", "postal_code", "town")


def choices() -> list[tuple[str, str]]:
    """Everything a column can be, for a list to choose from."""
    return [(LEFT_OUT, _("Leave out")), *((name, str(label)) for name, label in FACTS.items())]


def guesses(header: Sequence[str]) -> list[str]:
    """For each column what it most likely is; nothing is guessed twice."""
    known = {fold(text): name for name, texts in KNOWN_NAMES.items() for text in texts}
    taken = {LEFT_OUT}
    found = []
    for name in header:
        guess = known.get(fold(name.replace("_", " ")), known.get(fold(name), LEFT_OUT))
        found.append(LEFT_OUT if guess in taken else guess)
        taken.add(guess)
    return found


def wrong_columns(columns: Sequence[str]) -> list[str]:
    """A sentence for each thing that keeps the columns from being understood."""
    used = [name for name in columns if name != LEFT_OUT]
    wrong = [
        _("Two columns are “%(what)s”. Choose one of them.") % {"what": FACTS[name]}
        for name in dict.fromkeys(used)
        if used.count(name) > 1
    ]
    if "name" not in used and "last_name" not in used:
        wrong.append(_("No column holds the name. Choose which one does."))
    wrong += [
        _("No column is “%(what)s”. Choose which one is.") % {"what": FACTS[name]}
        for name in NEEDED
        if name not in used
    ]
    return wrong
