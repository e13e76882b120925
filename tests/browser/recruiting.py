"""An organiser in a hurry: from the template to open registration, with letters on their way."""

import csv
import io
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from juries.invitation import printing
from juries.invitation.waves import letters_of
from juries.models import AddressSample, Jury, PrintJob, Question, Wave
from tests.browser.beginning import give_file
from tests.browser.person import Person

STATISTICS = Path(settings.BASE_DIR) / "docs" / "example" / "statistics"
PEOPLE = 40
HEADER = [
    "Sukunimi",
    "Etunimet",
    "Lähiosoite",
    "Postinumero",
    "Postitoimipaikka",
    "Äidinkieli",
    "Syntymävuosi",
    "Turvakielto",
]


def begin_a_jury(organiser: Person) -> Jury:
    """Only what the page says is enough; whatever it wants before publication comes later."""
    organiser.follow("New jury")
    organiser.follow("citizens' jury")
    organiser.fill(
        name_fi="Kylänraitti",
        name_sv="Byvägen",
        charge_fi="Mitä kylänraitille rakennetaan?",
        charge_sv="Vad ska byggas vid byvägen?",
        first_session_on=timezone.localdate() + timedelta(days=82),
    )
    organiser.press("Suggest the other dates")
    organiser.press("Create the jury")
    return Jury.objects.get()


def say_who_receives(organiser: Person, jury: Jury) -> None:
    """The jury's home says what is missing; the settings take it."""
    organiser.go("home", jury.slug)
    organiser.go("jury_settings", jury.slug)
    organiser.fill(
        commissioner="Tekninen lautakunta",
        receiver="Kunnanvaltuusto",
        first_contact="Orvokki Alkulähde",
        first_contact_phone="040 123 4567",
    )
    organiser.press("Save")


def bring_the_population(organiser: Person, jury: Jury) -> None:
    """A table of Statistics Finland as it was downloaded; what is suggested is taken."""
    organiser.go("criteria", jury.slug)
    organiser.follow("Choose a file")
    give_file(organiser, "11re.json", (STATISTICS / "11re.json").read_bytes(), "Read the file")
    organiser.press("Look at the result")
    organiser.press("Make these criteria")
    assert jury.criteria.count() == 2


def add_a_question(organiser: Person, jury: Jury) -> None:
    """The form is glanced at, one question is added, and the form is seen as others see it."""
    organiser.go("form_builder", jury.slug)
    section = jury.form_sections.order_by("position").last()
    card = f"#section-{section.pk}"
    organiser.page.locator(f"{card} select[name=kind]").select_option(Question.Kind.CHOICE)
    organiser.press_at(f"{card} .add-question button")
    organiser.fill(label_fi="Kuljetko raitilla?", label_sv="Rör du dig på byvägen?")
    organiser.press("Save")
    for number, (finnish, swedish) in enumerate(
        [("päivittäin", "dagligen"), ("harvoin", "sällan")]
    ):
        organiser.fill(
            **{
                f"choice-{number}-label_fi": finnish,
                f"choice-{number}-label_sv": swedish,
            }
        )
    organiser.press("Save")
    organiser.go("form_preview", jury.slug)
    assert organiser.reads("Kuljetko raitilla?" if organiser.language == "fi" else "Rör du dig")


def bring_addresses(organiser: Person, jury: Jury) -> AddressSample:
    """The register's extract; the number of the permit is forgotten first."""
    organiser.go("recruitment", jury.slug)
    organiser.follow("Address sample")
    give_file(organiser, "otos.csv", extract(), "Look at the file")
    organiser.press_at("main button[value=import]")
    organiser.page.wait_for_selector(".error-summary:focus")
    organiser.fill(permit_number="VRK/1234/2026", purpose="Kutsut kylänraitin raatiin")
    organiser.press_at("main button[value=import]")
    return AddressSample.objects.get()


def extract() -> bytes:
    """Addresses as the population register gives them, one of them protected, one twice."""
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";")
    rows.writerow(HEADER)
    people = [
        ["Virtanen", f"Aino {chr(65 + number % 26)}", f"Kyläraitti {number}", "99100", "KYLÄ"]
        + [("fi", "sv")[number % 4 == 0], 1940 + number, "1" if number == 7 else ""]
        for number in range(1, PEOPLE)
    ]
    rows.writerows([*people, people[2]])
    return out.getvalue().encode("cp1252")


def make_a_wave(organiser: Person, sample: AddressSample) -> Wave:
    """Thirty by lot; the number is typed once more, wrong at first."""
    organiser.follow("Make a wave of letters")
    organiser.choose("way", "number")
    organiser.fill(count=30)
    organiser.press("Look at the numbers")
    organiser.fill(typed=3)
    organiser.press_at("main button[value=make]")
    organiser.page.wait_for_selector(".error-summary:focus")
    organiser.fill(typed=30)
    organiser.press_at("main button[value=make]")
    return sample.waves.get()


def read_the_letter(organiser: Person, jury: Jury) -> None:
    """The words are looked at as the person gets them, on paper too."""
    organiser.go("post", jury.slug)
    organiser.go("text_letter_invitation", jury.slug)
    organiser.press("Look at it first")
    link = organiser.page.locator("main a[href*='sample.pdf']").first.get_attribute("href")
    assert organiser.page.request.get(link).body().startswith(b"%PDF")


def make_the_letters(organiser: Person, wave: Wave) -> None:
    """A worker sets them while the page is open; it shows the file by itself."""
    organiser.go("wave", wave.jury.slug, wave.pk)
    organiser.follow("Go to the letters")
    organiser.press("Make the letters")
    printing.carry_out(PrintJob.objects.get().pk)
    organiser.page.locator("main [name=reason]").wait_for()
    organiser.look()
    organiser.fill(reason="Painotalolle")
    with organiser.page.expect_download() as download:
        organiser.page.get_by_role("button", name=organiser.words("Download the letters")).click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    organiser.go("wave", wave.jury.slug, wave.pk)
    organiser.press("Note the day")


def open_registration(organiser: Person, jury: Jury) -> None:
    organiser.go("home", jury.slug)
    organiser.press("Open registration")
    organiser.go("recruitment", jury.slug)


def see_how_it_goes(organiser: Person, jury: Jury) -> None:
    """Somebody has answered; nobody is far from what the draw needs."""
    organiser.go("response", jury.slug)
    organiser.go("forecast", jury.slug)
    organiser.go("outreach", jury.slug)
    organiser.go("reach", jury.slug)
    organiser.go("pool", jury.slug)
    organiser.page.wait_for_selector("main [hx-trigger=load]", state="detached")
    organiser.look()
    organiser.go("home", jury.slug)


def code_in_a_letter(wave: Wave, language: str) -> str:
    return next(letter.code for letter in letters_of(wave) if letter.language == language)
