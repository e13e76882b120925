from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from juries.commission.annex import annex_of
from juries.enums import Role
from tests import factories

pytestmark = pytest.mark.django_db

CHARGE = (
    "Miten Kaarnalahden pitäisi järjestää kirjasto-, nuoriso- ja liikuntapalvelut niillä alueilla,"
    " joilta kaupungin oma palvelutila poistuu? Mistä ollaan valmiita luopumaan? "
)
WHOLE = {
    "charge_fi": CHARGE,
    "receiver": "Kaupunginvaltuusto",
    "first_contact": "Orvokki Alkulähde",
    "case_number": "KAA/123/2026",
    "fee_euros": 160,
    "letters_on": date(2026, 1, 1),
    "statement_on": date(2030, 5, 15),
    "one_per_household": True,
}
PAYLOADS = [
    '#set page(width: 1cm)"}',
    "#panic()",
    '#read("/etc/passwd")',
    "$x$ *b* _i_ `r` <a> @b \\ [c] {d} // e /* f",
    "<script>alert(1)</script>",
    "=HYPERLINK(1)",
    "'\"; --",
    "👩‍👩‍👧 שלום",
    "= Otsikko\n\n- kohta\n\n#pagebreak()",
]


def read(pdf):
    return PdfReader(BytesIO(pdf))


def words(pdf):
    return " ".join(page.extract_text() for page in read(pdf).pages)


def test_the_annex_is_one_tagged_page_that_says_what_is_decided():
    jury = factories.make_jury(**WHOLE)

    pdf = annex_of(jury)

    document = read(pdf)
    assert len(document.pages) == 1
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert document.trailer["/Root"]["/Lang"] == "fi"
    text = words(pdf)
    for told in (
        "Lähipalvelut 2035",
        "Kaupunginhallitus",
        "Kaupunginvaltuusto",
        "Orvokki Alkulähde",
        "raati@kaarnalahti.example",
        "KAA/123/2026",
        "160 €",
        "8.9.2027",
    ):
        assert told in text


@pytest.mark.parametrize("times", [1, 4, 10])
def test_a_longer_charge_is_set_smaller_and_stays_on_the_page(times):
    jury = factories.make_jury(**WHOLE | {"charge_fi": "\n\n".join([CHARGE * 2] * times)})

    assert len(read(annex_of(jury)).pages) == 1


def test_the_annex_is_in_the_readers_language(sign_in_as):
    jury = factories.make_jury(**WHOLE)
    client = sign_in_as(Role.OBSERVER, jury)

    said = {}
    for code in ("fi", "sv", "en"):
        with translation.override(code):
            response = client.get(reverse("jury_annex", args=[jury.slug]))
        said[code] = read(response.content).trailer["/Root"]["/Lang"], words(response.content)

    assert [language for language, _text in said.values()] == ["fi", "sv", "en"]
    assert "Närservice 2035" in said["sv"][1]
    assert "First contact" in said["en"][1]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_r7_words_in_the_annex_are_words_and_never_markup(payload):
    jury = factories.make_jury(
        **WHOLE
        | {"name_fi": payload, "charge_fi": payload, "commissioner": payload, "receiver": payload}
    )

    pdf = annex_of(jury)

    assert len(read(pdf).pages) == 1
    assert round(float(read(pdf).pages[0].mediabox.width)) == 595
    if payload.isascii():
        printed = "".join(words(pdf).split())
        assert printed.count("".join(payload.split())) >= 2


def test_what_is_not_decided_yet_is_said():
    jury = factories.make_jury(receiver="", first_contact_email="")

    with translation.override("en"):
        assert words(annex_of(jury)).count("Not decided yet") == 2
