"""Recruitment: the way to the sign-up page, codes that nobody keeps, the list of people."""

import csv
from io import StringIO
from uuid import uuid4

import pytest
from django.urls import reverse

from juries import codes
from juries.enums import Role, Stage
from juries.errors import JuryError, WrongStage
from juries.invitation.rates import by_wave
from juries.invitation.waves import MOST_LETTERS, letters_of, make_codes
from juries.models import AuditEntry, Invitation, Jury, Wave
from tests import factories
from tests.juries.registration.registering import open_jury


@pytest.fixture
def jury(db: None) -> Jury:
    return open_jury()


def url(name: str, jury: Jury, *more: int) -> str:
    return reverse(name, args=[jury.slug, *more])


def made_codes(jury: Jury, count: int, **facts: object) -> Wave:
    return make_codes(
        **{"jury": jury, "request": uuid4(), "count": count, "by": factories.make_user(), **facts}
    )


def codes_of(wave: Wave) -> list[str]:
    return [letter.code for letter in letters_of(wave)]


def test_codes_are_made_taken_out_as_a_file_and_stay_only_as_digests(jury, sign_in_as):
    client = sign_in_as(Role.RECRUITER, jury)

    client.post(url("make_invitations", jury), {"request": str(uuid4()), "count": "20"})
    wave = Wave.objects.get()
    sent = {"file-reason": "kirjastoon jaettaviksi", "file-format": "csv"}
    response = client.post(url("letter_file", jury, wave.pk), sent)

    _header, *rows = csv.reader(StringIO(response.content.decode("utf-8-sig")), delimiter=";")
    printed = [row[1] for row in rows]
    assert response["Content-Type"].startswith("text/csv")
    assert len(set(printed)) == 20
    assert all(codes.is_well_formed(code) for code in printed)
    assert all(row[2].endswith(f"?code={row[1]}") for row in rows)
    stored = set(Invitation.objects.values_list("code_digest", flat=True))
    assert stored == {codes.digest_of(code) for code in printed}
    assert printed[0] not in str(list(AuditEntry.objects.values()))


def test_codes_asked_for_twice_are_the_same_codes(jury):
    user, request = factories.make_user(), uuid4()

    first = made_codes(jury, 5, request=request, by=user)
    second = made_codes(jury, 9, request=request, by=user)
    other = made_codes(jury, 2, by=user)

    assert first == second
    assert not set(codes_of(first)) & set(codes_of(other))
    assert [(one.rate.key, one.rate.invited) for one in by_wave(jury)] == [("1", 5), ("2", 2)]
    assert AuditEntry.objects.count() == 2


def test_two_juries_never_share_a_code_even_from_one_request(jury):
    request = uuid4()

    here = made_codes(jury, 3, request=request)
    there = made_codes(open_jury(slug="muu"), 3, request=request)

    assert not set(codes_of(here)) & set(codes_of(there))


def test_used_codes_are_counted(jury):
    made_codes(jury, 3)
    factories.make_registrants(jury, [("woman", "young")], invitation=Invitation.objects.first())

    [one] = by_wave(jury)

    assert (one.rate.invited, one.rate.registered) == (3, 1)


@pytest.mark.parametrize("count", ["0", "-1", "", "many", "999999999999", str(MOST_LETTERS + 1)])
def test_a_wrong_number_of_codes_is_refused_and_kept_in_the_form(jury, sign_in_as, count):
    response = sign_in_as(Role.RECRUITER, jury).post(
        url("make_invitations", jury), {"request": str(uuid4()), "count": count}
    )

    assert response.status_code == 200
    assert response.context["form"].errors
    assert response.context["form"]["count"].value() == count
    assert Invitation.objects.count() == 0


def test_the_verb_refuses_a_wrong_number_and_a_jury_past_registration(jury):
    with pytest.raises(JuryError):
        made_codes(jury, 0)
    Jury.objects.update(stage=Stage.PANEL)
    with pytest.raises(WrongStage):
        made_codes(jury, 1)


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
        made_codes(jury, 2, by=user)
    factories.make_mixed_pool(jury, size)
    client = sign_in_as(Role.RECRUITER, jury)

    with django_assert_num_queries(18):
        client.get(url("recruitment", jury))


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.FACILITATOR])
@pytest.mark.parametrize("name", ["recruitment", "registrants", "import", "sign_up_qr"])
def test_recruiting_is_for_those_who_recruit(jury, sign_in_as, role, name):
    assert sign_in_as(role, jury).get(url(name, jury)).status_code == 403
