from django.urls import path

from selection.panel.circles import CIRCLES
from selection.views import (
    calls,
    composition,
    draw,
    lottery,
    offer,
    own,
    panel,
    replacing,
    seat,
    telling,
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
    path("desk/<slug:slug>/panel/hold-back/", telling.hold_back, name="hold_back"),
    path("desk/<slug:slug>/panel/release/", panel.release, name="release_overdue"),
    path("desk/<slug:slug>/panel/calls/", calls.calls, name="calls"),
    path("desk/<slug:slug>/panel/calls/<int:pk>/", calls.call, name="call"),
    path("desk/<slug:slug>/panel/<int:pk>/", seat.seat, name="seat"),
    path("desk/<slug:slug>/panel/<int:pk>/drop-out/", seat.drop_out, name="drop_out"),
    path("desk/<slug:slug>/panel/<int:pk>/deadline/", seat.deadline, name="seat_deadline"),
    path("desk/<slug:slug>/panel/<int:pk>/letter/", seat.letter, name="seat_letter"),
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
    path("offer/", offer.by_code, name="offer_code"),
    path("offer/<str:code>/", offer.offer, name="offer"),
    path("own/chance/", own.chance, name="own_chance"),
    path("own/seat/", own.seat, name="own_seat"),
]
