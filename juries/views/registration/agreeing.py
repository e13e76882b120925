"""An e-mail address is confirmed, a guardian agrees: by a link, or marked by staff."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from juries.crumbs import desk_crumbs
from juries.enums import Act
from juries.errors import JuryError
from juries.forms.registration.agreed import AgreedForm
from juries.forms.registration.own import ButtonForm
from juries.models import Jury, Registrant
from juries.registration import agreeing
from juries.registration.agreeing import Yes, is_awaited, registrant_of
from juries.web import jury_view, public


@public
@never_cache
def agree(request: HttpRequest, code: str) -> HttpResponse:
    """Opening the link does nothing: mail scanners and previews open links too."""
    known = registrant_of(code)
    if known is None:
        return render(request, "juries/registration/agree_unknown.html")
    registrant, yes = known
    form = ButtonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            agreeing.agree(registrant=registrant, yes=yes)
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            return redirect("agree", code)
    context = {
        **_words(registrant, yes),
        "form": form,
        "jury": registrant.jury,
        "awaited": is_awaited(registrant, yes),
        "crumbs": [],
    }
    return render(request, "juries/registration/agree.html", context)


@jury_view(Act.RECRUIT)
def agreed(request: HttpRequest, jury: Jury, registrant: int) -> HttpResponse:
    """Staff mark a yes that came on paper or by phone."""
    people = Registrant.objects.readable_by(request.user).filter(jury=jury)
    person = get_object_or_404(people.select_related("jury"), pk=registrant)
    form = AgreedForm(request.POST or None, registrant=person)
    if form.is_valid():
        try:
            form.save(by=request.user)
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("It has been marked."))
            return redirect("registrant", jury.slug, person.pk)
    title = _("Mark an agreement")
    context = {
        "jury": jury,
        "registrant": person,
        "form": form,
        "title": title,
        "awaited": person.unconfirmed and not person.withdrawn_at,
        "crumbs": desk_crumbs(
            jury,
            (_("Registrants"), reverse("registrants", args=[jury.slug])),
            (person.reference, reverse("registrant", args=[jury.slug, person.pk])),
            (title, None),
        ),
    }
    return render(request, "juries/registration/agreed.html", context)


def _words(registrant: Registrant, yes: Yes) -> dict[str, str]:
    if yes == Yes.EMAIL:
        return {
            "title": _("Confirm your e-mail address"),
            "sentence": _("Then you are in the lottery: %(email)s is your address.")
            % {"email": registrant.email},
            "deed": _("Confirm my address"),
        }
    return {
        "title": _("A guardian's permission"),
        "sentence": _(
            "%(name)s has registered and is under %(age)s. Do you agree, as the guardian, that they"
            " take part if they are drawn?"
        )
        % {"name": registrant.name.partition(" ")[0], "age": registrant.jury.guardian_below},
        "deed": _("I am the guardian and I agree"),
    }
