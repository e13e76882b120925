"""A body names somebody: outside the lottery, with an own page, with a vote or without."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from juries import codes
from juries.commission.removal import erase_removed_juries
from juries.enums import Channel, Role
from juries.errors import JuryError
from juries.exports.people import Format, export_people
from juries.exports.pool import Reader, export_pool
from juries.models import AuditEntry, Call, Jury, Registrant
from juries.pool.completeness import incomplete, lacking
from juries.pool.duplicates import undecided_pairs
from juries.pool.listing import found_by, listed
from juries.pool.picture import picture
from juries.questions.freezing import answered
from juries.questions.standard import ensure_form
from juries.registration.answers import NeedsTold, write_needs
from juries.registration.entry import give_new_code
from juries.registration.mailing import without_a_confirmation, without_an_answer
from juries.registration.needs_list import members_told, seats_held, totals
from juries.registration.withdrawing import withdraw
from juries.retention import run_retention
from juries.room import own_cards as own_cards_of_juries
from juries.targets.storing import refuse_late_criterion
from selection.draw.ending import break_off, close_draw
from selection.lottery import bridge
from selection.models import Draw, PanelSeat
from selection.panel import named_seats
from selection.panel.seats import accept_seat, free_seats
from selection.room import own_cards
from tests import factories
from tests.selection.conftest import draw_from, run_lottery, text

PERSON = {"name": "Nuppu Nuorola", "email": "nuppu@kaarnalahti.example", "phone": "040 1234567"}


def name(jury: Jury, by, **facts) -> PanelSeat:
    told = {"body": "Nuorisovaltuusto", "votes": True, **PERSON, **facts}
    return named_seats.name_to_seat(jury=jury, by=by, **told).seat


@pytest.fixture
def by(jury):
    return factories.make_member(jury, Role.ORGANISER)


def own_client(registrant: Registrant) -> Client:
    client = Client()
    session = client.session
    session["own_registrant"] = registrant.pk
    session.save()
    return client


def test_whoever_is_named_has_a_confirmed_seat_and_a_code_that_opens_an_own_page(jury, by):
    named = named_seats.name_to_seat(jury=jury, body="Neuvosto", votes=False, by=by, **PERSON)

    seat = named.seat
    entered = Client().post("/en/own/", {"code": named.code}, follow=True)
    page = entered.content.decode()
    assert (seat.kind, seat.state, seat.votes) == ("named", "confirmed", False)
    assert (seat.registrant.channel, seat.registrant.name) == (Channel.NAMED, PERSON["name"])
    assert codes.digest_of(named.code) == seat.registrant.code_digest
    assert "You sit on the jury. You were named by: Neuvosto." in page
    assert "Registration is open" not in page


def test_the_same_form_sent_twice_makes_one_seat_and_gives_the_same_code(jury, by):
    facts = {"jury": jury, "body": "Neuvosto", "votes": True, "submission": uuid4(), "by": by}

    first = named_seats.name_to_seat(**facts, **PERSON)
    again = named_seats.name_to_seat(**facts, **PERSON)

    assert (first.seat, first.code) == (again.seat, again.code)
    assert AuditEntry.objects.filter(verb="named_seat.named").count() == 1


def test_a_form_sent_again_after_a_new_code_shows_none_that_opens_nothing(jury, by):
    client, facts = Client(), {"body": "Neuvosto", "votes": "yes", "language": "fi", **PERSON}
    client.force_login(by)
    page, facts["submission"] = reverse("selection:named_seats", args=[jury.slug]), str(uuid4())
    first = client.post(page, facts).context["receipt"]
    give_new_code(registrant=first.seat.registrant, by=by)

    again = client.post(page, facts)

    assert again.context["receipt"].seat == first.seat
    shown = text(again)
    assert first.code not in shown
    assert "Print the code" not in shown
    assert "a new one has been given since" in shown


def test_after_the_last_meeting_only_the_desk_gives_a_named_seat_up(jury, by):
    seat = name(jury, by)
    yesterday = timezone.localdate() - timedelta(days=1)
    Jury.objects.filter(pk=jury.pk).update(last_session_on=yesterday)
    client, page = own_client(seat.registrant), reverse("selection:own_named_seat")

    assert 'value="give-up"' not in text(client.get(page))
    refused = text(client.post(page, {"answer": "give-up"}, follow=True))
    seat.refresh_from_db()
    assert (seat.state, "the seat stays yours" in refused) == ("confirmed", True)

    named_seats.give_up_named_seat(seat=seat, by=by)
    seat.refresh_from_db()
    assert seat.state == "left"


def test_the_log_holds_nothing_of_the_person(jury, by):
    seat = name(jury, by)
    told = {"body": "Vanhusneuvosto", "votes": True, **PERSON, "phone": "050 7654321"}
    named_seats.change_named_seat(seat=seat, by=by, **told)

    entries = AuditEntry.objects.filter(verb__startswith="named_seat.").order_by("pk")
    assert [line.facts for line in entries] == [
        {"seat": seat.pk, "votes": True},
        {"seat": seat.pk, "changed": ["phone", "body"]},
    ]


def test_no_lottery_list_file_or_message_takes_the_named_for_registrants(jury, by):
    ensure_form(jury)
    Jury.objects.filter(pk=jury.pk).update(confirm_email=True)
    jury.refresh_from_db()
    person = name(jury, by).registrant
    twin = name(jury, by).registrant

    assert bridge.read(jury).people == ()
    assert bridge.read(jury).incomplete == ()
    assert not incomplete(jury).exists()
    assert lacking(jury, [person])[person.pk] == []
    assert undecided_pairs(jury) == []
    assert (picture(jury).people, picture(jury).incomplete) == (0, 0)
    assert not listed(jury, jury.registrants.all()).exists()
    assert found_by(jury, jury.registrants.all(), "Nuppu") == [person, twin]
    assert not without_an_answer(jury).exists()
    assert not without_a_confirmation(jury).exists()
    assert own_cards_of_juries(person) == []
    columns, reason = ["reference", "name"], "Tarkistus"
    people = export_people(jury=jury, columns=columns, form=Format.CSV, reason=reason, by=by)
    pool = export_pool(jury=jury, reader=Reader.HOUSE, reason=reason, by=by)
    assert person.reference not in people.content.decode() + pool.content.decode()


def test_naming_somebody_freezes_neither_the_form_nor_the_criteria(jury, by):
    ensure_form(jury)

    name(jury, by)

    assert not answered(jury).exists()
    refuse_late_criterion(jury, "area")


def test_a_named_seat_is_outside_the_panel_size_and_the_quotas(closed, organiser):
    seat = name(closed, organiser)
    draw_from(run_lottery(closed, organiser), organiser)
    closed.refresh_from_db()

    drawn = closed.seats.drawn()
    assert drawn.count() == closed.panel_size
    assert free_seats(closed) == 0
    assert not seat.registrant.chances.exists()
    frozen = bridge.frozen(closed.draws.get())
    assert seat.registrant_id not in {one.registrant for one in frozen.people}


def test_the_frozen_pool_does_not_count_the_named_among_those_who_withdrew(closed, organiser):
    seat = name(closed, organiser)
    named_seats.give_up_named_seat(seat=seat, by=organiser)
    Registrant.objects.filter(pk=seat.registrant_id).update(withdrawn_at=closed.created_at)
    run_lottery(closed, organiser)

    payload = closed.draws.get().events.get().line

    assert '"removed":[]' in payload


def test_breaking_a_draw_off_leaves_the_named_where_they_are(closed, organiser):
    seat = name(closed, organiser)
    round_ = draw_from(run_lottery(closed, organiser), organiser)

    break_off(draw=round_.draw, code=Draw.AbortCode.MISTAKE, reason="Väärä pallo", by=organiser)

    assert list(closed.seats.all()) == [seat]


def test_nobody_is_named_and_no_vote_is_given_once_the_draw_is_closed(closed, organiser):
    seat = name(closed, organiser)
    round_ = draw_from(run_lottery(closed, organiser), organiser)
    for drawn in closed.seats.drawn():
        accept_seat(seat=drawn, by=organiser)
    close_draw(draw=round_.draw, by=organiser)
    told = {"body": "Nuorisovaltuusto", "votes": True, **PERSON}

    with pytest.raises(JuryError):
        name(closed, organiser)
    with pytest.raises(JuryError):
        named_seats.change_named_seat(seat=seat, by=organiser, **{**told, "votes": False})
    named_seats.change_named_seat(seat=seat, by=organiser, **{**told, "phone": "09 123456"})

    seat.refresh_from_db()
    seat.registrant.refresh_from_db()
    assert seat.votes
    assert seat.registrant.phone == "09 123456"
    named_seats.give_up_named_seat(seat=seat, by=organiser)


def test_a_seat_that_was_given_up_is_held_by_nobody_and_not_changed(jury, by):
    seat = name(jury, by)

    named_seats.give_up_named_seat(seat=seat, by=by)
    named_seats.give_up_named_seat(seat=seat, by=by)

    assert not jury.seats.confirmed().exists()
    assert AuditEntry.objects.filter(verb="named_seat.given_up").count() == 1
    with pytest.raises(JuryError):
        named_seats.change_named_seat(seat=seat, body="Toinen", votes=True, by=by, **PERSON)


def test_a_drawn_seat_is_not_changed_as_if_it_were_named(jury, by):
    [seat] = factories.make_panel(jury, factories.make_mixed_pool(jury, 1))

    with pytest.raises(JuryError):
        named_seats.give_up_named_seat(seat=seat, by=by)


@pytest.mark.parametrize(
    ("named", "same"),
    [
        ({"name": "nuorola, NUPPU", "email": "", "phone": ""}, True),
        ({"name": "Joku Muu", "email": "NUPPU+x@kaarnalahti.example", "phone": ""}, True),
        ({"name": "Joku Muu", "email": "", "phone": "+358401234567"}, True),
        ({"name": "Joku Muu", "email": "muu@kaarnalahti.example", "phone": ""}, False),
    ],
)
def test_whoever_is_named_and_has_registered_too_is_found(jury, by, named, same):
    [person] = factories.make_registrants(jury, [("woman", "young")], **PERSON)
    seat = name(jury, by, **named)

    assert named_seats.in_pool_too(jury) == ({seat.pk: person} if same else {})


def test_the_holder_gives_the_seat_up_on_the_own_page_by_a_button(jury, by):
    seat = name(jury, by)
    client = own_client(seat.registrant)
    address = "/en/own/named-seat/"

    looked = client.get(address).content.decode()
    still = client.post(address, {"answer": "decline"})
    seat.refresh_from_db()
    state = seat.state
    client.post(address, {"answer": "give-up"})
    seat.refresh_from_db()

    assert "you have a vote" in looked
    assert still.status_code == 200
    assert (state, seat.state) == ("confirmed", "left")
    assert "You gave your seat back" in client.get(address).content.decode()
    assert client.get("/en/own/seat/").url == address


def test_somebody_without_a_named_seat_has_no_such_page(jury, by):
    [person] = factories.make_registrants(jury, [("woman", "young")])

    assert own_client(person).get("/en/own/named-seat/").status_code == 404


def test_the_named_do_not_change_the_registration_form_they_never_filled_in(jury, by):
    ensure_form(jury)
    Jury.objects.filter(pk=jury.pk).update(stage="registration")
    client = own_client(name(jury, by).registrant)

    assert reverse("own_change") not in client.get(reverse("own_page")).content.decode()
    assert client.get(reverse("own_change")).url == reverse("own_page")


def test_the_desk_names_somebody_once_and_shows_the_code_once(jury, sign_in_as):
    client = sign_in_as(Role.RECRUITER, jury)
    address = f"/en/desk/{jury.slug}/panel/named/"
    sent = {"body": "Youth council", "votes": "no", "language": "sv", **PERSON}

    submission = str(client.get(address).context["form"].initial["submission"])
    empty = client.post(address, {"submission": submission})
    shown = client.post(address, {**sent, "submission": submission})
    again = client.post(address, {**sent, "submission": submission})
    later = client.get(address)

    code = shown.context["receipt"].code
    assert set(empty.context["form"].errors) == {"body", "votes", "name", "language"}
    assert code in shown.content.decode()
    assert again.context["receipt"].code == code
    assert code not in later.content.decode()
    assert PERSON["email"] in later.content.decode()
    assert jury.seats.named().count() == 1


def test_the_desk_corrects_a_contact_and_gives_a_seat_up_after_asking(jury, by, sign_in_as):
    client = sign_in_as(Role.RECRUITER, jury)
    seat = name(jury, by)
    page = reverse("selection:named_seat", args=[jury.slug, seat.pk])
    leave = reverse("selection:give_up_named_seat", args=[jury.slug, seat.pk])
    sent = {"body": "Nuorisovaltuusto", "votes": "yes", "language": "fi", **PERSON}

    client.post(page, {**sent, "phone": "050 111222"})
    client.get(leave)
    seat.refresh_from_db()
    before = seat.state
    client.post(leave)
    seat.refresh_from_db()
    seat.registrant.refresh_from_db()

    assert seat.registrant.phone == "050 111222"
    assert (before, seat.state) == ("confirmed", "left")
    assert client.get(page).status_code == 404


def test_a_drawn_seat_has_no_page_of_a_named_one(jury, sign_in_as):
    [seat] = factories.make_panel(jury, factories.make_mixed_pool(jury, 1))
    client = sign_in_as(Role.ORGANISER, jury)

    for page in ("named_seat", "give_up_named_seat"):
        address = reverse(f"selection:{page}", args=[jury.slug, seat.pk])
        assert client.post(address).status_code == 404


def test_the_panel_page_lists_drawn_seats_only(closed, organiser, desk):
    seat = name(closed, organiser)
    draw_from(run_lottery(closed, organiser), organiser)

    page = desk.get(reverse("selection:panel", args=[closed.slug])).content.decode()

    assert closed.seats.drawn().first().registrant.reference in page
    assert seat.registrant.reference not in page
    answer = reverse("selection:seat", args=[closed.slug, seat.pk])
    assert desk.post(answer, {"answer": "decline"}).status_code == 404


def test_the_card_of_the_named_says_what_they_are(jury, by, sign_in_as):
    person = name(jury, by).registrant

    with override("en"):
        page = sign_in_as(Role.RECRUITER, jury).get(
            f"/en/desk/{jury.slug}/registrants/{person.pk}/"
        )

    text = page.content.decode()
    assert "Named to a seat by a body" in text
    assert "What is missing" not in text


def test_needs_of_the_named_are_among_those_of_the_members(jury, by):
    person = name(jury, by).registrant
    left = name(jury, by)
    write_needs(person, NeedsTold(("ride",)))
    write_needs(left.registrant, NeedsTold(("ride",)))
    named_seats.give_up_named_seat(seat=left, by=by)

    counts = dict(totals(jury))
    assert (members_told(jury), seats_held(jury)) == (1, 1)
    assert sum(counts.values()) == 1


def test_the_named_are_erased_with_the_members_and_not_with_those_not_drawn(jury, by):
    factories.make_panel(jury, factories.make_mixed_pool(jury, 4)[:1])
    person = name(jury, by).registrant
    Call.objects.create(jury=jury, registrant=person, outcome="answered", by=by)
    day = jury.first_session_on + timedelta(days=91)

    run_retention(on=day)
    person.refresh_from_db()
    kept = person.name
    run_retention(on=jury.last_session_on + timedelta(days=731))
    person.refresh_from_db()

    assert kept == PERSON["name"]
    assert (person.name, person.email, person.phone) == ("", "", "")
    assert own_cards(person)[0].url == reverse("selection:own_named_seat")


def test_whoever_holds_a_named_seat_gives_it_up_before_withdrawing(jury, by):
    with pytest.raises(JuryError):
        withdraw(registrant=name(jury, by).registrant, by=by)


def test_a_removed_jury_is_erased_with_its_named_seats(jury, by):
    name(jury, by)
    Jury.objects.filter(pk=jury.pk).update(removed_at="2026-01-01T00:00Z")

    assert erase_removed_juries(on=date(2026, 3, 1)) == 1
    assert not PanelSeat.objects.exists()


def test_a_form_sent_again_after_the_named_withdrew_is_answered_in_words(jury, by):
    client, facts = Client(), {"body": "Neuvosto", "votes": "yes", "language": "fi", **PERSON}
    client.force_login(by)
    page, facts["submission"] = reverse("selection:named_seats", args=[jury.slug]), str(uuid4())
    seat = client.post(page, facts).context["receipt"].seat
    named_seats.give_up_named_seat(seat=seat, by=by)
    withdraw(registrant=seat.registrant, by=by, reason="Muutti")

    again = client.post(page, facts)

    assert "This seat has been given up." in text(again)
    assert again.context["receipt"] is None
    assert jury.seats.named().count() == 1
