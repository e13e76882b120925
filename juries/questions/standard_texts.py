"""The form every jury begins with, in the three languages.

These are data, not messages: a jury stores its form, and an organiser may change every word.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from juries.enums import LegalBasis
from juries.models import Question
from juries.models.translated import LANGUAGE_CODES
from juries.questions.kinds import NO, YES

Kind = Question.Kind
type Texts = tuple[str, str, str]

EMPTY: Texts = ("", "", "")


@dataclass(frozen=True, slots=True)
class StandardQuestion:
    """One question of the standard form; ``{place}`` is the name of the organisation."""

    kind: Kind
    label: Texts
    help: Texts = EMPTY
    required: bool = False
    on: bool = True
    sensitive: bool = False
    legal_basis: LegalBasis = LegalBasis.PUBLIC_TASK
    stops_for: tuple[str, ...] = ()
    choices: Mapping[str, Texts] | None = None


@dataclass(frozen=True, slots=True)
class StandardSection:
    """One page of the standard form."""

    title: Texts
    intro: Texts
    questions: tuple[StandardQuestion, ...]
    criteria: bool = False


def in_columns(name: str, texts: Texts, **places: str) -> dict[str, str]:
    """The columns ``<name>_<language>``; ``places`` has the name of the place per language."""
    return {
        f"{name}_{code}": text.replace("{place}", places.get(code, ""))
        for code, text in zip(LANGUAGE_CODES, texts, strict=True)
    }


ELIGIBILITY = StandardSection(
    title=("Voitko osallistua?", "Kan du delta?", "Can you take part?"),
    intro=(
        "Katsotaan ensin, voitko olla mukana. Jos et voi, mitään ei tallenneta.",
        "Vi ser först om du kan vara med. Om du inte kan det sparas ingenting.",
        "First we see whether you can take part. If you cannot, nothing is stored.",
    ),
    questions=(
        StandardQuestion(
            Kind.BIRTH_YEAR,
            ("Syntymävuosi", "Födelseår", "Year of birth"),
            (
                "Neljä numeroa, esimerkiksi 1984.",
                "Fyra siffror, till exempel 1984.",
                "Four digits, for example 1984.",
            ),
            required=True,
        ),
        StandardQuestion(
            Kind.YES_NO,
            (
                "Onko {place} kotikuntasi?",
                "Är {place} din hemkommun?",
                "Is {place} your municipality of residence?",
            ),
            required=True,
            stops_for=(NO,),
        ),
        StandardQuestion(
            Kind.POSTAL_CODE,
            ("Postinumero", "Postnummer", "Postal code"),
            (
                "Viisi numeroa, esimerkiksi 00100.",
                "Fem siffror, till exempel 00100.",
                "Five digits, for example 00100.",
            ),
            on=False,
        ),
        StandardQuestion(
            Kind.YES_NO,
            (
                "Oletko luottamushenkilö tai valmisteletko raadin aihetta työssäsi?",
                "Är du förtroendevald, eller bereder du rådets ämne i ditt arbete?",
                "Are you an elected official, or do you prepare the topic of the jury at work?",
            ),
            required=True,
            on=False,
            stops_for=(YES,),
        ),
    ),
)

CONTACT_DETAILS = StandardSection(
    title=("Yhteystietosi", "Dina kontaktuppgifter", "Your contact details"),
    intro=(
        "Näillä kerromme, miten arvonnassa kävi, ja huomaamme, jos joku ilmoittautuu kahdesti.",
        "Med dem berättar vi hur det gick i lottningen och märker om någon anmäler sig två gånger.",
        "We use these to tell you how the lottery went and to notice if somebody registers twice.",
    ),
    questions=(
        StandardQuestion(Kind.NAME, ("Nimi", "Namn", "Name"), required=True),
        StandardQuestion(
            Kind.EMAIL,
            ("Sähköpostiosoite", "E-postadress", "E-mail address"),
            (
                "Anna sähköpostiosoite, puhelinnumero tai molemmat.",
                "Ge en e-postadress, ett telefonnummer eller båda.",
                "Give an e-mail address, a phone number, or both.",
            ),
        ),
        StandardQuestion(Kind.PHONE, ("Puhelinnumero", "Telefonnummer", "Phone number")),
        StandardQuestion(Kind.ADDRESS, ("Katuosoite", "Gatuadress", "Street address"), on=False),
        StandardQuestion(
            Kind.LANGUAGE,
            (
                "Millä kielellä otamme sinuun yhteyttä?",
                "På vilket språk ska vi kontakta dig?",
                "In which language shall we contact you?",
            ),
            required=True,
        ),
    ),
)

BACKGROUND = StandardSection(
    title=(
        "Taustatiedot arvontaa varten",
        "Bakgrundsuppgifter för lottningen",
        "Background for the lottery",
    ),
    intro=(
        "Raati arvotaan niin, että se muistuttaa väestöä. Siksi kysymme näitä.",
        "Rådet lottas så att det liknar befolkningen. Därför frågar vi det här.",
        "The jury is drawn so that it resembles the population. That is why we ask.",
    ),
    questions=(
        StandardQuestion(
            Kind.CHOICE,
            (
                "Mitä ajattelet raadin aiheesta nyt?",
                "Vad tänker du om rådets ämne just nu?",
                "What do you think of the jury's topic at the moment?",
            ),
            on=False,
            sensitive=True,
            legal_basis=LegalBasis.EXPLICIT_CONSENT,
            choices={
                "for": ("Muutosta tarvitaan", "Det behövs en förändring", "Change is needed"),
                "against": (
                    "Nykyinen on hyvä",
                    "Det är bra som det är",
                    "It is good as it is",
                ),
                "unsure": ("En osaa sanoa", "Jag kan inte säga", "I cannot say"),
            },
        ),
    ),
    criteria=True,
)

NEEDS = StandardSection(
    title=(
        "Mitä tarvitset, jotta voit osallistua?",
        "Vad behöver du för att kunna delta?",
        "What do you need in order to take part?",
    ),
    intro=(
        "Tähän ei tarvitse vastata. Vastaus ei vaikuta arvontaan, ja sen näkevät vain ne, jotka"
        " hoitavat järjestelyt.",
        "Du behöver inte svara. Svaret påverkar inte lottningen och ses bara av dem som sköter"
        " arrangemangen.",
        "You need not answer. The answer has no effect on the lottery, and only those who make the"
        " arrangements see it.",
    ),
    questions=(
        StandardQuestion(
            Kind.NEEDS,
            ("Tarpeesi", "Dina behov", "Your needs"),
            sensitive=True,
            legal_basis=LegalBasis.EXPLICIT_CONSENT,
        ),
    ),
)

CONSENTS = StandardSection(
    title=("Suostumuksesi", "Dina samtycken", "Your consents"),
    intro=(
        "Nämä ovat vapaaehtoisia eivätkä vaikuta arvontaan. Voit perua suostumuksen milloin vain.",
        "De här är frivilliga och påverkar inte lottningen. Du kan när som helst ta tillbaka ett"
        " samtycke.",
        "These are voluntary and have no effect on the lottery. You can take a consent back at any"
        " time.",
    ),
    questions=(
        StandardQuestion(
            Kind.CONSENT,
            (
                "Jos minut arvotaan raatiin, nimeni saa julkaista.",
                "Om jag lottas till rådet får mitt namn publiceras.",
                "If I am drawn for the jury, my name may be published.",
            ),
            on=False,
            legal_basis=LegalBasis.CONSENT,
        ),
        StandardQuestion(
            Kind.CONSENT,
            (
                "Minut saa kuvata raadin tapaamisissa, ja kuvia saa julkaista.",
                "Jag får fotograferas på rådets möten, och bilderna får publiceras.",
                "I may be photographed at the sessions, and the pictures may be published.",
            ),
            on=False,
            legal_basis=LegalBasis.CONSENT,
        ),
        StandardQuestion(
            Kind.CONSENT,
            (
                "Minulle saa kertoa seuraavasta raadista.",
                "Jag får kontaktas om nästa råd.",
                "I may be told about the next jury.",
            ),
            on=False,
            legal_basis=LegalBasis.CONSENT,
        ),
    ),
)

STANDARD = (ELIGIBILITY, CONTACT_DETAILS, BACKGROUND, NEEDS, CONSENTS)
