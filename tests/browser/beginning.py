"""The first chapters: an organiser sets up the jury, and people come into its pool."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import FilePayload

from juries.intake.uploads import read_upload
from juries.models import CriterionValue, Jury, Upload
from tests.browser.person import AtKeyboard, Person

POPULATION = """criterion;value;population
Sukupuoli;nainen;510
Sukupuoli;mies;490
Ikä;alle 50;620
Ikä;50 tai yli;380
"""
KINDS = [
    ("nainen", "alle 50"),
    ("mies", "50 tai yli"),
    ("nainen", "50 tai yli"),
    ("mies", "alle 50"),
]
NAME = "Orvokki Rekisteröityjä"


def sign_in(organiser: Person, email: str) -> None:
    organiser.go("front")
    organiser.follow("Sign in", within="header")
    organiser.fill(username=email, password="kaarnalahti")
    organiser.press("Sign in")


def set_up(organiser: Person) -> Jury:
    """From the template to open registration; something is forgotten on the way."""
    organiser.follow("New jury")
    organiser.follow("citizens' jury")
    organiser.fill(
        name_fi="Kylänraitti",
        name_sv="Byvägen",
        charge_fi="Mitä kylänraitille rakennetaan?",
        charge_sv="Vad byggs vid byvägen?",
        commissioner="Tekninen lautakunta",
        receiver="Tekninen lautakunta",
        first_contact="Orvokki Alkulähde",
        first_contact_phone="040 123 4567",
        panel_size=6,
        first_session_on=timezone.localdate() + timedelta(days=82),
    )
    organiser.press("Suggest the other dates")
    organiser.page.locator("[name=invitation_only]").uncheck()
    organiser.fill(name_sv="")
    organiser.press("Create the jury")
    organiser.page.wait_for_selector(".error-summary:focus")
    organiser.fill(name_sv="Byvägen")
    organiser.press("Create the jury")
    jury = Jury.objects.get()

    organiser.go("criteria", jury.slug)
    organiser.fill(pasted=POPULATION.replace("510", "viisisataa"))
    organiser.press("Take the table")
    organiser.fill(pasted=POPULATION)
    organiser.press("Take the table")
    organiser.go("home", jury.slug)
    organiser.press("Open registration")
    organiser.go("jury_settings", jury.slug)
    return jury


TOLD = {
    "birth_year": "1984",
    "postal_code": "99999",
    "name": NAME,
    "email": "orvokki@kylanraitti.example",
    "street_address": "Kylänraitti 4 A 2",
}
"""What is typed where it is asked; the rest is left empty."""

FIELDS = """() => [...document.querySelectorAll("main form [name]")]
  .filter((field) => ["radio", "text", "email", "tel"].includes(field.type))
  .map((field) => [field.name, field.type])"""


def sign_up_by_keyboard(registrant: AtKeyboard, jury: Jury) -> str:
    """From the front page to the receipt without a mouse; gives the personal code."""
    registrant.go("front")
    registrant.enter(jury.name_fi if registrant.language == "fi" else jury.name_sv)
    registrant.enter("Register")
    registrant.enter("Continue")
    registrant.page.wait_for_selector(".error-summary:focus")
    second = {f"criterion_{criterion.pk}": 1 for criterion in jury.criteria.all()[1:]}
    while not registrant.page.url.endswith(registrant.url("sign_up_check", jury.slug)):
        answer_by_keyboard(registrant, second)
        registrant.enter("Continue")
    assert registrant.reads(NAME, "1984")
    registrant.enter("Sign up")
    registrant.page.wait_for_url(f"**{registrant.url('receipt', jury.slug)}")
    return registrant.page.inner_text("#personal-code")


def answer_by_keyboard(registrant: AtKeyboard, second: Mapping[str, int]) -> None:
    """Answers what the page asks, in the order in which it asks; where there is a choice, the
    first answer unless the second is wanted.
    """
    for name, kind in dict(registrant.page.evaluate(FIELDS)).items():
        if kind == "radio":
            registrant.pick(name, second.get(name, 0))
        elif name in TOLD:
            registrant.type_into(name, TOLD[name])


def change_by_keyboard(registrant: AtKeyboard, code: str) -> None:
    """Leaves, comes back with the code, and corrects an answer."""
    registrant.enter("I have the code, finish")
    registrant.go("front")
    registrant.enter("My own page")
    registrant.type_into("code", code)
    registrant.enter("Open my own page")
    assert registrant.reads(NAME, "1984")
    registrant.enter("Change what I told")
    registrant.type_into("birth_year", "1983")
    registrant.enter("Save the changes")
    assert registrant.reads(registrant.words("Your changes have been saved."), "1983")


def bring_in_others(organiser: Person, jury: Jury, people: int = 19) -> None:
    """A file, first with a value the jury does not know."""
    rows = [
        f"Asukas {number};asukas{number}@kylanraitti.example;{1940 + 3 * number};{gender};{age}"
        for number in range(people)
        for gender, age in [KINDS[number % len(KINDS)]]
    ]
    rows[3] = rows[3].replace("mies", "herra")
    content = "\n".join(["name;email;birth year;Sukupuoli;Ikä", *rows])
    organiser.go("recruitment", jury.slug)
    organiser.go("import", jury.slug)
    give_file(organiser, "väki.csv", content.encode(), "Look at the file")
    man = CriterionValue.objects.get(key="mies")
    organiser.page.locator("select[name^=meaning_]").select_option(str(man.pk))
    organiser.press("Look again")
    organiser.press_at("main button[value=import]")
    assert jury.registrants.count() == people + 1


def count_the_pool(organiser: Person, jury: Jury) -> None:
    organiser.go("duplicates", jury.slug)
    organiser.go("pool", jury.slug)
    organiser.page.wait_for_selector("main [hx-trigger=load]", state="detached")
    organiser.look()
    organiser.go("selection:feasibility", jury.slug)
    organiser.go("selection:lottery", jury.slug)
    organiser.go("home", jury.slug)
    organiser.confirm("Close registration")


def give_file(organiser: Person, name: str, content: bytes, button: str) -> None:
    """Chosen and sent; the page that waits for the worker goes on by itself."""
    organiser.page.set_input_files(
        "main [name=file]",
        FilePayload(name=name, mimeType="application/octet-stream", buffer=content),
    )
    organiser.press(button)
    waiting = organiser.page.url
    read_upload(Upload.objects.latest("pk").pk)
    organiser.page.wait_for_url(lambda url: url != waiting)
    organiser.look()
