"""What the eyes of the browser tests must see: each wrong is put into a page that is right."""

from collections.abc import Callable

import pytest

from tests.browser.person import AtKeyboard, Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WRONG = {
    "axe label": "document.querySelector('label[for=id_username]').remove()",
    "axe color-contrast": "document.querySelector('h1').style.color = '#eee'",
    "wider than the screen": "document.querySelector('h1').style.width = '2000px'",
    "violates the following Content Security Policy directive 'default-src 'self'": (
        "document.body.append(Object.assign(document.createElement('script'), {text: '1'}))"
    ),
    "asks elsewhere.example": (
        "document.body.append(Object.assign(new Image(), {src: 'https://elsewhere.example/'}))"
    ),
    "answered 404": "fetch('/missing/')",
    "page broke": "setTimeout(() => { throw Error('page broke') })",
}


@pytest.mark.parametrize("said", WRONG)
def test_what_is_wrong_on_a_page_is_found(
    said: str, somebody: Callable[..., Person], findings: list[str]
) -> None:
    person = somebody("fi")
    person.go("login")
    assert findings == []

    person.page.evaluate(f"() => {{ {WRONG[said]} }}")
    person.page.wait_for_load_state("networkidle")
    person.look()

    assert any(said in found for found in findings), findings
    findings.clear()


def test_a_focus_that_cannot_be_seen_is_found(somebody: Callable[..., Person]) -> None:
    person = somebody("fi", AtKeyboard)
    person.go("login")
    person.page.evaluate("document.querySelector('[name=username]').style.outline = 'none'")

    with pytest.raises(AssertionError, match="focus unseen"):
        person.tab_to("username")
