from django.urls import path

from selection.views import composition, draw, feasibility, lottery, own, panel, replacing

app_name = "selection"

urlpatterns = [
    path("desk/<slug:slug>/feasibility/", feasibility.feasibility, name="feasibility"),
    path("desk/<slug:slug>/feasibility/ease/", feasibility.ease, name="ease_quotas"),
    path("desk/<slug:slug>/lottery/", lottery.lotteries, name="lottery"),
    path("desk/<slug:slug>/lottery/start/", lottery.start, name="lottery_start"),
    path("desk/<slug:slug>/lottery/rehearse/", lottery.rehearse, name="rehearse"),
    path("desk/<slug:slug>/lottery/compare/", lottery.compare, name="lottery_compare"),
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
    path("own/chance/", own.chance, name="own_chance"),
    path("own/seat/", own.seat, name="own_seat"),
]
