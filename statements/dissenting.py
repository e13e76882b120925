"""Dissenting opinions: written when the votes are known, before the statement is adopted."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from juries.audit import JUROR, record
from juries.errors import JuryError, WrongStage
from selection.models import PanelSeat
from statements.models import Dissent, Part, Statement


@transaction.atomic
def write_dissent(
    *, seat: PanelSeat, part: Part | None, text: str, by_name: bool, signed_as: str = ""
) -> Dissent:
    """The juror's opinion on ``part``, or on the whole, stands as written here.

    It is signed with the juror's name, or as a member of the jury (``signed_as`` says it in other
    words, as when several speak with one voice).
    """
    statement = _open_to_dissent(seat)
    if part is not None and part.statement_id != statement.pk:
        raise JuryError(_("Choose a recommendation of this statement."))
    with override(statement.language):
        anonymous = signed_as or _("A member of the jury")
    dissent, _is_new = Dissent.objects.update_or_create(
        statement=statement,
        seat=seat,
        part=part,
        defaults={
            "text": text,
            "by_name": by_name,
            "signed_as": seat.registrant.name if by_name else anonymous,
        },
    )
    record("dissent.written", jury=statement.jury, by=JUROR, part=part.number if part else None)
    return dissent


@transaction.atomic
def withdraw_dissent(*, seat: PanelSeat, dissent: Dissent) -> None:
    """The juror's opinion is gone as if never written."""
    statement = _open_to_dissent(seat)
    statement.dissents.filter(pk=dissent.pk, seat=seat).delete()
    record("dissent.withdrawn", jury=statement.jury, by=JUROR)


def _open_to_dissent(seat: PanelSeat) -> Statement:
    statement = Statement.objects.select_for_update().get(jury=seat.jury_id)
    if statement.state != Statement.State.COUNTED:
        raise WrongStage(
            _("A dissenting opinion is written after the vote, before the statement is adopted.")
        )
    if not PanelSeat.objects.confirmed().filter(pk=seat.pk).exists():
        raise JuryError(_("Only members of the panel can write a dissenting opinion."))
    return statement
