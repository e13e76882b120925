"""An address that staff correct once the pool is frozen takes nobody out of it."""

from dataclasses import replace

import pytest
from django.utils import timezone

from juries.enums import Stage
from juries.models import Message, Registrant
from juries.registration.correcting import correct
from juries.registration.entry import PARTICULARS, Particulars
from juries.registration.own_page import waits_for
from selection.panel.circles import by_letter, by_phone, not_drawn, reserves, untold
from selection.panel.reserves import draw_up_reserves
from tests.selection.panel.offering import give, send_all, tell_all

NEW = "uusi@kaarnalahti.example"


@pytest.fixture
def confirmed(panel):
    """The jury confirms addresses, and everybody in the pool has confirmed theirs."""
    panel.confirm_email = True
    panel.save()
    panel.registrants.update(email_confirmed_at=timezone.now())
    return panel


def corrected(person, by, **facts):
    person = Registrant.objects.get(pk=person.pk)
    told = Particulars(**{name: getattr(person, name) for name in PARTICULARS})
    return correct(
        registrant=person,
        particulars=replace(told, **facts),
        values=list(person.values.all()),
        by=by,
        reason="Virheellinen osoite",
    )


def lose_the_message_to(people, organiser):
    """The mail that they were not drawn failed."""
    tell_all(people[0].jury, "not-drawn", organiser, 8)
    send_all()
    Message.objects.filter(registrant__in=people).update(state=Message.State.FAILED)


def test_whose_address_is_corrected_is_told_there(confirmed, organiser):
    person = not_drawn(confirmed)[0]
    lose_the_message_to([person], organiser)

    corrected(person, organiser, email=NEW)

    assert list(not_drawn(confirmed)) == [person]
    [by_email] = [one.by_email for one in untold(confirmed) if one.circle.group.key == "not-drawn"]
    assert by_email == 1


def test_whose_address_is_taken_away_gets_a_letter_or_a_call(confirmed, organiser):
    by_post, on_phone = not_drawn(confirmed)[:2]
    lose_the_message_to([by_post, on_phone], organiser)

    corrected(by_post, organiser, email="")
    corrected(on_phone, organiser, email="", street_address="", postal_code="")

    assert list(by_letter(not_drawn(confirmed))) == [by_post]
    assert list(by_phone(not_drawn(confirmed))) == [on_phone]


def test_whoever_was_in_the_frozen_pool_is_told_though_a_yes_is_missing_now(confirmed, organiser):
    draw_up_reserves(jury=confirmed, count=3, dropout_percent=20, by=organiser)
    before = set(reserves(confirmed)), set(not_drawn(confirmed))

    confirmed.registrants.update(unconfirmed=True, email_confirmed_at=None)

    assert [len(people) for people in before] == [3, 5]
    assert (set(reserves(confirmed)), set(not_drawn(confirmed))) == before


def test_whoever_has_been_erased_is_told_nothing(confirmed, organiser):
    draw_up_reserves(jury=confirmed, count=3, dropout_percent=20, by=organiser)
    gone = [reserves(confirmed)[0], not_drawn(confirmed)[0]]

    give(gone, erased_at=timezone.now())

    assert (reserves(confirmed).count(), not_drawn(confirmed).count()) == (2, 4)


@pytest.mark.parametrize("stage", [Stage.FROZEN, Stage.PANEL])
def test_nobody_in_a_frozen_pool_is_asked_for_a_yes_or_told_to_wait(confirmed, organiser, stage):
    confirmed.stage = stage
    confirmed.save()
    person = confirmed.registrants.first()

    changed = corrected(
        person,
        organiser,
        email=NEW,
        birth_year=confirmed.registration_opens_on.year - 17,
        guardian_name="Huoltaja",
        guardian_contact="huoltaja@kaarnalahti.example",
    )

    assert changed.email == NEW
    assert not changed.unconfirmed
    assert waits_for(changed) == []
    assert not Message.objects.exists()


def test_whoever_was_not_let_into_the_pool_is_not_let_in_by_a_correction(confirmed, organiser):
    late = confirmed.registrants.first()
    give([late], unconfirmed=True, email_confirmed_at=None)

    changed = corrected(late, organiser, email=NEW)

    assert changed.unconfirmed
    assert waits_for(changed) == []
    assert not Message.objects.exists()


def test_control_before_the_pool_is_frozen_a_new_address_is_confirmed(confirmed, organiser):
    confirmed.stage = Stage.LOTTERY
    confirmed.save()

    changed = corrected(confirmed.registrants.first(), organiser, email=NEW)

    assert changed.unconfirmed
    assert len(waits_for(changed)) == 1
    assert Message.objects.get().to == NEW
