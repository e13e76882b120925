from django.urls import path

from statements.models import Part
from statements.views import answer, delivery, draft, juror, public, vote

app_name = "statements"

DESK = "desk/<slug:slug>"

urlpatterns = [
    path(f"{DESK}/statement/", draft.draft, name="draft"),
    path(f"{DESK}/statement/start/", draft.start, name="start"),
    path(
        f"{DESK}/statement/new-section/",
        draft.add,
        {"kind": Part.Kind.SECTION.value},
        name="new_section",
    ),
    path(
        f"{DESK}/statement/new-recommendation/",
        draft.add,
        {"kind": Part.Kind.RECOMMENDATION.value},
        name="new_recommendation",
    ),
    path(f"{DESK}/statement/<int:pk>/", draft.part, name="part"),
    path(f"{DESK}/statement/<int:pk>/arrange/", draft.arrange, name="arrange"),
    path(f"{DESK}/statement/<int:pk>/revisions/", draft.history, name="history"),
    path(f"{DESK}/vote/", vote.vote_desk, name="vote_desk"),
    path(f"{DESK}/vote/rule/", vote.rule, name="rule"),
    path(f"{DESK}/vote/open/", vote.open_vote, name="open_vote"),
    path(f"{DESK}/vote/close/", vote.close_vote, name="close_vote"),
    path(f"{DESK}/vote/adopt/", vote.adopt, name="adopt"),
    path(f"{DESK}/vote/publish/", vote.publish, name="publish"),
    path(f"{DESK}/delivery/", delivery.delivery, name="delivery"),
    path(f"{DESK}/delivery/<int:pk>/new-link/", delivery.new_link, name="new_link"),
    path("own/statement/", juror.own_draft, name="own_draft"),
    path("own/statement/<int:pk>/revisions/", juror.own_history, name="own_history"),
    path("own/vote/", juror.ballot, name="ballot"),
    path("own/dissent/", juror.dissent, name="dissent"),
    path("own/dissent/<int:pk>/withdraw/", juror.withdraw_dissent, name="withdraw_dissent"),
    path("answer/", answer.answer_form, name="answer_form"),
    path("answer/open/", answer.answer_code, name="answer_code"),
    path("answer/<str:code>/", answer.answer, name="answer"),
    path("juries/<slug:slug>/statement/", public.statement, name="statement"),
    path("juries/<slug:slug>/statement.pdf", public.pdf, name="pdf"),
    path("juries/<slug:slug>/statement.txt", public.text, name="text"),
]
