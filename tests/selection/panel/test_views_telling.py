"""Telling people at the desk, by e-mail and by letter."""

from io import BytesIO
from uuid import uuid4

import pytest
from pypdf import PdfReader

from selection.models import How, Notice
from selection.panel.offers import code_of
from selection.panel.reserves import draw_up_reserves
from tests.selection.conftest import address, text
from tests.selection.panel.offering import words


def test_people_are_told_from_the_page_and_it_can_be_undone_there(panel, desk):
    page = address(panel, "panel/tell/drawn")
    shown = words(desk.get(page))
    assert "4 people get a message each." in shown
    assert "1-K7RM-4PXQ-9ABD" in shown
    assert not any(code_of(seat) in shown for seat in panel.seats.all())
    mailing = str(uuid4())

    refused = words(desk.post(page, {"mailing": mailing, "typed": "5"}))
    assert "Type the number of messages, 4, to confirm." in refused
    told = words(desk.post(page, {"mailing": mailing, "typed": "4"}, follow=True))
    assert "4 messages go in two minutes." in told
    assert mailing in told
    assert panel.seats.filter(told_how=How.EMAIL).count() == 4

    undone = desk.post(address(panel, "panel/hold-back"), {"mailing": mailing}, follow=True)
    assert "4 messages were held back and will not go." in words(undone)
    assert panel.seats.filter(told_at=None).count() == 4
    for wrong in (mailing, "x", ""):
        again = desk.post(address(panel, "panel/hold-back"), {"mailing": wrong}, follow=True)
        assert "The messages have already gone." in words(again)


def test_letters_are_downloaded_and_marked_as_posted(panel, desk):
    panel.registrants.update(email="")
    page = words(desk.get(address(panel, "panel/tell/drawn")))
    assert "4 people have no e-mail address that works." in page
    assert "Kirkkokatu 5" in page

    fetched = desk.post(address(panel, "panel/letters/drawn"))
    pdf = PdfReader(BytesIO(fetched.getvalue()))
    letters = desk.get(address(panel, "panel/tell/drawn")).context["posted"].initial
    posted = desk.post(address(panel, "panel/posted/drawn"), letters, follow=True)

    assert fetched.headers["Content-Type"] == "application/pdf"
    assert "no-store" in fetched.headers["Cache-Control"]
    assert len(pdf.pages) == 8
    assert "4 people stand as told by letter." in words(posted)
    assert panel.seats.filter(told_how=How.LETTER).count() == 4


@pytest.mark.parametrize("sent", [{}, {"letters": "4"}, {"letters": "\x00"}, {"letters": "x" * 65}])
def test_what_is_no_sum_of_the_letters_marks_nobody(panel, desk, sent):
    panel.registrants.update(email="")

    answer = desk.post(address(panel, "panel/posted/drawn"), sent, follow=True)

    assert "The letters are no longer for the same people." in words(answer)
    assert not panel.seats.exclude(told_at=None).exists()


def test_whom_neither_reaches_is_listed_for_the_phone(panel, desk):
    panel.registrants.update(email="", street_address="")

    page = text(desk.get(address(panel, "panel/tell/not-drawn")))
    refused = desk.post(address(panel, "panel/letters/not-drawn"), follow=True)

    assert page.count('href="tel:0401234"') == 8
    assert "There is nobody to write to." in words(refused)


def test_reserves_are_told_from_their_own_page(panel, desk, organiser):
    draw_up_reserves(jury=panel, count=2, dropout_percent=20, by=organiser)

    shown = words(desk.get(address(panel, "panel/tell/reserves")))
    desk.post(address(panel, "panel/tell/reserves"), {"mailing": str(uuid4()), "typed": "2"})

    assert "Olet varalla" in shown
    assert Notice.objects.filter(about=Notice.About.RESERVE).count() == 2
