"""R10 and R14: what was typed comes back, and of whoever cannot take part nothing is kept."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from juries.models import Criterion, CriterionValue, Jury, Question, Registrant, SignUpDraft
from juries.questions.kinds import name_of
from juries.questions.standard import touch
from juries.registration import drafts
from juries.views.registration.visiting import AWAKE, submission_in
from tests.juries.registration.registering import (
    answers,
    check_url,
    go_through,
    key,
    register,
    sign_up_url,
    step_url,
)


def again_url(jury: Jury) -> str:
    return reverse("sign_up_again", args=[jury.slug])


def begun(client: Client, jury: Jury, **changes: object) -> str:
    """Two pages are done; gives the key."""
    carried = key(jury)
    for number in (1, 2):
        client.post(step_url(jury, number), answers(jury, key=carried, **changes))
    return carried


def test_r10_the_form_comes_back_after_the_browser_was_closed(jury):
    client = Client()
    begun(client, jury)
    kept = {name: cookie.value for name, cookie in client.cookies.items()}
    later = Client()
    later.cookies.load(kept)

    asked = later.get(sign_up_url(jury))
    known = later.post(again_url(jury), {"year": "1984"})
    page = later.get(step_url(jury, 2))

    assert "Aino" not in asked.content.decode()
    assert again_url(jury) in asked.content.decode()
    assert known.url == check_url(jury)
    assert "Aino Mallikas" in page.content.decode()
    assert later.get(check_url(jury)).url == step_url(jury, 3)


def test_r10_whoever_comes_next_to_a_shared_computer_sees_nothing_of_what_was_begun(jury):
    client = Client()
    begun(client, jury)

    front = client.get(sign_up_url(jury))
    wrong = client.post(again_url(jury), {"year": "1985"})
    pages = [client.get(step_url(jury, number)) for number in (1, 2, 3)]
    # Sent without the key of a page, as if the form had just been opened here.
    afresh = client.post(step_url(jury, 1), answers(jury, name="", birth_year="1985"))

    assert "Aino" not in front.content.decode() + wrong.content.decode()
    assert set(wrong.context["form"].errors) == {"year"}
    assert {page.url for page in pages} == {sign_up_url(jury)}
    assert afresh.url == step_url(jury, 2)
    assert "Aino" not in client.get(step_url(jury, 2)).content.decode()


def test_r10_control_whoever_is_filling_in_the_form_is_not_asked(jury):
    client = Client()
    begun(client, jury)

    assert "Aino Mallikas" in client.get(step_url(jury, 2)).content.decode()


def test_a_form_that_was_left_is_no_longer_shown_by_itself(jury, time_machine):
    client = Client()
    carried = begun(client, jury)

    time_machine.move_to(timezone.now() + AWAKE + timedelta(minutes=1))
    left = client.get(step_url(jury, 2))
    still_open = client.post(step_url(jury, 2), answers(jury, key=carried))

    assert left.url == sign_up_url(jury)
    assert still_open.url == step_url(jury, 3)
    assert client.get(step_url(jury, 2)).status_code == 200


def test_whoever_guesses_the_year_clears_the_form(jury):
    client = Client()
    begun(client, jury)
    client.get(sign_up_url(jury))

    guesses = [
        client.post(again_url(jury), {"year": str(1950 + guess)}) for guess in range(drafts.TRIES)
    ]

    assert [guess.status_code for guess in guesses] == [200] * (drafts.TRIES - 1) + [302]
    assert SignUpDraft.objects.count() == 0


def test_somebody_who_slips_once_may_slip_again_another_day(jury):
    client = Client()
    begun(client, jury)

    for _day in range(drafts.TRIES):
        client.post(again_url(jury), {"year": "1985"})
        client.post(again_url(jury), {"year": "1984"})

    assert SignUpDraft.objects.count() == 1


def test_clearing_from_the_page_that_asks_leaves_nothing(jury):
    client = Client()
    begun(client, jury)
    client.get(sign_up_url(jury))

    client.post(reverse("sign_up_over", args=[jury.slug]))

    assert SignUpDraft.objects.count() == 0


def test_the_cookie_of_the_draft_is_for_no_script_and_lasts_as_long_as_the_draft(jury):
    client = Client()
    begun(client, jury)

    cookie = client.cookies[f"sign_up_{jury.pk}"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == drafts.LIVES.total_seconds()


def test_a_page_sent_again_after_a_lost_network_is_the_same_page(jury):
    client, carried = Client(), key(jury)
    typed = answers(jury, key=carried)

    lost = client.post(step_url(jury, 1), typed)
    again = client.post(step_url(jury, 1), typed)

    assert lost.url == again.url == step_url(jury, 2)
    assert SignUpDraft.objects.count() == 1


def without_token(client: Client, jury: Jury, **changes: object) -> object:
    return client.post(step_url(jury, 1), answers(jury, key=key(jury), **changes))


def test_r10_a_page_whose_token_is_too_old_comes_back_with_its_fields_and_one_button(jury):
    client = Client(enforce_csrf_checks=True)

    stale = without_token(client, jury, birth_year="1951")
    token = stale.context["csrf_token"]
    again = without_token(client, jury, birth_year="1951", csrfmiddlewaretoken=str(token))

    assert stale.status_code == 200
    assert 'value="1951"' in stale.content.decode()
    assert again.url == step_url(jury, 2)


def test_r10_control_without_a_token_nothing_is_stored_at_any_step(jury):
    carried = key(jury)
    go_through(Client(), jury, answers(jury, key=carried))
    stranger = Client(enforce_csrf_checks=True)

    page = without_token(stranger, jury)
    sent = stranger.post(check_url(jury), {"key": carried})
    stranger.post(reverse("sign_up_over", args=[jury.slug]), {"key": carried})

    assert page.status_code == sent.status_code == 200
    assert Registrant.objects.count() == 0
    assert SignUpDraft.objects.count() == 1


def test_a_draft_is_gone_once_it_was_sent(jury):
    register(Client(), jury)

    assert SignUpDraft.objects.count() == 0


def test_whoever_clears_the_form_leaves_nothing_on_a_shared_computer(jury):
    client = Client()
    begun(client, jury)

    client.post(reverse("sign_up_over", args=[jury.slug]))
    page = client.get(sign_up_url(jury))

    assert SignUpDraft.objects.count() == 0
    assert client.cookies[f"sign_up_{jury.pk}"].value == ""
    assert page.context["form"].is_bound is False


def test_a_draft_lives_for_a_week(jury, time_machine):
    client = Client()
    begun(client, jury)

    time_machine.move_to(timezone.now() + timedelta(days=7, minutes=1))
    page = client.get(step_url(jury, 2))

    assert page.url == sign_up_url(jury)


def test_a_draft_is_sealed_and_opens_only_in_its_own_row(jury):
    first = begun(Client(), jury, name="Kanarialintu Yksi")
    second = begun(Client(), jury, name="Kanarialintu Kaksi")
    rows = list(SignUpDraft.objects.order_by("pk"))

    stored = b"".join(bytes(row.sealed) for row in rows)
    SignUpDraft.objects.filter(pk=rows[0].pk).update(sealed=rows[1].sealed)

    assert b"Kanarialintu" not in stored
    assert drafts.read(jury, _submission(jury, first)) is None
    opened = drafts.read(jury, _submission(jury, second))
    assert opened
    assert opened.typed["name"] == ["Kanarialintu Kaksi"]


def _submission(jury: Jury, carried: str) -> UUID:
    submission = submission_in(jury, carried)
    assert submission
    return submission


def with_areas(jury: Jury) -> None:
    """The area follows from the postal code, which is asked on the first page."""
    area = Criterion.objects.create(
        jury=jury, key="area", name_fi="Alue", position=5, source=Criterion.Source.POSTAL_CODE
    )
    for place, codes in enumerate((["00100"], ["00200", "00210"])):
        CriterionValue.objects.create(
            criterion=area,
            key=f"area{place}",
            position=place,
            postal_codes=codes,
            minimum=0,
            maximum=4,
        )
    touch(jury)
    jury.refresh_from_db()


def everything_stored() -> str:
    """The whole database, as text."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        rows = []
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += cursor.fetchall()
    return str(rows)


