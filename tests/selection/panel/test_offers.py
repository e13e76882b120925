"""The coded page (J5): a scanner that opens it does nothing, a wrong code tells nothing."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from juries import codes
from juries.audit import JUROR
from juries.invitation import guessing
from juries.models import AuditEntry, CodeMiss, Jury, Registrant
from selection.draw.ending import break_off
from selection.models import PanelSeat
from selection.panel.offers import address_of_offer, code_of, seat_of
from selection.panel.replacing import replace_by_rank
from selection.panel.seats import accept_seat, decline_seat
from tests.selection.conftest import text
from tests.selection.panel.offering import words

State = PanelSeat.State
HERE = "192.0.2.17"


@pytest.fixture
def seat(drawn):
    return drawn.draw.jury.seats.first()


def page_of(seat, language="en"):
    return urlsplit(address_of_offer(code_of(seat), language)).path


def state_of(seat):
    return PanelSeat.objects.get(pk=seat.pk).state


def test_j5_a_scanner_that_opens_the_link_consumes_nothing(seat):
    page, before = page_of(seat), AuditEntry.objects.count()
    with CaptureQueriesContext(connection) as queries:
        for _time in range(3):
            scanner = Client()
            opened = scanner.get(page), scanner.head(page), scanner.get(f"{page}?answer=accept")
            assert {response.status_code for response in opened} == {200}

    assert not [one for one in queries if not one["sql"].startswith("SELECT")]
    assert "sessionid" not in scanner.cookies
    assert Session.objects.count() == 0
    assert AuditEntry.objects.count() == before
    assert state_of(seat) == State.OFFERED
    assert PanelSeat.objects.get(pk=seat.pk).answered_at is None


def test_j5_control_a_post_does_consume(seat):
    Client().post(page_of(seat), {"answer": "accept"})

    assert state_of(seat) == State.CONFIRMED


def test_j5_a_scanner_that_follows_every_link_of_the_page_answers_nothing(seat):
    scanner = Client()
    page = scanner.get(page_of(seat))
    links = {part.split('"')[0] for part in text(page).split('href="/')[1:]}

    for link in links:
        scanner.get(f"/{link}", follow=True)

    assert len(links) > 5
    assert state_of(seat) == State.OFFERED


def test_a_post_without_an_answer_changes_nothing(seat):
    for answer in ({}, {"answer": "perhaps"}, {"answer": ""}):
        assert Client().post(page_of(seat), answer).status_code == 200

    assert state_of(seat) == State.OFFERED


@pytest.mark.parametrize(
    ("answer", "state", "said"),
    [
        ("accept", State.CONFIRMED, "You sit on the panel. Welcome!"),
        ("decline", State.DECLINED, "You declined your seat. Thank you for telling us."),
    ],
)
def test_the_button_answers_and_the_page_says_what_is_so(seat, answer, state, said):
    client = Client()

    answered = client.post(page_of(seat), {"answer": answer}, follow=True)

    assert state_of(seat) == state
    assert said in words(answered)
    assert said in words(client.get(page_of(seat)))
    assert AuditEntry.objects.first().actor == JUROR


def test_people_can_change_their_mind_as_long_as_nobody_else_has_the_seat(seat):
    client, page = Client(), page_of(seat)

    client.post(page, {"answer": "decline"})
    assert "you can still accept" in words(client.get(page))
    client.post(page, {"answer": "accept"})
    assert state_of(seat) == State.CONFIRMED
    client.post(page, {"answer": "decline"})

    assert state_of(seat) == State.LEFT
    assert "You gave your seat back. Thank you for telling us." in words(client.get(page))
    assert 'value="accept"' in text(client.get(page))


def test_once_somebody_else_has_the_seat_the_page_says_so_and_has_no_button(seat, organiser):
    decline_seat(seat=seat, by=JUROR)
    replace_by_rank(jury=seat.jury, by=organiser)

    page = Client().get(page_of(seat))
    refused = Client().post(page_of(seat), {"answer": "accept"})

    assert 'name="answer"' not in text(page)
    assert "The seat is being given to somebody else, or already has been." in words(page)
    assert "error-summary" in text(refused)
    assert state_of(seat) == State.DECLINED


def test_after_the_last_day_an_offer_can_still_be_answered(seat):
    PanelSeat.objects.update(answer_by=timezone.localdate() - timedelta(days=3))

    shown = Client().get(page_of(seat))
    Client().post(page_of(seat), {"answer": "accept"})

    assert "The seat is still yours: you can answer now." in words(shown)
    assert state_of(seat) == State.CONFIRMED


def test_the_page_says_what_one_must_know_and_no_name(seat):
    Jury.objects.update(fee_euros=160, first_contact="Leila", first_contact_phone="040 1234")

    page = words(Client().get(page_of(seat)))

    for told in ("Miten lähipalvelut järjestetään?", "160 euros", "040 1234", "bank codes"):
        assert told in page
    assert seat.registrant.name not in page
    assert seat.registrant.reference not in page


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_page_is_there_in_every_language_under_the_same_code(seat, language):
    assert Client().get(page_of(seat, language)).status_code == 200


def wrong_codes(seat):
    right = code_of(seat)
    number, _dash, proof = right.partition("-")
    other = PanelSeat.objects.exclude(pk=seat.pk).first()
    return [
        f"{other.pk}-{proof}",
        f"999999-{proof}",
        f"{number}-{codes.new_code()}",
        proof,
        number,
        f"{number}-",
        "-",
        "x" * 300,
        "²-K7RM-4PXQ-9ABD",
        f"{'9' * 40}-{proof}",
    ]


def test_every_wrong_code_gets_the_same_answer(seat):
    answers = [
        deed(f"/en/offer/{code}/", {"answer": "accept"})
        for code in wrong_codes(seat)
        for deed in (Client().get, Client().post)
    ]

    assert {answer.status_code for answer in answers} == {404}
    bodies = {words_of_404(answer) for answer in answers}
    assert len(bodies) == 1
    assert not jury_words() & set(bodies.pop().split())
    assert set(PanelSeat.objects.values_list("state", flat=True)) == {State.OFFERED}


def words_of_404(response):
    """The part of the page that the address does not change."""
    whole = response.content.decode()
    return whole[whole.index("<main") : whole.index("</main>")]


def jury_words():
    return {"Lähipalvelut", "Närservice"}


def test_a_code_opens_nothing_once_the_registration_is_withdrawn_or_the_jury_removed(seat):
    page = page_of(seat)
    Registrant.objects.filter(pk=seat.registrant_id).update(withdrawn_at=timezone.now())
    assert Client().get(page).status_code == 404
    Registrant.objects.filter(pk=seat.registrant_id).update(withdrawn_at=None)
    Jury.objects.update(removed_at=timezone.now())
    assert Client().get(page).status_code == 404


def test_a_code_of_a_draw_that_was_broken_off_opens_nothing(seat, organiser):
    page = page_of(seat)

    break_off(draw=seat.jury.draws.get(), code="mistake", reason="A ball fell.", by=organiser)

    assert Client().get(page).status_code == 404


def test_each_seat_has_a_code_of_its_own_and_none_is_stored(drawn):
    seats = list(drawn.draw.jury.seats.all())
    proofs = {code_of(seat).partition("-")[2] for seat in seats}

    assert len(proofs) == len(seats)
    stored = "\n".join(connection.connection.iterdump()) if is_sqlite() else ""
    assert not any(proof in stored or codes.plain(proof) in stored for proof in proofs)


def is_sqlite():
    return connection.vendor == "sqlite"


def test_a_code_is_read_as_people_type_it(seat):
    code = code_of(seat)

    for typed in (code.lower(), code.replace("-", " "), code.replace("-", ""), f" {code} "):
        assert seat_of(typed, address=HERE) == seat


def test_the_code_changes_with_the_moment_of_the_offer(seat):
    before = code_of(seat)

    seat.offered_at += timedelta(microseconds=1)

    assert code_of(seat) != before


def test_whoever_reads_the_code_from_paper_types_it_in(seat):
    client = Client()

    answer = client.post("/en/offer/", {"code": code_of(seat).lower()})
    wrong = client.post("/en/offer/", {"code": "17-K7RM-4PXQ-9ABD"})

    assert answer.url == page_of(seat)
    assert "No offer has this code" in words(wrong)
    assert state_of(seat) == State.OFFERED


def test_whoever_guesses_is_soon_refused_whatever_they_try(seat):
    client = Client()
    number = code_of(seat).partition("-")[0]
    seen = {client.get(f"/en/offer/{number}-{codes.new_code()}/").status_code for _try in range(70)}

    assert seen == {404, 429}
    assert CodeMiss.objects.count() == 2 * guessing.MISSES_OF_A_NETWORK
    assert client.get(page_of(seat)).status_code == 429
    refused = client.post("/en/offer/", {"code": code_of(seat)})
    assert "Please try again in an hour" in words(refused)
    assert Client(REMOTE_ADDR="198.51.100.9").get(page_of(seat)).status_code == 200


def test_control_without_the_limit_guessing_goes_on(seat, monkeypatch):
    monkeypatch.setattr(guessing, "MISSES_OF_A_NETWORK", 10_000)
    monkeypatch.setattr(guessing, "MISSES_OF_A_BEGINNING", 10_000)
    seen = {Client().get(f"/en/offer/1-{codes.new_code()}/").status_code for _try in range(70)}

    assert seen == {404}


def test_the_page_is_kept_by_no_cache_and_takes_no_other_method(seat):
    client = Client()

    assert "no-store" in client.get(page_of(seat)).headers["Cache-Control"]
    assert client.put(page_of(seat)).status_code == 405
    assert client.delete(page_of(seat)).status_code == 405


def test_a_forged_form_of_another_site_answers_nothing(seat):
    client = Client(enforce_csrf_checks=True)

    assert client.post(page_of(seat), {"answer": "accept"}).status_code == 403
    assert state_of(seat) == State.OFFERED


def test_accepting_twice_is_accepting_once(seat):
    for _click in range(2):
        Client().post(page_of(seat), {"answer": "accept"})

    accept_seat(seat=seat, by=JUROR)
    assert AuditEntry.objects.filter(verb="seat.confirmed").count() == 1
