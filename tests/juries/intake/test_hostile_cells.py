"""Cells that would break a line, a header or the direction of a text, and what becomes of them."""

import pytest
from django.urls import reverse

from juries import codes
from juries.enums import Role
from juries.models import Jury, Registrant, Upload
from tests.juries.intake.bringing import bring
from tests.juries.registration.registering import open_jury


@pytest.fixture
def jury(db) -> Jury:
    return open_jury(quotas={})


def imported(jury, sign_in_as, text) -> Registrant:
    upload = bring(jury, text)
    page = reverse("import_preview", args=[jury.slug, upload.pk])
    sign_in_as(Role.RECRUITER, jury).post(
        page, {"deed": "import", "column_0": "reference", "column_1": "name"}
    )
    return Registrant.objects.get()


def test_r7_a_line_break_in_a_cell_is_a_space_and_breaks_no_header(jury, sign_in_as, client):
    person = imported(
        jury, sign_in_as, 'tunnus;nimi\n"p1\r\nSet-Cookie: a=b";"Aino\nBcc: x@y.example"\n'
    )
    code = codes.new_code()
    Registrant.objects.update(code_digest=codes.digest_of(code))
    client.post(reverse("own_code"), {"code": code})

    answer = client.post(reverse("own_data"))

    assert (person.reference, person.name) == ("p1 Set-Cookie: a=b", "Aino Bcc: x@y.example")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert answer.cookies.get("a") is None


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u2028"])
def test_r8_a_sign_that_turns_a_text_around_is_refused_with_its_row(jury, sign):
    upload = bring(jury, f"tunnus;nimi\np1;Aino {sign}Mallikas\n")

    assert upload.state == Upload.State.REFUSED
    assert upload.problems[0][1]["row"] == 2


def test_a_name_in_any_script_is_read(jury, sign_in_as):
    assert imported(jury, sign_in_as, "tunnus;nimi\np1;شارلوت Šmid\n").name == "شارلوت Šmid"
