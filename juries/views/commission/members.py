"""Who may do what in an organisation, and the page where a new member chooses a password."""

from django.contrib import messages
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from juries.audit_words import lines
from juries.commission.members import latest_changes, make_link, members_of, take_role
from juries.crumbs import organisation_ways
from juries.errors import JuryError
from juries.forms.commission.organisation import FirstPasswordForm, MemberForm
from juries.models import Organisation, User
from juries.roles import ROLE_SENTENCES
from juries.web import organisation_view, public


@organisation_view
def members(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    form = MemberForm(request.POST or None, organisation=organisation, by=request.user)
    if form.is_valid():
        try:
            user = form.save()
        except JuryError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%(name)s has the role.") % {"name": user})
            return redirect("members", organisation.slug)
    return _page(request, organisation, form)


@organisation_view
@require_POST
def take(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    membership = get_object_or_404(
        organisation.memberships, pk=_number(request.POST.get("membership", ""))
    )
    try:
        take_role(membership=membership, by=request.user)
    except JuryError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The role is taken away."))
    if membership.user == request.user:
        return redirect("juries")
    return redirect("members", organisation.slug)


@organisation_view
@require_POST
def link(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The address is shown once, to whoever passes it on; it is kept nowhere."""
    user = get_object_or_404(
        User.objects.filter(memberships__organisation=organisation).distinct(),
        pk=_number(request.POST.get("user", "")),
    )
    form = MemberForm(organisation=organisation, by=request.user)
    try:
        door = make_link(organisation=organisation, user=user, by=request.user)
    except JuryError as error:
        messages.error(request, str(error))
        return redirect("members", organisation.slug)
    address = request.build_absolute_uri(reverse("choose_password", args=[door.key, door.token]))
    return _page(request, organisation, form, link=address, link_for=user)


@public
@never_cache
@sensitive_post_parameters()
def choose_password(request: HttpRequest, key: str, token: str) -> HttpResponseBase:
    """Opening the link does nothing; the password is chosen by the form behind it."""
    view = PasswordResetConfirmView.as_view(
        template_name="juries/commission/choose_password.html",
        form_class=FirstPasswordForm,
        success_url=reverse_lazy("login"),
    )
    return view(request, uidb64=key, token=token)


def _page(
    request: HttpRequest, organisation: Organisation, form: MemberForm, **further: object
) -> HttpResponse:
    context = {
        "organisation": organisation,
        "members": members_of(organisation),
        "form": form,
        "roles": ROLE_SENTENCES,
        "lines": lines(latest_changes(organisation)),
        "ways": organisation_ways(organisation, "members"),
        "crumbs": [
            (_("Juries"), reverse("juries")),
            (organisation.name, reverse("organisation", args=[organisation.slug])),
            (_("Who may do what"), None),
        ],
        **further,
    }
    return render(request, "juries/commission/members.html", context)


def _number(text: str) -> int:
    """The key that was sent; one that nobody has if it was no number of sensible length."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
