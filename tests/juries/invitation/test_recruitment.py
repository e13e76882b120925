"""Recruitment: the way to the sign-up page, codes that nobody keeps, the list of people."""

import csv
from io import StringIO
from uuid import uuid4

import pytest
from django.urls import reverse

from juries import codes
from juries.enums import Channel, Role, Stage
from juries.errors import JuryError, WrongStage
from juries.invitation.batches import LARGEST_BATCH, batches, make_batch
from juries.models import AuditEntry, Invitation, Jury, Registrant
from tests import factories
from tests.juries.registration.registering import answers, open_jury


@pytest.fixture
def jury(db: None) -> Jury:
    return open_jury()


def url(name: str, jury: Jury, *more: int) -> str:
    return reverse(name, args=[jury.slug, *more])


def test_a_batch_of_codes_leaves_the_house_once_and_stays_only_as_digests(jury, sign_in_as):
    client = sign_in_as(Role.RECRUITER, jury)

    response = client.post(url("make_invitations", jury), {"request": str(uuid4()), "count": "20"})

    _header, *rows = csv.reader(StringIO(response.content.decode("utf-8-sig")), delimiter=";")
    sent = [code for _number, code, _address in rows]
    assert response["Content-Type"].startswith("text/csv")
    assert len(set(sent)) == 20
    assert all(codes.is_well_formed(code) for code in sent)
    stored = set(Invitation.objects.values_list("code_digest", flat=True))
    assert stored == {codes.digest_of(code) for code in sent}
    assert sent[0] not in str(AuditEntry.objects.values().first())


def test_a_batch_asked_for_twice_is_the_same_batch(jury):
    user, request = factories.make_user(), uuid4()

    first = make_batch(jury=jury, request=request, count=5, by=user)
    second = make_batch(jury=jury, request=request, count=9, by=user)
    other = make_batch(jury=jury, request=uuid4(), count=2, by=user)

    assert first == second
    assert not set(first) & set(other)
    assert [(batch.number, batch.made) for batch in batches(jury)] == [(1, 5), (2, 2)]
    assert AuditEntry.objects.count() == 2


def test_two_juries_never_share_a_code_even_from_one_request(jury):
    user, request = factories.make_user(), uuid4()

    here = make_batch(jury=jury, request=request, count=3, by=user)
    there = make_batch(jury=open_jury(slug="muu"), request=request, count=3, by=user)

    assert not set(here) & set(there)


def test_used_and_unused_invitations_are_counted(jury):
    make_batch(jury=jury, request=uuid4(), count=3, by=factories.make_user())
    factories.make_registrants(jury, [("woman", "young")], invitation=Invitation.objects.first())

    [batch] = batches(jury)

    assert (batch.made, batch.used, batch.unused) == (3, 1, 2)


@pytest.mark.parametrize("count", ["0", "-1", "", "many", "999999999999", str(LARGEST_BATCH + 1)])
def test_a_wrong_number_of_invitations_is_refused_and_kept_in_the_form(jury, sign_in_as, count):
    response = sign_in_as(Role.RECRUITER, jury).post(
        url("make_invitations", jury), {"request": str(uuid4()), "count": count}
    )

    assert response.status_code == 200
    assert response.context["form"].errors
    assert response.context["form"]["count"].value() == count
    assert Invitation.objects.count() == 0


def test_the_verb_refuses_a_wrong_number_and_a_jury_past_registration(jury):
    user = factories.make_user()

    with pytest.raises(JuryError):
        make_batch(jury=jury, request=uuid4(), count=0, by=user)
    Jury.objects.update(stage=Stage.PANEL)
    with pytest.raises(WrongStage):
        make_batch(jury=jury, request=uuid4(), count=1, by=user)


def test_the_qr_code_is_a_drawing_from_this_house(jury, sign_in_as):
    client = sign_in_as(Role.RECRUITER, jury)

    response = client.get(url("sign_up_qr", jury), {"in": "sv"})
    nonsense = client.get(url("sign_up_qr", jury), {"in": "<script>"})

    assert response["Content-Type"] == "image/svg+xml"
    assert b"<svg" in response.content
    assert nonsense.status_code == 200


def test_the_page_shows_the_way_in_every_language_of_the_jury(jury, sign_in_as):
    page = sign_in_as(Role.RECRUITER, jury).get(url("recruitment", jury)).content.decode()

    assert f"/fi/juries/{jury.slug}/sign-up/" in page
    assert f"/sv/juries/{jury.slug}/sign-up/" in page


@pytest.mark.parametrize("size", [1, 40])
def test_the_pages_cost_the_same_whatever_their_size(
    jury, sign_in_as, django_assert_num_queries, size
):
    user = factories.make_user()
    for _batch in range(size):
        make_batch(jury=jury, request=uuid4(), count=2, by=user)
    factories.make_mixed_pool(jury, size)
    client = sign_in_as(Role.RECRUITER, jury)

    with django_assert_num_queries(8):
        client.get(url("recruitment", jury))
    with django_assert_num_queries(6):
        client.get(url("registrants", jury))


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.FACILITATOR])
@pytest.mark.parametrize("name", ["recruitment", "registrants", "import", "sign_up_qr"])
def test_recruiting_is_for_those_who_recruit(jury, sign_in_as, role, name):
    assert sign_in_as(role, jury).get(url(name, jury)).status_code == 403


