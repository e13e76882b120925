"""What stands before what: from registration to the commitment."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from juries.enums import Stage
from juries.models import Jury
from juries.rooms import Step
from selection.lottery.rehearsing import rehearsals_held
from selection.models import Draw

BEFORE_CLOSING = (Stage.SETTING_UP, Stage.REGISTRATION)


def path_of(jury: Jury) -> list[Step]:
    """The steps to a commitment, each with how it stands."""
    draw = jury.draws.standing().first()
    draw_page = reverse("selection:draw", args=[jury.slug])
    return [
        _registration(jury),
        _rehearsals(jury, draw),
        _freeze(jury, draw, draw_page),
        _lottery(draw),
        _commitment(draw, draw_page),
    ]


def _registration(jury: Jury) -> Step:
    title = _("Registration")
    if jury.stage == Stage.SETTING_UP:
        return Step(title, _("People register first."), "later")
    if jury.stage == Stage.REGISTRATION:
        return Step(title, _("People register until registration is closed."), "now")
    return Step(title, _("Nobody can register any more."), "done")


def _rehearsals(jury: Jury, draw: Draw | None) -> Step:
    title, held = _("Rehearsal"), rehearsals_held(jury)
    if held:
        sentence = ngettext(
            "%(count)s rehearsal so far. The number is published with the commitment.",
            "%(count)s rehearsals so far. The number is published with the commitment.",
            held,
        )
        return Step(title, sentence % {"count": held}, "done")
    if draw and draw.state != Draw.State.FROZEN:
        return Step(title, _("There was none. It is not required."), "done")
    return Step(title, _("Not required: it tries a rule on people in shuffled order."), "later")


def _freeze(jury: Jury, draw: Draw | None, url: str) -> Step:
    title = _("Freezing the pool")
    if draw:
        return Step(title, _("Who is in it and the quotas are fixed."), "done", url)
    sentence = _("Fixes who can be drawn and the quotas. It is done on the page of the draw.")
    return Step(title, sentence, "later" if jury.stage in BEFORE_CLOSING else "now", url)


def _lottery(draw: Draw | None) -> Step:
    title = _("Lottery")
    if draw is None:
        return Step(title, _("Computes everybody's chance from the frozen pool."), "later")
    if draw.lotteries.ready().exists():
        return Step(title, _("Everybody's chance is computed."), "done")
    return Step(title, _("Compute everybody's chance and the tickets."), "now")


def _commitment(draw: Draw | None, url: str) -> Step:
    title = _("Commitment")
    if draw and draw.state != Draw.State.FROZEN:
        return Step(title, _("A lottery is committed: nobody can change it."), "done", url)
    ready = draw is not None and draw.lotteries.ready().exists()
    sentence = _("Fixes one lottery before the draw. It is done on the page of the draw.")
    return Step(title, sentence, "now" if ready else "later", url if ready else None)
