"""How the suite runs: loaded by pytest before Django reads its settings.

A test run never touches the data of a demo or a production house, whatever the
environment it is started from says. Browser tests need Chromium: where it is missing
they are skipped loudly, and in CI they fail.
"""

import os
import shutil
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent.parent
IN_CI = bool(os.environ.get("CI"))
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
NO_CHROMIUM = "no Chromium found: install it, or name it with CHROMIUM=/path/to/chromium"

os.environ["RAATIHUONE_MODE"] = "test"
os.environ["RAATIHUONE_DATA"] = str(ROOT / ".data" / "test")
# Playwright's synchronous API keeps an event loop in the thread of the test, which Django would
# take for asynchronous code and refuse its queries.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

if not IN_CI:  # there Hypothesis is patient, and repeats itself, of its own accord
    hypothesis.settings.register_profile("busy machine", deadline=None)
    hypothesis.settings.load_profile("busy machine")


def pytest_runtest_setup(item: pytest.Item) -> None:
    if CHROMIUM is None and item.get_closest_marker("browser"):
        if IN_CI:
            pytest.fail(NO_CHROMIUM, pytrace=False)
        pytest.skip(NO_CHROMIUM)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    unseen = sum(NO_CHROMIUM in str(report.longrepr) for report in skipped)
    if unseen:
        terminalreporter.section("NOT TESTED IN A BROWSER", red=True, bold=True)
        terminalreporter.line(f"{unseen} tests did not run, {NO_CHROMIUM}.")
