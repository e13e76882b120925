"""Who is told what: once, in their language, looked at and confirmed by number, and undone."""

from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from juries.audit import JUROR
from juries.enums import Channel, Stage
from juries.errors import JuryError, WrongStage
from juries.models import AuditEntry, ExclusionRule, Jury, Message, Registrant
from juries.post import mailings
from selection.draw.ending import break_off
from selection.models import Chance, How, Notice, PanelSeat
from selection.panel.circles import CIRCLES, by_letter, by_phone, not_drawn, reserves, untold
from selection.panel.circles import drawn as circle_of_drawn
from selection.panel.offers import address_of_offer, code_of
from selection.panel.replacing import replace_by_rank
from selection.panel.reserves import draw_up_reserves
from selection.panel.seats import accept_seat, decline_seat
from selection.panel.telling import mark_phoned, tell
from tests.selection.conftest import address, draw_from, freeze, run_lottery, text
from tests.selection.panel.offering import give, post, send_all, tell_all

State = PanelSeat.State


@pytest.fixture
def panel(drawn):
    """Four people of twelve are drawn: one reads Swedish, one has no e-mail, one has no address."""
    jury = drawn.draw.jury
    jury.registrants.update(street_address="Kirkkokatu 5", postal_code="99999")
    finnish, swedish, by_post, on_phone = [seat.registrant for seat in jury.seats.order_by("pk")]
    give([swedish], language="sv")
    give([by_post], email="")
    give([on_phone], email="", street_address="", phone="040 123 4567")
    return jury


def counts(jury, key):
    [found] = [one for one in untold(jury) if one.circle.group.key == key]
    return found.by_email, found.by_letter, found.by_phone


def told(jury):
    seats = jury.seats.order_by("pk").values_list("told_how", "told_at")
    return [how if at else "" for how, at in seats]


def test_everybody_is_reached_in_the_way_that_reaches_them(panel):
    assert counts(panel, "drawn") == (2, 1, 1)
    assert counts(panel, "not-drawn") == (8, 0, 0)
    assert counts(panel, "reserves") == (0, 0, 0)


def test_whoever_has_no_contact_is_counted_apart_and_called_by_nobody(panel, desk):
    give(not_drawn(panel), email="", street_address="", phone="")

    [found] = [one for one in untold(panel) if one.circle.group.key == "not-drawn"]
    assert (counts(panel, "not-drawn"), found.unreached, found.any) == ((0, 0, 0), 8, False)
    assert not by_phone(not_drawn(panel)).exists()
    page = text(desk.get(address(panel, "panel")))
    assert "8 people have no contact here any more and cannot be told." in " ".join(page.split())
    assert address(panel, "panel/tell/not-drawn") not in page


def test_the_drawn_are_told_once_each_in_their_language_with_a_link_of_their_own(panel, organiser):
    seats = list(panel.seats.order_by("pk"))

    assert tell_all(panel, "drawn", organiser, 2) == 2
    assert mail.outbox == []
    assert [send_all() for _delivery in range(3)] == [2, 0, 0]

    bodies = {sent.to[0]: sent for sent in mail.outbox}
    finnish, swedish = (bodies[seat.registrant.email] for seat in seats[:2])
    assert finnish.subject == "Paikka sinulle: Lähipalvelut 2035"
    assert swedish.subject == "En plats för dig: Närservice 2035"
    assert address_of_offer(code_of(seats[0]), "fi") in finnish.body
    assert address_of_offer(code_of(seats[1]), "sv") in swedish.body
    assert told(panel) == ["email", "email", "", ""]


def test_the_message_tells_the_own_chance_and_the_last_day(panel, organiser):
    seat = panel.seats.order_by("pk")[0]
    PanelSeat.objects.update(answer_by="2030-03-12")
    chance = Chance.objects.get(lottery=seat.round.lottery, registrant=seat.registrant)
    tell_all(panel, "drawn", organiser, 2)
    send_all()

    body = next(one.body for one in mail.outbox if one.to == [seat.registrant.email])

    assert "Vastaa viimeistään 12.3.2030." in body
    assert "Mahdollisuutesi tulla arvotuksi oli 33,3\xa0%" in body
    assert f"olit mukana {chance.tickets} arvassa, kun arpoja oli kaikkiaan 1\xa0000." in body
    assert f"/fi/juries/{panel.slug}/" in body


