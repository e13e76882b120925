"""Files of addresses and samples, for tests."""

from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.utils import timezone

from juries.enums import Stage
from juries.files.reading import read_plain_table
from juries.invitation.address_columns import guesses
from juries.invitation.address_judging import Reading
from juries.invitation.candidates import those_not_invited
from juries.invitation.choosing import everybody
from juries.invitation.outreach import add_outreach_code
from juries.invitation.samples import (
    Permit,
    import_sample,
    people_of_earlier_samples,
    table_in,
)
from juries.invitation.waves import make_wave, mark_sent
from juries.models import AddressSample, Jury, Upload, User, Wave
from tests import factories

HEADER = "Sukunimi;Etunimet;Lähiosoite;Postinumero;Postitoimipaikka;Äidinkieli;Syntymävuosi"
HEADER += ";Ryhmä;Turvakielto"


def row(number: int = 1, **changes: str) -> str:
    facts = {
        "last": "Mallikas",
        "first": f"Aino {number}",
        "street": f"Kirkkokatu {number}",
        "code": "00100",
        "town": "KAARNALAHTI",
        "language": "fi",
        "born": "1984",
        "group": "Keskusta",
        "protected": "",
        **changes,
    }
    return ";".join(facts.values())


def uploaded(jury: Jury, rows: Sequence[str], *, header: str = HEADER, **facts: Any) -> Upload:
    """A file of addresses that a worker has read."""
    content = "\n".join([header, *rows]).encode()
    return Upload.objects.create(
        **{
            "jury": jury,
            "by": user(),
            "purpose": Upload.Purpose.ADDRESSES,
            "file_name": "otos.csv",
            "digest": sha256(content).hexdigest(),
            "content": b"",
            "state": Upload.State.READ,
            "table": read_plain_table(content, "otos.csv"),
            **facts,
        }
    )


def user() -> User:
    return factories.make_user()


def permit(name: str = "Otos 1", *, delete_on: date | None = None) -> Permit:
    day = delete_on or timezone.localdate() + timedelta(days=60)
    return Permit(name, "VN/1234/2026", "Kansalaisraadin kutsut", day)


def reading(upload: Upload, **changes: Any) -> Reading:
    facts = {
        "columns": guesses(table_in(upload).header),
        "known": people_of_earlier_samples(upload.jury),
        **changes,
    }
    return Reading(**facts)


def imported(
    jury: Jury, rows: Sequence[str], *, name: str = "Otos 1", **changes: Any
) -> AddressSample:
    """A sample with these people."""
    upload = uploaded(jury, rows)
    return import_sample(
        upload=upload, permit=permit(name), reading=reading(upload, **changes), by=user()
    )


def invited(sample: AddressSample, *, sent: bool = True) -> Wave:
    """A wave of letters to everybody in the sample."""
    plan = everybody(those_not_invited(sample))
    wave = make_wave(sample=sample, request=uuid4(), plan=plan, typed=plan.total, by=user())
    return mark_sent(wave=wave, on=timezone.localdate(), by=user()) if sent else wave


def everything(jury: Jury) -> dict[str, int]:
    """A sample with letters, a file that waits and a link; the keys of one of each."""
    Jury.objects.filter(pk=jury.pk).update(stage=Stage.REGISTRATION)
    secret = {"last": "Kanarialintu10", "street": "Salakatu 10"}
    sample = imported(jury, [row(1, **secret), row(2, **secret, protected="1")])
    return {
        "sample": sample.pk,
        "wave": invited(sample).pk,
        "addresses": uploaded(jury, [row(3, **secret)]).pk,
        "outreach": add_outreach_code(jury=jury, name="Kirjasto", by=user()).pk,
    }
