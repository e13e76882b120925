from django.urls import path

from selection.views import (
    ceremony,
    composition,
    draw_chance,
    draw_desk,
    draw_ending,
    lottery,
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
    path("desk/<slug:slug>/draw/", draw_desk.draw, name="draw"),
    path("desk/<slug:slug>/draw/freeze/", draw_desk.freeze, name="freeze"),
    path("desk/<slug:slug>/draw/opening/", draw_ending.opening, name="opening"),
    path("desk/<slug:slug>/draw/commit/", draw_desk.commit_to, name="commit"),
    path("desk/<slug:slug>/draw/ceremony/", ceremony.ceremony, name="ceremony"),
    path("desk/<slug:slug>/draw/balls/", draw_chance.balls, name="balls"),
    path("desk/<slug:slug>/draw/balls/enter/", draw_chance.enter, name="enter_ball"),
    path("desk/<slug:slug>/draw/balls/confirm/", draw_chance.confirm, name="confirm_ball"),
    path("desk/<slug:slug>/draw/beacon/", draw_chance.paste_beacon, name="paste_beacon"),
    path("desk/<slug:slug>/draw/beacon/ask/", draw_chance.ask_relays, name="ask_relays"),
    path("desk/<slug:slug>/draw/balls-alone/", draw_chance.balls_alone, name="balls_alone"),
    path("desk/<slug:slug>/draw/break-off/", draw_ending.breaking_off, name="break_off"),
    path(
        "desk/<slug:slug>/draw/break-off-round/",
        draw_ending.breaking_off_round,
        name="break_off_round",
    ),
    path("desk/<slug:slug>/draw/close/", draw_ending.closing, name="close_draw"),
    path(
        "desk/<slug:slug>/draw/<int:number>/<int:round>/minutes.pdf",
        ceremony.minutes,
        name="minutes",
    ),
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
    path("juries/<slug:slug>/draw/ceremony/", ceremony.public_ceremony, name="public_ceremony"),
    path("own/chance/", own.chance, name="own_chance"),
    path("own/seat/", own.seat, name="own_seat"),
]
