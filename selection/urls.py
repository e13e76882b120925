from django.urls import path

from selection.panel.circles import CIRCLES
from selection.views import composition, own
from selection.views.draw import ceremony, chance, desk, ending
from selection.views.lottery import feasibility, lotteries
from selection.views.members import fees, members, name_consent
from selection.views.panel import calls, named_seats, offer, panel, replacing, seat, telling
from selection.views.record import auditing, receipts, record

app_name = "selection"

RECORD = "juries/<slug:slug>/record/<int:number>"
DESK_RECORD = "desk/<slug:slug>/draw/<int:number>/record"

of_the_lottery = [
    path("desk/<slug:slug>/feasibility/", feasibility.feasibility, name="feasibility"),
    path("desk/<slug:slug>/feasibility/ease/", feasibility.ease, name="ease_quotas"),
    path("desk/<slug:slug>/lottery/", lotteries.lotteries, name="lottery"),
    path("desk/<slug:slug>/lottery/start/", lotteries.start, name="lottery_start"),
    path("desk/<slug:slug>/lottery/rehearse/", lotteries.rehearse, name="rehearse"),
    path("desk/<slug:slug>/lottery/compare/", lotteries.compare, name="lottery_compare"),
    path("desk/<slug:slug>/lottery/<int:number>/", lotteries.run, name="lottery_run"),
    path(
        "desk/<slug:slug>/lottery/<int:number>/tickets/", lotteries.tickets, name="lottery_tickets"
    ),
    path("desk/<slug:slug>/lottery/<int:number>/cancel/", lotteries.cancel, name="lottery_cancel"),
]

of_the_draw = [
    path("desk/<slug:slug>/draw/", desk.draw, name="draw"),
    path("desk/<slug:slug>/draw/freeze/", desk.freeze, name="freeze"),
    path("desk/<slug:slug>/draw/opening/", ending.opening, name="opening"),
    path("desk/<slug:slug>/draw/commit/", desk.commit_to, name="commit"),
    path("desk/<slug:slug>/draw/ceremony/", ceremony.ceremony, name="ceremony"),
    path("desk/<slug:slug>/draw/balls/", chance.balls, name="balls"),
    path("desk/<slug:slug>/draw/balls/enter/", chance.enter, name="enter_ball"),
    path("desk/<slug:slug>/draw/balls/confirm/", chance.confirm, name="confirm_ball"),
    path("desk/<slug:slug>/draw/beacon/", chance.paste_beacon, name="paste_beacon"),
    path("desk/<slug:slug>/draw/confirm-beacon/", chance.confirm_beacon, name="confirm_beacon"),
    path("desk/<slug:slug>/draw/beacon/ask/", chance.ask_relays, name="ask_relays"),
    path("desk/<slug:slug>/draw/balls-alone/", chance.balls_alone, name="balls_alone"),
    path("desk/<slug:slug>/draw/break-off/", ending.breaking_off, name="break_off"),
    path(
        "desk/<slug:slug>/draw/break-off-round/",
        ending.breaking_off_round,
        name="break_off_round",
    ),
    path("desk/<slug:slug>/draw/close/", ending.closing, name="close_draw"),
    path(
        "desk/<slug:slug>/draw/<int:number>/<int:round>/minutes.pdf",
        ceremony.minutes,
        name="minutes",
    ),
    path("juries/<slug:slug>/draw/ceremony/", ceremony.public_ceremony, name="public_ceremony"),
]

of_the_record = [
    path(f"{DESK_RECORD}/", auditing.desk_record, name="desk_record"),
    path(f"{DESK_RECORD}/copy/", auditing.copy, name="record_copy"),
    path(f"{DESK_RECORD}/statements/new/", auditing.new_statement, name="new_auditor_statement"),
    path(
        f"{DESK_RECORD}/statements/<int:statement>/remove/",
        auditing.remove,
        name="remove_auditor_statement",
    ),
    path(
        "desk/<slug:slug>/draw/receipt/<int:registrant>/",
        receipts.desk_receipt,
        name="desk_receipt",
    ),
    path("own/receipt/", receipts.own_receipt, name="own_receipt"),
    path("own/receipt/receipt.json", receipts.own_receipt_file, name="own_receipt_file"),
    path(
        "own/receipt/<int:round>/receipt.json",
        receipts.own_receipt_file,
        name="own_round_receipt_file",
    ),
    path(f"{RECORD}/", record.record, name="record"),
    path(f"{RECORD}/by-hand/", record.by_hand, name="record_by_hand"),
    path(f"{RECORD}/record.zip", record.record_file, name="record_file"),
    path(f"{RECORD}/commitment.json", record.commitment, name="commitment"),
    path(f"{RECORD}/round-<int:round>/commitment.json", record.commitment, name="round_commitment"),
]

