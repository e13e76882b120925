"""Complete registrations at a steady rate against a house of its own on loopback.

    python benchmarks/load.py                          # 10 a second for 600 seconds
    python benchmarks/load.py --seconds 60 --rate 25
    python benchmarks/load.py --seconds 20 --deferred  # the control: must lose registrations

Starts gunicorn as the demo does, with the settings of production, on the database that
DATABASE_URL names or on SQLite in a folder that is removed afterwards. Each person opens the first
page, fills in every page as a browser would (cookies, redirects, tokens), checks and sends, and
reads the receipt. Says how many were acknowledged and how many are stored, and p50, p95 and p99
for each kind of request. Ends with 1 if anything was lost, failed, or was slower than the goal.
"""

import argparse
import asyncio
import contextlib
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
SLUG = "kuorma"
GOAL_P95 = 1.0
PATIENCE = 60.0
"""Seconds after which a person gives up waiting for a page."""

HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|key)" value="([^"]*)"')
CODE = re.compile(r'id="personal-code">([^<]+)<')
CONTROL = re.compile(
    r'<input type="(radio|text|email|tel|hidden)" name="([^"]+)"(?: value="([^"]*)")?'
)

MAKE_JURY = f"""
import os
from datetime import timedelta
from django.utils import timezone
from juries.models import *
from juries.questions.standard import ensure_form
today = timezone.localdate()
organisation, _ = Organisation.objects.get_or_create(
    slug="kuorma", defaults={{"name_fi": "Kuorma"}})
jury = Jury.objects.create(
    organisation=organisation, slug="{SLUG}-" + os.environ["LOAD_RUN"], stage="registration",
    languages=["fi", "sv"], name_fi="Kuorma", name_sv="Belastning", commissioner="Hallitus",
    response_due_on=today + timedelta(300), panel_size=30, registration_opens_on=today,
    registration_closes_on=today + timedelta(20), draw_on=today + timedelta(30),
    first_session_on=today + timedelta(60), last_session_on=today + timedelta(90),
    first_contact="Orvokki Alkulähde", published_at=timezone.now())
for place, (key, values) in enumerate({{
    "sukupuoli": ["nainen", "mies", "muu"], "ikä": ["16-29", "30-59", "60-"],
    "alue": ["itä", "länsi", "etelä", "pohjoinen"], "koulutus": ["perus", "toinen", "korkea"],
}}.items()):
    criterion = Criterion.objects.create(
        jury=jury, key=key, name_fi=key, name_sv=key, position=place,
        source="birth_year" if key == "ikä" else "asked")
    for number, value in enumerate(values):
        bounds = {{}}
        if key == "ikä":
            youngest, _, oldest = value.partition("-")
            bounds = {{"youngest": int(youngest), "oldest": int(oldest) if oldest else None}}
        CriterionValue.objects.create(
            criterion=criterion, key=value, name_fi=value, name_sv=value, position=number,
            minimum=0, maximum=30, **bounds)
ensure_form(jury)
"""
COUNT = f"""
import os
from juries.models import *
jury = Jury.objects.get(slug="{SLUG}-" + os.environ["LOAD_RUN"])
print("stored", jury.registrants.count(), jury.audit_entries.filter(
    verb="registration.received").count(), jury.sign_up_drafts.count())
"""


class Refused(Exception):
    """The house answered, but not as it should have."""


@dataclass
class Tally:
    """What happened, as the people at their browsers saw it."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    troubles: Counter[str] = field(default_factory=Counter)
    acknowledged: set[str] = field(default_factory=set)
    late: float = 0.0


@dataclass
class Browser:
    """One person with cookies and one connection that stays open."""

    port: int
    tally: Tally
    cookies: dict[str, str] = field(default_factory=dict)
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None

    async def ask(
        self, kind: str, path: str, form: Mapping[str, str] | None = None
    ) -> tuple[str, str]:
        """The place to which the answer leads, and the page."""
        begun = time.monotonic()
        try:
            status, headers, body = await asyncio.wait_for(self._once(path, form), PATIENCE)
        finally:
            self.tally.times[kind].append(time.monotonic() - begun)
        if status >= 400:
            raise Refused(f"{kind}: {status}")
        return urlsplit(headers.get("location", "")).path, body

    async def send(self, kind: str, path: str, form: Mapping[str, str]) -> tuple[str, str]:
        """The same for a form that has to be taken: its answer leads on."""
        place, body = await self.ask(kind, path, form)
        if not place:
            raise Refused(f"{kind}: the form came back")
        return place, body

    async def _once(
        self, path: str, form: Mapping[str, str] | None
    ) -> tuple[int, dict[str, str], str]:
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection(HOST, self.port)
        body = urlencode(form).encode() if form is not None else b""
        lines = [
            f"{'GET' if form is None else 'POST'} {path} HTTP/1.1",
            f"Host: {HOST}:{self.port}",
            "Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            f"Content-Length: {len(body)}",
            "Content-Type: application/x-www-form-urlencoded",
            # As the proxy in front of a house in production says it.
            "X-Forwarded-Proto: https",
            f"Referer: https://{HOST}:{self.port}{path}",
        ]
        self.writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        return await self._answer()

    async def _answer(self) -> tuple[int, dict[str, str], str]:
        assert self.reader
        status = int((await self.reader.readline()).split()[1])
        headers: dict[str, str] = {}
        while line := (await self.reader.readline()).decode("latin-1").strip():
            name, _colon, value = line.partition(": ")
            if name.lower() == "set-cookie":
                pair = value.partition(";")[0]
                self.cookies[pair.partition("=")[0]] = pair.partition("=")[2]
            headers[name.lower()] = value
        if headers.get("transfer-encoding") == "chunked":
            content = b""
            while size := int((await self.reader.readline()).strip(), 16):
                content += await self.reader.readexactly(size)
                await self.reader.readline()
            await self.reader.readline()
        else:
            content = await self.reader.readexactly(int(headers.get("content-length", 0)))
        if headers.get("connection", "").lower() == "close":
            self.leave()
        return status, headers, content.decode()

    def leave(self) -> None:
        if self.writer:
            self.writer.close()
        self.reader = self.writer = None


def filled_in(page: str, person: int) -> dict[str, str]:
    """What the person sends from this page: its hidden fields, and an answer to each question."""
    sent = dict(HIDDEN.findall(page))
    told = {
        "name": f"Asukas {person}",
        "email": f"asukas{person}@kuorma.example",
        "birth_year": str(1935 + person % 70),
        "postal_code": "00100",
    }
    choices: dict[str, list[str]] = defaultdict(list)
    for kind, name, value in CONTROL.findall(page):
        if kind == "radio":
            choices[name].append(value)
        elif name not in sent:
            sent[name] = told.get(name, "")
    for name, values in choices.items():
        sent[name] = "yes" if "yes" in values else values[person % len(values)]
    return sent


async def sign_up(port: int, slug: str, person: int, tally: Tally) -> None:
    """One person from the first page to the receipt; acknowledged once the receipt is read."""
    browser = Browser(port, tally)
    try:
        check = await fill_in(browser, f"/fi/juries/{slug}/sign-up/", person)
        _place, page = await browser.ask("check", check)
        place, _page = await browser.send("send", check, dict(HIDDEN.findall(page)))
        _place, page = await browser.ask("receipt", place)
        tally.acknowledged.add(CODE.findall(page)[0])
    except Refused as refusal:
        tally.troubles[str(refusal)] += 1
    except (OSError, TimeoutError, asyncio.IncompleteReadError, IndexError) as trouble:
        tally.troubles[type(trouble).__name__] += 1
    finally:
        browser.leave()


async def fill_in(browser: Browser, path: str, person: int) -> str:
    """Fills in page after page; gives the address where everything is checked."""
    _place, page = await browser.ask("open", path)
    path += "1/"
    while True:
        path, _page = await browser.send("save a page", path, filled_in(page, person))
        if path.endswith("/check/"):
            return path
        _place, page = await browser.ask("open a page", path)


async def drive(port: int, slug: str, *, rate: float, seconds: int) -> Tally:
    """People begin one after another at the rate, whether or not those before them are done."""
    tally, people = Tally(), []
    begun = time.monotonic()
    for person in range(round(rate * seconds)):
        wait = begun + person / rate - time.monotonic()
        if wait > 0:
            await asyncio.sleep(wait)
        tally.late = max(tally.late, -wait)
        people.append(asyncio.create_task(sign_up(port, slug, person, tally)))
        if person and person % round(rate * 30) == 0:
            print(f"  {person} begun, {len(tally.acknowledged)} registered", flush=True)
    await asyncio.gather(*people)
    return tally


@contextlib.contextmanager
def house(folder: Path, *, deferred: bool) -> Iterator[tuple[int, dict[str, str]]]:
    """A running house: its port, and the environment in which it lives."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "RAATIHUONE_MODE": "production",
        "RAATIHUONE_DATA": str(folder),
        "RAATIHUONE_KEYS": str(folder / "keys.json"),
        "RAATIHUONE_HOSTS": HOST,
        "RAATIHUONE_PROXIES": "none",
        "DJANGO_SECRET_KEY": "nothing secret, only long enough for a benchmark on loopback",
        "LOAD_RUN": str(os.getpid()),
        "PYTHONPATH": str(ROOT),
    }
    environment.setdefault("DATABASE_URL", f"sqlite:///{folder / 'load.sqlite3'}")
    environment |= settings_of_the_control(folder) if deferred else {}
    manage = str(ROOT / "manage.py")
    for command in (
        [str(ROOT / "bin" / "new_key.py"), environment["RAATIHUONE_KEYS"]],
        [manage, "migrate", "-v0"],
        [manage, "collectstatic", "--noinput", "-v0"],
        [manage, "shell", "-v0", "-c", MAKE_JURY],
    ):
        subprocess.run(
            [sys.executable, *command],
            env=environment,
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    web = [sys.executable, "-m", "gunicorn", "juries.project.wsgi", "--bind", f"{HOST}:{port}"]
    web += ["--worker-class", "gthread", "--workers", "2", "--threads", "4"]
    web += ["--log-level", "critical"]
    # What goes wrong in the control is meant to, and its tracebacks are long.
    said = subprocess.DEVNULL if deferred else None
    server = subprocess.Popen(web, cwd=ROOT, env=environment, stderr=said)
    try:
        wait_for(port)
        warm_up(port)
        yield port, environment
    finally:
        server.terminate()
        server.wait(20)


def settings_of_the_control(folder: Path) -> dict[str, str]:
    """The house with SQLite's own way of beginning transactions, as Django has it by default."""
    (folder / "deferred.py").write_text(
        "from juries.project.settings import *\n"
        "DATABASES['default']['OPTIONS'] |= {'transaction_mode': 'DEFERRED'}\n"
    )
    return {
        "DJANGO_SETTINGS_MODULE": "deferred",
        "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}",
    }


def wait_for(port: int) -> None:
    deadline = time.monotonic() + 30
    while True:
        with contextlib.suppress(OSError):
            socket.create_connection((HOST, port), timeout=1).close()
            return
        if time.monotonic() > deadline:
            raise SystemExit("The house did not open.")
        time.sleep(0.2)


def warm_up(port: int) -> None:
    """Every process has read its code, as after the first minute of any day."""
    for _time in range(20):
        asked = urllib.request.Request(f"http://{HOST}:{port}/fi/")
        asked.add_header("X-Forwarded-Proto", "https")
        urllib.request.urlopen(asked, timeout=PATIENCE).close()


def stored(environment: Mapping[str, str]) -> tuple[int, int, int]:
    """Registrations, lines in the log and drafts, as the database has them."""
    told = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "shell", "-v0", "-c", COUNT],
        env=environment,
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    registrations, lines, drafts = map(int, re.findall(r"\d+", told.split("stored")[-1]))
    return registrations, lines, drafts


def report(tally: Tally, *, people: int, in_database: tuple[int, int, int]) -> bool:
    """Prints what happened; whether every goal was reached."""
    registrations, lines, drafts = in_database
    print(f"\n{'request':<14}{'count':>8}{'p50':>9}{'p95':>9}{'p99':>9}{'slowest':>9}   seconds")
    slow = False
    for kind, times in tally.times.items():
        parts = statistics.quantiles(times, n=100) if len(times) > 1 else times * 99
        slow = slow or parts[94] > GOAL_P95
        print(
            f"{kind:<14}{len(times):>8}{parts[49]:>9.3f}{parts[94]:>9.3f}{parts[98]:>9.3f}"
            f"{max(times):>9.3f}"
        )
    print(
        f"\n{people} people, {len(tally.acknowledged)} acknowledged, {registrations} stored,"
        f" {lines} lines in the log, {drafts} drafts left; the driver was at most"
        f" {tally.late * 1000:.0f} ms late."
    )
    for trouble, times_seen in tally.troubles.most_common():
        print(f"  {trouble}: {times_seen}")
    whole = len(tally.acknowledged) == registrations == lines == people and not drafts
    print("None lost." if whole else "NOT EVERYBODY WAS REGISTERED.")
    if slow:
        print(f"SLOWER THAN THE GOAL: p95 of {GOAL_P95} s for each kind of request.")
    return whole and not slow and not tally.troubles


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rate", type=float, default=10, help="registrations begun each second")
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--deferred", action="store_true", help="the control; must fail")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="raatihuone-load-"))
    try:
        with house(folder, deferred=asked.deferred) as (port, environment):
            slug = f"{SLUG}-{environment['LOAD_RUN']}"
            tally = asyncio.run(drive(port, slug, rate=asked.rate, seconds=asked.seconds))
            counted = stored(environment)
    finally:
        shutil.rmtree(folder)
    reached = report(tally, people=round(asked.rate * asked.seconds), in_database=counted)
    return 0 if reached != asked.deferred else 1


if __name__ == "__main__":
    sys.exit(main())
