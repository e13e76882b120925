"""Storing the people of a file that has been read: all of them in one go, or nobody."""

from collections.abc import Sequence
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from juries.audit import record
from juries.enums import Channel, Stage
from juries.errors import JuryError
from juries.intake.columns import asked_criteria
from juries.intake.rows import Mapped, Person, judge
from juries.intake.uploads import refuse_what_is_known, table_of
from juries.models import Jury, Registrant, Trait, Upload, User
from juries.registration.entry import is_unconfirmed, new_reference

AT_ONCE = 500


@transaction.atomic
def import_people(*, upload: Upload, columns: Sequence[str], mapped: Mapped, by: User) -> int:
    """Everybody in the file is registered, or nobody; the file itself is forgotten."""
    jury = Jury.objects.select_for_update().get(pk=upload.jury_id)
    jury.require_stage(Stage.SETTING_UP, Stage.REGISTRATION)
    refuse_what_is_known(jury, upload.purpose, upload.digest)
    judgement = judge(jury, table_of(upload), asked_criteria(jury), columns=columns, mapped=mapped)
    if not judgement.can_be_stored:
        raise JuryError(_("The file has problems, so nothing was stored."))
    _store(jury, judgement.people)
    record(
        "registrants.imported",
        jury=jury,
        by=by,
        people=len(judgement.people),
        file_digest=upload.digest,
    )
    upload.delete()
    return len(judgement.people)


def _store(jury: Jury, people: Sequence[Person]) -> None:
    taken = set(jury.registrants.values_list("reference", flat=True))
    rows = []
    for person in people:
        reference = person.reference or new_reference(taken)
        taken.add(reference)
        row = Registrant(
            jury=jury,
            reference=reference,
            channel=Channel.IMPORT,
            **asdict(person.particulars),
        )
        row.unconfirmed = is_unconfirmed(row)
        rows.append(row)
    Registrant.objects.bulk_create(rows, batch_size=AT_ONCE)
    Trait.objects.bulk_create(
        (
            Trait(registrant=row, criterion_id=value.criterion_id, value=value)
            for row, person in zip(rows, people, strict=True)
            for value in person.values
        ),
        batch_size=AT_ONCE,
    )