@pytest.mark.parametrize("revisiting", [False, True], ids=["at first", "corrected later"])
def test_r14_below_the_minimum_age_the_form_stops_and_nothing_is_stored(jury, revisiting):
    client, carried = Client(), key(jury)
    if revisiting:
        carried = begun(client, jury)
    year = jury.registration_opens_on.year - jury.minimum_age + 1
    before = everything_stored() if not revisiting else ""

    stopped = client.post(step_url(jury, 1), answers(jury, key=carried, birth_year=year))

    page = stopped.content.decode()
    assert stopped.status_code == 200
    assert str(jury.minimum_age) in page
    assert stopped.context["reasons"]
    assert SignUpDraft.objects.count() == Registrant.objects.count() == 0
    if before:
        assert everything_stored() == before


def test_r14_control_whoever_is_old_enough_is_kept(jury):
    year = jury.registration_opens_on.year - jury.minimum_age

    kept = Client().post(step_url(jury, 1), answers(jury, key=key(jury), birth_year=year))

    assert kept.status_code == 302
    assert SignUpDraft.objects.count() == 1


def test_r14_an_answer_with_which_one_cannot_take_part_stops_and_names_whom_to_ask(jury):
    Jury.objects.update(first_contact="Orvokki Alkulähde", first_contact_phone="02 555 0100")
    question = Question.objects.get(section__jury=jury, kind=Question.Kind.YES_NO, on=True)

    stopped = register(Client(), jury, **{name_of(question): "no"})

    page = stopped.content.decode()
    assert question.label_fi in page
    assert "Orvokki Alkulähde" in page
    assert "02 555 0100" in page
    assert SignUpDraft.objects.count() == 0


