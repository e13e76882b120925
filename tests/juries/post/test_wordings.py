import pytest

from juries.enums import CodeUse
from juries.errors import JuryError
from juries.models import AuditEntry, Jury
from juries.models.translated import LANGUAGE_CODES
from juries.post import wordings
from juries.post.filling import fill, fill_line, objections
from juries.post.kinds import KINDS, Text, house_text


def texts(body="Tule! {code} {link}", *, languages=("fi", "sv"), subject="Kutsu"):
    return {language: Text(subject, body) for language in languages}


def change(jury, by, key="letter_invitation", **more):
    wordings.change_wording(jury=jury, key=key, texts=texts(**more), by=by)


def test_places_are_filled_and_what_is_filled_in_is_not_read_again():
    assert fill("{a} and { B }", {"a": "{b}", "b": "x"}) == "{b} and x"


def test_a_line_whose_fact_is_unknown_is_left_out():
    assert fill("One\n- Fee: {fee} euros.\nTwo", {"fee": ""}) == "One\nTwo"


def test_a_subject_is_one_line():
    assert fill_line("{charge}", {"charge": "What\r\nBcc: everybody@example"}) == (
        "What Bcc: everybody@example"
    )


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("{code} {kode}", "no fact called {kode}"),
        ("{code} {name.password}", "no fact called {name.password}"),
        ("{code} {0}", "no fact called {0}"),
        ("{code", "brace stands alone"),
        ("nothing", "{code} is missing"),
    ],
)
def test_a_wrong_place_is_refused_in_words(text, part):
    assert any(part in words for words in objections(text, known=["code", "name"], needed=["code"]))


@pytest.mark.parametrize("language", LANGUAGE_CODES)
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_texts_of_the_house_are_right_in_every_language(kind, language):
    text = house_text(kind.key, language)

    assert list(wordings.wrong_places(kind, text)) == []
    assert len(text.subject) < 80


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if not kind.is_letter])
def test_r6_no_message_can_tell_what_somebody_typed(kind):
    assert "name" not in kind.facts


def test_a_letter_tells_what_one_must_know(jury):
    Jury.objects.update(fee_euros=160, first_contact="Leila", first_contact_phone="040 1")
    jury.refresh_from_db()
    facts = wordings.facts_of(jury, "fi") | {"name": "", "code": "K7RM", "link": "a/b"}

    body = wordings.filled(wordings.text_of(jury, "letter_invitation", "fi"), facts).body

    for told in ("160 euroa", "28.2.2030", "Leila, 040 1", "pankkitunnuksiasi", "K7RM", "kyydin"):
        assert told in body
    assert "sinun ei tarvitse tehdä mitään" in body


@pytest.mark.parametrize("use", CodeUse)
def test_r5_the_letter_says_who_may_use_the_code(jury, use):
    Jury.objects.update(code_use=use)
    jury.refresh_from_db()

    rule = wordings.facts_of(jury, "en")["code_rule"]

    assert ("home" in rule) == (use == CodeUse.HOUSEHOLD)


def test_the_organisers_words_replace_the_houses_until_they_are_taken_back(jury, organiser):
    change(jury, organiser)
    assert wordings.text_of(jury, "letter_invitation", "sv").body == "Tule! {code} {link}"

    wordings.reset_wording(jury=jury, key="letter_invitation", by=organiser)

    assert wordings.text_of(jury, "letter_invitation", "sv") == house_text(
        "letter_invitation", "sv"
    )
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "wording.changed",
        "wording.reset",
    ]


def test_words_that_would_leave_the_code_out_are_refused(jury, organiser):
    with pytest.raises(JuryError, match="nobody could answer"):
        change(jury, organiser, body="Tule!")


def test_a_text_missing_in_a_language_of_the_jury_is_named(jury, organiser):
    assert wordings.missing(jury) == []
    change(jury, organiser, languages=("fi",))

    assert wordings.missing(jury) == ["“Letter: invitation” is missing in Swedish."]

    change(jury, organiser, languages=("sv",))
    assert wordings.missing(jury) == []
