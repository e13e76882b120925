"""Trying the form out: while the jury is set up, whoever has the link can fill it in.

What is sent on trial is a registrant like any other but for ``on_trial``: no pool, count, letter
or file has it, and it is erased when the trial ends or registration opens.
"""

from django.core import signing
from django.db import transaction

from juries.audit import record
from juries.enums import Stage
from juries.models import Jury, User

SALT = "juries.questions.trial"
# The cookie in which a browser keeps the token of the link it came by.
TRIAL = "trial"


@transaction.atomic
def begin_trial(*, jury: Jury, by: User) -> Jury:
    """Whoever has the link can fill in the form on trial."""
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    jury.require_stage(Stage.SETTING_UP)
    if not jury.on_trial:
        jury.on_trial = True
        jury.save(update_fields=["on_trial"])
        record("form.trial_begun", jury=jury, by=by)
    return jury


@transaction.atomic
def end_trial(*, jury: Jury, by: User) -> Jury:
    """The link opens nothing, and what was sent on trial is erased."""
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    if jury.on_trial:
        jury.on_trial = False
        jury.save(update_fields=["on_trial"])
        record("form.trial_ended", jury=jury, by=by, count=erase_trial(jury))
    return jury


def erase_trial(jury: Jury) -> int:
    """Nothing that was sent or begun on trial is left; how many were sent.

    Before registration opens, whatever was begun was begun on trial.
    """
    if jury.stage == Stage.SETTING_UP:
        jury.sign_up_drafts.all().delete()
    tried = jury.registrants.filter(on_trial=True)
    count = tried.count()
    tried.delete()
    return count


def trial_token(jury: Jury) -> str:
    """What the link to the trial carries."""
    return signing.dumps(jury.pk, salt=SALT)


def jury_of_trial(token: str) -> Jury | None:
    """The jury whose form can be tried with the token, while it can."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Jury.objects.standing().filter(pk=pk, on_trial=True, stage=Stage.SETTING_UP).first()


def is_open_for_trial(jury: Jury) -> bool:
    """Whether the form is being tried out rather than opened to the public."""
    return jury.on_trial and jury.stage == Stage.SETTING_UP
