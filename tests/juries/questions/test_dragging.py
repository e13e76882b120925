"""The builder in Chromium: by mouse, by keyboard, and when something is refused."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page

from juries.enums import Role
from juries.models import Question
from tests import factories
from tests.juries.questions.building_blocks import question_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Kind = Question.Kind
ROWS = "rows => rows.map((row) => row.id)"


@pytest.fixture
def page(chromium: Browser, live_server: object) -> Iterator[Page]:
    """The builder of a new jury, open to its organiser; ``said`` is what the console says."""
    jury = factories.make_jury()
    needs, gender = question_of(jury, Kind.NEEDS), question_of(jury, Kind.CRITERION)
    Question.objects.filter(pk=needs.pk).update(shown_if=gender, shown_for=["woman"])
    client = Client()
    client.force_login(factories.make_member(jury, Role.ORGANISER))
    context = chromium.new_context(
        base_url=str(live_server), viewport={"width": 1280, "height": 4500}
    )
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies(
        [{"name": name, "value": client.cookies[name].value, "url": str(live_server)}]
    )
    page = context.new_page()
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.goto(f"/en/desk/{jury.slug}/questions/")
    yield page
    assert page.said == []
    context.close()


def row(kind: str) -> str:
    return f"question-{Question.objects.filter(kind=kind).first().pk}"


def order(page: Page) -> list[str]:
    return page.eval_on_selector_all(".form-question", ROWS)


def drag(page: Page, what: str, before: str) -> None:
    handle = page.locator(f"#{what} [data-handle]").bounding_box()
    target = page.locator(f"#{before}").bounding_box()
    page.mouse.move(handle["x"] + 8, handle["y"] + 8)
    page.mouse.down()
    page.mouse.move(handle["x"] + 8, handle["y"] - 8, steps=4)
    page.mouse.move(target["x"] + 90, target["y"] + 4, steps=4)
    with page.expect_response(lambda response: response.url.endswith("/questions/")):
        page.mouse.up()


def test_a_question_is_dragged_to_another_section(page):
    phone, year = row(Kind.PHONE), row(Kind.BIRTH_YEAR)

    drag(page, phone, before=year)

    page.wait_for_selector(f"li:first-child#{phone}")
    assert order(page)[:2] == [phone, year]
    assert Question.objects.get(kind=Kind.PHONE).section.position == 0


def test_what_a_drag_may_not_do_is_said_and_everything_stays(page):
    before = order(page)

    drag(page, row(Kind.NEEDS), before=row(Kind.BIRTH_YEAR))

    page.wait_for_selector(".builder-messages [role=status]")
    assert "has to come after it" in page.inner_text(".builder-messages")
    assert order(page) == before


def test_w6_the_keyboard_moves_a_question_and_keeps_its_place(page):
    phone = row(Kind.PHONE)
    place = order(page).index(phone)

    page.focus(f"#{phone}-up")
    for _press in range(2):
        with page.expect_response(lambda response: response.url.endswith("/questions/")):
            page.keyboard.press("Enter")
        page.wait_for_timeout(100)

    assert order(page).index(phone) == place - 2
    assert page.evaluate("document.activeElement.id") == f"{phone}-up"
