"""Every page a link leads to, with the people and texts of the demo on it."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import override_settings
from django.urls import resolve
from django.utils.translation import override

from juries import demo
from juries.post.kinds import KINDS
from statements.demo.loading import load
from tests.browser.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LINKS = "() => [...document.querySelectorAll('a[href]:not([download])')].map((link) => link.href)"
FILES = (".csv", ".pdf", ".svg", ".txt")
LETTERS = {f"{key}_sample" for key, kind in KINDS.items() if kind.is_letter}


def walk(person: Person, seen: set[tuple[str, str]]) -> None:
    """Follows the links of the page, and of the pages behind them: one page of each kind a jury."""
    waiting = person.page.evaluate(LINKS)
    while waiting:
        address = waiting.pop()
        path = urlsplit(address).path
        if not path.startswith(f"/{person.language}/") or path.endswith(FILES):
            continue
        with override(person.language):
            page = resolve(path)
        kind = (page.view_name, page.kwargs.get("slug", ""))
        if kind in seen or page.view_name in LETTERS:
            continue
        seen.add(kind)
        person.come_by(address)
        waiting += person.page.evaluate(LINKS)


@pytest.mark.parametrize(("language", "width"), [("fi", 320), ("sv", 1280)])
def test_every_page_a_link_leads_to_is_in_order(
    language: str,
    width: int,
    somebody: Callable[..., Person],
    findings: list[str],
    tmp_path: Path,
) -> None:
    with override_settings(DATA=tmp_path, DEMO=True):
        load()
        seen: set[tuple[str, str]] = set()

        stranger = somebody(language, widths=(width,))
        stranger.go("front")
        walk(stranger, seen)
        for holder in demo.code_holders():
            guest = somebody(language, widths=(width,))
            with override(language):
                guest.come_by(holder.url)
            if holder.part != demo.Part.INVITED:
                guest.press_at("main form .hds-button--primary")
            walk(guest, set(seen))
        for account in demo.ACCOUNTS:
            member = somebody(language, widths=(width,))
            member.go("login")
            member.press_at(f"form:has(input[value='{account.email}']) button")
            walk(member, seen)

    assert len(seen) > 60
    assert not findings, "\n".join(findings)