def test_whoever_had_no_chance_is_told_no_number(panel, organiser):
    Chance.objects.update(probability=0.0, tickets=0)
    tell_all(panel, "not-drawn", organiser, 8)
    send_all()

    assert "Mahdollisuutesi" not in mail.outbox[0].body
    assert "Omalla sivullasi" in mail.outbox[0].body


@pytest.mark.parametrize("typed", [None, 0, 1, 3, 12])
def test_a_wrong_number_tells_nobody(panel, organiser, typed):
    with pytest.raises(JuryError, match="2"):
        tell_all(panel, "drawn", organiser, typed)

    assert not Message.objects.exists()
    assert told(panel) == [""] * 4


def test_nobody_is_told_twice_however_often_it_is_pressed(panel, organiser):
    mailing = uuid4()
    pressed = [
        tell(jury=panel, circle="drawn", mailing=mailing, typed=2, by=organiser)
        for _click in range(3)
    ]
    moment = panel.seats.order_by("pk")[0].told_at

    assert pressed == [2, 2, 2]
    assert Message.objects.count() == 2
    with pytest.raises(JuryError, match="nobody to write to"):
        tell_all(panel, "drawn", organiser, 2)
    assert panel.seats.order_by("pk")[0].told_at == moment
    assert AuditEntry.objects.filter(verb="messages.sent_to_many").count() == 1


def test_undone_in_time_nobody_stands_as_told_and_everybody_can_be_told_again(panel, organiser):
    mailing = uuid4()
    tell(jury=panel, circle="drawn", mailing=mailing, typed=2, by=organiser)
    assert [one.count for one in mailings.can_be_undone(panel)] == [2]

    mailings.undo(jury=panel, mailing=mailing, by=organiser)

    assert told(panel) == [""] * 4
    assert counts(panel, "drawn") == (2, 1, 1)
    assert tell_all(panel, "drawn", organiser, 2) == 2
    assert send_all() == 2


def test_undoing_leaves_those_told_otherwise(panel, organiser):
    mailing = uuid4()
    tell(jury=panel, circle="drawn", mailing=mailing, typed=2, by=organiser)
    post(panel, "drawn", organiser)

    mailings.undo(jury=panel, mailing=mailing, by=organiser)

    assert told(panel) == ["", "", "letter", ""]


def test_no_word_that_somebody_typed_is_in_a_message(panel, organiser):
    draw_up_reserves(jury=panel, count=2, dropout_percent=20, by=organiser)
    panel.registrants.update(name="KANARIALINTU <script>", street_address="=HYPERLINK(1)")
    for circle, count in (("drawn", 2), ("reserves", 2), ("not-drawn", 6)):
        tell_all(panel, circle, organiser, count)
    accept_seat(seat=panel.seats.order_by("pk")[0], by=JUROR)
    send_all()

    words = " ".join(sent.subject + sent.body for sent in mail.outbox)
    assert len(mail.outbox) == 11
    assert "KANARIALINTU" not in words
    assert "HYPERLINK" not in words


def test_the_not_drawn_are_told_kindly_once(panel, organiser):
    give([not_drawn(panel)[0]], language="sv")

    assert tell_all(panel, "not-drawn", organiser, 8) == 8
    send_all()

    subjects = [sent.subject for sent in mail.outbox]
    assert subjects.count("Arvonta on pidetty: Lähipalvelut 2035") == 7
    assert subjects.count("Lottningen har hållits: Närservice 2035") == 1
    assert all("33,3\xa0%" in sent.body for sent in mail.outbox)
    assert Notice.objects.filter(about=Notice.About.NOT_DRAWN, how=How.EMAIL).count() == 8
    assert counts(panel, "not-drawn") == (0, 0, 0)


def test_undone_in_time_the_not_drawn_are_not_told_either(panel, organiser):
    mailing = uuid4()
    tell(jury=panel, circle="not-drawn", mailing=mailing, typed=8, by=organiser)

    mailings.undo(jury=panel, mailing=mailing, by=organiser)

    assert not Notice.objects.exists()
    assert counts(panel, "not-drawn") == (8, 0, 0)


