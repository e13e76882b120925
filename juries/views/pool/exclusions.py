"""Who cannot be drawn: the rules, a list of names held against the registrants, and one person."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from juries.crumbs import desk_crumbs, recruitment_ways
from juries.enums import Act
from juries.errors import JuryError
from juries.forms.pool.exclusions import ExcludeForm, NameListForm, RuleForm
from juries.models import ExclusionRule, Jury, Registrant
from juries.models.registrant import RegistrantQuerySet
from juries.pool import exclusions as deeds
from juries.pool.name_lists import Compared, compare
from juries.views.pool.card import card_crumbs, name_of, one_of
from juries.web import jury_view


@jury_view(Act.RECRUIT)
def exclusions(request: HttpRequest, jury: Jury) -> HttpResponse:
    """The list of names travels in the page from decision to decision, and is kept nowhere."""
    form = NameListForm(request.POST or None, jury=jury)
    compared = None
    if form.is_valid():
        _decide(request, jury, form.cleaned_data["rule"])
        compared = _compared(request, jury, form)
    excluded = deeds.excluded_in(jury).filter(pk__in=_readable(request, jury).values("pk"))
    context = {
        "jury": jury,
        "form": form,
        "compared": compared,
        "rule": form.cleaned_data["rule"] if compared else None,
        "rules": deeds.rules_told(jury),
        "frozen": jury.is_frozen,
        "excluded": excluded,
        "may_set_up": Act.SET_UP_JURY in request.acts,
        "ways": recruitment_ways(jury, request.acts, "exclusions"),
        "crumbs": desk_crumbs(jury, (_("Who cannot be drawn"), None)),
    }
    return render(request, "juries/pool/exclusions.html", context)


@jury_view(Act.RECRUIT)
def exclude(request: HttpRequest, jury: Jury, registrant: int) -> HttpResponse:
    """One registrant is excluded by a rule, or taken back."""
    person = one_of(request, jury, registrant)
    back = reverse("registrant", args=[jury.slug, person.pk])
    form = ExcludeForm(request.POST or None, jury=jury, initial={"rule": person.excluded_id})
    if request.method == "POST" and person.excluded_id and "include" in request.POST:
        _include(request, person)
        return redirect(back)
    if form.is_valid() and form.save(registrant=person, by=request.user):
        messages.success(request, _("Saved: this person cannot be drawn."))
        return redirect(back)
    title = _("Exclude by a rule")
    context = {
        "jury": jury,
        "registrant": person,
        "form": form,
        "possible": deeds.can_be_excluded(person),
        "title": f"{title}: {name_of(person)}",
        "back": back,
        "crumbs": card_crumbs(jury, (name_of(person), back), (title, None)),
    }
    return render(request, "juries/pool/exclude.html", context)


@jury_view(Act.SET_UP_JURY)
def rules(request: HttpRequest, jury: Jury) -> HttpResponse:
    suggested = _suggested(request)
    if suggested is not None:
        return _take_suggestion(request, jury, suggested)
    form = RuleForm(request.POST or None, jury=jury)
    if form.is_valid() and form.save(request.user):
        messages.success(request, _("Saved. Everybody reads it before registering."))
        return redirect("exclusion_rules", jury.slug)
    context = {
        "jury": jury,
        "form": form,
        "rules": jury.exclusion_rules.all(),
        "suggestions": deeds.suggestions(jury),
        "can_change": deeds.rules_can_change(jury),
        "crumbs": _rule_crumbs(jury),
    }
    return render(request, "juries/pool/rules.html", context)


@jury_view(Act.SET_UP_JURY)
def change_rule(request: HttpRequest, jury: Jury, exclusion: int) -> HttpResponse:
    rule = get_object_or_404(jury.exclusion_rules, pk=exclusion)
    rule.jury = jury
    if request.method == "POST" and "remove" in request.POST:
        return _remove(request, rule)
    form = RuleForm(request.POST or None, jury=jury, rule=rule)
    if form.is_valid() and form.save(request.user):
        messages.success(request, _("Saved. Everybody reads it before registering."))
        return redirect("exclusion_rules", jury.slug)
    context = {"jury": jury, "form": form, "rule": rule, "crumbs": _rule_crumbs(jury, rule)}
    return render(request, "juries/pool/rule.html", context)


def _remove(request: HttpRequest, rule: ExclusionRule) -> HttpResponse:
    try:
        deeds.remove_rule(rule=rule, by=request.user)
    except JuryError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The rule is removed."))
    return redirect("exclusion_rules", rule.jury.slug)


def _suggested(request: HttpRequest) -> int | None:
    """The number of the suggestion whose button was pressed."""
    number = request.POST.get("suggestion", "")
    known = {str(place) for place in range(len(deeds.SUGGESTED))}
    return int(number) if number in known else None


def _take_suggestion(request: HttpRequest, jury: Jury, number: int) -> HttpResponse:
    try:
        deeds.add_rule(jury=jury, names=deeds.SUGGESTED[number], by=request.user)
    except JuryError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Saved. Everybody reads it before registering."))
    return redirect("exclusion_rules", jury.slug)


def _decide(request: HttpRequest, jury: Jury, rule: ExclusionRule) -> None:
    """The button of one match was pressed: that person is excluded, or taken back."""
    for name in ("exclude", "include"):
        key = request.POST.get(name, "")
        if not (key.isascii() and key.isdigit() and len(key) < 18):
            continue
        person = _readable(request, jury).filter(pk=int(key)).first()
        if person is not None and name == "include":
            _include(request, person)
        elif person is not None:
            _exclude(request, person, rule)


def _exclude(request: HttpRequest, person: Registrant, rule: ExclusionRule) -> None:
    try:
        deeds.exclude_registrant(registrant=person, rule=rule, by=request.user)
    except JuryError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(name)s cannot be drawn.") % {"name": name_of(person)})


def _include(request: HttpRequest, person: Registrant) -> None:
    try:
        deeds.include_registrant(registrant=person, by=request.user)
    except JuryError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(name)s can be drawn again.") % {"name": name_of(person)})


def _compared(request: HttpRequest, jury: Jury, form: NameListForm) -> Compared | None:
    people = _readable(request, jury).registered().filter(withdrawn_at=None)
    try:
        return compare(form.cleaned_data["names"], people)
    except JuryError as error:
        form.add_error("names", str(error))
        return None


def _readable(request: HttpRequest, jury: Jury) -> RegistrantQuerySet:
    return Registrant.objects.readable_by(request.user).filter(jury=jury)


def _rule_crumbs(jury: Jury, *rules: ExclusionRule) -> list[tuple[str, str | None]]:
    way = (_("Who cannot be drawn"), reverse("exclusions", args=[jury.slug]))
    if not rules:
        return desk_crumbs(jury, way, (_("The rules"), None))
    page = (_("The rules"), reverse("exclusion_rules", args=[jury.slug]))
    return desk_crumbs(jury, way, page, (rules[0].name, None))
