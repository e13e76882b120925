"""The privacy notice of a jury, open to anyone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from juries.commission.notice import notice_of
from juries.crumbs import public_crumbs
from juries.models import Jury
from juries.models.translated import language_of
from juries.web import public_jury_view


@public_jury_view
def notice(request: HttpRequest, jury: Jury) -> HttpResponse:
    context = {
        "jury": jury,
        "notice": notice_of(jury),
        "organisations": [jury.organisation],
        "language": language_of(jury),
        "crumbs": public_crumbs(jury, (_("Privacy notice"), None)),
    }
    return render(request, "juries/privacy/notice.html", context)
