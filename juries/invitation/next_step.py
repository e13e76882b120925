"""How recruitment by letters stands: four steps, and what to do about the one that is on."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from juries.figures.writing import decimal, per_cent
from juries.invitation import rates
from juries.invitation.candidates import unanswered
from juries.models import Invitee, Jury, Wave
from juries.rooms import Step


@dataclass(frozen=True, slots=True)
class Standing:
    """What is there so far."""

    samples: int
    people: int
    left: int
    unsent: Wave | None
    waves: int


def standing(jury: Jury) -> Standing:
    """What is there so far, in a fixed number of queries."""
    there = Invitee.objects.filter(sample__jury=jury, sample__erased_at=None)
    waves = list(jury.waves.order_by("number"))
    return Standing(
        samples=jury.samples.count(),
        people=there.count(),
        left=there.filter(invitation=None).count(),
        unsent=next((wave for wave in waves if wave.sent_on is None), None),
        waves=len(waves),
    )


def letter_steps(jury: Jury) -> list[Step]:
    """Sample, wave, letters, answers: each with one sentence on what to do."""
    now = standing(jury)
    return [_sample(jury, now), _wave(jury, now), _letters(jury, now), _answers(jury, now)]


def _sample(jury: Jury, now: Standing) -> Step:
    url = reverse("new_sample", args=[jury.slug])
    title = _("Address sample")
    if now.people:
        sentence = ngettext(
            "The address of one person is here.",
            "The addresses of %(count)s people are here.",
            now.people,
        ) % {"count": decimal(now.people, 0)}
        return Step(title, sentence, "done", url)
    if now.samples:
        return Step(title, _("The addresses have been erased."), "done", url)
    sentence = _("Bring in the file of addresses from the population register.")
    return Step(title, sentence, "done" if now.waves else "now", url)


def _wave(jury: Jury, now: Standing) -> Step:
    title = _("Wave of letters")
    newest = jury.samples.filter(erased_at=None).order_by("-pk").first()
    url = reverse("new_wave", args=[jury.slug, newest.pk]) if newest else None
    if not now.waves:
        sentence = _("Choose how many get a letter. Each letter has its own code.")
        return Step(title, sentence, "now" if now.people else "later", url)
    made = ngettext("One wave has been made.", "%(count)s waves have been made.", now.waves)
    left = ngettext(
        "One person has no letter yet.", "%(count)s people have no letter yet.", now.left
    )
    sentence = made % {"count": now.waves}
    if now.left:
        sentence = f"{sentence} {left % {'count': decimal(now.left, 0)}}"
    return Step(title, sentence, "done", url)


def _letters(jury: Jury, now: Standing) -> Step:
    title = _("Letters out")
    if now.unsent:
        sentence = _("Print the letters of wave %(number)s, and note the day they go out.")
        url = reverse("wave", args=[jury.slug, now.unsent.pk])
        return Step(title, sentence % {"number": now.unsent.number}, "now", url)
    if now.waves:
        return Step(title, _("All letters have gone out."), "done")
    return Step(title, _("Print the letters, or send the file to the print house."), "later")


def _answers(jury: Jury, now: Standing) -> Step:
    title = _("Answers to letters")
    url = reverse("response", args=[jury.slug])
    so_far = rates.overall(jury)
    if not so_far.invited:
        sentence = _("Follow how many answer, and remind those who have not.")
        return Step(title, sentence, "later", url)
    silent = unanswered(jury).filter(~Q(wave__sent_on=None)).count()
    sentence = _("%(share)s of the invited have registered. %(silent)s can be reminded.")
    facts = {"share": per_cent(so_far.share), "silent": decimal(silent, 0)}
    return Step(title, sentence % facts, "now", url)
