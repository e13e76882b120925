"""Whatever is typed into the sign-up form is stored as written or refused in words."""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from juries.models import Jury, Registrant
from tests.juries.registration.registering import answers, open_jury, sign_up_url

NASTY = {
    "script": "<script>alert(1)</script> Aino",
    "formula": "=HYPERLINK(A1)",
    "emoji": "Aino 🦊👩‍👩‍👧",
    "right to left": "אינו ملكة",
    "zero width": "Ai​no",
    "combining": "A" + "\u0301" * 40,
    "quotes": 'O\'Brien "Åsa" & söner',
    "braces": "{{ 7 }} {% now %} %(name)s %s",
}
TYPED = ["submission", "name", "email", "phone", "birth_year", "street_address", "language"]
REFUSED = {
    "NUL": "Ai\x00no",
    "escape": "Ai\x1bno",
    "backspace": "Ai\x08no",
    "bidi override": "Ai\u202eno",
    "too long": "a" * 201,
    "line separator": "Ai\u2028no",
}


@pytest.fixture
def jury(db: None) -> Jury:
    return open_jury()


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
def test_r8_any_alphabet_is_stored_as_written_and_printed_escaped(jury, text):
    client = Client()

    response = client.post(sign_up_url(jury), answers(jury, name=text), follow=True)
    page = client.get(reverse("own_page"))

    assert response.status_code == page.status_code == 200
    assert Registrant.objects.count() == 1
    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("field", ["name", "street_address"])
def test_r8_what_cannot_be_a_text_is_refused_in_words_and_nothing_typed_is_lost(jury, text, field):
    response = Client().post(
        sign_up_url(jury), answers(jury, phone="040 123 4567", **{field: text})
    )

    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert "040 123 4567" in response.content.decode()
    assert Registrant.objects.count() == 0


@pytest.mark.parametrize("text", ["   ", "12345"])
def test_a_name_has_letters(jury, text):
    response = Client().post(sign_up_url(jury), answers(jury, name=text))

    assert "name" in response.context["form"].errors


@given(st.dictionaries(st.sampled_from(TYPED), st.text(max_size=300)))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_r8_whatever_is_typed_the_page_answers(jury, typed):
    response = Client().post(sign_up_url(jury), answers(jury, **typed))

    assert response.status_code in {200, 302}


@pytest.mark.parametrize(
    "changes",
    [
        {"birth_year": "nineteen"},
        {"birth_year": "9" * 400},
        {"birth_year": "1066"},
        {"birth_year": "2999"},
        {"email": "not an address"},
        {"email": "", "phone": ""},
        {"email": "", "phone": "call me"},
        {"language": "xx"},
    ],
)
def test_wrong_answers_are_said_at_their_field(jury, changes):
    response = Client().post(sign_up_url(jury), answers(jury, **changes))

    assert response.status_code == 200
    assert set(changes) & set(response.context["form"].errors)
    assert Registrant.objects.count() == 0


@pytest.mark.parametrize("submission", ["", "nonsense", "1" * 5000, "\x00"])
def test_a_damaged_submission_number_is_replaced(jury, submission):
    response = Client().post(sign_up_url(jury), answers(jury, submission=submission))

    assert response.status_code == 302
    assert isinstance(Registrant.objects.get().submission, UUID)
