"""Who is filling in a form at this browser: the jury, and the draft or registration it holds.

The browser keeps the key of the draft in a signed cookie, and every page of the form carries the
same key, so that a double click, a second tab and a page from yesterday all mean the same draft.
The cookie shows the draft for as long as somebody is filling it in. After that, and whenever the
form is entered from its first page, somebody else may sit there: the draft is shown again only to
whoever knows the year of birth in it.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.signing import BadSignature, Signer, TimestampSigner
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from juries.models import Jury, Registrant
from juries.questions.trial import TRIAL, is_open_for_trial, jury_of_trial
from juries.registration import drafts
from juries.registration.drafts import Draft
from juries.registration.entry import Opening, opening
from juries.registration.signup import made_by
from juries.web import Open, View, declare

KEY = "key"
AWAKE = timedelta(minutes=20)
"""How long after the last page the browser still shows the draft by itself."""


@dataclass(frozen=True, slots=True)
class Visit:
    """The registration this browser is about: begun, sent, or neither."""

    submission: UUID
    draft: Draft | None = None
    sent: Registrant | None = None

    @property
    def stands(self) -> bool:
        """Whether there is something of it, and it was not erased."""
        return bool(self.draft or (self.sent and not self.sent.erased_at))


def sign_up_view(view: View) -> View:
    """Give the view a jury whose form can be seen: a published one, or one that can be tried out.

    The view itself says what to do about a token that is too old; see ``is_fresh``.
    """

    @wraps(view)
    def guarded(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
        juries = Jury.objects.standing().select_related("organisation")
        jury = juries.filter(slug=slug).first()
        if jury is None or not (jury.published_at or is_trial_for(request, jury)):
            raise Http404
        return view(request, jury, **kwargs)

    return declare(login_not_required(csrf_exempt(never_cache(guarded))), Open.ANYONE)


def is_trial_for(request: HttpRequest, jury: Jury) -> bool:
    """Whether the person came by the link to the form that is on trial."""
    if not is_open_for_trial(jury) or TRIAL not in request.COOKIES:
        return False
    return jury_of_trial(request.COOKIES[TRIAL]) == jury


def state_for(request: HttpRequest, jury: Jury) -> Opening:
    """Whether this person can fill in the form now."""
    state = opening(jury)
    if state is Opening.NOT_YET and is_trial_for(request, jury):
        return Opening.OPEN
    return state


def visit_of(request: HttpRequest, jury: Jury) -> Visit:
    """What the page and the cookie name: what the page names goes first, if anything stands there.

    A page that was opened before there was a cookie means the draft of the cookie. A cookie that
    has fallen asleep means nothing here. Whoever has withdrawn begins anew: with the key of before
    they would be given the registration of before.
    """
    on_page = submission_in(jury, request.POST.get(KEY, ""))
    in_cookie = _unsigned(_waking(jury), request.COOKIES.get(_cookie(jury), ""), max_age=AWAKE)
    unused = on_page
    for submission in dict.fromkeys(filter(None, (on_page, in_cookie))):
        visit = _found(jury, submission)
        if visit.stands:
            return visit
        if visit.sent and submission == on_page:
            unused = None
    return Visit(unused or uuid4())


def left_behind(request: HttpRequest, jury: Jury) -> Visit | None:
    """What the cookie names, awake or asleep: that it is there may be said, not what is in it."""
    cookie = request.COOKIES.get(_cookie(jury), "")
    submission = submission_in(jury, cookie) or _unsigned(_waking(jury), cookie)
    visit = _found(jury, submission) if submission else None
    return visit if visit and visit.stands else None


def key_of(jury: Jury, submission: UUID) -> str:
    """The key as pages and cookies carry it: made here, for this jury."""
    return _signer(jury).sign(submission.hex)


def submission_in(jury: Jury, key: str) -> UUID | None:
    """The submission that the key names, if it was made here for this jury."""
    return _unsigned(_signer(jury), key)


def remember(response: HttpResponse, jury: Jury, submission: UUID) -> HttpResponse:
    """The browser finds its draft again, for as long as the draft stands; for now it shows it."""
    return _with_cookie(response, jury, _waking(jury).sign(submission.hex))


def put_to_sleep(response: HttpResponse, jury: Jury, submission: UUID) -> HttpResponse:
    """The browser still finds its draft, and shows it to whoever knows the year in it."""
    return _with_cookie(response, jury, key_of(jury, submission))


def _with_cookie(response: HttpResponse, jury: Jury, value: str) -> HttpResponse:
    response.set_cookie(
        _cookie(jury),
        value,
        max_age=drafts.LIVES,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response


def forget(response: HttpResponse, jury: Jury) -> HttpResponse:
    """The browser knows of no draft of the jury."""
    response.delete_cookie(_cookie(jury), samesite="Lax")
    return response


def is_fresh(request: HttpRequest) -> bool:
    """Whether the form comes from a page of this house that was opened in this browser."""
    return _Check(lambda _request: HttpResponse()).process_view(request, None, (), {}) is None


class _Check(CsrfViewMiddleware):
    """Says what is wrong instead of refusing: the typed answers come back on the same page."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(reason)


def _found(jury: Jury, submission: UUID) -> Visit:
    draft = drafts.read(jury, submission)
    return Visit(submission, draft, None if draft else made_by(jury, submission))


def _cookie(jury: Jury) -> str:
    return f"sign_up_{jury.pk}"


def _signer(jury: Jury) -> Signer:
    return Signer(salt=f"sign-up {jury.pk}")


def _waking(jury: Jury) -> TimestampSigner:
    return TimestampSigner(salt=f"sign-up awake {jury.pk}")


def _unsigned(signer: Signer, value: str, **age: timedelta) -> UUID | None:
    try:
        return UUID(signer.unsign(value, **age))
    except (BadSignature, ValueError):
        return None
