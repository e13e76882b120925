"""What is looked at on every page: axe, the width, the console, the policy, other hosts."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request, Response

AXE = Axe().axe_script
WIDTHS = (320, 1280)
HEIGHT = 900

VIOLATIONS = """async () => {
  const lasting = (one) => one.effect.getComputedTiming().endTime !== Infinity;
  const moving = document.getAnimations().filter(lasting);
  await Promise.allSettled(moving.map((one) => one.finished));
  const results = await axe.run({resultTypes: ["violations"]});
  return results.violations.flatMap(
    (found) => found.nodes.map((node) => `axe ${found.id}: ${node.target.join(" ")}`)
  );
}"""
WIDER_THAN_THE_SCREEN = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.querySelectorAll("main *, header *, footer *")].filter(
    (element) => element.getBoundingClientRect().right > width + 1
  );
  return [`wider than the screen: ${wide.map((element) => element.outerHTML.slice(0, 80))[0]}`];
}"""


def listen(page: Page, findings: list[str]) -> None:
    """What the console, the policy and the network say on ``page`` from now on is found."""
    page.on("console", lambda message: _hear(message.type, message.text, page, findings))
    page.on("pageerror", lambda error: findings.append(f"{page.url}: {error}"))
    page.on("request", lambda request: _stay_home(request, page, findings))
    page.on("response", lambda response: _answered(response, findings))


def look(page: Page, findings: list[str], widths: Sequence[int], *, axe_at: Sequence[int]) -> None:
    """What is wrong with the page as it stands, at each width, is found; axe looks at some."""
    if axe_at:
        page.evaluate(AXE)
    for width in widths:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        wrong = page.evaluate(WIDER_THAN_THE_SCREEN)
        wrong += page.evaluate(VIOLATIONS) if width in axe_at else []
        findings += [f"{urlsplit(page.url).path} at {width}: {one}" for one in wrong]


def _hear(kind: str, text: str, page: Page, findings: list[str]) -> None:
    if kind in {"error", "warning"}:
        findings.append(f"{page.url}: {text}")


def _stay_home(request: Request, page: Page, findings: list[str]) -> None:
    there = urlsplit(request.url)
    if there.scheme in {"http", "https"} and there.hostname != "localhost":
        findings.append(f"{page.url} asks {there.hostname}")


def _answered(response: Response, findings: list[str]) -> None:
    if response.status >= 400:
        findings.append(f"{response.url} answered {response.status}")
