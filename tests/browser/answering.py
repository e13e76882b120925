"""Somebody of 75 with a phone: from the letter to the receipt, with a mistake on every page."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import uuid4

from django.utils import timezone

from juries.enums import Stage
from juries.invitation.candidates import those_not_invited
from juries.invitation.choosing import everybody
from juries.invitation.waves import code_in, make_wave
from juries.models import Jury, Question
from juries.questions.kinds import name_of
from juries.questions.standard import ensure_form
from tests import factories
from tests.browser.eyes import HEIGHT, WIDER_THAN_THE_SCREEN
from tests.browser.person import Person

NAME = "Elli Iäkäs"
PHONE = "040 765 4321"
QUOTAS = {
    "Sukupuoli": {"nainen": (2, 2), "mies": (2, 2)},
    "Ikä": {"alle 50": (1, 3), "50 tai yli": (1, 3)},
}


class WithoutScripts(Person):
    """A browser in which no script of a page runs."""

    options: ClassVar[Mapping[str, Any]] = {"java_script_enabled": False}

    def look(self) -> None:
        """Axe is a script too, so only the width is seen."""
        for width in self.widths:
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            self.findings += self.page.evaluate(WIDER_THAN_THE_SCREEN)


def invite(language: str) -> tuple[Jury, str]:
    """A jury open to those invited, and the code in one person's letter."""
    jury = factories.make_jury(
        "kylanraitti",
        quotas=QUOTAS,
        name_fi="Kylänraitti",
        name_sv="Byvägen",
        charge_fi="Mitä kylänraitille rakennetaan?",
        charge_sv="Vad ska byggas vid byvägen?",
        first_contact="Orvokki Alkulähde",
        first_contact_phone="040 123 4567",
        stage=Stage.REGISTRATION,
        invitation_only=True,
        one_per_household=True,
    )
    ensure_form(jury)
    person = factories.make_invitee(jury, name=NAME, language=language)
    candidates = those_not_invited(person.sample)
    wave = make_wave(
        sample=person.sample,
        request=uuid4(),
        plan=everybody(candidates),
        typed=1,
        by=factories.make_user(),
    )
    return jury, code_in(wave.invitations.get())


def open_the_letter(person: Person, jury: Jury, code: str) -> None:
    """The QR code of the letter; the first page comes with the code in its place."""
    person.come_by(f"{person.url('sign_up', jury.slug)}?code={code}")
    assert person.page.input_value("[name=invitation_code]") == code


def tell_who_i_am(person: Person, jury: Jury) -> None:
    """Two digits of the year and no answer to the rest; then as asked."""
    person.fill(birth_year=51)
    _refused(person)
    person.fill(birth_year=1951, postal_code="99100")
    residence = Question.objects.get(section__jury=jury, kind=Question.Kind.YES_NO, on=True)
    person.choose(name_of(residence), "yes")
    person.press("Continue")


def tell_how_to_reach_me(person: Person) -> None:
    """An address with a dot too few; then the phone alone."""
    person.fill(name=NAME, email="elli@kyla", street_address="Kylänraitti 4")
    _refused(person)
    person.fill(email="", phone=PHONE)
    person.press("Continue")


def leave_and_come_back(person: Person, jury: Jury, code: str) -> None:
    """The letter is opened again: what was told stands for whoever knows the year."""
    left_at = person.page.url
    person.go("jury", jury.slug)
    person.come_by(f"{person.url('sign_up', jury.slug)}?code={code}")
    person.fill(year=1951)
    person.press("Go on where I was")
    assert person.page.url == left_at


def tell_my_background(person: Person, jury: Jury) -> None:
    """One of two is forgotten."""
    gender, age = jury.criteria.all()
    person.choose(f"criterion_{gender.pk}", "nainen")
    _refused(person)
    person.choose(f"criterion_{age.pk}", "50 tai yli")
    person.press("Continue")


def tell_my_needs(person: Person) -> None:
    """A need, without the tick that it may be stored."""
    person.page.locator("main [type=checkbox]").first.check()
    _refused(person)
    person.page.locator("main [type=checkbox][name^=agreed_]").check()
    person.press("Continue")


def check_and_send(person: Person, jury: Jury) -> str:
    """Everything once more; a name is mended on the way. Gives the code of the receipt."""
    person.reads(NAME, PHONE, "1951")
    person.page.locator("main dl + p a").nth(1).click()
    person.fill(name=f"{NAME}-Demo")
    person.press("Continue")
    person.reads(f"{NAME}-Demo")
    person.press("Sign up")
    person.page.wait_for_url(f"**{person.url('receipt', jury.slug)}")
    return person.page.inner_text("#personal-code")


def correct(person: Person, jury: Jury, code: str) -> None:
    """Another day, with the code that was written down; one letter is wrong at first."""
    person.press("I have the code, finish")
    person.go("own_page")
    person.fill(code=f"{code[:-1]}?")
    person.press("Open my own page")
    person.page.wait_for_selector(".error-summary:focus")
    person.fill(code=code.lower())
    person.press("Open my own page")
    person.follow("Change what I told")
    person.fill(phone="")
    person.press("Save the changes")
    person.page.wait_for_selector(".error-summary:focus")
    person.fill(phone="050 111 2222")
    person.press("Save the changes")
    person.reads(person.words("Your changes have been saved."), "050 111 2222")
    assert jury.registrants.get().phone.replace(" ", "").endswith("501112222")


def withdraw(person: Person, jury: Jury) -> None:
    """First the own data, then out."""
    person.go("own_data")
    person.go("own_page")
    person.follow("Withdraw my registration")
    person.press("Withdraw my registration")
    withdrawn = jury.registrants.get()
    assert withdrawn.withdrawn_at <= timezone.now()
    assert not withdrawn.name


def _refused(person: Person) -> None:
    """The page comes back with a summary of what is wrong, and the focus is on it."""
    person.press("Continue")
    person.page.wait_for_selector(".error-summary:focus")
