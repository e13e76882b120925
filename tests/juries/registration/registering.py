"""What a person types into the pages of the sign-up, for tests."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse

from juries.enums import Stage
from juries.models import CriterionValue, Jury, Question
from juries.questions.kinds import name_of
from juries.questions.standard import ensure_form
from juries.registration.entry import Particulars
from juries.views.registration.visiting import key_of
from tests import factories


def open_jury(**facts: Any) -> Jury:
    """A jury of ``factories`` with its form, to which one can sign up."""
    jury = factories.make_jury(**{"stage": Stage.REGISTRATION, **facts})
    ensure_form(jury)
    jury.refresh_from_db()
    return jury


def values_of(jury: Jury, *keys: str) -> list[CriterionValue]:
    found = {value.key: value for value in CriterionValue.objects.filter(criterion__jury=jury)}
    return [found[key] for key in keys]


def answers(jury: Jury, **changes: Any) -> dict[str, Any]:
    """Everything a person of the standard form types, whichever page it is on."""
    chosen = values_of(jury, "woman", "young")
    yes = Question.objects.filter(section__jury=jury, kind=Question.Kind.YES_NO, on=True)
    return {
        "name": "Aino Mallikas",
        "email": "aino@kaarnalahti.example",
        "phone": "",
        "birth_year": "1984",
        "street_address": "",
        "postal_code": "",
        "language": "fi",
        **{name_of(question): "yes" for question in yes},
        **{f"criterion_{value.criterion_id}": value.key for value in chosen},
        **changes,
    }


def key(jury: Jury, submission: UUID | None = None) -> str:
    """What the pages of a form carry; another one each time."""
    return key_of(jury, submission or uuid4())


def go_through(client: Client, jury: Jury, typed: dict[str, Any]) -> Any:
    """Fills in page after page; the answer to the first that is not taken, or the last page."""
    typed = {"key": key(jury), **typed}
    number = 1
    while True:
        response = client.post(step_url(jury, number), typed)
        if response.status_code != 302 or not response.url.startswith(sign_up_url(jury)):
            return response
        onward = resolve(response.url)
        if onward.url_name == "sign_up_check":
            return client.get(response.url)
        number = onward.kwargs["number"]


def register(client: Client, jury: Jury, **changes: Any) -> Any:
    """Goes through the whole form and sends it."""
    typed = {"key": key(jury), **answers(jury, **changes)}
    response: HttpResponse = go_through(client, jury, typed)
    if response.status_code != 200 or "sections" not in (response.context or {}):
        return response
    return client.post(check_url(jury), {"key": typed["key"]})


def particulars(**changes: Any) -> Particulars:
    return Particulars(
        **{
            "name": "Aino Mallikas",
            "email": "aino@kaarnalahti.example",
            "birth_year": 1984,
            **changes,
        }
    )


def sign_up_url(jury: Jury) -> str:
    return reverse("sign_up", args=[jury.slug])


def step_url(jury: Jury, number: int) -> str:
    return reverse("sign_up_step", args=[jury.slug, number])


def check_url(jury: Jury) -> str:
    return reverse("sign_up_check", args=[jury.slug])
