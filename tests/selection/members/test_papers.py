"""Papers for the room and the organiser, read back from the PDF."""

from io import BytesIO

import pytest
from django.urls import reverse
from django.utils.translation import override
from pypdf import PdfReader

from juries.enums import Role
from juries.models import Registrant
from juries.privacy.reading import readings
from juries.registration.answers import NeedsTold, write_needs
from juries.registration.needs_paper import totals_on_paper
from juries.typesetting import typeset
from selection.members import papers
from tests import factories

REASON = "Kutsu ensimmäiseen istuntoon"


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def words(content: bytes) -> str:
    pages = " ".join(page.extract_text() for page in read(content).pages)
    return " ".join(pages.split())


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_paper_is_tagged_and_says_its_language(jury, seats, by, language):
    with override(language):
        made = [
            papers.name_tags(jury),
            papers.attendance_list(jury),
            papers.contact_list(jury=jury, reason=REASON, by=by),
            totals_on_paper(jury),
        ]

    for content in made:
        root = read(content).trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == language


def test_a_name_tag_has_the_first_name_the_name_and_room_for_the_table(jury, seats):
    Registrant.objects.filter(pk=seats[0].registrant_id).update(name="Aino-Maija Virtanen")

    text = words(papers.name_tags(jury))

    assert "Aino-Maija Aino-Maija Virtanen" in text
    assert "Veikko Veikko Vammala" in text
    assert "Table ______" in text
    assert jury.name in text
    assert "@" not in text


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Aino Maria Virtanen", "Aino"),
        ("Virtanen, Aino Maria", "Aino"),
        ("Aino", "Aino"),
        ("Virtanen,", "Virtanen,"),
        ("", ""),
    ],
)
def test_what_somebody_is_called(name, first):
    assert papers.first_name(name) == first


def test_eight_tags_stand_on_a_sheet(jury, seats):
    factories.make_panel(jury, factories.make_mixed_pool(jury, 5))

    assert len(read(papers.name_tags(jury)).pages) == 2


def test_the_attendance_list_has_every_member_and_nothing_but_the_name(jury, seats):
    text = words(papers.attendance_list(jury))

    assert "Signature" in text
    assert all(name in text for name in ("Malli 1", "Malli 2", "Malli 3", "Veikko Vammala"))
    assert "@" not in text
    assert "woman" not in text


def test_the_contact_list_says_who_took_it_and_the_log_does_too(jury, seats, by):
    text = words(papers.contact_list(jury=jury, reason=REASON, by=by))

    [line] = readings(jury)
    assert "malli1@kaarnalahti.example" in text
    assert "veikko@kaarnalahti.example" in text
    assert f"Taken out by {by}" in text
    assert REASON in text
    assert (line.verb, line.by, line.facts["people"]) == ("people.exported", by, 4)
    assert "malli" not in str(line.facts).lower()


def test_the_contact_list_is_taken_by_a_button_with_a_reason(jury, seats, sign_in_as):
    client = sign_in_as(Role.RECRUITER, jury)
    address = reverse("selection:contact_list", args=[jury.slug])

    opened = client.get(address)
    refused = client.post(address, {"reason": ""})
    given = client.post(address, {"reason": REASON})

    assert opened.status_code == 405
    assert "reason" in refused.context["form"].errors
    assert given.headers["Content-Type"] == "application/pdf"
    assert "no-store" in given.headers["Cache-Control"]
    assert readings(jury).count() == 1


PAYLOADS = [
    '#set page(width: 1cm)"}',
    "#panic()",
    '#read("/etc/passwd")',
    "$x$ *b* _i_ `r` <a> @b [c]",
    "<script>alert(1)</script>",
    "=HYPERLINK(1)",
    "👩‍👩‍👧 שלום",
    "W" * 150,
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_r7_a_payload_is_words_on_paper(jury, seats, by, payload):
    Registrant.objects.filter(pk=seats[0].registrant_id).update(name=payload, phone="")

    tags = papers.name_tags(jury)
    lists = [papers.attendance_list(jury), papers.contact_list(jury=jury, reason=REASON, by=by)]

    for content in (tags, *lists):
        assert len(read(content).pages) == 1
        if payload.isascii():
            assert payload.replace(" ", "") in words(content).replace(" ", "")


def test_people_on_paper_stay_in_no_memory(jury, seats, by):
    before = typeset.cache_info().currsize

    papers.name_tags(jury)
    papers.contact_list(jury=jury, reason=REASON, by=by)
    totals_on_paper(jury)

    assert typeset.cache_info().currsize == before


def test_the_totals_for_the_venue_hold_numbers_and_nobody(jury, seats):
    write_needs(seats[0].registrant, NeedsTold(("diet", "ride"), "Kanarialintu ei syö kalaa"))
    write_needs(seats[3].registrant, NeedsTold(("ride",)))

    text = words(totals_on_paper(jury))

    assert "The jury has 4 members." in text
    assert "a ride to the place 2" in text
    assert "a special diet or an allergy 1" in text
    assert "childcare" not in text
    assert not [word for word in ("Kanarialintu", "Malli", "Veikko") if word in text]


def test_only_the_arranger_opens_the_totals_and_no_reading_is_noted(jury, seats, sign_in_as):
    address = reverse("needs_totals", args=[jury.slug])

    codes = {role: sign_in_as(role, jury).get(address).status_code for role in Role}

    assert [role for role, code in codes.items() if code == 200] == [Role.ARRANGER]
    assert not readings(jury).exists()
