"""An old phone on a slow line: the sign-up page without a script, and what it weighs."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from juries.enums import Stage
from juries.models import Jury
from tests import factories
from tests.browser.beginning import FIELDS, TOLD
from tests.browser.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIMIT = 60_000


def open_jury() -> Jury:
    return factories.make_jury(stage=Stage.REGISTRATION, invitation_only=False)


def visit_weighed(page: Page, address: str) -> list[tuple[str, int]]:
    """Every file the page asked for, with the bytes that came over the line, headers included."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    asked: dict[str, str] = {}
    weights: list[tuple[str, int]] = []
    line.on(
        "Network.requestWillBeSent", lambda e: asked.update({e["requestId"]: e["request"]["url"]})
    )
    line.on(
        "Network.loadingFinished",
        lambda e: weights.append((asked[e["requestId"]], int(e["encodedDataLength"]))),
    )
    page.goto(address, wait_until="networkidle")
    return weights


def test_one_can_sign_up_change_and_withdraw_without_a_script(
    chromium: Browser, house: str
) -> None:
    jury = open_jury()
    context = chromium.new_context(base_url=house, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/fi/juries/{jury.slug}/sign-up/")

    page.click("main form .hds-button--primary")
    page.wait_for_selector(".error-summary:focus")
    while not page.url.endswith("/check/"):
        for name, kind in dict(page.evaluate(FIELDS)).items():
            if kind == "radio":
                page.check(f"[name={name}] >> nth=0")
            elif name in TOLD:
                page.fill(f"[name={name}]", TOLD[name])
        page.click("main form .hds-button--primary")
    page.click("main form .hds-button--primary")
    code = page.inner_text("#personal-code")
    page.context.clear_cookies()
    page.goto("/fi/own/")
    page.fill("[name=code]", code)
    page.click("main form .hds-button--primary")
    page.click("main a[href='/fi/own/withdraw/']")
    page.click("main form .hds-button--danger")

    assert jury.registrants.get().withdrawn_at is not None
    context.close()


def test_the_first_load_of_the_sign_up_page_is_light_and_asks_no_other_host(
    somebody: Callable[..., Person], findings: list[str]
) -> None:
    person = somebody("fi")
    address = person.url("sign_up", open_jury().slug)

    weights = visit_weighed(person.page, address)

    assert len(weights) > 5
    assert sum(weight for _url, weight in weights) <= LIMIT, weights
    assert findings == []
