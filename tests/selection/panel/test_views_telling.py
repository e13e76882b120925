"""Telling people at the desk, by e-mail, by letter and on the phone."""

import re
from io import BytesIO
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from selection.models import How, Notice
from selection.panel.offers import code_of
from selection.panel.reserves import draw_up_reserves
from tests.selection.conftest import address, text
from tests.selection.panel.offering import give, words


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


@pytest.fixture
def on_phone(panel):
    """Two of those not drawn whom only the phone reaches: one reads Swedish, one is protected."""
    people = panel.registrants.filter(seat=None).order_by("pk")[:2]
    give(people, email="")
    give(people[:1], street_address="", language="sv", name="Siv Trast")
    give(people[1:], address_protected=True, street_address="Salakatu 1", name="Aino Rastas")
    return list(people)


def test_one_after_the_other_is_told_by_phone_from_the_page(panel, desk, on_phone):
    page = address(panel, "panel/tell/not-drawn")
    swedish, protected = on_phone
    shown = words(desk.get(page))
    for person, name in ((swedish, "Siv Trast"), (protected, "Aino Rastas")):
        assert f'action="{address(panel, f"panel/phoned/not-drawn/{person.pk}")}"' in shown
        assert f'Told by phone<span class="visually-hidden">: {name}</span></button>' in shown
        assert f'What to say<span class="visually-hidden">: {name}</span></summary>' in shown
    assert "Salakatu" not in shown

    told = desk.post(address(panel, f"panel/phoned/not-drawn/{swedish.pk}"), follow=True)

    assert told.redirect_chain == [(page, 302)]
    assert "Siv Trast stands as told by phone." in words(told)
    assert f"phoned/not-drawn/{swedish.pk}/" not in words(told)
    assert f"phoned/not-drawn/{protected.pk}/" in words(told)
    assert Notice.objects.get().registrant == swedish


def test_what_to_say_is_the_persons_own_letter_in_their_language(panel, desk, on_phone):
    shown = text(desk.get(address(panel, "panel/tell/not-drawn")))

    swedish, finnish = re.findall(
        r'<details>.*?<div class="flow" lang="(\w+)">(.*?)</div>', shown, re.S
    )
    assert [language for language, _words in (swedish, finnish)] == ["sv", "fi"]
    assert "Din chans att bli utlottad var 33,3\xa0%" in swedish[1]
    assert "Mahdollisuutesi tulla arvotuksi oli 33,3\xa0%" in finnish[1]
    assert "{" not in swedish[1] + finnish[1]


def test_on_the_phone_a_reserve_hears_of_the_reserve_list(panel, desk, organiser):
    draw_up_reserves(jury=panel, count=2, dropout_percent=20, by=organiser)
    panel.registrants.update(email="", street_address="")
    page = address(panel, "panel/tell/reserves")
    shown = desk.get(page)
    person = shown.context["phoning"][0].person

    assert words(shown).count("Olet varalla: Lähipalvelut 2035") == 2
    assert text(desk.get(address(panel, "panel"))).count("By phone only: 2") == 1
    desk.post(address(panel, f"panel/phoned/reserves/{person.pk}"))

    notice = Notice.objects.get()
    assert (notice.registrant, notice.about, notice.how) == (person, "reserve", "phone")
    assert text(desk.get(address(panel, "panel"))).count("By phone only: 1") == 1


def test_about_a_seat_people_are_called_from_the_call_desk(panel, desk):
    panel.registrants.update(email="", street_address="")
    person = panel.seats.first().registrant

    page = text(desk.get(address(panel, "panel/tell/drawn")))

    assert page.count('href="tel:0401234"') == 4
    assert f'href="{address(panel, "panel/calls")}"' in page
    assert "Told by phone" not in page
    assert desk.post(address(panel, f"panel/phoned/drawn/{person.pk}")).status_code == 404


def test_who_can_be_written_to_is_not_marked_by_the_button_of_an_old_page(panel, desk, on_phone):
    give(on_phone, email="found@again.example")

    refused = desk.post(address(panel, f"panel/phoned/not-drawn/{on_phone[0].pk}"), follow=True)

    assert "not, or no longer, on the list of those to be told by phone." in words(refused)
    assert not Notice.objects.exists()


def test_many_to_be_phoned_ask_no_more_of_the_database_than_few(panel, desk):
    desk.get(address(panel, "panel/tell/not-drawn"))
    asked = []
    for count in (2, 5):
        give(panel.registrants.filter(seat=None)[:count], email="", street_address="")
        with CaptureQueriesContext(connection) as queries:
            desk.get(address(panel, "panel/tell/not-drawn"))
        asked.append(len(queries))

    assert asked[0] == asked[1]
