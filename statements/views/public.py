"""The adopted statement for anyone: as a page, as a PDF, and as the text its hash is of."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.crumbs import public_crumbs
from juries.models import Jury
from juries.web import public_jury_view
from statements.document import document_of, is_unchanged
from statements.followup import answers_of
from statements.models import Statement
from statements.pdf import pdf_of
from statements.voting import rule_sentence


def published_statement(jury: Jury) -> Statement:
    """The jury's statement if anyone may read it, or 404."""
    statement = get_object_or_404(Statement.objects.published(), jury=jury)
    statement.jury = jury
    return statement


@public_jury_view
def statement(request: HttpRequest, jury: Jury) -> HttpResponse:
    found = published_statement(jury)
    document = document_of(found)
    context = {
        "jury": jury,
        "statement": found,
        "document": document,
        "unchanged": is_unchanged(found, document),
        "rule": rule_sentence(found),
        "bodies": answers_of(found, document, timezone.localdate()),
        "crumbs": public_crumbs(jury, (_("Statement"), None)),
    }
    return render(request, "statements/statement.html", context)


@public_jury_view
def pdf(request: HttpRequest, jury: Jury) -> HttpResponse:
    found = published_statement(jury)
    return HttpResponse(
        pdf_of(found, document_of(found)),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{jury.slug}-{found.language}.pdf"'},
    )


@public_jury_view
def text(request: HttpRequest, jury: Jury) -> HttpResponse:
    """The very bytes whose SHA-256 is printed on the page and in the PDF."""
    found = published_statement(jury)
    return HttpResponse(found.adopted_text.encode(), content_type="text/plain; charset=utf-8")
