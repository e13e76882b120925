"""Guessing codes: soon refused, and slower by nothing that tells a used code from none."""

import time
from datetime import timedelta
from statistics import median
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from juries import codes
from juries.forms.registration.steps import refusal_of
from juries.invitation import guessing
from juries.invitation.guessing import (
    MISSES_OF_A_BEGINNING,
    MISSES_OF_A_NETWORK,
    TooManyMisses,
    forget_misses,
    network_of,
    note_miss,
    require_unsuspected,
)
from juries.invitation.waves import letters_of, make_codes
from juries.models import CodeMiss, Jury
from tests import factories
from tests.juries.registration.registering import open_jury

pytestmark = pytest.mark.django_db
HERE = "192.0.2.17"


def guess(code: str, address: str = HERE) -> bool:
    """Whether the guess was looked up at all; it never opens anything."""
    try:
        require_unsuspected(code, address=address)
    except TooManyMisses:
        return False
    note_miss(code, address=address)
    return True


def code_beginning(start: str) -> str:
    """A well-formed code that begins so."""
    while True:
        rest = codes.plain(codes.new_code())[3 : codes.RANDOM_SYMBOLS]
        for check in codes.ALPHABET:
            if codes.is_well_formed(start + rest + check):
                return start + rest + check


def test_r4_of_many_guesses_from_one_network_few_are_looked_up():
    looked_up = sum(guess(codes.new_code(), f"192.0.2.{number % 250}") for number in range(300))

    assert looked_up == MISSES_OF_A_NETWORK


def test_r4_without_the_limits_every_guess_is_looked_up(monkeypatch):
    monkeypatch.setattr(guessing, "MISSES_OF_A_NETWORK", 10_000)
    monkeypatch.setattr(guessing, "MISSES_OF_A_BEGINNING", 10_000)

    assert sum(guess(codes.new_code()) for _number in range(100)) == 100


def test_r4_one_beginning_is_shut_from_whatever_network_it_is_tried():
    looked_up = sum(
        guess(code_beginning("K7R"), f"10.{number}.2.1") for number in range(2 * 20 + 5)
    )

    assert looked_up == MISSES_OF_A_BEGINNING
    assert guess(code_beginning("ABC"), "10.99.2.1")


def test_r4_who_mistypes_is_not_taken_for_somebody_who_guesses():
    wrong = codes.plain(codes.new_code())
    wrong = wrong[:-1] + next(symbol for symbol in codes.ALPHABET if symbol != wrong[-1])

    assert all(guess(wrong) for _time in range(MISSES_OF_A_NETWORK + 5))
    assert CodeMiss.objects.count() == 0


def test_r4_after_an_hour_it_goes_on_and_the_misses_are_forgotten():
    for _time in range(MISSES_OF_A_BEGINNING):
        guess("K7R" + codes.plain(code_beginning("K7R"))[3:])
    assert not guess(code_beginning("K7R"))

    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert guess(code_beginning("K7R"))
        assert forget_misses() == 2 * MISSES_OF_A_BEGINNING
    assert CodeMiss.objects.count() == 2


def test_neither_the_code_nor_the_address_is_stored():
    note_miss(code_beginning("K7R"), address=HERE)

    stored = "".join(CodeMiss.objects.values_list("about", flat=True))
    assert "K7R" not in stored
    assert HERE not in stored


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.17", "192.0.2.0/24"),
        ("::ffff:192.0.2.17", "192.0.2.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("", ""),
        ("unix:", ""),
        ("<script>", ""),
    ],
)
def test_a_network_is_what_neighbours_share(address, network):
    assert network_of(address) == network


def refused_in(jury: Jury, code: str) -> tuple[str, float]:
    """What the sign-up form says to the code, and how long it takes to say it."""
    start = time.perf_counter()
    sentence = refusal_of(jury, code, None, HERE)
    return sentence, time.perf_counter() - start


def test_r4_a_used_code_and_one_that_never_was_get_the_same_answer_in_the_same_time(monkeypatch):
    monkeypatch.setattr(guessing, "MISSES_OF_A_NETWORK", 10_000)
    monkeypatch.setattr(guessing, "MISSES_OF_A_BEGINNING", 10_000)
    jury = open_jury(invitation_only=True)
    wave = make_codes(jury=jury, request=uuid4(), count=40, by=factories.make_user())
    for invitation in wave.invitations.all():
        factories.make_registrants(jury, [("woman", "young")], invitation=invitation)
    used = [refused_in(jury, letter.code) for letter in letters_of(wave)]
    unknown = [refused_in(jury, codes.new_code()) for _number in range(40)]

    assert len({sentence for sentence, _seconds in used + unknown}) == 1
    told_apart = median(seconds for _, seconds in used) - median(seconds for _, seconds in unknown)
    assert abs(told_apart) < 0.005


def test_r4_of_a_thousand_guesses_at_the_form_none_opens_and_few_are_looked_up():
    jury = open_jury(invitation_only=True)
    wave = make_codes(jury=jury, request=uuid4(), count=5, by=factories.make_user())

    refused = [refusal_of(jury, codes.new_code(), None, HERE) for _guess in range(1000)]
    [right, *_others] = [letter.code for letter in letters_of(wave)]

    assert all(refused)
    assert CodeMiss.objects.count() == 2 * MISSES_OF_A_NETWORK
    assert refusal_of(jury, right, None, HERE)
    assert not refusal_of(jury, right, None, "198.51.100.9")
