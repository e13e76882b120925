"""What a person types into the sign-up form, for tests."""

from typing import Any
from uuid import uuid4

from django.urls import reverse

from juries.enums import Stage
from juries.models import CriterionValue, Jury
from juries.registration.entry import Particulars
from tests import factories


def open_jury(**facts: Any) -> Jury:
    return factories.make_jury(**{"stage": Stage.REGISTRATION, **facts})


def values_of(jury: Jury, *keys: str) -> list[CriterionValue]:
    found = {value.key: value for value in CriterionValue.objects.filter(criterion__jury=jury)}
    return [found[key] for key in keys]


def answers(jury: Jury, **changes: Any) -> dict[str, Any]:
    """A whole form as a browser sends it."""
    chosen = values_of(jury, "woman", "young")
    return {
        "submission": str(uuid4()),
        "name": "Aino Mallikas",
        "email": "aino@kaarnalahti.example",
        "phone": "",
        "birth_year": "1984",
        "street_address": "",
        "postal_code": "",
        "language": "fi",
        **{f"criterion_{value.criterion_id}": str(value.pk) for value in chosen},
        **changes,
    }


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
