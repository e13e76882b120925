"""A page with every piece of the look on it, for the browser tests only."""

from itertools import count
from pathlib import Path

from django import forms
from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path

from juries.figures.bars import BarGroup, BarRow, BarTable
from juries.project.urls import urlpatterns as house
from juries.rendering import DayInput
from juries.rooms import Step
from juries.web import public

GALLERY = Path(__file__).with_name("gallery.html").read_text()
POLL = """<div id="poll" hx-get="?part=poll" hx-trigger="every 300ms" hx-swap="outerMorph">
  <button class="link-button" id="stop">Stop</button> <span>{{ times }}</span></div>"""
PART = """<form id="part" method="post" novalidate hx-post="?part=form" hx-swap="outerHTML">
  {% csrf_token %}{{ form }}<button class="hds-button hds-button--primary">Swap</button></form>"""

ticks = count(1)


class Everything(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the name tag.")
    area = forms.ChoiceField(label="Area", choices=[("", "Choose"), ("c", "Centre")])
    school = forms.ChoiceField(
        label="School", widget=forms.RadioSelect, choices=[("1", "Basic"), ("2", "University")]
    )
    needs = forms.MultipleChoiceField(
        label="Needs", required=False, widget=forms.CheckboxSelectMultiple, choices=[("c", "Care")]
    )
    day = forms.DateField(label="Day", widget=DayInput)
    why = forms.CharField(label="Why", widget=forms.Textarea, required=False)
    file = forms.FileField(label="File", required=False, help_text="At most 10 MB.")
    agreed = forms.BooleanField(label="I agree", help_text="You can withdraw.")


class Part(Everything):
    prefix = "part"


@public
def gallery(request: HttpRequest) -> HttpResponse:
    part = request.GET.get("part")
    if part == "poll":
        return printed(request, POLL, {"times": next(ticks)})
    if part == "form":
        return printed(request, PART, {"form": Part(request.POST)}, status=422)
    if part == "refused":
        raise PermissionDenied
    if part == "away":
        return redirect("contact")
    return printed(request, GALLERY, pieces(request))


def pieces(request: HttpRequest) -> dict[str, object]:
    rows = (
        BarRow("18–29", ("5", "6"), (5, 8), marker=10, state="missing", note="1 more"),
        BarRow("30–", ("40", "24"), (40, 30), marker=30, state="ok", note="Enough"),
    )
    return {
        "bars": BarTable("Bars", ("Pool", "Needed"), (BarGroup("Age", rows),), ("A", "B"), "line"),
        "crumbs": [("Jury", "/en/"), ("Gallery", None)],
        "form": Everything(request.POST or None),
        "kinds": ["info", "success", "warning", "error"],
        "page": Paginator(range(30), 10).page(2),
        "steps": [Step(state, "What for.", state, "/en/") for state in ("done", "now", "missing")]
        + [Step("Later", "What for.", "later")],
        "ways": [("Here", "/en/", True), ("There", "/en/", False)],
    }


def printed(
    request: HttpRequest, template: str, context: dict[str, object], status: int = 200
) -> HttpResponse:
    html = engines["django"].from_string(template).render(context, request)
    return HttpResponse(html, status=status)


urlpatterns = [*i18n_patterns(path("gallery/", gallery, name="gallery")), *house]
