"""Fee and travel: days, kilometres, what was declined; for payroll, with a reason and a trace."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from openpyxl import load_workbook

from juries.enums import Role
from juries.errors import JuryError
from juries.exports.people import Format
from juries.files.tables import read_table
from juries.models import AuditEntry, Jury, Registrant
from juries.privacy.reading import readings
from juries.registration.own_data import held_about
from juries.registration.withdrawing import erase_people
from juries.rooms import days_present_in
from selection.members.fees import fee_table, set_fee_basis
from selection.members.payroll import export_payroll
from selection.members.rates import KILOMETRE_RATES, kilometre_rate
from selection.models import FeeBasis
from selection.panel.named_seats import give_up_named_seat
from tests import factories
from tests.selection.members.conftest import attended

REASON = "Huhtikuun palkkiot"
CAR, TICKETS = FeeBasis.Travel.CAR, FeeBasis.Travel.TICKETS


@pytest.fixture
def in_2026(jury: Jury) -> Jury:
    jury.first_session_on, jury.last_session_on = date(2026, 4, 10), date(2026, 5, 8)
    jury.fee_euros = 160
    jury.save()
    return jury


def basis(seat, by, travel=CAR, kilometres="82.5", **facts):
    told = {"fee_declined": False, "note": "", **facts}
    driven = Decimal(kilometres) if kilometres else None
    set_fee_basis(seat=seat, travel=travel, kilometres=driven, by=by, **told)


def row_of(jury, seat):
    return next(row for row in fee_table(jury).rows if row.seat == seat)


def test_rates_follow_one_another_without_overlap_and_each_names_its_source():
    days = [day for rate in KILOMETRE_RATES for day in (rate.first, rate.last)]

    assert days == sorted(days)
    assert all(rate.source and rate.euros > 0 for rate in KILOMETRE_RATES)


@pytest.mark.parametrize(
    ("first", "last", "euros"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), Decimal("0.55")),
        (date(2025, 12, 31), date(2026, 1, 1), None),
        (date(2026, 12, 1), date(2027, 1, 1), None),
        (date(2031, 1, 1), date(2031, 2, 1), None),
    ],
)
def test_a_rate_holds_on_its_own_days_only(first, last, euros):
    rate = kilometre_rate(first, last)

    assert (rate.euros if rate else None) == euros


def test_the_table_says_days_fee_and_allowance(in_2026, seats, by):
    attended(seats[0], 1)
    attended(seats[0], 2)
    attended(seats[1], 1, "absent")
    basis(seats[0], by)
    basis(seats[1], by, travel=TICKETS, kilometres="", fee_declined=True)

    first, second = row_of(in_2026, seats[0]), row_of(in_2026, seats[1])

    assert (first.days, first.fee, first.allowance) == (2, Decimal(160), Decimal("45.38"))
    assert (second.days, second.fee, second.allowance) == (0, Decimal(0), None)
    table = fee_table(in_2026)
    assert (table.fees, table.kilometres, table.allowances) == (
        480,
        Decimal("82.5"),
        first.allowance,
    )
    assert days_present_in(in_2026) == {seats[0].registrant_id: 2}


def test_without_a_known_rate_payroll_enters_it(jury, seats, by, sign_in_as):
    basis(seats[0], by)

    page = sign_in_as(Role.ORGANISER, jury).get(f"/en/desk/{jury.slug}/members/fees/")

    assert "Payroll enters it" in page.content.decode()
    assert row_of(jury, seats[0]).allowance is None
    assert row_of(jury, seats[0]).kilometres == Decimal("82.5")


def test_whoever_left_after_a_day_is_still_owed_for_it(in_2026, seats, by):
    attended(seats[3], 1)
    give_up_named_seat(seat=seats[3], by=by)
    never = len(fee_table(in_2026).rows)

    assert row_of(in_2026, seats[3]).days == 1
    assert never == 4


def test_whoever_left_before_the_first_day_is_owed_nothing(in_2026, seats, by):
    give_up_named_seat(seat=seats[3], by=by)

    assert seats[3] not in [row.seat for row in fee_table(in_2026).rows]


@pytest.mark.parametrize("kilometres", ["", "0", "-1", "100000"])
def test_a_journey_by_car_has_its_kilometres(jury, seats, by, kilometres):
    with pytest.raises(JuryError):
        basis(seats[0], by, kilometres=kilometres)


def test_kilometres_belong_to_a_car_only(jury, seats, by):
    basis(seats[0], by)
    basis(seats[0], by, travel=TICKETS)

    assert row_of(jury, seats[0]).kilometres is None


def test_the_log_says_that_a_basis_changed_and_nothing_of_it(jury, seats, by):
    basis(seats[0], by, note="Kanarialintu")

    entry = AuditEntry.objects.get(verb="fee_basis.changed")
    assert entry.facts == {"seat": seats[0].pk}


def test_a_member_reads_it_among_the_own_data_and_it_is_erased_with_them(jury, seats, by):
    basis(seats[0], by, note="Kanarialintu")
    person = seats[0].registrant

    read = str([part.read() for part in held_about(person)])
    erase_people(Registrant.objects.filter(pk=person.pk))

    assert "Kanarialintu" in read
    assert "82.5" in read
    assert not FeeBasis.objects.exists()


def test_the_page_of_one_member_takes_numbers_as_the_reader_writes_them(jury, seats, sign_in_as):
    client = sign_in_as(Role.ORGANISER, jury)
    address = f"/fi/desk/{jury.slug}/members/{seats[0].pk}/fee/"

    wrong = client.post(address, {"travel": "car", "kilometres": "paljon"})
    missing = client.post(address, {"travel": "car"})
    client.post(address, {"travel": "car", "kilometres": "12,5", "note": "Kyyti kahdelle"})
    again = client.get(address)

    assert "kilometres" in wrong.context["form"].errors
    assert "kilometres" in missing.context["form"].errors
    assert row_of(jury, seats[0]).kilometres == Decimal("12.5")
    assert 'value="12,5"' in again.content.decode()


def test_the_page_costs_the_same_however_many_members(
    in_2026, seats, by, sign_in_as, django_assert_num_queries
):
    client = sign_in_as(Role.ORGANISER, in_2026)
    address = f"/en/desk/{in_2026.slug}/members/fees/"
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    more = factories.make_mixed_pool(in_2026, 12)
    for seat in factories.make_panel(in_2026, more):
        basis(seat, by)
        attended(seat, 3)

    with django_assert_num_queries(len(asked)):
        client.get(address)


def export(jury, by, form=Format.CSV):
    with override("fi"):
        return export_payroll(jury=jury, form=form, reason=REASON, by=by)


def test_the_file_holds_what_payroll_needs_in_the_numbers_of_its_language(in_2026, seats, by):
    attended(seats[0], 1)
    basis(seats[0], by, note="Kyyti kahdelle")

    [row] = [
        row.cells
        for row in read_table(export(in_2026, by).content, file="x").rows
        if row.cells[0] == "Malli 1"
    ]

    assert row[1:4] == ("p0001", "malli1@kaarnalahti.example", "")
    assert row[4:6] == ("1", "160,00")
    assert row[8:12] == ("82,5", "0,55", "45,38", "Kyyti kahdelle")


def test_the_file_has_a_reason_and_leaves_a_trace_without_anybodys_data(in_2026, seats, by):
    content = export(in_2026, by).content.decode()

    [line] = readings(in_2026)
    assert REASON in content
    assert (line.verb, line.facts["people"], line.facts["reason"]) == ("people.exported", 4, REASON)
    assert "Malli" not in str(line.facts)


PAYLOADS = [
    '=HYPERLINK("http://paha.example")',
    "@SUM(A1)",
    "+1",
    "-1",
    "<script>alert(1)</script>",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_r7_a_payload_is_text_in_every_kind_of_file(in_2026, seats, by, payload):
    Registrant.objects.filter(pk=seats[0].registrant_id).update(name=payload)
    basis(seats[0], by, note=payload)

    csv = export(in_2026, by).content
    sheet = load_workbook(BytesIO(export(in_2026, by, Format.XLSX).content)).worksheets[0]

    [row] = [row.cells for row in read_table(csv, file="x").rows if row.cells[1] == "p0001"]
    cells = [cell for line in sheet.iter_rows() for cell in line if cell.value == payload]
    assert (row[0], row[11]) == (payload, payload)
    assert not [
        line for line in csv.decode().splitlines() if line.lstrip('\ufeff"').startswith(("=", "@"))
    ]
    assert len(cells) == 2
    assert {cell.data_type for cell in cells} == {"s"}


def test_without_a_reason_there_is_no_file(in_2026, seats, sign_in_as):
    client = sign_in_as(Role.RECRUITER, in_2026)
    address = reverse("selection:payroll", args=[in_2026.slug])

    refused = client.post(address, {"form": "csv", "reason": " "})
    given = client.post(address, {"form": "csv", "reason": REASON})

    assert "reason" in refused.context["form"].errors
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in given.headers["Cache-Control"]
    assert client.get(address).status_code == 405
