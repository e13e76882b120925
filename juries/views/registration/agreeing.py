"""The link by which an e-mail address is confirmed or a guardian agrees."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from juries.errors import JuryError
from juries.forms.registration.own import ButtonForm
from juries.models import Registrant
from juries.registration import agreeing
from juries.registration.agreeing import Yes, is_awaited, registrant_of
from juries.web import public


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
