"""Adopting the statement: its text is frozen under a hash, then published."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.audit import record
from juries.errors import WrongStage
from juries.models import User
from statements.document import canonical_text, document_of, fingerprint, names_of
from statements.models import Statement


@transaction.atomic
def adopt_statement(*, statement: Statement, by: User) -> Statement:
    """The statement is adopted: its canonical text and the text's hash are stored for good.

    Opinions that are not signed by name can no longer be traced to a seat.
    """
    statement = Statement.objects.select_for_update().get(pk=statement.pk)
    if statement.state != Statement.State.COUNTED:
        raise WrongStage(_("The statement can be adopted when the votes have been counted."))
    statement.state = Statement.State.ADOPTED
    statement.adopted_at = timezone.now()
    statement.adopted_title, statement.adopted_organisation = names_of(statement)
    statement.adopted_text = canonical_text(document_of(statement))
    statement.adopted_sha256 = fingerprint(statement.adopted_text)
    statement.save()
    statement.dissents.filter(by_name=False).update(seat=None)
    record(
        "statement.adopted",
        jury=statement.jury,
        by=by,
        statement=statement.pk,
        sha256=statement.adopted_sha256,
    )
    return statement


@transaction.atomic
def publish_statement(*, statement: Statement, by: User) -> Statement:
    """Anyone can read the adopted statement."""
    statement = Statement.objects.select_for_update().get(pk=statement.pk)
    if statement.state != Statement.State.ADOPTED:
        raise WrongStage(_("The statement can be published when it has been adopted."))
    if statement.published_at is None:
        statement.published_at = timezone.now()
        statement.save(update_fields=["published_at"])
        record("statement.published", jury=statement.jury, by=by, statement=statement.pk)
    return statement
