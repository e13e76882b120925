"""Handing the statement over: each body gets a link of its own and a date to answer by."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.audit import DECISION_MAKER, record
from juries.codes import digest_of, new_code
from juries.errors import JuryError, WrongStage
from juries.models import User
from statements.models import Delivery, Statement


@transaction.atomic
def deliver(
    *, statement: Statement, body: str, person: str, due_on: date, by: User, email: str = ""
) -> tuple[Delivery, str]:
    """The body has the statement to answer; the code of its link is returned, and not kept."""
    statement = Statement.objects.select_for_update().get(pk=statement.pk)
    if statement.published_at is None:
        raise WrongStage(_("The statement can be delivered when it has been published."))
    if statement.deliveries.filter(body__iexact=body).exists():
        raise JuryError(_("The statement has already been delivered to %(body)s.") % {"body": body})
    code = new_code()
    delivery = Delivery.objects.create(
        statement=statement,
        body=body,
        person=person,
        email=email,
        due_on=due_on,
        code_digest=digest_of(code),
    )
    record(
        "statement.delivered",
        jury=statement.jury,
        by=by,
        delivery=delivery.pk,
        due_on=due_on.isoformat(),
    )
    return delivery, code


@transaction.atomic
def issue_link(*, delivery: Delivery, by: User) -> str:
    """The delivery has a new code, which is returned; the old link and whoever used it are out."""
    code = new_code()
    Delivery.objects.filter(pk=delivery.pk).update(code_digest=digest_of(code))
    record("delivery.link_issued", jury=delivery.statement.jury, by=by, delivery=delivery.pk)
    return code


@transaction.atomic
def open_link(*, delivery: Delivery) -> None:
    """It is known that the link was opened, and when for the first time."""
    Delivery.objects.filter(pk=delivery.pk, opened_at=None).update(opened_at=timezone.now())
    record(
        "delivery.opened",
        jury=delivery.statement.jury,
        by=DECISION_MAKER,
        delivery=delivery.pk,
    )
