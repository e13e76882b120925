"""Staff at the keyboard alone: pairs decided with one key each, a registration in a minute."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from juries.enums import Role
from juries.models import DuplicateDecision, Jury, Registrant
from tests import factories
from tests.browser.person import Person
from tests.juries.registration.registering import open_jury

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

A_MINUTE = 60.0
BETWEEN_KEYS = 0.2
"""Seconds a practised typist takes for a key."""


class Typist:
    """Counts every key."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys = page, 0

    def press(self, key: str, times: int = 1) -> None:
        for _time in range(times):
            self.page.keyboard.press(key)
        self.keys += times

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)

    def leave_by(self, key: str) -> None:
        with self.page.expect_navigation():
            self.press(key)

    def focus(self) -> str:
        here: str = self.page.evaluate("document.activeElement.name || document.activeElement.id")
        return here

    def tab_to(self, name: str) -> None:
        for _stop in range(30):
            if self.focus() == name:
                return
            self.press("Tab")
        raise AssertionError(f"no Tab leads to {name}")


def recruiter(somebody: Callable[..., Person], jury: Jury, *, widths: tuple[int, ...]) -> Person:
    factories.make_member(jury, Role.RECRUITER, "rekry@kaarnalahti.example")
    person: Person = somebody("en", widths=widths)
    person.go("login")
    person.fill(username="rekry@kaarnalahti.example", password="kaarnalahti")
    person.press("Sign in")
    return person


def test_three_pairs_are_decided_with_one_key_each_and_taken_back(somebody, findings):
    jury = open_jury()
    for number in range(3):
        factories.make_registrants(
            jury, [("woman", "young")] * 2, email=f"pari{number}@kaarnalahti.example"
        )
    person = recruiter(somebody, jury, widths=(320, 1280))
    person.go("duplicates", jury.slug)
    typist = Typist(person.page)

    for key in ("h", "t", "s"):
        assert typist.focus() == "pair"
        typist.leave_by(key)
    person.look()
    outcomes = list(DuplicateDecision.objects.order_by("pk").values_list("outcome", flat=True))
    person.press("Take it back")

    assert outcomes == ["household", "two", "same"]
    assert typist.keys == 3
    assert DuplicateDecision.objects.count() == 2
    assert findings == []


def test_a_key_decides_nothing_outside_the_pair_or_when_switched_off(somebody):
    jury = open_jury()
    factories.make_registrants(jury, [("woman", "young")] * 2, email="pari@kaarnalahti.example")
    person = recruiter(somebody, jury, widths=())
    person.go("duplicates", jury.slug)
    page = person.page

    page.locator("nav.subnav a").first.focus()
    page.keyboard.press("s")
    page.keyboard.press("Control+s")
    page.locator("[data-keys-toggle]").uncheck()
    page.locator("#pair").focus()
    page.keyboard.press("s")
    page.wait_for_timeout(200)

    assert not DuplicateDecision.objects.exists()
    assert page.locator("#pair kbd:visible").count() == 0


def test_r16_a_paper_form_is_entered_in_less_than_a_minute_by_keyboard(somebody, findings):
    jury = open_jury()
    person = recruiter(somebody, jury, widths=(320, 1280))
    person.go("add_registrant", jury.slug)
    typist = Typist(person.page)
    began = time.monotonic()

    typist.write("1958")
    typist.press("Tab")
    typist.write("Y")
    typist.tab_to("name")
    typist.write("Kerttu Varjola-Demo")
    typist.tab_to("phone")
    typist.write("040 123 4567")
    for criterion in jury.criteria.all():
        typist.tab_to(f"criterion_{criterion.pk}")
        typist.write("w" if criterion.key == "gender" else "o")
    typist.leave_by("Enter")
    seconds = time.monotonic() - began + typist.keys * BETWEEN_KEYS
    person.look()

    registrant = Registrant.objects.get()
    assert {value.key for value in registrant.values.all()} == {"woman", "old"}
    assert registrant.birth_year == 1958
    assert typist.keys < 120
    assert seconds < A_MINUTE
    assert typist.focus() == "birth_year"
    assert findings == []
