"""The seats: who answers, who reads names, free seats."""

import pytest
from django.test import Client

from juries.enums import Role
from selection.models import PanelSeat
from tests import factories
from tests.selection.conftest import address, run_lottery, text


def test_a_seat_of_another_jury_cannot_be_answered(drawn, organiser, sign_in_as):
    elsewhere = factories.make_jury(
        "elsewhere", organisation=factories.make_organisation("muualla")
    )
    client = Client()
    client.force_login(factories.make_member(elsewhere, Role.ORGANISER, "muu@muualla.example"))
    seat = drawn.jury.seats.first()

    response = client.post(address(elsewhere, f"panel/{seat.pk}"), {"answer": "decline"})

    assert response.status_code == 404


def test_names_are_for_those_who_may_read_them(drawn, sign_in_as):
    observer = text(sign_in_as(Role.OBSERVER, drawn.jury).get(address(drawn.jury, "panel")))
    facilitator = text(sign_in_as(Role.FACILITATOR, drawn.jury).get(address(drawn.jury, "panel")))

    assert "Malli" not in observer
    assert "Malli" in facilitator


def test_staff_answer_for_a_person_and_then_draw_the_free_seat(
    drawn, desk, queue, django_capture_on_commit_callbacks
):
    seat = drawn.jury.seats.first()

    desk.post(address(drawn.jury, f"panel/{seat.pk}"), {"answer": "decline"})
    page = text(desk.get(address(drawn.jury, "panel")))
    with django_capture_on_commit_callbacks(execute=True):
        response = desk.post(address(drawn.jury, "panel/replacements"))

    assert "1 seat is free" in page
    assert response.url == address(drawn.jury, "lottery/2")
    assert len(queue) == 1


@pytest.mark.parametrize("answer", [{}, {"answer": "perhaps"}])
def test_an_answer_that_is_none_is_refused(drawn, desk, answer):
    seat = drawn.jury.seats.first()

    response = desk.post(address(drawn.jury, f"panel/{seat.pk}"), answer, follow=True)

    assert "Choose whether" in text(response)


def test_when_the_free_seat_cannot_be_filled_the_panel_page_says_why(drawn, desk, organiser):
    woman = drawn.jury.seats.filter(registrant__traits__value__key="woman").first()
    PanelSeat.objects.filter(pk=woman.pk).update(
        state=PanelSeat.State.DECLINED, answered_at="2027-01-01T00:00Z"
    )
    drawn.jury.registrants.filter(traits__value__key="woman", seat=None).update(
        withdrawn_at="2027-01-01T00:00Z"
    )
    run_lottery(drawn.jury, organiser)

    found = text(desk.get(address(drawn.jury, "panel")))

    assert "gender, woman: the panel needs 2, the pool has 1." in found
    assert "lower the minimum from 2 to 1" in found
