"""Handing the statement over and watching for the answers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juries.crumbs import desk_crumbs
from juries.enums import Act
from juries.errors import JuryError
from juries.models import Jury
from juries.web import jury_view
from statements import delivery as deliveries
from statements.followup import deliveries_of
from statements.forms import DeliveryForm
from statements.models import Delivery, Statement
from statements.web import ways_inside


@jury_view(Act.DELIVER)
def delivery(request: HttpRequest, jury: Jury) -> HttpResponse:
    """The list of deliveries; a new one shows its link on the page that answers the form."""
    statement = Statement.objects.filter(jury=jury).first()
    form = new_form(request, jury)
    if statement and form.is_valid():
        try:
            new, code = deliveries.deliver(
                statement=statement, by=request.user, **form.cleaned_data
            )
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            return delivery_page(request, jury, statement, fresh_form(jury), new=new, code=code)
    return delivery_page(request, jury, statement, form)


@jury_view(Act.DELIVER)
@require_POST
def new_link(request: HttpRequest, jury: Jury, pk: int) -> HttpResponse:
    found = get_object_or_404(
        Delivery.objects.select_related("statement__jury"), pk=pk, statement__jury=jury
    )
    code = deliveries.issue_link(delivery=found, by=request.user)
    messages.success(request, _("The old link no longer works."))
    form = fresh_form(jury)
    return delivery_page(request, jury, found.statement, form, new=found, code=code)


def delivery_page(
    request: HttpRequest,
    jury: Jury,
    statement: Statement | None,
    form: DeliveryForm,
    *,
    new: Delivery | None = None,
    code: str = "",
) -> HttpResponse:
    link = reverse("statements:answer", args=[code]) if code else ""
    context = {
        "jury": jury,
        "statement": statement,
        "deliveries": deliveries_of(statement, timezone.localdate()) if statement else [],
        "form": form,
        "new": new,
        "link": request.build_absolute_uri(link) if link else "",
        "crumbs": desk_crumbs(jury, (_("Delivery and answers"), None)),
        "ways": ways_inside(jury, request.acts, "delivery"),
    }
    return render(request, "statements/delivery.html", context)


def new_form(request: HttpRequest, jury: Jury) -> DeliveryForm:
    """The form as it was sent, or fresh."""
    if request.method == "POST":
        return DeliveryForm(request.POST, today=timezone.localdate())
    return fresh_form(jury)


def fresh_form(jury: Jury) -> DeliveryForm:
    """An empty form; for the first delivery it says already what the commission says."""
    today = timezone.localdate()
    if Delivery.objects.filter(statement__jury=jury).exists() or jury.response_due_on < today:
        return DeliveryForm(today=today)
    return DeliveryForm(
        today=today, initial={"body": jury.commissioner, "due_on": jury.response_due_on}
    )
