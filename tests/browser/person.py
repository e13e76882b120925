"""Somebody at a browser of their own, who looks at every page they come to."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext, override
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from tests.browser.eyes import listen, look

PATIENCE = 15_000
"""Milliseconds in which a page must have come."""

MOST_STOPS = 120
"""Tab stops before a person with a keyboard would give up."""

HERE = """() => {
  const element = document.activeElement;
  const lines = [element, element.closest("label, summary")].filter(Boolean).map(getComputedStyle);
  return {
    name: element.getAttribute("name"),
    text: element.innerText?.trim(),
    shown: element === document.body || lines.some((line) => line.boxShadow !== "none"
      || (line.outlineStyle !== "none" && parseFloat(line.outlineWidth) >= 2)),
  };
}"""


class Person:
    """Finds buttons and links by their words, in the language of the pages."""

    options: ClassVar[Mapping[str, Any]] = {}
    """What their browser is like."""

    def __init__(
        self,
        chromium: Browser,
        address: str,
        language: str,
        findings: list[str],
        widths: Sequence[int],
        *,
        axe_at: Sequence[int],
    ) -> None:
        self.language, self.findings = language, findings
        self.widths, self.axe_at = widths, axe_at
        self.context: BrowserContext = chromium.new_context(base_url=address, **self.options)
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        listen(self.page, findings)

    def words(self, text: str, **names: object) -> str:
        """What the pages say for a text of the source."""
        with override(self.language):
            translated = gettext(text)
        return translated % names if names else translated

    def url(self, name: str, *arguments: object) -> str:
        with override(self.language):
            return reverse(name, args=arguments)

    def look(self) -> None:
        look(self.page, self.findings, self.widths, axe_at=self.axe_at)

    def go(self, name: str, *arguments: object) -> None:
        self.page.goto(self.url(name, *arguments))
        self.look()

    def come_by(self, address: str) -> None:
        """Opens an address that was handed over."""
        self.page.goto(address)
        self.look()

    def follow(self, text: str, *, within: str = "main") -> None:
        """Clicks the link with these words."""
        self._leave_by(self.page.locator(within).get_by_role("link", name=self.words(text)))

    def press(self, text: str, *, within: str = "main") -> None:
        """Clicks the button with these words."""
        self._leave_by(self.page.locator(within).get_by_role("button", name=self.words(text)))

    def press_at(self, selector: str) -> None:
        """Clicks the one button that the selector names."""
        self._leave_by(self.page.locator(selector))

    def confirm(self, text: str) -> None:
        """Opens what asks first, and presses the button inside."""
        self.page.locator("summary", has_text=self.words(text)).click()
        self.press(text)

    def _leave_by(self, way: Locator) -> None:
        with self.page.expect_navigation():
            way.first.click()
        self.look()

    def fill(self, **fields: object) -> None:
        """Writes into the fields of these names."""
        for name, text in fields.items():
            self.page.locator(f"main [name='{name}']").fill(str(text))

    def choose(self, name: str, value: object) -> None:
        self.page.locator(f"main [name='{name}'][value='{value}']").check()

    def select(self, name: str, value: str) -> None:
        self.page.locator(f"main select[name='{name}']").select_option(value)

    def reads(self, *texts: str) -> bool:
        """Whether the page shows all the texts."""
        shown = self.page.inner_text("body")
        missing = [text for text in texts if text not in shown]
        assert not missing, f"{missing} not on {self.page.url}:\n{shown}"
        return True

    def close(self) -> None:
        self.context.close()


class AtKeyboard(Person):
    """Touches no mouse: goes from stop to stop, and sees at each where they are."""

    def tab_to(self, stop: str) -> None:
        """Presses Tab until the field with this name, or the link or button with these words.

        Every stop on the way shows the focus.
        """
        for _stop in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            here = self.page.evaluate(HERE)
            assert here["shown"], f"focus unseen at {here} on {self.page.url}"
            if stop in {here["name"], here["text"]}:
                return
        raise AssertionError(f"no Tab leads to {stop} on {self.page.url}")

    def type_into(self, name: str, text: str) -> None:
        self.tab_to(name)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def pick(self, name: str, place: int) -> None:
        """Chooses the answer at this place among radio buttons: arrows from the first, Space."""
        self.tab_to(name)
        for _step in range(place):
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Space")

    def enter(self, text: str) -> None:
        """Goes to a link or a button by Tab and presses Enter there."""
        self.tab_to(self.words(text))
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.look()