def test_r14_whoever_lives_outside_every_area_stops_and_others_get_theirs(jury):
    with_areas(jury)

    stopped = register(Client(), jury, postal_code="99999")
    register(Client(), jury, postal_code="00210")

    assert stopped.context["reasons"]
    assert Registrant.objects.get().values.filter(key="area1").exists()


def test_nobody_sees_an_age_group_or_an_area(jury):
    with_areas(jury)
    client, carried = Client(), key(jury)

    pages = [client.get(sign_up_url(jury))]
    go_through(client, jury, answers(jury, key=carried, postal_code="00100"))
    pages += [client.get(step_url(jury, number)) for number in (1, 2, 3, 4)]
    pages.append(client.get(check_url(jury)))

    assert {page.status_code for page in pages} == {200}
    assert not any("area0" in page.content.decode() for page in pages)


def follow_up(jury: Jury, *, on_page: int) -> str:
    """The name of a question that is asked only of those who answered “young”."""
    deciding = Question.objects.get(section__jury=jury, criterion__key="age")
    section = deciding.section if on_page == 3 else jury.form_sections.all()[on_page - 1]
    question = section.questions.create(
        kind=Question.Kind.TEXT,
        label_fi="Missä opiskelet?",
        required=True,
        position=99,
        shown_if=deciding,
        shown_for=["young"],
    )
    touch(jury)
    jury.refresh_from_db()
    return name_of(question)


def test_a_question_that_depends_on_one_beside_it_says_so(jury):
    name = follow_up(jury, on_page=3)
    client, carried = Client(), key(jury)
    begun(client, jury)

    with override("en"):
        page = client.get(step_url(jury, 3).replace("/fi/", "/en/"))

    field = page.context["form"][name]
    assert "Answer only if you chose" in field.help_text
    assert "young" in field.help_text
    assert "(optional)" not in field.as_field_group()
    assert carried


@pytest.mark.parametrize(
    ("age", "asked"), [("young", True), ("old", False)], ids=["asked", "control"]
)
def test_a_question_that_depends_on_a_page_before_is_asked_of_those_it_is_for(jury, age, asked):
    name = follow_up(jury, on_page=4)
    client, carried = Client(), key(jury)
    criterion = f"criterion_{jury.criteria.get(key='age').pk}"
    for number in (1, 2, 3):
        client.post(step_url(jury, number), answers(jury, key=carried, **{criterion: age}))

    form = client.get(step_url(jury, 4)).context["form"]

    assert (name in form.fields) is asked
    assert not asked or (form.fields[name].required and not form.fields[name].help_text)


@pytest.mark.parametrize("page", [3, 4], ids=["the same page", "a later page"])
def test_a_question_that_depends_on_another_is_required_only_of_those_it_is_for(jury, page):
    name = follow_up(jury, on_page=page)
    age = f"criterion_{jury.criteria.get(key='age').pk}"

    missing = register(Client(), jury)
    told = register(Client(), jury, **{name: "Lukiossa"})
    others = register(Client(), jury, **{age: "old", name: "Lukiossa"})

    assert name in missing.context["form"].errors
    assert told.status_code == others.status_code == 302
    assert [
        person.answers.filter(content="Lukiossa").count() for person in Registrant.objects.all()
    ] == [1, 0]


def test_a_page_with_errors_says_so_in_its_title_and_a_page_without_says_its_step(jury):
    address = step_url(jury, 1).replace("/fi/", "/en/")

    with override("en"):
        wrong = Client().post(address, answers(jury, key=key(jury), birth_year=""))
        right = Client().get(sign_up_url(jury))

    assert "<title>Error: Step 1 of" in wrong.content.decode()
    assert "<title>Step 1 of" in right.content.decode()
