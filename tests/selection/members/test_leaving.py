"""Whoever leaves the jury can still take back the consent to the name."""

from django.test import Client

from juries.audit import JUROR
from juries.enums import Role
from juries.models import AuditEntry
from selection.members.name_consent import give_name_consent, standing_consent
from selection.panel.named_seats import give_up_named_seat
from selection.panel.seats import accept_seat, drop_out
from tests.statements.stories import own_client


def public_page(jury):
    return Client().get(f"/en/juries/{jury.slug}/").content.decode()


def left(seat):
    give_name_consent(seat=seat, language="fi", by=JUROR)
    drop_out(seat=seat, on_the_day=False, by=JUROR)
    return own_client(seat)


def test_a_consent_is_taken_back_after_the_seat_was_left(jury, seats):
    client = left(seats[0])

    own = client.get("/en/own/page/").content.decode()
    page = client.get("/en/own/name/").content.decode()
    after = client.post("/en/own/name/", {"deed": "withdraw"}, follow=True).content.decode()
    accept_seat(seat=seats[0], by=JUROR)

    assert "/en/own/name/" in own
    assert "is on the public page" not in page
    assert "I agree" not in page
    assert standing_consent(seats[0]) is None
    assert "Malli 1" not in public_page(jury)
    assert "Your consent has been taken back." in after
    assert "taken off the public page" not in after


def test_once_taken_back_there_is_nothing_to_decide(jury, seats):
    client = left(seats[0])
    client.post("/en/own/name/", {"deed": "withdraw"})

    assert client.get("/en/own/name/").status_code == 404
    assert "/en/own/name/" not in client.get("/en/own/page/").content.decode()


def test_whoever_left_agrees_to_nothing_new(jury, seats):
    client = left(seats[0])

    answer = client.post("/en/own/name/", {"deed": "give"}, follow=True)

    assert "Only members of the jury have their name published." in answer.content.decode()
    assert AuditEntry.objects.filter(verb="name_consent.given").count() == 1


def test_whoever_was_named_takes_it_back_after_giving_the_seat_up(jury, seats, by):
    give_name_consent(seat=seats[3], language="fi", by=JUROR)
    give_up_named_seat(seat=seats[3], by=by)

    own_client(seats[3]).post("/en/own/name/", {"deed": "withdraw"})

    assert standing_consent(seats[3]) is None


def test_staff_write_down_what_somebody_who_left_says_on_the_phone(jury, seats, sign_in_as):
    left(seats[0])
    page = f"/en/desk/{jury.slug}/members/{seats[0].pk}/name/"

    sign_in_as(Role.RECRUITER, jury).post(page, {"how": "phone", "withdraw": "yes"})

    assert standing_consent(seats[0]) is None


def test_the_desk_says_that_the_name_is_not_published_any_more(jury, seats, sign_in_as):
    left(seats[0])
    page = f"/en/desk/{jury.slug}/members/{seats[0].pk}/name/"

    text = sign_in_as(Role.RECRUITER, jury).get(page).content.decode()

    assert "has left the jury, so the name is not on the public page" in text
    assert "The member agrees" not in text
    assert "The member takes it back" in text
