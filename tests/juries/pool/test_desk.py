"""The phone and paper desk: entered in a minute, found by code or name, corrected with a reason."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from juries import codes
from juries.enums import Channel, Role, Stage
from juries.models import AuditEntry, Invitation, Jury, Registrant, Wave
from selection.lottery import bridge
from tests import factories
from tests.juries.registration.registering import answers, open_jury

CODE = "0000-0000-0000"


@pytest.fixture
def here(db) -> Jury:
    return open_jury()


def url(name: str, jury: Jury, *names: object) -> str:
    return reverse(name, args=[jury.slug, *names])


def on_paper(jury: Jury, **changes: Any) -> dict[str, Any]:
    return {"submission": str(uuid4()), "channel": "paper", **answers(jury, **changes)}


def test_r16_somebody_on_paper_is_entered_once_and_gets_a_code(here, sign_in_as):
    client = sign_in_as(Role.RECRUITER, here)
    form = on_paper(here, email="", name="Kerttu Varjola-Demo")

    empty = client.post(url("add_registrant", here), {**form, "name": ""})
    shown = client.post(url("add_registrant", here), form)
    again = client.post(url("add_registrant", here), form)

    registrant = Registrant.objects.get()
    assert "name" in empty.context["form"].errors
    assert registrant.channel == Channel.PAPER
    assert codes.digest_of(shown.context["receipt"]["code"]) == registrant.code_digest
    assert again.context["receipt"]["code"] == shown.context["receipt"]["code"]
    assert shown.context["receipt"]["code"] in shown.content.decode()
    assert AuditEntry.objects.filter(verb="registration.entered").count() == 1


def test_r16_paper_and_phone_stand_in_the_draw_like_the_web(here, sign_in_as):
    client = sign_in_as(Role.RECRUITER, here)
    factories.make_registrants(here, [("woman", "young")])
    for channel in ("paper", "phone"):
        client.post(url("add_registrant", here), on_paper(here, channel=channel))

    people = bridge.read(here).people

    assert len(people) == 3
    assert len({person.values for person in people}) == 1


def test_the_next_form_is_fresh_and_remembers_the_way(here, sign_in_as):
    client = sign_in_as(Role.RECRUITER, here)

    shown = client.post(url("add_registrant", here), on_paper(here, channel="phone"))
    later = client.get(url("add_registrant", here))

    assert not shown.context["form"].is_bound
    assert shown.context["form"]["name"].value() in (None, "")
    assert later.context["form"]["channel"].value() == "phone"


def test_the_hands_begin_in_the_first_field(here, sign_in_as):
    page = sign_in_as(Role.RECRUITER, here).get(url("add_registrant", here))
    form = page.context["form"]

    first = next(name for name in form.fields if name not in {"submission", "channel"})
    assert form.fields[first].widget.attrs["autofocus"] is True
    assert page.content.decode().count("autofocus") == 1


def test_r16_an_answer_left_out_on_paper_keeps_the_person_from_the_draw(here, sign_in_as):
    client = sign_in_as(Role.RECRUITER, here)
    criterion = here.criteria.first()

    shown = client.post(
        url("add_registrant", here), on_paper(here, **{f"criterion_{criterion.pk}": ""})
    )

    assert shown.context["receipt"]["missing"] == [str(criterion)]
    assert bridge.read(here).people == ()
    assert bridge.read(here).incomplete == (Registrant.objects.get().reference,)


def test_the_code_of_the_letter_is_taken_where_it_is_given(here, sign_in_as):
    code = codes.new_code()
    wave = Wave.objects.create(jury=here, number=1, size=1)
    invitation = Invitation.objects.create(
        jury=here, wave=wave, number=1, code_digest=codes.digest_of(code)
    )
    client = sign_in_as(Role.RECRUITER, here)

    found = client.post(url("registrants", here), {"words": code})
    begun = client.post(url("add_registrant", here), {"invitation_code": code})
    wrong = client.post(url("add_registrant", here), on_paper(here, invitation_code=CODE))
    client.post(url("add_registrant", here), on_paper(here, invitation_code=code))

    assert found.context["invitation"] == invitation
    assert begun.context["form"]["invitation_code"].value() == code
    assert "invitation_code" in wrong.context["form"].errors
    assert Registrant.objects.get().invitation == invitation


def test_after_registration_was_closed_nobody_is_entered(here, sign_in_as):
    form = on_paper(here)
    Jury.objects.update(stage=Stage.LOTTERY)

    response = sign_in_as(Role.RECRUITER, here).post(url("add_registrant", here), form)

    assert response.context["form"].non_field_errors()
    assert Registrant.objects.count() == 0


@pytest.mark.parametrize("submission", ["", "x", "\x00"])
def test_a_damaged_form_is_entered_under_a_key_of_its_own(here, sign_in_as, submission):
    client = sign_in_as(Role.RECRUITER, here)

    shown = client.post(url("add_registrant", here), {**on_paper(here), "submission": submission})

    assert shown.context["receipt"]
    assert Registrant.objects.count() == 1


def test_staff_find_by_name_identifier_phone_and_code_and_no_name_stands_in_an_address(
    here, sign_in_as
):
    code = codes.new_code()
    [aino] = factories.make_registrants(
        here,
        [("woman", "young")],
        name="Aino Mallikas",
        phone="040 123 4567",
        code_digest=codes.digest_of(code),
    )
    factories.make_registrants(here, [("man", "old")] * 2, name="Börje Påhittsson")
    client = sign_in_as(Role.RECRUITER, here)

    for words in ("aino", "MALLIKAS aino", aino.reference, "0401234567", "+358401234567", code):
        answer = client.post(url("registrants", here), {"words": words})
        assert answer.status_code == 302, words
        assert answer.url == url("registrant", here, aino.pk)
    several = client.post(url("registrants", here), {"words": "börje"})
    ignored = client.get(url("registrants", here), {"words": "aino"})

    assert [one.name for one in several.context["page"]] == ["Börje Påhittsson"] * 2
    assert len(ignored.context["page"].object_list) == 3


@pytest.mark.parametrize("words", ["", "\x00", "x" * 5000, "%_'\"", "💥"])
def test_strange_words_find_nobody_and_break_nothing(here, sign_in_as, words):
    factories.make_mixed_pool(here, 3)

    answer = sign_in_as(Role.RECRUITER, here).post(url("registrants", here), {"words": words})

    assert answer.status_code == 200


def test_the_list_is_filtered_and_sorted(here, sign_in_as):
    young, old = factories.make_registrants(here, [("woman", "young"), ("man", "old")])
    factories.make_registrants(here, [("man", "old")], channel=Channel.PAPER, name="Aamu")
    factories.make_registrants(here, [("man", "old")], on_trial=True)
    old.traits.first().delete()
    value = young.values.first()
    client = sign_in_as(Role.RECRUITER, here)

    def shown(**filters: object) -> list[str]:
        return [one.name for one in client.get(url("registrants", here), filters).context["page"]]

    assert shown() == ["Aamu", "Malli 2", "Malli 1"]
    assert shown(order="name")[0] == "Aamu"
    assert shown(channel="paper") == ["Aamu"]
    assert shown(value=value.pk) == ["Malli 1"]
    assert shown(state="incomplete") == ["Malli 2"]
    assert shown(state="out") == []
    assert len(shown(state="?", value="x", order="?", channel="\x00", page="x")) == 3


@pytest.mark.parametrize("people", [2, 120])
def test_the_list_takes_the_same_few_queries_at_any_size(
    here, sign_in_as, django_assert_max_num_queries, people
):
    factories.make_mixed_pool(here, people)
    client = sign_in_as(Role.RECRUITER, here)

    with django_assert_max_num_queries(12):
        client.get(url("registrants", here), {"state": "incomplete", "order": "name"})


def test_the_part_is_the_same_markup_as_in_the_page(here, sign_in_as):
    factories.make_mixed_pool(here, 60)
    client = sign_in_as(Role.RECRUITER, here)

    page = client.get(url("registrants", here)).content.decode()
    part = client.get(url("registrants", here), headers={"HX-Request": "true"}).content.decode()

    assert part.strip() in page
    assert "<html" not in part


def correction(jury: Jury, **changes: Any) -> dict[str, Any]:
    return {**answers(jury), "name": "Uusi Nimi", "language": "sv", **changes}


def test_staff_correct_a_registration_with_a_reason_that_stands_on_the_card(here, sign_in_as):
    [registrant] = factories.make_registrants(here, [("woman", "young")])
    client = sign_in_as(Role.RECRUITER, here)
    way = url("change_registrant", here, registrant.pk)

    without = client.post(way, correction(here, email=""))
    given = client.post(way, correction(here, email="", reason="asked by phone"))
    card = client.get(url("registrant", here, registrant.pk)).content.decode()

    assert "reason" in without.context["form"].errors
    assert given.status_code == 302
    registrant.refresh_from_db()
    assert (registrant.name, registrant.email) == ("Uusi Nimi", "")
    assert registrant.traits.count() == 2
    assert AuditEntry.objects.first().facts["reason"] == "asked by phone"
    assert "asked by phone" in card


def test_after_registration_staff_mend_contacts_but_not_the_values(here, sign_in_as):
    [registrant] = factories.make_registrants(here, [("woman", "young")])
    client = sign_in_as(Role.RECRUITER, here)
    form = correction(here, reason="phone")
    criterion = next(name for name in form if name.startswith("criterion_"))
    Jury.objects.update(stage=Stage.LOTTERY)
    way = url("change_registrant", here, registrant.pk)

    refused = client.post(way, {**form, criterion: ""})
    allowed = client.post(way, form)

    assert refused.status_code == 200
    assert "Uusi Nimi" in refused.content.decode()
    assert allowed.status_code == 302
    assert Registrant.objects.get().name == "Uusi Nimi"
    assert registrant.traits.count() == 2


def test_r15_neither_card_nor_correction_shows_a_protected_address_or_takes_it_away(
    here, sign_in_as
):
    [registrant] = factories.make_registrants(here, [("woman", "young")], address_protected=True)
    client = sign_in_as(Role.RECRUITER, here)

    card = client.get(url("registrant", here, registrant.pk)).content.decode()
    page = client.get(url("change_registrant", here, registrant.pk))
    client.post(
        url("change_registrant", here, registrant.pk),
        correction(here, reason="x", street_address="Rantatie 3"),
    )

    registrant.refresh_from_db()
    assert registrant.address_protected
    assert registrant.street_address == ""
    assert "address_protected" not in page.context["form"].fields
    assert "turvakielto" not in card.casefold()


def test_r17_needs_and_answers_of_one_s_own_are_not_the_desk_s_to_read(here, sign_in_as):
    [registrant] = factories.make_registrants(here, [("woman", "young")])

    page = sign_in_as(Role.RECRUITER, here).get(url("change_registrant", here, registrant.pk))

    assert not {"needs", "needs_words"} & set(page.context["form"].fields)


def test_staff_withdraw_somebody_with_a_reason(here, sign_in_as):
    [registrant] = factories.make_registrants(here, [("woman", "young")])
    client = sign_in_as(Role.RECRUITER, here)

    client.post(url("withdraw_registrant", here, registrant.pk), {"reason": "asked by phone"})

    registrant.refresh_from_db()
    assert registrant.withdrawn_at
    assert registrant.email == ""


def test_staff_give_a_new_code_that_is_shown_once(here, sign_in_as):
    [registrant] = factories.make_registrants(here, [("woman", "young")])
    client = sign_in_as(Role.RECRUITER, here)

    shown = client.post(url("new_registrant_code", here, registrant.pk))
    again = client.get(url("registrant", here, registrant.pk))

    registrant.refresh_from_db()
    assert codes.digest_of(shown.context["code"]) == registrant.code_digest
    assert shown.context["code"] in shown.content.decode()
    assert shown.context["code"] not in again.content.decode()
    assert client.get(url("new_registrant_code", here, registrant.pk)).status_code == 405


def test_a_registrant_of_another_jury_is_not_there(here, sign_in_as):
    elsewhere = factories.make_jury("muu", organisation=here.organisation)
    [stranger] = factories.make_registrants(elsewhere, [("woman", "young")])

    answer = sign_in_as(Role.RECRUITER, here).get(url("registrant", here, stranger.pk))

    assert answer.status_code == 404
