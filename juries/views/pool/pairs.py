"""Pairs of registrations that look alike: one at a time, decided with one key each."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from juries.crumbs import desk_crumbs, recruitment_ways
from juries.enums import Act
from juries.errors import JuryError
from juries.forms.pool.pairs import DecisionForm
from juries.models import DuplicateDecision, Jury, Registrant
from juries.pool.deciding import last_decision, take_back_decision
from juries.pool.duplicates import Likeness, Pair, pairs_to_look_at
from juries.pool.merging import KeptContact
from juries.web import jury_view

Outcome = DuplicateDecision.Outcome


@dataclass(frozen=True, slots=True)
class Answer:
    """One way to decide: its button and its key."""

    outcome: str
    key: str
    label: str


@jury_view(Act.RECRUIT)
def pairs(request: HttpRequest, jury: Jury) -> HttpResponse:
    if request.method == "POST":
        return _decide(request, jury)
    page = Paginator(pairs_to_look_at(jury), 1).get_page(request.GET.get("page"))
    pair = page.object_list[0] if page.object_list else None
    context = {
        "jury": jury,
        "page": page,
        "pair": pair,
        "people": _people(request, jury, pair),
        "likenesses": _likenesses(pair),
        "form": DecisionForm(initial={"contact": KeptContact.EARLIER}),
        "answers": answers(),
        "last": last_decision(jury),
        "ways": recruitment_ways(jury, request.acts, "duplicates"),
        "crumbs": desk_crumbs(jury, _step(jury), (_("The same person twice?"), None)),
    }
    return render(request, "juries/pool/duplicates.html", context)


@jury_view(Act.RECRUIT)
@require_POST
def take_back(request: HttpRequest, jury: Jury) -> HttpResponse:
    try:
        take_back_decision(jury=jury, by=request.user)
    except JuryError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The last decision has been taken back."))
    return redirect("duplicates", jury.slug)


def _decide(request: HttpRequest, jury: Jury) -> HttpResponse:
    form = DecisionForm(request.POST)
    if form.is_valid():
        try:
            form.save(jury=jury, by=request.user)
        except JuryError as error:
            messages.error(request, str(error))
    else:
        for sentence in form.sentences():
            messages.error(request, sentence)
    return redirect(reverse("duplicates", args=[jury.slug]) + _same_place(request))


def _same_place(request: HttpRequest) -> str:
    """Where the next pair stands once this one has left the list."""
    place = request.GET.get("page", "")
    return f"?page={place}" if place.isascii() and place.isdecimal() else ""


def _people(request: HttpRequest, jury: Jury, pair: Pair | None) -> list[Registrant]:
    if pair is None:
        return []
    readable = Registrant.objects.readable_by(request.user).filter(jury=jury)
    people = readable.in_bulk([pair.earlier, pair.later])
    return [people[pair.earlier], people[pair.later]]


def _likenesses(pair: Pair | None) -> list[str]:
    return [str(Likeness(likeness).label) for likeness in pair.likenesses] if pair else []


def answers() -> list[Answer]:
    """The keys are letters of the words, so they differ from language to language."""
    return [
        Answer(Outcome.SAME_PERSON, pgettext("key", "S"), _("Same person")),
        Answer(Outcome.TWO_PEOPLE, pgettext("key", "T"), _("Two people, two households")),
        Answer(Outcome.ONE_HOUSEHOLD, pgettext("key", "H"), _("Two people, one household")),
    ]


def _step(jury: Jury) -> tuple[str, str]:
    return _("Recruitment"), reverse("recruitment", args=[jury.slug])
