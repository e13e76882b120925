"""Names that criteria usually have, in the three languages, so that nobody types them thrice.

These are data, not messages: a jury stores its labels, and an organiser may change each.
"""

from collections.abc import Sequence

from juries.files.tables import fold
from juries.models.translated import LANGUAGE_CODES

# Finnish, Swedish, English: the order of LANGUAGE_CODES.
LABELS = (
    ("ikä", "ålder", "age"),
    ("ikäryhmä", "åldersgrupp", "age group"),
    ("sukupuoli", "kön", "gender"),
    ("äidinkieli", "modersmål", "mother tongue"),
    ("kieli", "språk", "language"),
    ("koulutus", "utbildning", "education"),
    ("koulutusaste", "utbildningsnivå", "level of education"),
    ("alue", "område", "area"),
    ("asuinalue", "bostadsområde", "residential area"),
    ("kaupunginosa", "stadsdel", "city district"),
    ("nainen", "kvinna", "woman"),
    ("naiset", "kvinnor", "women"),
    ("mies", "man", "man"),
    ("miehet", "män", "men"),
    ("muu", "annat", "other"),
    ("en halua kertoa", "vill inte berätta", "do not want to tell"),
    ("suomi", "finska", "Finnish"),
    ("ruotsi", "svenska", "Swedish"),
    ("muu kieli", "annat språk", "another language"),
    ("perusaste", "grundnivå", "basic"),
    ("toinen aste", "andra stadiet", "upper secondary"),
    ("korkea-aste", "högre nivå", "tertiary"),
    ("kyllä", "ja", "yes"),
    ("ei", "nej", "no"),
)
SPELLINGS = {fold(text): label for label in reversed(LABELS) for text in label}


def names_of(text: str, languages: Sequence[str]) -> dict[str, str]:
    """The fields ``name_<language>`` for a label found in a file.

    A known label is there in every language of the jury, and so is one without words (16–29);
    any other stands in the jury's first language and waits for its translations.
    """
    label = dict(zip(LANGUAGE_CODES, SPELLINGS.get(fold(text), ()), strict=False))
    if not any(character.isalpha() for character in text):
        label = dict.fromkeys(languages, text)
    names = {code: label.get(code, "") for code in languages}
    if not any(names.values()):
        names[languages[0]] = text
    capital = text[:1].isupper()
    return {f"name_{code}": _capitalised(name) if capital else name for code, name in names.items()}


def _capitalised(name: str) -> str:
    return name[:1].upper() + name[1:]