def test_the_list_is_searched_by_name_identifier_and_state(jury, sign_in_as):
    factories.make_registrants(jury, [("woman", "young")], name="Aino Mallikas")
    factories.make_registrants(jury, [("man", "old")], name="Börje Påhittsson")
    client = sign_in_as(Role.RECRUITER, jury)

    by_name = client.get(url("registrants", jury), {"words": "aino"}).content.decode()
    by_identifier = client.get(url("registrants", jury), {"words": "p0002"}).content.decode()
    withdrawn = client.get(url("registrants", jury), {"state": "out"}).content.decode()
    nonsense = client.get(url("registrants", jury), {"state": "?", "words": "\x00", "page": "x"})

    assert "Aino" in by_name
    assert "Börje" not in by_name
    assert "Börje" in by_identifier
    assert "Aino" not in withdrawn
    assert nonsense.status_code == 200


def test_the_part_is_the_same_markup_as_in_the_page(jury, sign_in_as):
    factories.make_mixed_pool(jury, 60)
    client = sign_in_as(Role.RECRUITER, jury)

    page = client.get(url("registrants", jury)).content.decode()
    part = client.get(url("registrants", jury), headers={"HX-Request": "true"}).content.decode()

    assert part.strip() in page
    assert "<html" not in part


def test_r16_somebody_on_paper_is_entered_once_and_gets_a_code(jury, sign_in_as):
    client = sign_in_as(Role.RECRUITER, jury)
    form = answers(jury, email="", name="Kerttu Varjola-Demo")

    empty = client.post(url("add_registrant", jury), {**form, "name": ""})
    shown = client.post(url("add_registrant", jury), form)
    again = client.post(url("add_registrant", jury), form)

    registrant = Registrant.objects.get()
    assert "name" in empty.context["form"].errors
    assert registrant.channel == Channel.PAPER
    assert codes.digest_of(shown.context["code"]) == registrant.code_digest
    assert again.context["code"] == shown.context["code"]
    assert AuditEntry.objects.get().verb == "registration.entered"


def test_after_registration_was_closed_nobody_is_entered(jury, sign_in_as):
    Jury.objects.update(stage=Stage.LOTTERY)

    response = sign_in_as(Role.RECRUITER, jury).post(url("add_registrant", jury), answers(jury))

    assert response.context["form"].non_field_errors()
    assert Registrant.objects.count() == 0


def test_staff_correct_a_registration_with_a_reason(jury, sign_in_as):
    [registrant] = factories.make_registrants(jury, [("woman", "young")])
    client = sign_in_as(Role.RECRUITER, jury)
    traits = {
        f"criterion_{trait.criterion_id}": trait.value_id for trait in registrant.traits.all()
    }
    form = {"name": "Uusi Nimi", "language": "sv", "birth_year": "1980", **traits}

    without = client.post(url("change_registrant", jury, registrant.pk), form)
    given = client.post(
        url("change_registrant", jury, registrant.pk), {**form, "reason": "asked by phone"}
    )

    assert "reason" in without.context["form"].errors
    assert given.status_code == 302
    registrant.refresh_from_db()
    assert (registrant.name, registrant.email) == ("Uusi Nimi", "")
    assert registrant.traits.count() == 2
    assert AuditEntry.objects.first().facts["reason"] == "asked by phone"


def test_after_registration_staff_mend_contacts_but_not_the_values(jury, sign_in_as):
    [registrant] = factories.make_registrants(jury, [("woman", "young")])
    client = sign_in_as(Role.RECRUITER, jury)
    traits = {
        f"criterion_{trait.criterion_id}": trait.value_id for trait in registrant.traits.all()
    }
    form = {"name": "Uusi Nimi", "language": "sv", "reason": "phone", **traits}
    Jury.objects.update(stage=Stage.LOTTERY)
    way = url("change_registrant", jury, registrant.pk)

    refused = client.post(way, {**form, next(iter(traits)): ""})
    allowed = client.post(way, form)

    assert refused.status_code == 200
    assert "Uusi Nimi" in refused.content.decode()
    assert allowed.status_code == 302
    assert Registrant.objects.get().name == "Uusi Nimi"
    assert registrant.traits.count() == 2


def test_staff_withdraw_somebody_with_a_reason(jury, sign_in_as):
    [registrant] = factories.make_registrants(jury, [("woman", "young")])
    client = sign_in_as(Role.RECRUITER, jury)

    client.post(url("withdraw_registrant", jury, registrant.pk), {"reason": "asked by phone"})

    registrant.refresh_from_db()
    assert registrant.withdrawn_at
    assert registrant.email == ""


def test_staff_give_a_new_code_that_is_shown_once(jury, sign_in_as):
    [registrant] = factories.make_registrants(jury, [("woman", "young")])
    client = sign_in_as(Role.RECRUITER, jury)

    shown = client.post(url("new_registrant_code", jury, registrant.pk))
    again = client.get(url("registrant", jury, registrant.pk))

    registrant.refresh_from_db()
    assert codes.digest_of(shown.context["code"]) == registrant.code_digest
    assert shown.context["code"] in shown.content.decode()
    assert shown.context["code"] not in again.content.decode()
    assert client.get(url("new_registrant_code", jury, registrant.pk)).status_code == 405


def test_a_registrant_of_another_jury_is_not_there(jury, sign_in_as):
    elsewhere = open_jury(slug="muu")
    [stranger] = factories.make_registrants(elsewhere, [("woman", "young")])
    client = sign_in_as(Role.RECRUITER, jury)

    for name in ("registrant", "change_registrant", "withdraw_registrant"):
        assert client.get(url(name, jury, stranger.pk)).status_code == 404
