import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from juries.enums import Role, Stage
from juries.errors import JuryError
from juries.models import AuditEntry, Registrant
from selection.draw import confirm_draw, enter_draw, places_on, registrants_on, set_aside_draw
from selection.models import Draw, Lottery, PanelSeat
from tests import factories
from tests.selection.conftest import draw_from, run_lottery


def enter(lottery, by, ticket=417):
    return enter_draw(lottery=lottery, ticket=ticket, source="three dice", by=by)


def test_an_entered_ticket_offers_no_seat_before_it_is_confirmed(ready, organiser):
    draw = enter(ready, organiser)

    assert draw.awaits_confirmation
    assert not PanelSeat.objects.exists()
    assert ready.jury.stage == Stage.LOTTERY


def test_a_confirmed_draw_offers_the_seats_on_its_ticket_and_moves_the_jury_on(ready, organiser):
    witness = factories.make_member(ready.jury, Role.ORGANISER, "witness@kaarnalahti.example")
    draw = enter(ready, organiser)

    confirm_draw(draw=draw, by=witness)

    draw.refresh_from_db()
    ready.jury.refresh_from_db()
    seats = ready.jury.seats.all()
    assert {seat.registrant_id for seat in seats} == set(
        ready.chances.filter(place__in=places_on(ready, 417)).values_list("registrant", flat=True)
    )
    assert {seat.state for seat in seats} == {PanelSeat.State.OFFERED}
    assert (draw.entered_by, draw.confirmed_by) == (organiser, witness)
    assert ready.jury.stage == Stage.PANEL


def test_the_drawn_panel_meets_the_quotas(drawn):
    values = [
        sorted(registrant.traits.values_list("value__key", flat=True))
        for registrant in registrants_on(drawn)
    ]

    assert len(values) == 4
    assert sum("woman" in person for person in values) == 2


@pytest.mark.parametrize("ticket", [-1, 1000])
def test_a_ticket_that_does_not_exist_is_refused_with_the_range(ready, organiser, ticket):
    with pytest.raises(JuryError, match="000 to 999"):
        enter(ready, organiser, ticket)


@pytest.mark.parametrize("ticket", [0, 999])
def test_the_first_and_the_last_ticket_can_be_drawn(ready, organiser, ticket):
    assert len(registrants_on(enter(ready, organiser, ticket))) == 4


def test_a_second_ticket_waits_for_the_first(ready, organiser):
    enter(ready, organiser)

    with pytest.raises(JuryError, match="awaits its check"):
        enter(ready, organiser, 5)


def test_a_draw_is_confirmed_once(drawn, organiser):
    with pytest.raises(JuryError, match="no longer awaits"):
        confirm_draw(draw=drawn, by=organiser)

    assert AuditEntry.objects.filter(verb="draw.confirmed").count() == 1


def test_a_lottery_is_not_drawn_from_again_while_its_draw_counts(drawn, organiser):
    with pytest.raises(JuryError, match="drawn already"):
        enter(drawn.lottery, organiser, 5)


def test_a_lottery_that_is_not_ready_cannot_be_drawn_from(ready, organiser):
    Lottery.objects.update(state=Lottery.State.CANCELLED)
    ready.refresh_from_db()

    with pytest.raises(JuryError, match="not ready"):
        enter(ready, organiser)


def someone_joins(jury):
    factories.make_registrants(jury, [("woman", "young")])


def an_answer_changes(jury):
    trait = jury.registrants.first().traits.get(criterion__key="age")
    trait.value = trait.criterion.values.exclude(pk=trait.value_id).get()
    trait.save()


def a_quota_changes(jury):
    jury.criteria.get(key="age").values.update(maximum=2)


def the_panel_grows(jury):
    jury.panel_size = 5
    jury.save()


@pytest.mark.parametrize(
    "change", [someone_joins, an_answer_changes, a_quota_changes, the_panel_grows]
)
def test_a_lottery_of_another_pool_or_other_quotas_is_not_drawn_from(ready, organiser, change):
    change(ready.jury)

    with pytest.raises(JuryError, match="changed since this lottery"):
        enter(ready, organiser)


def test_who_withdrew_after_the_lottery_and_is_drawn_has_declined(ready, organiser):
    draw = enter(ready, organiser)
    gone = registrants_on(draw)[0]
    Registrant.objects.filter(pk=gone.pk).update(withdrawn_at=timezone.now())

    confirm_draw(draw=draw, by=organiser)

    assert gone.seat.state == PanelSeat.State.DECLINED
    assert ready.jury.seats.held().count() == 3


def test_setting_a_draw_aside_takes_its_seats_back_and_keeps_its_number_and_reason(
    drawn, organiser
):
    set_aside_draw(draw=drawn, reason="One die fell off the table.", by=organiser)
    again = draw_from(drawn.lottery, organiser, 5)

    drawn.refresh_from_db()
    assert (drawn.number, again.number) == (1, 2)
    assert drawn.set_aside_reason == "One die fell off the table."
    assert {seat.draw_id for seat in PanelSeat.objects.all()} == {again.pk}


def test_setting_the_only_draw_aside_brings_the_jury_back_to_the_lottery(drawn, organiser):
    set_aside_draw(draw=drawn, reason="Wrong number.", by=organiser)

    drawn.jury.refresh_from_db()
    assert drawn.jury.stage == Stage.LOTTERY


def test_an_unconfirmed_draw_can_be_set_aside(ready, organiser):
    draw = enter(ready, organiser)

    set_aside_draw(draw=draw, reason="Typed wrong.", by=organiser)

    assert enter(ready, organiser, 714).number == 2


def test_setting_aside_without_a_reason_is_refused(drawn, organiser):
    with pytest.raises(JuryError, match="reason is public"):
        set_aside_draw(draw=drawn, reason="  ", by=organiser)


def test_only_the_latest_draw_can_be_set_aside(drawn, organiser):
    seat = drawn.jury.seats.first()
    seat.state, seat.answered_at = PanelSeat.State.DECLINED, timezone.now()
    seat.save()
    draw_from(run_lottery(drawn.jury, organiser), organiser)

    with pytest.raises(JuryError, match="latest"):
        set_aside_draw(draw=drawn, reason="Too late.", by=organiser)


def row(lottery, by, **facts):
    return Draw(jury=lottery.jury, lottery=lottery, number=9, ticket=1, entered_by=by, **facts)


def test_the_database_keeps_one_unconfirmed_draw_and_one_draw_of_a_lottery(ready, organiser):
    enter(ready, organiser)

    with pytest.raises(IntegrityError), transaction.atomic():
        row(ready, organiser).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        row(ready, organiser, confirmed_by=organiser, confirmed_at=timezone.now()).save()


@pytest.mark.parametrize("half", [{"confirmed": True}, {"set_aside": True}])
def test_the_database_wants_to_know_who_confirmed_and_why_a_draw_was_set_aside(
    ready, organiser, half
):
    now = timezone.now()
    facts = (
        {"confirmed_at": now}
        if "confirmed" in half
        else {"set_aside_at": now, "set_aside_by": organiser}
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        row(ready, organiser, **facts).save()
