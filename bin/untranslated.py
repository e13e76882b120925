"""Fails when a text for people lacks its Finnish or Swedish translation.

Collects the texts anew into a copy of the checkout and looks at what the catalogues
say about each: a translation that is missing, doubtful (fuzzy) or whose placeholders
differ from the original's is named.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ["fi", "sv"]
SOURCES = ["juries", "selection", "sessions", "statements", "templates", "locale"]
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sdif]|\{\w*\}")


def main() -> int:
    if shutil.which("xgettext") is None:
        print("GNU gettext is missing, so translations were not checked: install “gettext”.")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        collect(Path(folder))
        findings = [
            f"{language}: {finding}"
            for language in LANGUAGES
            for finding in doubts(Path(folder, "locale", language, "LC_MESSAGES", "django.po"))
        ]
    print("\n".join(findings) or "Every text is translated.")
    return bool(findings)


def collect(folder: Path) -> None:
    """Afterwards the folder holds the catalogues brought up to date, the checkout is as it was."""
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "manage.py", folder)
    for language in LANGUAGES:
        (folder / "locale" / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "manage.py", "makemessages", "--no-obsolete", "--verbosity", "0"]
    command += ["--add-location", "file"]
    for language in LANGUAGES:
        command += ["--locale", language]
    environment = os.environ | {"RAATIHUONE_MODE": "test", "DATABASE_URL": "sqlite://:memory:"}
    subprocess.run(command, cwd=folder, env=environment, check=True)


def doubts(catalogue: Path) -> Iterator[str]:
    entries = polib.pofile(str(catalogue))
    if entries.metadata_is_fuzzy:
        yield "the heading of the catalogue is marked fuzzy, so none of it would be compiled"
    for entry in entries:
        place = entry.occurrences[0][0] if entry.occurrences else "?"
        if entry.fuzzy or not entry.translated():
            yield f"not translated: “{entry.msgid}” ({place})"
        elif not same_placeholders(entry):
            yield f"other placeholders than the original: “{entry.msgid}” ({place})"


def same_placeholders(entry: polib.POEntry) -> bool:
    """A plural form may leave a number out, as English does in "one day"; a lone text may not."""
    known = placeholders(entry.msgid) | placeholders(entry.msgid_plural)
    if entry.msgid_plural:
        return all(placeholders(text) <= known for text in entry.msgstr_plural.values())
    return placeholders(entry.msgstr) == known


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text.replace("%%", "")))


if __name__ == "__main__":
    sys.exit(main())
