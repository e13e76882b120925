"""Names in public: by consent to words of a version, and gone with the next request (J3)."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from juries.enums import Role
from juries.errors import JuryError
from juries.models import AuditEntry, Jury, Registrant
from juries.models.translated import LANGUAGE_CODES
from juries.registration.own_data import held_about
from juries.registration.withdrawing import erase_people
from selection.members import name_consent as deeds
from selection.models import NameConsent, PanelSeat
from selection.panel.named_seats import give_up_named_seat, name_to_seat
from tests import factories
from tests.statements.stories import own_client


def public_page(jury: Jury) -> str:
    response = Client().get(f"/en/juries/{jury.slug}/")
    assert "max-age" not in response.headers.get("Cache-Control", "")
    return response.content.decode()


def give(seat: PanelSeat, by: str = "juror", **facts: str) -> None:
    deeds.give_name_consent(seat=seat, language="fi", by=by, **facts)


def test_every_version_has_its_words_in_every_language():
    assert all(set(words) == set(LANGUAGE_CODES) for words in deeds.VERSIONS.values())
    assert sorted(deeds.VERSIONS) == list(range(1, deeds.CURRENT + 1))


def test_only_names_of_members_who_agreed_are_published_with_how_many_others(jury, seats):
    before = public_page(jury)
    give(seats[0])

    page = public_page(jury)

    assert "4 members. Their names are not published." in before
    assert "Malli 1" not in before
    assert "Malli 1" in page
    assert "And 3 other members, whose names are not published." in page
    assert not [name for name in ("Malli 2", "Malli 3", "Veikko") if name in page]


def test_the_bodies_that_named_somebody_are_public_and_their_people_are_not(jury, seats):
    page = public_page(jury)

    assert "Vammaisneuvosto: 1 seat without a vote" in page
    assert "Veikko" not in page


def test_j3_a_name_is_gone_from_the_page_with_the_next_request(jury, seats):
    give(seats[0])
    shown = "Malli 1" in public_page(jury)

    deeds.withdraw_name_consent(seat=seats[0], by="juror")

    assert shown
    assert "Malli 1" not in public_page(jury)
    assert "Malli 1" not in Client().get("/en/").content.decode()


def test_j3_whoever_leaves_the_jury_or_is_erased_is_on_the_page_no_more(jury, seats, by):
    give(seats[0])
    give(seats[3])
    both = public_page(jury)

    give_up_named_seat(seat=seats[3], by=by)
    erase_people(Registrant.objects.filter(pk=seats[0].registrant_id))

    assert "Malli 1" in both
    assert "Veikko Vammala" in both
    page = public_page(jury)
    assert "Veikko" not in page
    assert "3 members. Their names are not published." in page
    assert not NameConsent.objects.filter(seat=seats[0]).exists()


def test_before_the_panel_is_drawn_nothing_is_said_of_members(jury, by):
    seat = name_to_seat(jury=jury, body="Neuvosto", votes=True, name="Nuppu Nuorola", by=by).seat
    give(seat)

    assert "Nuppu" not in public_page(jury)


def test_consenting_twice_is_once_and_every_word_is_dated(jury, seats):
    give(seats[0])
    give(seats[0])
    deeds.withdraw_name_consent(seat=seats[0], by="juror")
    deeds.withdraw_name_consent(seat=seats[0], by="juror")

    [consent] = NameConsent.objects.all()
    assert consent.given_at < consent.withdrawn_at
    verbs = AuditEntry.objects.filter(verb__startswith="name_consent.").order_by("pk")
    assert [line.verb for line in verbs] == ["name_consent.given", "name_consent.withdrawn"]
    assert "Malli" not in str([line.facts for line in verbs])


def test_a_consent_to_earlier_words_stays_one_until_the_new_words_are_agreed_to(
    jury, seats, monkeypatch
):
    give(seats[0])
    newer = {1: deeds.VERSIONS[1], 2: dict.fromkeys(LANGUAGE_CODES, "Uudet sanat.")}
    monkeypatch.setattr(deeds, "VERSIONS", newer)
    monkeypatch.setattr(deeds, "CURRENT", 2)

    still_published = "Malli 1" in public_page(jury)
    page = own_client(seats[0]).get("/fi/own/name/").content.decode()
    give(seats[0])

    assert still_published
    assert deeds.VERSIONS[1]["fi"] in page
    assert "Uudet sanat." in page
    standing = deeds.standing_consent(seats[0])
    assert standing is not None
    assert standing.version == 2
    assert NameConsent.objects.filter(seat=seats[0]).count() == 2


def test_who_only_has_an_offer_publishes_nothing(jury, seats):
    PanelSeat.objects.filter(pk=seats[0].pk).update(state="offered", answered_at=None)

    with pytest.raises(JuryError):
        give(seats[0])

    assert own_client(seats[0]).get("/en/own/name/").status_code == 404


def test_the_member_decides_on_the_own_page_and_looking_decides_nothing(jury, seats):
    client = own_client(seats[0])

    looked = client.get("/sv/own/name/").content.decode()
    none = NameConsent.objects.count()
    client.post("/sv/own/name/", {"deed": "give"})
    consent = NameConsent.objects.get()
    held = dict(row for part in held_about(seats[0].registrant) for row in part.read())
    client.post("/sv/own/name/", {"deed": "withdraw"})

    assert deeds.VERSIONS[1]["sv"] in looked
    assert none == 0
    assert (consent.version, consent.language, consent.given_through) == (1, "sv", "")
    assert deeds.VERSIONS[1]["sv"] in held.values()
    assert deeds.standing_consent(seats[0]) is None


def test_j7_staff_write_down_what_came_on_paper_or_by_phone(jury, seats, sign_in_as):
    client = sign_in_as(Role.RECRUITER, jury)
    address = reverse("selection:name_consent", args=[jury.slug, seats[0].pk])

    silent = client.post(address, {"how": ""})
    client.post(address, {"how": "paper"})
    consent = NameConsent.objects.get()
    client.post(address, {"how": "phone", "withdraw": "yes"})

    assert "how" in silent.context["form"].errors
    assert consent.given_through == "paper"
    assert deeds.standing_consent(seats[0]) is None
    lines = AuditEntry.objects.filter(verb__startswith="name_consent.").order_by("pk")
    assert [line.facts["how"] for line in lines] == ["paper", "phone"]


def test_no_way_is_invented(jury, seats, by):
    with pytest.raises(JuryError):
        give(seats[0], by=by, how="pigeon")


def test_the_members_of_another_jury_are_not_written_down_here(jury, seats, sign_in_as):
    elsewhere = factories.make_jury("toinen")
    address = reverse("selection:name_consent", args=[elsewhere.slug, seats[0].pk])

    assert sign_in_as(Role.RECRUITER, elsewhere).post(address, {"how": "paper"}).status_code == 404


def test_names_are_escaped_as_the_text_they_are(jury, seats):
    Registrant.objects.filter(pk=seats[0].registrant_id).update(name="<b>Aino</b>")
    give(seats[0])

    with override("en"):
        page = public_page(jury)

    assert "<b>Aino</b>" not in page
    assert "&lt;b&gt;Aino&lt;/b&gt;" in page


def test_the_public_page_costs_the_same_however_many_agree(jury, seats, django_assert_num_queries):
    public_page(jury)
    with CaptureQueriesContext(connection) as asked:
        public_page(jury)
    for seat in seats:
        give(seat)

    with django_assert_num_queries(len(asked)):
        public_page(jury)
