"""An address file of 30,000 rows: read, imported, chosen from, and its letters set in one PDF.

    python benchmarks/recruitment.py
    python benchmarks/recruitment.py --people 3000
    python benchmarks/recruitment.py --without-letters

On the database that DATABASE_URL names, or on SQLite in a folder that is removed afterwards. Says
the seconds of each step and the largest memory so far, of this process and of its children. Ends
with 1 if the import took more than 20 seconds or 300 MB, or the letters more than 5 minutes.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import django
from django.core.management import call_command
from django.utils import timezone

FOLDER = tempfile.TemporaryDirectory()
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["RAATIHUONE_MODE"] = "test"
os.environ["RAATIHUONE_DATA"] = FOLDER.name
os.environ["DJANGO_SETTINGS_MODULE"] = "juries.project.settings"
os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER.name}/house.sqlite3")
django.setup()

from juries.files.reading import read_apart
from juries.invitation import printing, samples, waves
from juries.invitation.address_columns import guesses
from juries.invitation.address_judging import Reading, judge
from juries.invitation.candidates import those_not_invited
from juries.invitation.choosing import everybody
from juries.models import Jury, Upload, User, Wave
from tests import factories

IMPORT_SECONDS, IMPORT_MEGABYTES, LETTER_SECONDS = 20, 300, 300
HEADER = (
    "Sukunimi;Etunimet;Lähiosoite;Postinumero;Postitoimipaikka;Äidinkieli;Syntymävuosi;Turvakielto"
)
FIRST = "Aino Börje Demir Eeva Fatima Gun-Lis Hannes Ingrid Jalmari Kerttu".split()
LAST = "Mallikas Påhittsson Koeaho Luonnosmäki Harjoitus Provström Sepite Fiktiv".split()


class Clock:
    """Times steps and remembers which goals were missed."""

    def __init__(self) -> None:
        self.missed = 0

    def step(self, name: str, work: Callable[[], Any]) -> tuple[Any, float]:
        begun = time.perf_counter()
        result = work()
        seconds = time.perf_counter() - begun
        print(f"{name:<44}{seconds:8.1f} s{megabytes():8.0f} MB", flush=True)
        return result, seconds

    def goal(self, sentence: str, *, met: bool) -> None:
        print(f"  {'met' if met else 'MISSED'}: {sentence}", flush=True)
        self.missed += not met


def megabytes() -> float:
    """The largest memory that this process or a child of it has had."""
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(one).ru_maxrss for one in whose) / 1024


def address_file(people: int) -> bytes:
    """Homes of up to three, every two hundredth with a protected address."""
    rows = [HEADER]
    for number in range(people):
        name = f"{LAST[number % 8]};{FIRST[number % 10]} {FIRST[number // 10 % 10]}"
        home = f"Kirkkokatu {number // 3} as {number % 40};{100 + number % 50:05};KAARNALAHTI"
        told = f"{('fi', 'sv', 'ru')[number % 3]};{1930 + number % 78}"
        rows.append(f"{name};{home};{told};{'' if number % 200 else '1'}")
    return "\r\n".join(rows).encode("cp1252")


def measure(people: int, *, letters: bool) -> int:
    """Every step from the file to the letters; how many goals were missed."""
    clock = Clock()
    jury, user = _jury()
    content = address_file(people)
    table, reading_took = clock.step(
        f"{people:,} rows read by the worker's child", lambda: read_apart(content, "addresses")
    )
    upload = _upload(jury, user, content, table)
    facts = Reading(
        columns=guesses(samples.table_in(upload).header),
        known=samples.people_of_earlier_samples(jury),
    )
    clock.step("preview", lambda: judge(jury, samples.table_in(upload), facts))
    sample, storing_took = clock.step(
        "import",
        lambda: samples.import_sample(upload=upload, permit=_permit(), reading=facts, by=user),
    )
    took = reading_took + storing_took
    clock.goal(f"read and imported within {IMPORT_SECONDS} s", met=took <= IMPORT_SECONDS)
    clock.goal(f"in {IMPORT_MEGABYTES} MB", met=megabytes() <= IMPORT_MEGABYTES)
    plan = everybody(those_not_invited(sample))
    wave, _took = clock.step(
        f"wave of {plan.total:,} with codes",
        lambda: waves.make_wave(
            sample=sample, request=uuid4(), plan=plan, typed=plan.total, by=user
        ),
    )
    if letters:
        _print(clock, wave, user)
    clock.step("sample erased", lambda: samples.erase_sample(sample=sample, by=user))
    return clock.missed


def _print(clock: Clock, wave: Wave, user: User) -> None:
    job = printing.request_letters(wave=wave, by=user)
    _none, took = clock.step("letters in one PDF", lambda: printing.carry_out(job.pk))
    job.refresh_from_db()
    size = (printing.folder() / job.file).stat().st_size / 2**20 if job.file else 0
    print(f"  {job.get_state_display()}: {job.done:,} of {job.total:,} letters, {size:.0f} MB")
    met = job.state == "done" and took <= LETTER_SECONDS
    clock.goal(f"letters within {LETTER_SECONDS} s", met=met)


def _jury() -> tuple[Jury, User]:
    return factories.make_jury(f"kirjeet-{uuid4().hex[:8]}"), factories.make_user()


def _upload(jury: Jury, user: User, content: bytes, table: Any) -> Upload:
    return Upload.objects.create(
        jury=jury,
        by=user,
        purpose=Upload.Purpose.ADDRESSES,
        file_name="otos.csv",
        digest=sha256(content).hexdigest(),
        content=b"",
        state=Upload.State.READ,
        table=table,
    )


def _permit() -> samples.Permit:
    day = timezone.localdate() + timedelta(days=60)
    return samples.Permit("Otos", "VN/1234/2026", "Kansalaisraadin kutsut", day)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=30_000)
    parser.add_argument("--without-letters", action="store_true")
    arguments = parser.parse_args()
    with FOLDER:
        call_command("migrate", verbosity=0)
        return int(measure(arguments.people, letters=not arguments.without_letters) > 0)


if __name__ == "__main__":
    sys.exit(main())
