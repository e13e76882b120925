"""Address samples: imported under a permit, counted, and erased on the day the permit names."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.audit import record
from juries.enums import Stage
from juries.errors import JuryError
from juries.files.reading import table_from
from juries.files.tables import Table
from juries.invitation.address_judging import Judgement, Reading, judge, same_person_key
from juries.invitation.address_rows import Addressee
from juries.invitation.printing import erase_letters_of
from juries.models import AddressSample, Invitation, Invitee, Jury, Upload, User

AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Permit:
    """Under which permit the addresses were given, what for, and until when."""

    name: str
    permit_number: str
    purpose: str
    delete_on: date


@dataclass(frozen=True, slots=True)
class Group:
    """The people of a sample in one language or group: how many, and how many without a letter."""

    key: str
    people: int
    invited: int

    @property
    def left(self) -> int:
        return self.people - self.invited


def people_of_earlier_samples(jury: Jury) -> dict[str, str]:
    """Everybody whose address is stored, by ``same_person_key``, with the sample's name."""
    rows = Invitee.objects.filter(sample__jury=jury, protected=False).values_list(
        "name", "street_address", "postal_code", "birth_year", "sample__name"
    )
    return {
        same_person_key(name, street, postal_code, year): sample
        for name, street, postal_code, year, sample in rows.iterator(AT_ONCE)
    }


def refuse_known_file(jury: Jury, digest: str) -> None:
    """Return only if no sample of the jury has come from this file."""
    if jury.samples.filter(file_digest=digest, erased_at=None).exists():
        raise JuryError(_("This file has been imported already."))


def table_in(upload: Upload) -> Table:
    """The rows of a file of addresses that has been read."""
    return table_from(upload.table, file=upload.file_name)


@transaction.atomic
def import_sample(*, upload: Upload, permit: Permit, reading: Reading, by: User) -> AddressSample:
    """Everybody in the file who is not left out is stored, or nobody; the file is forgotten."""
    jury = Jury.objects.select_for_update().get(pk=upload.jury_id)
    jury.require_stage(Stage.SETTING_UP, Stage.REGISTRATION)
    refuse_known_file(jury, upload.digest)
    table = table_in(upload)
    judgement = judge(jury, table, reading)
    if not judgement.can_be_stored:
        raise JuryError(_("The file has problems, so nothing was stored."))
    sample = AddressSample.objects.create(
        jury=jury,
        people=len(judgement.people),
        protected=judgement.protected,
        file_digest=upload.digest,
        imported_by=by,
        **asdict(permit),
    )
    _store(sample, judgement.people)
    record("sample.imported", jury=jury, by=by, **_facts(sample, table, judgement))
    upload.delete()
    return sample


@transaction.atomic
def erase_sample(*, sample: AddressSample, by: User | str) -> AddressSample:
    """No name or address of the sample is left, and no letter can be printed from it any more.

    The codes in letters that have gone out still open the registration. What stays is that there
    was a sample, under which permit and of how many, and the language and group of each invitation.
    """
    sample = AddressSample.objects.select_for_update().get(pk=sample.pk)
    if sample.erased_at:
        return sample
    erase_letters_of(sample)
    Invitation.objects.filter(invitee__sample=sample).update(invitee=None)
    sample.waves.update(seed=None)
    sample.invitees.all().delete()
    sample.erased_at = timezone.now()
    sample.save()
    record("sample.erased", jury=sample.jury, by=by, sample=sample.pk, people=sample.people)
    return sample


@transaction.atomic
def read_protected(*, sample: AddressSample, by: User) -> list[Invitee]:
    """Those who can be reached only by hand; that they were read stands in the log."""
    people = list(sample.invitees.filter(protected=True).select_related("invitation__wave"))
    record("sample.protected_read", jury=sample.jury, by=by, sample=sample.pk, count=len(people))
    return people


def by_language(sample: AddressSample) -> list[Group]:
    """How many speak which language."""
    return _counted(sample, "language")


def by_group(sample: AddressSample) -> list[Group]:
    """How many belong to which group, and how many of those have no letter yet."""
    return _counted(sample, "stratum")


def _counted(sample: AddressSample, fact: str) -> list[Group]:
    rows = (
        sample.invitees.order_by(fact)
        .values(fact)
        .annotate(people=Count("pk"), invited=Count("invitation"))
    )
    return [Group(row[fact], row["people"], row["invited"]) for row in rows]


def _store(sample: AddressSample, people: Sequence[Addressee]) -> None:
    Invitee.objects.bulk_create(
        (Invitee(sample=sample, **asdict(one)) for one in people), batch_size=AT_ONCE
    )


def _facts(sample: AddressSample, table: Table, judgement: Judgement) -> Mapping[str, object]:
    return {
        "sample": sample.pk,
        "people": sample.people,
        "protected": sample.protected,
        "left_out": len(table.rows) - len(judgement.people),
        "sha256": sample.file_digest,
        "permit_number": sample.permit_number,
        "delete_on": str(sample.delete_on),
    }