def test_withdrawn_excluded_and_named_people_are_not_written_to(panel, organiser):
    withdrawn, excluded, named, erased = not_drawn(panel)[:4]
    give([withdrawn], withdrawn_at=timezone.now())
    give([excluded], excluded=ExclusionRule.objects.create(jury=panel, name_fi="Valtuutetut"))
    give([named], channel=Channel.NAMED)
    give([erased], email="", street_address="", name="", erased_at=timezone.now())

    assert tell_all(panel, "not-drawn", organiser, 4) == 4
    written = set(Message.objects.values_list("registrant", flat=True))
    assert not written & {withdrawn.pk, excluded.pk, named.pk, erased.pk}


def test_whoever_registered_after_the_pool_was_frozen_was_in_no_draw(panel):
    [late] = Registrant.objects.bulk_create(
        [Registrant(jury=panel, reference="late", email="x@y.example", channel=Channel.PAPER)]
    )

    assert late not in not_drawn(panel)


def test_reserves_are_told_that_they_stand_by_even_if_told_before(panel, organiser):
    tell_all(panel, "not-drawn", organiser, 8)
    draw_up_reserves(jury=panel, count=3, dropout_percent=20, by=organiser)

    assert counts(panel, "not-drawn") == (0, 0, 0)
    assert tell_all(panel, "reserves", organiser, 3) == 3
    send_all()

    subjects = [sent.subject for sent in mail.outbox]
    assert subjects.count("Olet varalla: Lähipalvelut 2035") == 3
    assert not reserves(panel).exists()


def test_reserves_told_first_are_not_told_that_they_were_not_drawn(panel, organiser):
    draw_up_reserves(jury=panel, count=3, dropout_percent=20, by=organiser)

    assert counts(panel, "reserves") == (3, 0, 0)
    assert counts(panel, "not-drawn") == (5, 0, 0)


def test_whoever_gets_a_seat_later_is_offered_it_though_told_before(panel, organiser):
    tell_all(panel, "drawn", organiser, 2)
    tell_all(panel, "not-drawn", organiser, 8)
    decline_seat(seat=panel.seats.first(), by=JUROR)
    replace_by_rank(jury=panel, by=organiser)

    assert counts(panel, "drawn") == (1, 1, 1)
    assert tell_all(panel, "drawn", organiser, 1) == 1


def test_whoever_has_answered_is_not_told_any_more(panel, organiser):
    accept_seat(seat=panel.seats.order_by("pk")[0], by=JUROR)

    assert counts(panel, "drawn") == (1, 1, 1)


def test_whom_the_message_did_not_reach_gets_a_letter(panel, organiser):
    tell_all(panel, "drawn", organiser, 2)
    lost = panel.seats.order_by("pk")[0].registrant
    Message.objects.filter(registrant=lost).update(state=Message.State.FAILED)

    assert counts(panel, "drawn") == (0, 2, 1)
    assert lost in by_letter(circle_of_drawn(panel))
    post(panel, "drawn", organiser)
    assert counts(panel, "drawn") == (0, 0, 1)
    assert told(panel) == ["letter", "email", "letter", ""]


def test_letters_that_have_gone_are_marked(panel, organiser):
    assert post(panel, "drawn", organiser) == 1
    assert told(panel) == ["", "", "letter", ""]
    assert AuditEntry.objects.get(verb="seats.told").facts == {
        "group": "drawn",
        "how": "letter",
        "count": 1,
    }


def test_the_not_drawn_without_e_mail_are_told_by_letter(panel, organiser):
    give(not_drawn(panel)[:2], email="")

    assert counts(panel, "not-drawn") == (6, 2, 0)
    post(panel, "not-drawn", organiser)
    assert Notice.objects.filter(how=How.LETTER).count() == 2
    assert counts(panel, "not-drawn") == (6, 0, 0)


