"""Personal identity codes in a file: taken out as it is read, and nowhere afterwards."""

import json

import pytest
from django.urls import reverse

from juries.enums import Role
from juries.files.identity_codes import without_identity_codes
from juries.files.tables import read_table
from juries.models import Upload
from tests.juries.intake.bringing import bring

GENUINE = ("131052-308T", "010594Y9032", "131052 -308t", "131052−308T", "131052–308T")
NO_CODES = (
    "040101-1234",
    "2024-01-13",
    "Kirkkokatu 5 A 12",
    "131052-308",
    "131052-3089",
    "A131052",
)


def read(text):
    return without_identity_codes(read_table(text.encode(), file="a.csv"))


@pytest.mark.parametrize("code", GENUINE)
def test_r15_a_code_is_taken_out_of_whatever_cell_it_stands_in(code):
    table, found = read(f"nimi;muu\nAino Mallikas {code};{code}\nVille Mallikas;kirjasto\n")

    assert [row.cells for row in table.rows] == [
        ("Aino Mallikas", ""),
        ("Ville Mallikas", "kirjasto"),
    ]
    assert found == 2


@pytest.mark.parametrize("text", NO_CODES)
def test_what_only_looks_like_a_code_stays(text):
    table, found = read(f"nimi;muu\nAino;{text}\nVille;kirjasto\nKalle;koulu\n")

    assert table.rows[0].cells == ("Aino", text)
    assert found == 0


@pytest.mark.parametrize("name", ["Henkilötunnus", "HETU", "personbeteckning", "hetu_", "SSN"])
def test_r15_a_column_of_codes_is_emptied_though_they_are_badly_written(name):
    table, found = read(f"nimi;{name}\nAino;131052308T\nVille;13.10.52 308\n")

    assert [row.cells for row in table.rows] == [("Aino", ""), ("Ville", "")]
    assert found == 2


def test_r15_a_column_that_is_mostly_codes_is_emptied_whatever_its_name():
    table, _found = read("nimi;tunniste\nAino;131052-3089\nVille;010190-123X\nKalle;tuntematon\n")

    assert [row.cells[1] for row in table.rows] == ["", "", ""]


def test_a_code_above_the_table_is_taken_out_too():
    table, found = read("Aino Mallikas;131052-308T\nVille Mallikas;kirjasto\n")

    assert table.header == ("Aino Mallikas", "")
    assert found == 1


@pytest.mark.parametrize(
    ("purpose", "page"),
    [
        (Upload.Purpose.PEOPLE, "import_preview"),
        (Upload.Purpose.ADDRESSES, "sample_preview"),
    ],
)
def test_r15_no_code_of_a_file_is_stored_or_shown(jury, sign_in_as, purpose, page):
    text = "nimi;lähiosoite;postinumero;postitoimipaikka;hetu;muu\n"
    text += "Aino;Kirkkokatu 1;00100;Kaarnalahti;131052-308T;s. 010594Y9032\n"
    upload = bring(jury, text, purpose=purpose)

    shown = sign_in_as(Role.RECRUITER, jury).get(reverse(page, args=[jury.slug, upload.pk]))

    stored = json.dumps(upload.table) + str(bytes(upload.content)) + json.dumps(upload.problems)
    assert "Kirkkokatu" in stored  # the control: what is no code is there
    assert "308T" not in stored
    assert "9032" not in stored
    assert upload.table["identity_codes"] == 2
    assert shown.status_code == 200
    assert "308T" not in shown.content.decode()


@pytest.mark.parametrize(
    ("purpose", "page", "mark"),
    [
        (Upload.Purpose.PEOPLE, "import_preview", "kyllä"),
        (Upload.Purpose.ADDRESSES, "sample_preview", "1"),
    ],
)
def test_r15_no_protected_person_is_an_example_of_a_column(jury, sign_in_as, purpose, page, mark):
    text = "nimi;lähiosoite;postinumero;postitoimipaikka;turvakielto\n"
    text += f"Aino Suojattu;Sälakatu 1;00999;Kätkö;{mark}\n"
    text += "Ville Avoin;Kirkkokatu 2;00100;Kaarnalahti;\n"
    upload = bring(jury, text, purpose=purpose)

    shown = sign_in_as(Role.RECRUITER, jury).get(reverse(page, args=[jury.slug, upload.pk]))

    assert "Kirkkokatu 2" in shown.content.decode()
    for secret in ("Suojattu", "Sälakatu", "alakatu 1", "00999", "Kätkö"):
        assert secret not in shown.content.decode()
