"""What is sealed opens with the house's keys, in its own place, and nowhere else."""

from uuid import uuid4

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from juries.privacy.key_ring import KeyRing, NoKeys, new_ring, ring_at, ring_made_at, write_ring
from juries.privacy.sealing import (
    ANSWER,
    DRAFT,
    NEEDS,
    CannotUnseal,
    answer_place,
    is_sealed_with_current_key,
    ring,
    seal,
    unseal,
)

TEXT = "Pyörätuoli, keliakia, ŋ"


@pytest.fixture
def own_keys(settings, tmp_path):
    settings.KEYS = tmp_path / "keys.json"
    return settings.KEYS


@given(st.text())
def test_any_text_opens_again_and_is_not_to_be_read_in_between(text):
    sealed = seal(NEEDS, 7, text)

    assert unseal(NEEDS, 7, sealed) == text
    assert len(text) < 4 or text.encode() not in sealed


def test_what_a_database_gives_as_a_view_of_memory_opens_too():
    assert unseal(NEEDS, 7, memoryview(seal(NEEDS, 7, TEXT))) == TEXT


def test_the_same_text_is_never_sealed_the_same():
    assert seal(NEEDS, 7, TEXT) != seal(NEEDS, 7, TEXT)


@pytest.mark.parametrize(
    ("purpose", "row"),
    [(NEEDS, 8), (ANSWER, 7), (NEEDS, "7.0"), (DRAFT, uuid4()), (ANSWER, answer_place(7, 1))],
)
def test_s12_a_value_moved_elsewhere_does_not_open(purpose, row):
    sealed = seal(NEEDS, 7, TEXT)

    with pytest.raises(CannotUnseal):
        unseal(purpose, row, sealed)
    assert unseal(NEEDS, 7, sealed) == TEXT


def test_a_change_of_any_byte_is_seen():
    sealed = seal(NEEDS, 7, TEXT)

    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(CannotUnseal):
            unseal(NEEDS, 7, bytes(changed))


@pytest.mark.parametrize("cut", range(0, 30))
def test_half_a_value_is_refused(cut):
    with pytest.raises(CannotUnseal):
        unseal(NEEDS, 7, seal(NEEDS, 7, TEXT)[:cut])


def test_a_refusal_says_nothing_of_what_is_sealed():
    with pytest.raises(CannotUnseal) as refusal:
        unseal(NEEDS, 8, seal(NEEDS, 7, TEXT))

    assert TEXT not in str(refusal.value)
    assert refusal.value.__cause__ is None


def test_m3_after_a_new_key_the_old_one_still_opens(own_keys):
    before = seal(NEEDS, 7, TEXT)
    write_ring(own_keys, ring_at(own_keys).with_new_key(), replace=True)
    after = seal(NEEDS, 7, TEXT)

    assert unseal(NEEDS, 7, before) == unseal(NEEDS, 7, after) == TEXT
    assert not is_sealed_with_current_key(before)
    assert is_sealed_with_current_key(after)

    write_ring(own_keys, ring_at(own_keys).with_current_only(), replace=True)
    assert unseal(NEEDS, 7, after) == TEXT
    with pytest.raises(CannotUnseal):
        unseal(NEEDS, 7, before)


def test_m2_another_houses_keys_open_nothing(own_keys):
    sealed = seal(NEEDS, 7, TEXT)
    write_ring(own_keys, new_ring(), replace=True)

    with pytest.raises(CannotUnseal):
        unseal(NEEDS, 7, sealed)


def test_the_keys_are_the_owners_alone_and_are_no_part_of_the_secret_key(own_keys):
    ring()

    assert own_keys.stat().st_mode & 0o777 == 0o600
    assert settings.SECRET_KEY not in own_keys.read_text()
    assert list(own_keys.parent.iterdir()) == [own_keys]


def test_production_makes_no_keys_of_its_own(own_keys, settings):
    settings.MODE = "production"

    with pytest.raises(NoKeys, match="keys are not where"):
        seal(NEEDS, 7, TEXT)
    assert not own_keys.exists()


def test_who_makes_the_keys_second_takes_the_first_ones(own_keys):
    first = ring_made_at(own_keys)
    write_ring(own_keys, new_ring(), replace=False)

    assert ring_at(own_keys) == first


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", '{"current": "00", "keys": {}}', '{"current": "00000000", "keys": {"0": 1}}'],
)
def test_a_file_that_holds_no_keys_is_refused_in_one_sentence(own_keys, text):
    own_keys.write_text(text)

    with pytest.raises(NoKeys, match="no file of keys"):
        ring_at(own_keys)


def test_a_ring_shown_by_mistake_shows_no_keys():
    keys = new_ring()

    assert isinstance(keys, KeyRing)
    assert all(repr(key) not in repr(keys) for key in keys.keys.values())
