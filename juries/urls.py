from django.contrib.auth.views import LogoutView
from django.urls import path

from juries.views import public
from juries.views.commission import desk, set_up
from juries.views.intake import importing, uploads
from juries.views.invitation import recruitment
from juries.views.pool import pairs, pool, registrants
from juries.views.registration import own, signup
from juries.views.targets import criteria
from juries.web import signed_in

urlpatterns = [
    path("", public.front, name="front"),
    path("sign-in/", public.sign_in, name="login"),
    path("sign-out/", signed_in(LogoutView.as_view()), name="logout"),
    path("accessibility/", public.notice("accessibility"), name="accessibility"),
    path("privacy/", public.notice("privacy"), name="privacy"),
    path("contact/", public.notice("contact"), name="contact"),
    path("juries/<slug:slug>/", public.jury_page, name="jury"),
    path("juries/<slug:slug>/sign-up/", signup.sign_up, name="sign_up"),
    path("juries/<slug:slug>/receipt/", signup.receipt, name="receipt"),
    path("own/", own.enter, name="own_code"),
    path("own/page/", own.page, name="own_page"),
    path("own/change/", own.change, name="own_change"),
    path("own/withdraw/", own.withdraw, name="own_withdraw"),
    path("own/leave/", own.leave, name="own_leave"),
    path("own/code/<str:code>/", own.enter_by_link, name="own_code_link"),
    path("desk/", desk.juries, name="juries"),
    path("desk/new/", set_up.new_jury, name="new_jury"),
    path("desk/new/<str:kind>/", set_up.new_jury_of_kind, name="new_jury_of_kind"),
    path("desk/<slug:slug>/", desk.home, name="home"),
    path("desk/<slug:slug>/settings/", set_up.jury_settings, name="jury_settings"),
    path("desk/<slug:slug>/audit/", desk.audit, name="audit"),
    *(
        path(f"desk/<slug:slug>/{name.replace('_', '-')}/", desk.carry_out, {"deed": name}, name)
        for name in desk.DEEDS
    ),
    path("desk/<slug:slug>/criteria/", criteria.criteria, name="criteria"),
    path("desk/<slug:slug>/criteria/table/", criteria.criteria_table, name="criteria_table"),
    path(
        "desk/<slug:slug>/criteria/calculate/",
        criteria.recalculate_quotas,
        name="recalculate_quotas",
    ),
    path("desk/<slug:slug>/criteria/new/", criteria.new_criterion, name="new_criterion"),
    path(
        "desk/<slug:slug>/criteria/<int:criterion>/remove/",
        criteria.remove,
        name="remove_criterion",
    ),
    path("desk/<slug:slug>/recruitment/", recruitment.recruitment, name="recruitment"),
    path(
        "desk/<slug:slug>/recruitment/invitations/",
        recruitment.make_invitations,
        name="make_invitations",
    ),
    path("desk/<slug:slug>/recruitment/qr.svg", recruitment.sign_up_qr, name="sign_up_qr"),
    path("desk/<slug:slug>/duplicates/", pairs.pairs, name="duplicates"),
    path(
        "desk/<slug:slug>/duplicates/take-back/", pairs.take_back, name="take_back_decision"
    ),
    path("desk/<slug:slug>/pool/", pool.pool_page, name="pool"),
    path("desk/<slug:slug>/import/", importing.upload, name="import"),
    path("desk/<slug:slug>/import/<int:upload>/", importing.preview, name="import_preview"),
    path("desk/<slug:slug>/uploads/<int:waiting>/", uploads.upload, name="upload"),
    path("desk/<slug:slug>/uploads/<int:waiting>/forget/", uploads.forget, name="forget_upload"),
    path("desk/<slug:slug>/registrants/", registrants.registrants, name="registrants"),
    path("desk/<slug:slug>/registrants/new/", registrants.add, name="add_registrant"),
    path("desk/<slug:slug>/registrants/<int:registrant>/", registrants.card, name="registrant"),
    path(
        "desk/<slug:slug>/registrants/<int:registrant>/change/",
        registrants.change,
        name="change_registrant",
    ),
    path(
        "desk/<slug:slug>/registrants/<int:registrant>/withdraw/",
        registrants.withdraw,
        name="withdraw_registrant",
    ),
    path(
        "desk/<slug:slug>/registrants/<int:registrant>/code/",
        registrants.new_code,
        name="new_registrant_code",
    ),
]
