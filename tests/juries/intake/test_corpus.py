"""Everything people hand in: the right rows, or one sentence that says what is wrong and where."""

import json
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from juries.enums import Role
from juries.file_sentences import sentences
from juries.files.errors import Code, FileError
from juries.files.tables import read_table
from juries.intake.uploads import read_upload
from juries.models import Upload
from tests.juries.files.nasty import drawer

FILES = drawer()
WHERE = {Code.OPEN_QUOTE, Code.CONTROL_CHARACTER, Code.ROW_TOO_LONG, Code.NOT_TEXT}
ONE_OF_EACH = {outcome: file for *file, outcome in FILES if isinstance(outcome, Code)}


def became(content: bytes):
    try:
        return [row.cells for row in read_table(content, file="x").rows]
    except FileError as error:
        return error


def test_b1_the_drawer_is_full():
    assert len(FILES) >= 80
    assert len({name for name, _content, _outcome in FILES}) == len(FILES)
    assert len(ONE_OF_EACH) >= 16


@pytest.mark.parametrize(
    ("content", "outcome"), [file[1:] for file in FILES], ids=[file[0] for file in FILES]
)
def test_b1_o1_o2_o3_every_file_is_read_right_or_refused_in_words(content, outcome):
    got = became(content)

    if not isinstance(outcome, Code):
        assert got == outcome
        return
    assert isinstance(got, FileError), got
    assert got.code == outcome
    said = set()
    for language in ("fi", "sv", "en"):
        with translation.override(language):
            [first, *_more] = sentences(got)
        assert "%(" not in first
        said.add(first)
        if outcome in WHERE:
            assert str(got.params["row"]) in first
    # One sentence is the same in no two languages.
    assert len(said) == 3 or outcome is Code.TOO_HEAVY


def test_b1_o3_the_whole_drawer_takes_little_memory_and_time():
    """Read one after another in a process of its own, as the worker would all day."""
    script = (
        "import json, re, time\n"
        "from pathlib import Path\n"
        "from tests.juries.files.nasty import drawer\n"
        "from juries.files.errors import FileError\n"
        "from juries.files.tables import read_table\n"
        "files = drawer()\n"
        "slowest = 0\n"
        "for name, content, outcome in files:\n"
        "    began = time.process_time()\n"
        "    try: read_table(content, file=name)\n"
        "    except FileError: pass\n"
        "    slowest = max(slowest, time.process_time() - began)\n"
        # Not ru_maxrss: a child inherits that from the process that starts it.
        "status = Path('/proc/self/status').read_text()\n"
        "peak = int(re.search(r'VmHWM:\\s+(\\d+) kB', status)[1]) / 1024\n"
        "print(json.dumps([peak, slowest]))\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    megabytes, seconds = json.loads(done.stdout)

    assert megabytes < 300
    assert seconds < 30


@pytest.mark.parametrize("outcome", ONE_OF_EACH)
def test_b1_through_the_house_no_file_is_ever_a_500(jury, sign_in_as, outcome):
    client = sign_in_as(Role.RECRUITER, jury)
    name, content = ONE_OF_EACH[outcome]
    file = SimpleUploadedFile(f"{name}.csv", content)

    answer = client.post(reverse("import", args=[jury.slug]), {"file": file})
    for upload in Upload.objects.all():
        read_upload(upload.pk)
        answer = client.get(reverse("upload", args=[jury.slug, upload.pk]))

    assert answer.status_code == 200
    assert "field-error" in answer.content.decode() or "error-summary" in answer.content.decode()
    assert not jury.registrants.exists()


def test_o3_of_a_bomb_the_control_is_what_it_would_have_cost():
    """Without the look at its directory the bomb is unpacked: many times the memory, in seconds."""
    bomb = next(content for name, content, _outcome in FILES if name == "a bomb")
    script = (
        "import resource, sys\n"
        "from io import BytesIO\n"
        "from zipfile import ZipFile\n"
        "archive = ZipFile(BytesIO(sys.stdin.buffer.read()))\n"
        "parts = [archive.read(name) for name in archive.namelist()]\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)\n"
    )

    began = time.process_time()
    error = became(bomb)
    refused_in = time.process_time() - began
    unpacked = subprocess.run(
        [sys.executable, "-c", script], input=bomb, capture_output=True, check=True
    )

    assert isinstance(error, FileError)
    assert len(bomb) < 100_000
    assert refused_in < 0.1
    assert float(unpacked.stdout) > 60
