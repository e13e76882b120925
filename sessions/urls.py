from django.urls import path

from sessions.views import day, programme

app_name = "sessions"

DESK = "desk/<slug:slug>/"
SESSION = DESK + "sessions/<int:number>/"

urlpatterns = [
    path(DESK + "sessions/", programme.overview, name="programme"),
    path(DESK + "sessions/new/", programme.new, name="new_session"),
    path(SESSION, programme.session, name="session"),
    path(SESSION + "change/", programme.change, name="change_session"),
    path(SESSION + "publish/", programme.publish, name="publish_session"),
    path(SESSION + "items/new/", programme.new_item, name="new_item"),
    path(SESSION + "items/<int:item>/", programme.change_item, name="change_item"),
    path(SESSION + "items/<int:item>/arrange/", programme.arrange_item, name="arrange_item"),
    path(SESSION + "tables/", day.tables, name="tables"),
    path(SESSION + "tables/seat/", day.seat, name="seat"),
    path(SESSION + "attendance/", day.attend, name="attendance"),
    path(DESK + "experts/new/", programme.new_expert, name="new_expert"),
    path(DESK + "experts/<int:expert>/", programme.change_expert, name="change_expert"),
    path("own/sessions/", day.own_sessions, name="own_sessions"),
]
