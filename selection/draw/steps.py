"""The steps of a draw, each with one sentence: what it means, or how it stands."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from juries.models import Jury
from juries.rooms import Step
from selection.draw.adding import beacon_of
from selection.draw.committing import DIGITS
from selection.draw.drawing import confirmed_digits
from selection.draw.freezing import objections_are_open
from selection.draw.standing import Now, Standing
from selection.models import Draw, Round
from selection.protocol.words import spoken_words


def steps_of(jury: Jury, standing: Standing) -> list[Step]:
    """From the frozen pool to the settled panel. A round without a beacon has no step for one."""
    return list(_steps(jury, standing))


def moment(at: datetime) -> str:
    """Day and time of day where the jury is."""
    return date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")


def _steps(jury: Jury, standing: Standing) -> Iterator[Step]:
    round_ = None if standing.begins_anew else standing.round
    yield _freeze(standing)
    yield _objections(standing.draw)
    yield _lottery(jury, standing, round_)
    yield _commit(standing, round_)
    yield _balls(standing, round_)
    if round_ is None or round_.sources == Round.Sources.BOTH:
        yield _beacon(standing, round_)
    yield _panel(jury, standing, round_)


def _freeze(standing: Standing) -> Step:
    title, draw = _("Freeze the pool"), standing.draw
    if draw is not None:
        facts = {"people": number_format(draw.entries.count()), "moment": moment(draw.frozen_at)}
        sentence = _(
            "%(people)s people have stood in the pool since %(moment)s. Nobody comes or goes."
        )
        return Step(title, sentence % facts, "done")
    sentence = _("It is fixed who is in the pool, so that everybody can prove to be in it.")
    return Step(title, sentence, "now" if standing.now == Now.FREEZE else "later")


def _objections(draw: Draw | None) -> Step:
    title = _("Objections")
    if draw is None:
        sentence = _("Whoever finds a mistake can say so before anything is drawn.")
        return Step(title, sentence, "later")
    facts = {"moment": moment(draw.objections_until)}
    if objections_are_open(draw):
        sentence = _("Until %(moment)s whoever finds a mistake in the pool can say so.")
        return Step(title, sentence % facts, "now")
    if draw.objections_until <= draw.frozen_at:
        return Step(title, _("No time was given for objections."), "done")
    return Step(title, _("The time for objections ended %(moment)s.") % facts, "done")


def _lottery(jury: Jury, standing: Standing, round_: Round | None) -> Step:
    title, url = _("Lottery"), reverse("selection:lottery", args=[jury.slug])
    if standing.at_work is not None:
        facts = {"percent": standing.at_work.percent}
        return Step(title, _("At work: %(percent)s %%.") % facts, "now", url)
    if round_ is not None or standing.lotteries:
        return Step(title, _("Everybody's chance is computed."), "done", url)
    if standing.now == Now.LOTTERY and standing.outlived:
        sentence = _("Somebody has withdrawn since the lottery was made. Compute it once more.")
        return Step(title, sentence, "now", url)
    if standing.now == Now.LOTTERY:
        return Step(title, _("Compute everybody's chance and the tickets."), "now", url)
    sentence = _(
        "Possible panels are written on a thousand tickets, with chances as equal as can be."
    )
    return Step(title, sentence, "later", url)


def _commit(standing: Standing, round_: Round | None) -> Step:
    title = _("Commit")
    if round_ is not None:
        words = " ".join(spoken_words(round_.commitment_digest)) if round_.commitment_digest else ""
        facts = {"moment": moment(round_.committed_at), "words": words}
        sentence = _("Every ticket has been fixed since %(moment)s. In words: %(words)s.")
        return Step(title, sentence % facts, "done")
    sentence = _("Commit to a lottery, so that nobody can change it before the draw.")
    return Step(title, sentence, "now" if standing.now == Now.COMMIT else "later")


def _balls(standing: Standing, round_: Round | None) -> Step:
    title = _("Balls")
    if round_ is None:
        sentence = _(
            "Three balls are drawn in the room. One person types them in, another confirms."
        )
        return Step(title, sentence, "later")
    digits = confirmed_digits(round_)
    if digits:
        return Step(title, _("The balls show %(balls)s.") % {"balls": digits}, "done")
    if standing.now == Now.BALLS:
        facts = {
            "done": round_.balls.filter(confirmed_at__isnull=False).count(),
            "all": DIGITS,
            "moment": moment(round_.balls_deadline),
        }
        sentence = _("%(done)s of %(all)s balls are confirmed. The last moment is %(moment)s.")
        return Step(title, sentence % facts, "now")
    if standing.now == Now.MISSED:
        sentence = _("The time named for the balls is over. Break this off and commit anew.")
        return Step(title, sentence, "missing")
    sentence = _("No balls were drawn in time, so the beacon alone decides.")
    return Step(title, sentence, "done")


def _beacon(standing: Standing, round_: Round | None) -> Step:
    title = _("Beacon")
    if round_ is None or round_.beacon_time is None:
        sentence = _("A public source gives a number that nobody can know beforehand.")
        return Step(title, sentence, "later")
    number = beacon_of(round_)
    if number:
        return Step(title, _("The beacon gives %(number)s.") % {"number": number}, "done")
    if round_.state == Round.State.DRAWN:
        sentence = _("The beacon was not had in time, so the balls alone decided.")
        return Step(title, sentence, "done")
    if round_.beacon_waits:
        return Step(title, _("It has been typed in. Somebody else confirms it."), "now")
    facts = {"moment": moment(round_.beacon_time)}
    if timezone.now() < round_.beacon_time:
        sentence = _("It is published %(moment)s and fetched by itself.") % facts
        return Step(title, sentence, "now" if standing.now == Now.BEACON else "later")
    sentence = _("It was published %(moment)s. If it does not come by itself, paste it in.")
    return Step(title, sentence % facts, "now")


def _panel(jury: Jury, standing: Standing, round_: Round | None) -> Step:
    title, url = _("Panel"), reverse("selection:panel", args=[jury.slug])
    if standing.now == Now.CLOSED:
        return Step(title, _("The panel is settled, and the record is complete."), "done", url)
    if round_ is None or round_.ticket is None:
        sentence = _("The ticket is opened, and the people on it are offered their seats.")
        return Step(title, sentence, "later", url)
    sentence = _("Ticket %(ticket)s was drawn. The people on it are offered their seats.")
    return Step(title, sentence % {"ticket": round_.ticket_name}, "now", url)