of_the_panel = [
    path("desk/<slug:slug>/panel/", panel.seats, name="panel"),
    path("desk/<slug:slug>/panel/replacements/", replacing.replacements, name="replacements"),
    path("desk/<slug:slug>/panel/replacements/rank/", replacing.by_rank, name="replace_by_rank"),
    path(
        "desk/<slug:slug>/panel/replacements/lottery/",
        replacing.by_lottery,
        name="replace_by_lottery",
    ),
    path("desk/<slug:slug>/panel/reserves/", replacing.reserves, name="reserves"),
    *(
        path(f"desk/<slug:slug>/panel/tell/{key}/", telling.circle, {"circle": key}, f"tell_{key}")
        for key in CIRCLES
    ),
    *(
        path(f"desk/<slug:slug>/panel/{name}/{key}/", view, {"circle": key}, f"{name}_{key}")
        for key, circle in CIRCLES.items()
        for name, view in (("letters", telling.letters), ("posted", telling.posted))
        if circle.letter
    ),
    *(
        path(
            f"desk/<slug:slug>/panel/phoned/{key}/<int:registrant>/",
            telling.phoned,
            {"circle": key},
            f"phoned_{key}",
        )
        for key, circle in CIRCLES.items()
        if circle.has_no_seat
    ),
    path("desk/<slug:slug>/panel/hold-back/", telling.hold_back, name="hold_back"),
    path("desk/<slug:slug>/panel/release/", panel.release, name="release_overdue"),
    path("desk/<slug:slug>/panel/calls/", calls.calls, name="calls"),
    path("desk/<slug:slug>/panel/calls/<int:pk>/", calls.call, name="call"),
    path("desk/<slug:slug>/panel/<int:pk>/", seat.seat, name="seat"),
    path("desk/<slug:slug>/panel/<int:pk>/drop-out/", seat.drop_out, name="drop_out"),
    path("desk/<slug:slug>/panel/<int:pk>/deadline/", seat.deadline, name="seat_deadline"),
    path("desk/<slug:slug>/panel/<int:pk>/letter/", seat.letter, name="seat_letter"),
    path("offer/", offer.by_code, name="offer_code"),
    path("offer/<str:code>/", offer.offer, name="offer"),
    path("desk/<slug:slug>/panel/named/", named_seats.named, name="named_seats"),
    path("desk/<slug:slug>/panel/named/<int:named>/", named_seats.change, name="named_seat"),
    path(
        "desk/<slug:slug>/panel/named/<int:named>/give-up/",
        named_seats.give_up,
        name="give_up_named_seat",
    ),
    path(
        "desk/<slug:slug>/panel/named/<int:named>/needs/",
        named_seats.needs,
        name="named_seat_needs",
    ),
    path("own/named-seat/", named_seats.own, name="own_named_seat"),
]

of_the_members = [
    path("desk/<slug:slug>/members/", members.members, name="members"),
    path("desk/<slug:slug>/members/name-tags.pdf", members.name_tags, name="name_tags"),
    path("desk/<slug:slug>/members/attendance.pdf", members.attendance, name="attendance_list"),
    path("desk/<slug:slug>/members/contacts/", members.contacts, name="contact_list"),
    path("desk/<slug:slug>/members/fees/", fees.fees, name="fees"),
    path("desk/<slug:slug>/members/fees/file/", fees.payroll, name="payroll"),
    path("desk/<slug:slug>/members/<int:seat>/fee/", fees.change, name="fee_basis"),
    path("desk/<slug:slug>/members/<int:seat>/name/", name_consent.by_staff, name="name_consent"),
    path("own/name/", name_consent.own, name="own_name"),
]

of_the_composition = [
    path("desk/<slug:slug>/composition/", composition.report, name="composition"),
    path("desk/<slug:slug>/composition/report.pdf", composition.pdf, name="composition_pdf"),
    path("desk/<slug:slug>/composition/report.csv", composition.csv, name="composition_csv"),
    path(
        "juries/<slug:slug>/composition.pdf",
        composition.public_pdf,
        name="public_composition_pdf",
    ),
    path(
        "juries/<slug:slug>/composition.csv",
        composition.public_csv,
        name="public_composition_csv",
    ),
]

of_ones_own = [
    path("own/chance/", own.chance, name="own_chance"),
    path("own/seat/", own.seat, name="own_seat"),
]

urlpatterns = [
    *of_the_lottery,
    *of_the_draw,
    *of_the_record,
    *of_the_panel,
    *of_the_members,
    *of_the_composition,
    *of_ones_own,
]