@pytest.mark.parametrize("circle", ["not-drawn", "reserves"])
def test_whom_only_the_phone_reaches_is_told_by_it_once(panel, organiser, circle):
    draw_up_reserves(jury=panel, count=3, dropout_percent=20, by=organiser)
    person, other = CIRCLES[circle].untold(panel)[:2]
    give([person, other], email="", street_address="", phone="040 123 4567")

    mark_phoned(jury=panel, circle=circle, person=person, by=organiser)
    standing = Notice.objects.values("registrant", "about", "how", "at").get()
    mark_phoned(jury=panel, circle=circle, person=person, by=organiser)

    assert Notice.objects.values("registrant", "about", "how", "at").get() == standing
    assert (standing["registrant"], standing["how"]) == (person.pk, How.PHONE)
    assert counts(panel, circle)[2] == 1
    assert AuditEntry.objects.get(verb="seats.told").facts == {
        "group": circle,
        "how": "phone",
        "registrant": person.pk,
    }


@pytest.mark.parametrize(
    "facts",
    [
        {"email": "x@y.example"},
        {"street_address": "Kirkkokatu 5"},
        {"phone": ""},
        {"withdrawn_at": timezone.now()},
    ],
)
def test_nobody_else_is_marked_as_told_by_phone(panel, organiser, facts):
    person = not_drawn(panel)[0]
    give([person], **{"email": "", "street_address": "", "phone": "040 123 4567", **facts})

    with pytest.raises(JuryError, match="Nobody was marked"):
        mark_phoned(jury=panel, circle="not-drawn", person=person, by=organiser)

    assert not Notice.objects.exists()
    assert not AuditEntry.objects.filter(verb="seats.told").exists()


def test_of_another_circle_nobody_is_marked_as_told_by_phone(panel, organiser):
    give(panel.registrants.all(), email="", street_address="", phone="040 123 4567")
    offered, outside = panel.seats.first().registrant, not_drawn(panel)[0]

    for person, circle in ((offered, "not-drawn"), (outside, "reserves")):
        with pytest.raises(JuryError, match="Nobody was marked"):
            mark_phoned(jury=panel, circle=circle, person=person, by=organiser)


def test_whom_neither_message_nor_letter_reached_is_told_by_phone(panel, organiser):
    person = not_drawn(panel)[0]
    tell_all(panel, "not-drawn", organiser, 8)
    Message.objects.filter(registrant=person).update(state=Message.State.FAILED)
    give([person], street_address="", phone="040 123 4567")

    mark_phoned(jury=panel, circle="not-drawn", person=person, by=organiser)

    assert Notice.objects.get(registrant=person).how == How.PHONE
    assert counts(panel, "not-drawn") == (0, 0, 0)


def test_before_the_panel_is_drawn_nobody_is_told_by_phone(panel, organiser):
    person = not_drawn(panel)[0]
    give([person], email="", street_address="", phone="040 123 4567")
    Jury.objects.update(stage=Stage.FROZEN)

    with pytest.raises(WrongStage):
        mark_phoned(jury=panel, circle="not-drawn", person=person, by=organiser)


def test_of_protected_people_no_letter_is_made(panel):
    person = by_letter(circle_of_drawn(panel)).get()
    give([person], address_protected=True, street_address="Salakatu 1", phone="040 123 4567")

    assert not by_letter(circle_of_drawn(panel)).exists()
    assert person in by_phone(circle_of_drawn(panel))


def test_in_a_second_draw_people_are_told_anew(panel, organiser):
    tell_all(panel, "drawn", organiser, 2)
    tell_all(panel, "not-drawn", organiser, 8)
    send_all()
    break_off(draw=panel.draws.get(), code="mistake", reason="A ball fell.", by=organiser)
    jury = Jury.objects.get()
    freeze(jury, organiser)
    draw_from(run_lottery(jury, organiser), organiser, 11)

    by_email = sum(one.by_email for one in untold(jury))
    assert by_email == 10
    for one in untold(jury):
        if one.by_email:
            tell_all(jury, one.circle.group.key, organiser, one.by_email)
    mail.outbox.clear()
    assert send_all() == 10


def test_before_the_panel_is_drawn_nobody_is_told(panel, organiser):
    Jury.objects.update(stage=Stage.FROZEN)

    for circle in CIRCLES:
        with pytest.raises(WrongStage):
            tell_all(panel, circle, organiser, 2)


def test_without_a_draw_there_is_nobody_to_tell(closed):
    assert not any(one.any for one in untold(closed))
