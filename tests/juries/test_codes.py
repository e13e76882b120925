import uuid

from hypothesis import given
from hypothesis import strategies as st

from juries import codes


@given(st.integers(0, 11), st.sampled_from(codes.ALPHABET))
def test_one_wrong_symbol_always_shows(place, symbol):
    code = codes.plain(codes.new_code())
    wrong = code[:place] + symbol + code[place + 1 :]

    assert codes.is_well_formed(code)
    assert codes.is_well_formed(wrong) == (wrong == code)


def test_spelling_makes_no_difference():
    code = codes.new_code()
    as_typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")

    assert codes.digest_of(as_typed) == codes.digest_of(code)
    assert codes.is_well_formed(as_typed)


def test_the_same_registration_has_the_same_code_and_another_has_another():
    one, other = uuid.uuid4(), uuid.uuid4()

    assert codes.code_of(one) == codes.code_of(one)
    assert codes.code_of(one) != codes.code_of(other)
    assert codes.is_well_formed(codes.code_of(one))


def test_a_code_beside_a_text_is_always_the_same_and_only_for_that_text_and_purpose():
    code = codes.code_beside("offer", "17 2030-03-05")

    assert code == codes.code_beside("offer", "17 2030-03-05")
    assert codes.is_well_formed(code)
    assert (
        len({code, codes.code_beside("offer", "18"), codes.code_beside("x", "17 2030-03-05")}) == 3
    )


@given(st.text(max_size=40))
def test_anything_may_be_typed(text):
    codes.digest_of(text)
    codes.is_well_formed(text)


def test_codes_do_not_repeat():
    assert len({codes.new_code() for _ in range(2000)}) == 2000
