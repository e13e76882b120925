"""Whatever is typed into the sign-up form is stored as written or refused in words."""

import unicodedata

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from juries.models import Answer, Jury, Question, Registrant
from juries.questions.kinds import name_of
from juries.questions.standard import touch
from tests.juries.registration.registering import (
    answers,
    check_url,
    go_through,
    key,
    open_jury,
    register,
    sign_up_url,
    step_url,
)

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
TYPED = ["key", "from", "invitation_code", "name", "email", "phone", "birth_year", "language"]
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
    """A jury that also asks for the street address and has a question of its own."""
    jury = open_jury()
    questions = Question.objects.filter(section__jury=jury)
    questions.filter(kind=Question.Kind.ADDRESS).update(on=True)
    section = jury.form_sections.all()[1]
    section.questions.create(kind=Question.Kind.LONG_TEXT, label_fi="Miksi?", position=90)
    section.questions.create(kind=Question.Kind.NUMBER, label_fi="Montako?", position=91)
    touch(jury)
    jury.refresh_from_db()
    return jury


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
def test_r8_any_alphabet_is_stored_as_written_and_printed_escaped(jury, text):
    client, carried = Client(), key(jury)

    checked = go_through(client, jury, answers(jury, name=text, key=carried))
    client.post(check_url(jury), {"key": carried})
    page = client.get(reverse("own_page"))

    assert Registrant.objects.get().name == unicodedata.normalize("NFC", text)
    for seen in (checked, page):
        assert seen.status_code == 200
        assert "<script>alert" not in seen.content.decode()


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("field", ["name", "street_address"])
def test_r8_what_cannot_be_a_text_is_refused_in_words_and_nothing_typed_is_lost(jury, text, field):
    response = register(Client(), jury, phone="040 123 4567", **{field: text})

    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert "040 123 4567" in response.content.decode()
    assert Registrant.objects.count() == 0


def test_r8_a_long_text_keeps_its_lines_and_refuses_what_cannot_be_shown(jury):
    name = name_of(Question.objects.get(kind=Question.Kind.LONG_TEXT))

    refused = register(Client(), jury, **{name: "ensin\nsitten\x00"})
    register(Client(), jury, **{name: "  ensin \r\n\r\nsitten\t"})

    assert name in refused.context["form"].errors
    assert Answer.objects.get(question__kind=Question.Kind.LONG_TEXT).content == "ensin\n\nsitten"


@pytest.mark.parametrize("text", ["   ", "12345"])
def test_a_name_has_letters(jury, text):
    assert "name" in register(Client(), jury, name=text).context["form"].errors


@given(st.dictionaries(st.sampled_from(TYPED), st.text(max_size=300)), st.integers(1, 5))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_r8_whatever_is_typed_each_page_answers(jury, typed, number):
    response = Client().post(step_url(jury, number), answers(jury, **typed))

    assert response.status_code in {200, 302}


@pytest.mark.parametrize("number", [0, 6, 99, 10**15])
def test_a_page_that_does_not_exist_leads_back_into_the_form(jury, number):
    client = Client()

    for response in (client.get(step_url(jury, number)), client.post(step_url(jury, number))):
        assert response.status_code == 302
        assert response.url.startswith(sign_up_url(jury))


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
    response = register(Client(), jury, **changes)

    assert response.status_code == 200
    assert set(changes) & set(response.context["form"].errors)
    assert Registrant.objects.count() == 0


@pytest.mark.parametrize("damaged", ["", "nonsense", "1" * 5000, "\x00", "ab:cd"])
def test_a_damaged_key_is_replaced(jury, damaged):
    client = Client()

    go_through(client, jury, answers(jury, key=damaged))
    sent = client.post(check_url(jury), {"key": damaged})

    assert sent.url == reverse("receipt", args=[jury.slug])
    assert Registrant.objects.count() == 1
