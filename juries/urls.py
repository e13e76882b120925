from django.contrib.auth.views import LogoutView
from django.urls import path

from juries.post.kinds import KINDS
from juries.registration.mailing import GROUPS
from juries.views import public
from juries.views.commission import copying, desk, members, organisation, removal, set_up
from juries.views.exports import taking
from juries.views.intake import importing, uploads
from juries.views.invitation import following, letter_file, recruitment, samples, waves
from juries.views.pool import card, completing, exclusions, pairs, pool, reach, registrants
from juries.views.pool import desk as pool_desk
from juries.views.post import letters, mailing, texts
from juries.views.privacy import keeping
from juries.views.privacy import notice as privacy_notice
from juries.views.questions import builder, editing, trial
from juries.views.registration import agreeing, needs, own, receipt, signup
from juries.views.targets import criteria, criterion, population
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
    path("juries/<slug:slug>/sign-up/<int:number>/", signup.step, name="sign_up_step"),
    path("juries/<slug:slug>/sign-up/check/", signup.check, name="sign_up_check"),
    path("juries/<slug:slug>/sign-up/again/", signup.again, name="sign_up_again"),
    path("juries/<slug:slug>/sign-up/start-over/", signup.start_over, name="sign_up_over"),
    path("juries/<slug:slug>/reach/", reach.public_reach, name="public_reach"),
    path("juries/<slug:slug>/receipt/", receipt.receipt, name="receipt"),
    path("agree/<str:code>/", agreeing.agree, name="agree"),
    path("own/", own.enter, name="own_code"),
    path("own/page/", own.page, name="own_page"),
    path("own/change/", own.change, name="own_change"),
    path("own/missing/", own.missing, name="own_missing"),
    path("own/needs/", needs.own, name="own_needs"),
    path("own/withdraw/", own.withdraw, name="own_withdraw"),
    path("own/data/", own.data, name="own_data"),
    path("own/consents/<int:question>/", own.consent, name="own_consent"),
    path("own/leave/", own.leave, name="own_leave"),
    path("own/code/<str:code>/", own.enter_by_link, name="own_code_link"),
    path("organisations/<slug:organisation>/", organisation.organisation_page, name="organisation"),
    path("organisations/<slug:organisation>/restore/", removal.restore, name="restore_jury"),
    path("organisations/<slug:organisation>/members/", members.members, name="members"),
    path("organisations/<slug:organisation>/members/take/", members.take, name="take_role"),
    path("organisations/<slug:organisation>/members/link/", members.link, name="member_link"),
    path("sign-in/first/<str:key>/<str:token>/", members.choose_password, name="choose_password"),
    path("desk/", desk.juries, name="juries"),
    path("desk/new/", set_up.new_jury, name="new_jury"),
    path("desk/new/<str:kind>/", set_up.new_jury_of_kind, name="new_jury_of_kind"),
    path("desk/<slug:slug>/", desk.home, name="home"),
    path("desk/<slug:slug>/settings/", set_up.jury_settings, name="jury_settings"),
    path("desk/<slug:slug>/annex.pdf", desk.annex, name="jury_annex"),
    path("desk/<slug:slug>/copy/", copying.copy, name="copy_jury"),
    path("desk/<slug:slug>/remove/", removal.remove, name="remove_jury"),
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
    path("desk/<slug:slug>/criteria/combine/", criteria.combine, name="combine_criteria"),
    path("desk/<slug:slug>/criteria/population/", population.bring, name="population"),
    path(
        "desk/<slug:slug>/criteria/population/<int:figures>/",
        population.table,
        name="population_table",
    ),
    path("desk/<slug:slug>/criteria/<int:criterion>/", criterion.groups, name="criterion"),
    path(
        "desk/<slug:slug>/criteria/<int:criterion>/remove/",
        criteria.remove,
        name="remove_criterion",
    ),
    path("desk/<slug:slug>/questions/", builder.form_builder, name="form_builder"),
    path("desk/<slug:slug>/questions/preview/", trial.preview, name="form_preview"),
    path("desk/<slug:slug>/questions/trial/", trial.trial, name="form_trial"),
    path(
        "desk/<slug:slug>/questions/<int:question>/",
        editing.change_question,
        name="change_question",
    ),
    path(
        "desk/<slug:slug>/questions/<int:question>/arrange/",
        builder.arrange_question,
        name="arrange_question",
    ),
    path("desk/<slug:slug>/questions/sections/new/", editing.new_section, name="new_section"),
    path(
        "desk/<slug:slug>/questions/sections/<int:section>/",
        editing.change_section,
        name="change_section",
    ),
    path(
        "desk/<slug:slug>/questions/sections/<int:section>/new/",
        editing.new_question,
        name="new_question",
    ),
    path(
        "desk/<slug:slug>/questions/sections/<int:section>/arrange/",
        builder.arrange_section,
        name="arrange_section",
    ),
    path("try/<str:code>/", trial.try_form, name="try_form"),
    path("desk/<slug:slug>/recruitment/", recruitment.recruitment, name="recruitment"),
    path("desk/<slug:slug>/recruitment/doors/", recruitment.doors, name="doors"),
    path(
        "desk/<slug:slug>/recruitment/invitations/", waves.make_invitations, name="make_invitations"
    ),
    path("desk/<slug:slug>/recruitment/samples/new/", samples.new_sample, name="new_sample"),
    path(
        "desk/<slug:slug>/recruitment/samples/file/<int:addresses>/",
        samples.preview,
        name="sample_preview",
    ),
    path("desk/<slug:slug>/recruitment/samples/<int:sample>/", samples.sample, name="sample"),
    path(
        "desk/<slug:slug>/recruitment/samples/<int:sample>/erase/",
        samples.erase,
        name="erase_sample",
    ),
    path(
        "desk/<slug:slug>/recruitment/samples/<int:sample>/letters/",
        waves.new_wave,
        name="new_wave",
    ),
    path("desk/<slug:slug>/recruitment/by-hand/", samples.by_hand, name="by_hand"),
    path("desk/<slug:slug>/recruitment/reminders/", waves.new_reminder, name="new_reminder"),
    path("desk/<slug:slug>/recruitment/no-letters/", waves.no_letters, name="no_letters"),
    path("desk/<slug:slug>/recruitment/waves/<int:wave>/", waves.wave, name="wave"),
    path(
        "desk/<slug:slug>/recruitment/waves/<int:wave>/file/",
        letter_file.letter_file,
        name="letter_file",
    ),
    path("desk/<slug:slug>/recruitment/waves/<int:wave>/sent/", waves.sent, name="wave_sent"),
    path("desk/<slug:slug>/recruitment/waves/<int:wave>/back/", waves.back, name="wave_back"),
    path("desk/<slug:slug>/recruitment/waves/<int:wave>/letters/", letters.letters, name="letters"),
    path(
        "desk/<slug:slug>/recruitment/waves/<int:wave>/letters/make/",
        letters.make_letters,
        name="make_letters",
    ),
    path(
        "desk/<slug:slug>/recruitment/waves/<int:wave>/letters/cancel/",
        letters.cancel_letters,
        name="cancel_letters",
    ),
    path(
        "desk/<slug:slug>/recruitment/waves/<int:wave>/letters/fetch/",
        letters.fetch_letters,
        name="fetch_letters",
    ),
    path("desk/<slug:slug>/post/", texts.post, name="post"),
    path("desk/<slug:slug>/post/undo/", mailing.undo, name="undo_messages"),
    path("desk/<slug:slug>/post/again/", texts.send_again, name="send_again"),
    *(
        path(f"desk/<slug:slug>/post/{key}/", texts.wording, {"key": key}, f"text_{key}")
        for key in KINDS
    ),
    *(
        path(
            f"desk/<slug:slug>/post/{key}/sample.pdf",
            texts.sample_letter,
            {"key": key},
            f"{key}_sample",
        )
        for key, kind in KINDS.items()
        if kind.is_letter
    ),
    *(
        path(
            f"desk/<slug:slug>/post/to-many/{group.key}/",
            mailing.to_many,
            {"group": group.key},
            f"{group.wording}_to_many",
        )
        for group in GROUPS.values()
    ),
    path("desk/<slug:slug>/recruitment/response/", following.response, name="response"),
    path("desk/<slug:slug>/recruitment/forecast/", following.letters_needed, name="forecast"),
    path("desk/<slug:slug>/recruitment/outreach/", following.outreach, name="outreach"),
    path(
        "desk/<slug:slug>/recruitment/outreach/<int:outreach>/qr/",
        following.outreach_qr,
        name="outreach_qr",
    ),
    path(
        "desk/<slug:slug>/recruitment/outreach/<int:outreach>/remove/",
        following.remove_outreach,
        name="remove_outreach",
    ),
    path("desk/<slug:slug>/recruitment/qr.svg", recruitment.sign_up_qr, name="sign_up_qr"),
    path("desk/<slug:slug>/duplicates/", pairs.pairs, name="duplicates"),
    path("desk/<slug:slug>/duplicates/take-back/", pairs.take_back, name="take_back_decision"),
    path("desk/<slug:slug>/exclusions/", exclusions.exclusions, name="exclusions"),
    path("desk/<slug:slug>/exclusions/rules/", exclusions.rules, name="exclusion_rules"),
    path(
        "desk/<slug:slug>/exclusions/rules/<int:exclusion>/",
        exclusions.change_rule,
        name="exclusion_rule",
    ),
    path("desk/<slug:slug>/pool/", pool.pool_page, name="pool"),
    path("desk/<slug:slug>/reach/", reach.reach, name="reach"),
    path("desk/<slug:slug>/import/", importing.upload, name="import"),
    path("desk/<slug:slug>/import/<int:upload>/", importing.preview, name="import_preview"),
    path("juries/<slug:slug>/privacy/", privacy_notice.notice, name="jury_privacy"),
    path("desk/<slug:slug>/privacy/", keeping.held_data, name="held_data"),
    path("desk/<slug:slug>/privacy/retention/", keeping.retention, name="retention"),
    path("desk/<slug:slug>/exports/", taking.exports, name="exports"),
    path("desk/<slug:slug>/exports/people/", taking.people, name="export_people"),
    path("desk/<slug:slug>/exports/pool/", taking.pool, name="export_pool"),
    path("desk/<slug:slug>/exports/quotas.csv", taking.quotas, name="export_quotas"),
    path("desk/<slug:slug>/uploads/<int:waiting>/", uploads.upload, name="upload"),
    path("desk/<slug:slug>/uploads/<int:waiting>/forget/", uploads.forget, name="forget_upload"),
    path("desk/<slug:slug>/needs/", needs.needs, name="needs"),
    path("desk/<slug:slug>/needs/totals.pdf", needs.totals_pdf, name="needs_totals"),
    path("desk/<slug:slug>/needs/<int:holder>/", needs.named, name="named_needs"),
    path(
        "desk/<slug:slug>/registrants/<int:registrant>/agreed/",
        agreeing.agreed,
        name="mark_agreed",
    ),
    path("desk/<slug:slug>/registrants/", registrants.registrants, name="registrants"),
    path("desk/<slug:slug>/registrants/new/", pool_desk.enter, name="add_registrant"),
    path("desk/<slug:slug>/registrants/<int:registrant>/", card.card, name="registrant"),
    path("desk/<slug:slug>/registrants/<int:registrant>/call/", pool_desk.call, name="log_call"),
    path("desk/<slug:slug>/calls/", pool_desk.calls, name="calls"),
    path("desk/<slug:slug>/calls/<int:call>/", pool_desk.settle, name="settle_call"),
    path("desk/<slug:slug>/incomplete/", completing.incomplete_people, name="incomplete"),
    path("desk/<slug:slug>/incomplete/leave-out/", completing.leave_out, name="leave_out"),
    path(
        "desk/<slug:slug>/registrants/<int:registrant>/change/",
        card.change,
        name="change_registrant",
    ),
    path(
        "desk/<slug:slug>/registrants/<int:registrant>/withdraw/",
        card.withdraw,
        name="withdraw_registrant",
    ),
    path(
        "desk/<slug:slug>/registrants/<int:registrant>/exclude/",
        exclusions.exclude,
        name="exclude_registrant",
    ),
    path(
        "desk/<slug:slug>/registrants/<int:registrant>/code/",
        card.new_code,
        name="new_registrant_code",
    ),
]
