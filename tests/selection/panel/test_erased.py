"""Of whoever has been erased nothing is written any more: nobody would erase it again."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from juries.audit import JUROR
from juries.enums import Role
from juries.errors import JuryError
from juries.models import Registrant
from juries.registration.entry import Particulars, change_registration
from juries.registration.withdrawing import erase_people
from selection.members.fees import set_fee_basis
from selection.members.name_consent import give_name_consent
from selection.models import FeeBasis, NameConsent, PanelSeat
from selection.panel.named_seats import change_named_seat, name_to_seat
from selection.panel.offers import code_of
from selection.panel.seats import accept_seat, decline_seat
from tests import factories
from tests.selection.panel.offering import offered
from tests.statements.stories import own_client

ERASED = "have been erased"


@pytest.fixture
def by(jury):
    return factories.make_member(jury, Role.ORGANISER)


@pytest.fixture
def seat(jury):
    return offered(jury, answer_by=timezone.localdate() + timedelta(days=7))[0]


def erase(seat: PanelSeat) -> PanelSeat:
    """The retention of members has come."""
    erase_people(Registrant.objects.filter(pk=seat.registrant_id))
    return PanelSeat.objects.get(pk=seat.pk)


def test_no_fee_is_noted(jury, seat, by):
    accept_seat(seat=seat, by=JUROR)
    erase(seat)

    with pytest.raises(JuryError, match=ERASED):
        set_fee_basis(seat=seat, fee_declined=False, travel="none", note="Malli 1", by=by)

    assert not FeeBasis.objects.exists()


def test_a_page_that_stood_open_says_so_and_keeps_nothing(jury, seat, sign_in_as):
    accept_seat(seat=seat, by=JUROR)
    erase(seat)
    page = reverse("selection:fee_basis", args=[jury.slug, seat.pk])

    answer = sign_in_as(Role.ORGANISER, jury).post(page, {"travel": "none", "note": "Malli 1"})

    assert ERASED in str(answer.context["form"].non_field_errors())
    assert not FeeBasis.objects.exists()


def test_no_name_comes_back_on_a_named_seat(jury, by):
    seat = name_to_seat(jury=jury, body="Neuvosto", votes=True, name="Nuppu", by=by).seat
    erase(seat)

    with pytest.raises(JuryError, match=ERASED):
        change_named_seat(seat=seat, body="Neuvosto", votes=True, name="Nuppu", by=by)

    assert Registrant.objects.get(pk=seat.registrant_id).name == ""


def test_no_name_comes_back_by_a_correction(seat, by):
    person = erase(seat).registrant

    with pytest.raises(JuryError, match=ERASED):
        change_registration(
            registrant=person, particulars=Particulars(name="Malli 1"), values=[], by=by
        )

    assert Registrant.objects.get(pk=person.pk).name == ""


def test_no_consent_is_given(seat):
    accept_seat(seat=seat, by=JUROR)
    erase(seat)

    with pytest.raises(JuryError, match=ERASED):
        give_name_consent(seat=seat, language="fi", by=JUROR)

    assert not NameConsent.objects.exists()


def test_nobody_without_a_name_takes_a_seat(seat):
    decline_seat(seat=seat, by=JUROR)
    gone = erase(seat)

    with pytest.raises(JuryError, match=ERASED):
        accept_seat(seat=gone, by=JUROR)

    page = own_client(gone).get("/en/own/seat/")
    assert "I take my seat" not in page.content.decode()
    assert PanelSeat.objects.get(pk=seat.pk).state == PanelSeat.State.DECLINED


def test_the_code_of_an_offer_opens_nothing(seat):
    page = reverse("selection:offer", args=[code_of(seat)])
    before = Client().get(page).status_code
    erase(seat)

    assert (before, Client().get(page).status_code) == (200, 404)
