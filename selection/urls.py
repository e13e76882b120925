from django.urls import path

from selection.views import draw, lottery, own, panel, replacing

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
    path("own/chance/", own.chance, name="own_chance"),
    path("own/seat/", own.seat, name="own_seat"),
]
