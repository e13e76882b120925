"""The vote desk of staff and the ballot of a juror, in the browser."""

import re

import pytest
from django.urls import reverse

from juries.enums import Role
from statements.models import Ballot, VoterMark
from tests.statements import stories


def test_the_desk_shows_how_many_have_voted_and_no_result_before_the_close(jury, sign_in_as):
    seats = stories.seated(jury)
    statement = stories.voting_on(jury, ["Tila"])
    stories.cast_all(statement, seats[:3], ["yes", "no", "blank"])
    client = sign_in_as(Role.ORGANISER, jury)
    url = reverse("statements:vote_desk", args=[jury.slug])

    page = client.get(url).content.decode()

    turnout = page.split('id="vote-turnout"')[1].split("<dd>")[1].split("</dd>")[0]
    assert [word for word in re.split(r"\D+", turnout) if word] == ["3", "4"]
    assert "<table" not in page
    assert not any(seat.registrant.name in page for seat in seats)

    client.post(reverse("statements:close_vote", args=[jury.slug]))

    assert "<table" in client.get(url).content.decode()


def test_the_turnout_part_is_the_same_markup_as_in_the_page(jury, sign_in_as):
    stories.seated(jury)
    stories.voting_on(jury)
    client = sign_in_as(Role.ORGANISER, jury)
    url = reverse("statements:vote_desk", args=[jury.slug])

    part = client.get(url, headers={"hx-request": "true"}).content.decode()

    assert 'id="vote-turnout"' in part
    assert part.strip() in client.get(url).content.decode()


def test_the_rule_is_set_in_the_browser_and_nonsense_is_said_at_its_field(jury, sign_in_as):
    stories.seated(jury)
    statement = stories.drafted(jury)
    client = sign_in_as(Role.ORGANISER, jury)
    url = reverse("statements:rule", args=[jury.slug])

    wrong = client.post(url, {"threshold_percent": "40", "base": "everybody"})
    assert set(wrong.context["form"].errors) == {"threshold_percent", "base"}

    client.post(url, {"threshold_percent": "80", "base": "members"})

    statement.refresh_from_db()
    assert (statement.threshold_percent, statement.base) == (80, "members")


def test_a_facilitator_drafts_but_does_not_run_the_vote(jury, sign_in_as):
    stories.seated(jury)
    stories.drafted(jury)
    client = sign_in_as(Role.FACILITATOR, jury)

    assert client.get(reverse("statements:vote_desk", args=[jury.slug])).status_code == 403
    assert client.post(reverse("statements:open_vote", args=[jury.slug])).status_code == 403


def test_j1_a_juror_votes_once_whatever_device_sends_again(jury):
    seat = stories.seated(jury)[0]
    sent = {f"part-{part}": "no" for part in stories.choices(stories.voting_on(jury))}
    url, devices = reverse("statements:ballot"), [stories.own_client(seat) for _device in range(2)]
    assert all("<form" in asked_on(device, url) for device in devices)

    assert devices[0].post(url, sent).status_code == 302
    for device in devices:
        device.post(url, {name: "yes" for name in sent})

    assert list(Ballot.objects.values_list("choice", flat=True)) == ["no", "no"]
    assert not any("<form" in asked_on(device, url) for device in devices)


def asked_on(client, url):
    """What stands on the page between its head and its foot."""
    return client.get(url).content.decode().split("<main")[1].split("</main>")[0]


def test_a_question_left_open_is_named_and_the_other_choices_stay(jury):
    seat = stories.seated(jury)[0]
    statement = stories.voting_on(jury)
    first, second = stories.choices(statement)
    client, url = stories.own_client(seat), reverse("statements:ballot")

    page = client.post(url, {f"part-{first}": "no"})

    assert set(page.context["form"].errors) == {f"part-{second}"}
    assert page.context["form"][f"part-{first}"].value() == "no"
    assert not VoterMark.objects.exists()


def test_somebody_without_a_seat_has_no_ballot(jury):
    registrants = stories.factories.make_mixed_pool(jury, 5)
    seats = stories.factories.make_panel(jury, registrants[:4])
    stories.voting_on(jury)
    seats[0].registrant_id = registrants[4].pk

    assert stories.own_client(seats[0]).get(reverse("statements:ballot")).status_code == 404


@pytest.mark.parametrize("count", [1, 12])
def test_the_ballot_costs_the_same_whatever_its_length(jury, django_assert_num_queries, count):
    seat = stories.seated(jury)[0]
    stories.voting_on(jury, [f"Suositus {number}" for number in range(count)])
    client = stories.own_client(seat)

    with django_assert_num_queries(6):
        client.get(reverse("statements:ballot"))
