"""Every piece of the look in Chromium, under the policy the house is served with."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.look.pages"),
]

WIDTHS = [320, 1280]


@pytest.fixture
def page(chromium: Browser, live_server: object) -> Iterator[Page]:
    """The gallery, open; what the policy forbade is on the page as ``said``."""
    page = chromium.new_page(base_url=str(live_server))
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.goto("/en/gallery/")
    yield page
    page.close()


def violations(page: Page) -> list[str]:
    return [violation["id"] for violation in Axe().run(page).response["violations"]]


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_wrong_takes_the_focus_and_passes_axe(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})

    page.click("#send")

    page.wait_for_selector(".error-summary:focus")
    assert violations(page) == []


def test_what_is_wrong_takes_the_focus_without_scripts(
    chromium: Browser, live_server: object
) -> None:
    context = chromium.new_context(base_url=str(live_server), java_script_enabled=False)
    page = context.new_page()
    page.goto("/en/gallery/")

    page.click("#send")

    page.wait_for_selector(".error-summary:focus")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#id_name:target")
    context.close()


def test_a_part_that_refreshes_itself_leaves_the_focus_where_it_is(page: Page) -> None:
    page.focus("#stop")
    before = page.inner_text("#poll span")

    page.wait_for_function(
        "text => document.querySelector('#poll span').textContent !== text", arg=before
    )

    assert page.evaluate("document.activeElement.id") == "stop"


def test_a_screen_that_nobody_stands_beside_moves_to_what_appeared_last(page: Page) -> None:
    page.evaluate(
        """() => {
          document.body.dataset.follow = ".appeared";
          document.body.insertAdjacentHTML("beforeend", "<p class='appeared'>Last</p>");
        }"""
    )
    assert page.evaluate("document.querySelector('.appeared').offsetTop > 2 * innerHeight")

    page.wait_for_function(
        "() => document.querySelector('.appeared').getBoundingClientRect().bottom <= innerHeight"
    )


def test_a_form_part_answered_with_errors_takes_the_focus(page: Page) -> None:
    page.click("#swap")

    page.wait_for_selector("#part .error-summary:focus")
    assert page.url.endswith("/en/gallery/")


def test_a_refusal_is_said_and_replaces_nothing(page: Page) -> None:
    page.click("#refused")

    page.wait_for_selector("#trouble:not(:empty)")
    assert page.inner_text("#target") == ""


def test_a_lost_connection_is_said_until_it_is_back(page: Page) -> None:
    page.route("**/*part=poll", lambda route: route.abort())
    page.wait_for_selector("#trouble:not(:empty)")

    page.unroute("**/*part=poll")

    page.wait_for_selector("#trouble:empty", state="attached")


def test_a_whole_page_in_answer_to_a_part_is_opened_as_a_page(page: Page) -> None:
    page.click("#away")

    page.wait_for_url("**/en/contact/")


def test_the_policy_forbids_nothing_that_the_look_needs(page: Page) -> None:
    page.click("#swap")
    page.wait_for_selector("#part .error-summary:focus")

    assert [line for line in page.said if "Content Security Policy" in line] == []
    assert page.evaluate("htmx.version") == "4.0.1"
