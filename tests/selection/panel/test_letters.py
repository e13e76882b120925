"""Letters about a draw: read back from the PDF, with a name, a code and a way to answer."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from juries.audit import JUROR
from juries.errors import JuryError
from juries.models import AuditEntry, Jury
from juries.post.kinds import Text
from juries.post.letters import AT_ONCE, Press
from juries.post.wordings import change_wording
from selection.models import Chance
from selection.panel.letters import can_print, print_letters, print_offer
from selection.panel.offers import code_of, seat_of
from selection.panel.reserves import draw_up_reserves
from selection.panel.seats import accept_seat
from tests import factories
from tests.selection.panel.offering import give


@pytest.fixture
def panel(drawn):
    """Nobody has an e-mail address, everybody a postal one."""
    jury = drawn.draw.jury
    jury.registrants.update(email="", street_address="Kirkkokatu 5", postal_code="99999")
    jury.seats.update(answer_by="2030-03-12")
    return jury


def pages(pdf):
    return [" ".join(page.extract_text().split()) for page in PdfReader(pdf).pages]


def test_each_of_the_drawn_has_a_letter_with_name_code_and_chance(panel, organiser):
    found = pages(print_letters(jury=panel, circle="drawn", by=organiser))

    assert len(found) == 2 * 4
    for place, seat in enumerate(panel.seats.order_by("registrant")):
        finnish, swedish = found[2 * place : 2 * place + 2]
        assert seat.registrant.name in finnish
        assert "Kirkkokatu 5" in finnish
        assert "Arpa osui sinuun" in finnish
        assert "Vastaa viimeistään 12.3.2030." in finnish
        assert "33,3 %" in finnish.replace("\xa0", " ")
        assert "Lotten föll på dig" in swedish
        for page in (finnish, swedish):
            assert code_of(seat) in page
            assert "/offer" in page


def test_the_own_language_comes_first(panel, organiser):
    seat = panel.seats.first()
    give([seat.registrant], language="sv")

    swedish, finnish = pages(print_offer(seat=seat, by=organiser))

    assert "En plats för dig" in swedish
    assert seat.registrant.name in swedish
    assert "Paikka sinulle" in finnish


def test_the_code_that_is_printed_opens_the_offer(panel, organiser):
    seat = panel.seats.first()
    [first, _second] = pages(print_offer(seat=seat, by=organiser))
    code = code_of(seat)

    assert code in first
    assert seat_of(code, address="192.0.2.1") == seat


def test_the_square_code_leads_to_the_coded_page_in_the_persons_language(panel, monkeypatch):
    asked = []
    monkeypatch.setattr("juries.post.letters._qr", lambda address: asked.append(address) or SQUARE)
    seat = panel.seats.first()
    give([seat.registrant], language="sv")

    print_offer(seat=seat, by=factories.make_user())

    assert asked == [f"http://127.0.0.1:8000/sv/offer/{code_of(seat)}/"]


SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1H0z"/></svg>'


def test_letters_to_the_not_drawn_carry_no_code_but_the_page_about_the_draw(panel, organiser):
    found = pages(print_letters(jury=panel, circle="not-drawn", by=organiser))

    assert len(found) == 2 * 8
    assert all("Arvonta on pidetty" in page for page in found[::2])
    assert all(f"/fi/juries/{panel.slug}" in page for page in found[::2])
    assert not any(code_of(seat) in page for seat in panel.seats.all() for page in found)
    assert not any("Koodisi" in page for page in found)


def test_letters_to_the_reserves_say_that_they_stand_by(panel, organiser):
    draw_up_reserves(jury=panel, count=2, dropout_percent=20, by=organiser)

    found = pages(print_letters(jury=panel, circle="reserves", by=organiser))

    assert len(found) == 2 * 2
    assert all("varasija" in page for page in found[::2])


def test_a_chance_that_was_none_is_not_told(panel, organiser):
    Chance.objects.update(probability=0.0)

    found = pages(print_letters(jury=panel, circle="not-drawn", by=organiser))

    assert not any("Mahdollisuutesi" in page for page in found)


def test_each_download_is_logged_and_nobody_stands_as_told_by_it(panel, organiser):
    seat = panel.seats.first()
    print_letters(jury=panel, circle="drawn", by=organiser)
    print_letters(jury=panel, circle="drawn", by=organiser)
    print_offer(seat=seat, by=organiser)

    logged = AuditEntry.objects.filter(verb="seats.letters_printed").order_by("pk")
    assert [entry.facts for entry in logged] == [
        {"group": "drawn", "letters": 4},
        {"group": "drawn", "letters": 4},
        {"seat": seat.pk, "letters": 1},
    ]
    assert not panel.seats.exclude(told_at=None).exists()


def test_nobody_to_write_to_is_said_in_words(panel, organiser):
    panel.registrants.update(street_address="")

    with pytest.raises(JuryError, match="nobody to write to"):
        print_letters(jury=panel, circle="drawn", by=organiser)


def test_of_a_protected_address_no_letter_is_made(panel, organiser):
    seat = panel.seats.first()
    give([seat.registrant], address_protected=True)
    seat.refresh_from_db()

    assert not can_print(seat)
    with pytest.raises(JuryError, match="protected"):
        print_offer(seat=seat, by=organiser)
    assert len(pages(print_letters(jury=panel, circle="drawn", by=organiser))) == 2 * 3


def test_an_offer_that_is_answered_is_printed_no_more(panel, organiser):
    seat = panel.seats.first()
    accept_seat(seat=seat, by=JUROR)

    with pytest.raises(JuryError):
        print_offer(seat=seat, by=organiser)


NASTY = (
    "<script>alert(1)</script>",
    "=HYPERLINK(1)",
    "@SUM(1+1)",
    '#panic("x")',
    "$x$ *bold* _it_",
    "{code} {link}",
    "Åsa Øyvind-Čapek",
    "مريم 🙂",
)


@pytest.mark.parametrize("words", NASTY)
def test_r7_words_in_a_name_are_words_in_a_letter_and_nothing_else(panel, organiser, words):
    seat = panel.seats.first()
    give([seat.registrant], name=words, street_address=words)

    [first, _second] = pages(print_offer(seat=seat, by=organiser))

    assert code_of(seat) in first
    if words.isascii():
        assert "".join(words.split()) in "".join(first.split())


def test_the_letter_says_what_the_organiser_wrote(panel, organiser):
    texts = {
        language: Text("Otsikko", "Hei {name}! {chance} {code} {link} {answer_by}")
        for language in ("fi", "sv")
    }
    change_wording(jury=panel, key="letter_offer", texts=texts, by=organiser)
    seat = panel.seats.first()

    [first, _second] = pages(print_offer(seat=seat, by=organiser))

    assert f"Hei {seat.registrant.name}! 33,3" in first


def test_a_text_missing_in_a_language_holds_the_letters_back(panel, organiser):
    texts = {"fi": Text("Otsikko", "{code} {link} {answer_by}")}
    change_wording(jury=panel, key="letter_offer", texts=texts, by=organiser)

    with pytest.raises(JuryError, match="missing in Swedish"):
        print_letters(jury=panel, circle="drawn", by=organiser)


def test_hundreds_are_set_a_few_at_a_time(panel, organiser, monkeypatch):
    batches = []
    pdf = Press.pdf
    monkeypatch.setattr(
        Press, "pdf", lambda press, letters: batches.append(len(letters)) or pdf(press, letters)
    )
    kinds = [("woman", "young"), ("man", "old")] * 15
    people = factories.make_registrants(panel, kinds, email="", street_address="Katu 1")
    draw = panel.draws.get()
    entry = draw.entries.first()
    for index, person in enumerate(people, start=100):
        entry.pk, entry.index, entry.registrant = None, index, person
        entry.save()

    found = PdfReader(print_letters(jury=panel, circle="not-drawn", by=organiser))

    assert batches == [AT_ONCE, 8 + 30 - AT_ONCE]
    assert len(found.pages) == 2 * 38


def test_a_jury_in_one_language_has_letters_of_one_page(panel, organiser):
    Jury.objects.update(languages=["fi"])

    seat = Jury.objects.get().seats.first()

    assert len(pages(print_offer(seat=seat, by=organiser))) == 1


def test_the_file_begins_at_its_beginning(panel, organiser):
    file = print_letters(jury=panel, circle="drawn", by=organiser)

    assert isinstance(file, BytesIO)
    assert file.read(5) == b"%PDF-"
