"""The pool as counts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from juries.crumbs import desk_crumbs, recruitment_ways
from juries.enums import Act
from juries.models import Jury
from juries.pool.picture import picture
from juries.web import jury_view


@jury_view(Act.SEE_POOL)
def pool_page(request: HttpRequest, jury: Jury) -> HttpResponse:
    context = {
        "jury": jury,
        "picture": picture(jury),
        "may_recruit": Act.RECRUIT in request.acts,
        "may_set_up": Act.SET_UP_JURY in request.acts,
        "ways": recruitment_ways(jury, request.acts, "pool"),
        "crumbs": desk_crumbs(jury, (_("Pool"), None)),
    }
    return render(request, "juries/pool/pool.html", context)
