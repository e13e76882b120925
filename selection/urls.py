from django.urls import path

from selection.views import (
    composition,
    draw,
    fees,
    lottery,
    members,
    name_consent,
    named_seats,
    own,
    panel,
    replacing,
)

app_name = "selection"

urlpatterns = [
    path("desk/<slug:slug>/feasibility/", lottery.feasibility, name="feasibility"),
    path("desk/<slug:slug>/lottery/", lottery.lotteries, name="lottery"),
    path("desk/<slug:slug>/lottery/start/", lottery.start, name="lottery_start"),
    path("desk/<slug:slug>/lottery/<int:number>/", lottery.run, name="lottery_run"),
    path("desk/<slug:slug>/lottery/<int:number>/tickets/", lottery.tickets, name="lottery_tickets"),
    path("desk/<slug:slug>/lottery/<int:number>/cancel/", lottery.cancel, name="lottery_cancel"),
    path("desk/<slug:slug>/draw/", draw.draws, name="draw"),
    path("desk/<slug:slug>/panel/", panel.seats, name="panel"),
    path("desk/<slug:slug>/panel/replacements/", replacing.replacements, name="replacements"),
    path("desk/<slug:slug>/panel/replacements/rank/", replacing.by_rank, name="replace_by_rank"),
    path(
        "desk/<slug:slug>/panel/replacements/lottery/",
        replacing.by_lottery,
        name="replace_by_lottery",
    ),
    path("desk/<slug:slug>/panel/reserves/", replacing.reserves, name="reserves"),
    path("desk/<slug:slug>/panel/<int:pk>/", panel.answer, name="seat"),
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
    path("desk/<slug:slug>/panel/named/", named_seats.named, name="named_seats"),
    path("desk/<slug:slug>/panel/named/<int:named>/", named_seats.change, name="named_seat"),
    path(
        "desk/<slug:slug>/panel/named/<int:named>/give-up/",
        named_seats.give_up,
        name="give_up_named_seat",
    ),
    path("desk/<slug:slug>/members/", members.members, name="members"),
    path("desk/<slug:slug>/members/name-tags.pdf", members.name_tags, name="name_tags"),
    path("desk/<slug:slug>/members/attendance.pdf", members.attendance, name="attendance_list"),
    path("desk/<slug:slug>/members/contacts/", members.contacts, name="contact_list"),
    path("desk/<slug:slug>/members/fees/", fees.fees, name="fees"),
    path("desk/<slug:slug>/members/fees/file/", fees.payroll, name="payroll"),
    path("desk/<slug:slug>/members/<int:seat>/fee/", fees.change, name="fee_basis"),
    path("desk/<slug:slug>/members/<int:seat>/name/", name_consent.by_staff, name="name_consent"),
    path("own/chance/", own.chance, name="own_chance"),
    path("own/seat/", own.seat, name="own_seat"),
    path("own/named-seat/", named_seats.own, name="own_named_seat"),
    path("own/name/", name_consent.own, name="own_name"),
]
