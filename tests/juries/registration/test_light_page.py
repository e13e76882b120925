"""R9: an old phone on a slow line gets the whole sign-up page with little to fetch."""

import gzip
import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.test import Client
from django.utils.translation import override

from tests.juries.registration.registering import open_jury, sign_up_url

LIMIT = 60_000


def packed(content: bytes) -> int:
    return len(gzip.compress(content))


def test_r9_the_first_load_of_the_sign_up_page_stays_below_its_limit(db):
    page = Client().get(sign_up_url(open_jury())).content

    files = re.findall(r'(?:href|src)="/static/([^"]+)"', page.decode())
    weight = packed(page) + sum(packed(Path(finders.find(name)).read_bytes()) for name in files)

    assert len(files) > 5
    assert weight < LIMIT


def test_r9_control_with_the_typefaces_of_the_house_it_would_be_too_heavy(db):
    brand = Path(finders.find("brand.css")).read_text()

    faces = {Path(name).name for name in re.findall(r"url\(.([^)]+\.woff2)", brand)}
    files = [path for path in Path(finders.find("vendor")).rglob("*.woff2") if path.name in faces]

    assert files
    assert sum(path.stat().st_size for path in files) > LIMIT


def test_r9_the_sign_up_page_asks_for_no_typeface(db):
    page = Client().get(sign_up_url(open_jury())).content.decode()

    assert page.index("brand.css") < page.index("light.css")
    light = Path(finders.find("light.css")).read_text()
    for name in re.findall(r"--font-[a-z]+", Path(finders.find("brand.css")).read_text()):
        assert f"{name}:" in light


def test_r9_the_page_speaks_the_persons_language_and_needs_no_script(db):
    with override("sv"):
        page = Client().get(sign_up_url(open_jury())).content.decode()

    assert "Närservice 2035" in page
    assert "<script" not in page.split("<main")[1]
