"""A file waits, is read apart from the web process, and is forgotten."""

import hashlib
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from juries import leases
from juries.audit import record
from juries.enums import Role
from juries.errors import JuryError
from juries.files import reading
from juries.files.errors import Code, FileError
from juries.files.tables import MAXIMUM_BYTES
from juries.intake import uploads
from juries.intake.uploads import keep_upload, read_upload, table_of, take_up_stalled_uploads
from juries.models import Upload
from juries.project.celery import app
from tests import factories
from tests.juries.intake.bringing import bring

PLAIN = "gender;age\nwoman;young\n"


@pytest.fixture
def recruiter(jury, sign_in_as) -> Client:
    return sign_in_as(Role.RECRUITER, jury)


def keep(jury, content=PLAIN, **told) -> Upload:
    facts = {"purpose": Upload.Purpose.PEOPLE, "file_name": "a.csv", "by": factories.make_user()}
    return keep_upload(jury=jury, content=content.encode(), **{**facts, **told})


def page(client, upload, **headers):
    return client.get(reverse("upload", args=[upload.jury.slug, upload.pk]), headers=headers)


def test_the_page_waits_and_then_leads_on(jury, recruiter):
    upload = keep(jury)
    waiting = page(recruiter, upload)
    part = page(recruiter, upload, **{"HX-Request": "true"})
    read_upload(upload.pk)
    read = page(recruiter, upload)
    read_part = page(recruiter, upload, **{"HX-Request": "true"})

    onward = reverse("import_preview", args=[jury.slug, upload.pk])
    assert 'http-equiv="refresh"' in waiting.content.decode()
    assert "hx-trigger" in part.content.decode()
    assert "<html" not in part.content.decode()
    assert read.url == onward
    assert read_part.headers["HX-Redirect"] == onward


def test_o3_the_web_process_only_keeps_the_file(jury, recruiter, monkeypatch):
    monkeypatch.setattr(uploads, "read_apart", lambda *told: pytest.fail("read in a request"))
    choose = reverse("import", args=[jury.slug])

    sent = recruiter.post(choose, {"file": SimpleUploadedFile("a.csv", PLAIN.encode())})
    upload = Upload.objects.get()

    assert sent.url == reverse("upload", args=[jury.slug, upload.pk])
    assert (upload.state, upload.table) == (Upload.State.QUEUED, None)
    assert bytes(upload.content) == PLAIN.encode()
    assert upload.digest == hashlib.sha256(PLAIN.encode()).hexdigest()


def test_once_it_is_read_its_bytes_are_gone(jury):
    upload = bring(jury, PLAIN)

    assert upload.state == Upload.State.READ
    assert bytes(upload.content) == b""
    assert table_of(upload).header == ("gender", "age")
    assert table_of(upload).rows[0].cells == ("woman", "young")
    assert table_of(upload).rows[0].line == 2


def test_o2_what_is_no_table_is_refused_in_the_readers_language(jury, recruiter):
    upload = bring(jury, b"%PDF-1.7 and so on")

    assert upload.state == Upload.State.REFUSED
    assert bytes(upload.content) == b""
    assert "PDF" in page(recruiter, upload).content.decode()
    assert reverse("import", args=[jury.slug]) in page(recruiter, upload).content.decode()


def test_a_file_that_is_not_read_yet_cannot_be_decided_about(jury, recruiter):
    for upload in (keep(jury), bring(jury, b"%PDF-")):
        address = reverse("import_preview", args=[jury.slug, upload.pk])
        assert recruiter.get(address).status_code == 404


def test_the_file_is_forgotten_when_somebody_says_so(jury, recruiter):
    upload = keep(jury)

    recruiter.post(reverse("forget_upload", args=[jury.slug, upload.pk]))

    assert not Upload.objects.exists()


def test_o5_a_double_click_keeps_the_file_once(jury):
    assert keep(jury) == keep(jury)
    assert keep(jury) != keep(jury, PLAIN + "man;old\n")


def test_o5_what_has_been_stored_is_not_kept_again(jury):
    upload = keep(jury)
    record("registrants.imported", jury=jury, by="user", file_digest=upload.digest)
    upload.delete()

    with pytest.raises(JuryError):
        keep(jury)
    keep(jury, purpose=Upload.Purpose.ADDRESSES)
    keep(factories.make_jury("toinen"))


def test_a_file_that_is_too_large_is_refused_at_the_door(jury):
    with pytest.raises(JuryError, match="20"):
        keep_upload(
            jury=jury,
            purpose=Upload.Purpose.PEOPLE,
            file_name="a.csv",
            content=b" " * (MAXIMUM_BYTES + 1),
            by=factories.make_user(),
        )
    assert not Upload.objects.exists()


def test_a_waiting_file_is_forgotten_after_a_day_by_the_clock_alone(jury):
    keep(jury)
    scheduled = [entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()]
    app.loader.import_default_modules()

    app.tasks["juries.tasks.forget_old_uploads"]()
    kept = Upload.objects.count()
    Upload.objects.update(created_at=timezone.now() - timedelta(days=1, minutes=1))
    app.tasks["juries.tasks.forget_old_uploads"]()

    assert kept == 1
    assert not Upload.objects.exists()
    assert {"juries.tasks.forget_old_uploads", "juries.tasks.take_up_stalled_uploads"} <= {
        *scheduled
    }


def test_told_twice_a_worker_reads_once(jury, monkeypatch):
    upload = keep(jury)
    read = []
    monkeypatch.setattr(uploads, "read_apart", lambda content, purpose: read.append(purpose))

    read_upload(upload.pk)
    read_upload(upload.pk)
    read_upload(upload.pk + 1)

    assert read == [Upload.Purpose.PEOPLE]


def test_x1_a_file_whose_worker_died_is_read_by_the_next(jury):
    upload = keep(jury)
    assert take_up_stalled_uploads() == []
    leases.take(Upload.objects.all(), upload.pk)
    Upload.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    assert take_up_stalled_uploads() == [upload.pk]
    read_upload(upload.pk)

    upload.refresh_from_db()
    assert upload.state == Upload.State.READ


def test_x1_a_file_that_kills_every_worker_is_refused(jury, recruiter):
    upload = keep(jury)
    Upload.objects.update(
        attempts=leases.MOST_ATTEMPTS, lease_until=timezone.now() - timedelta(seconds=1)
    )

    assert take_up_stalled_uploads() == []
    upload.refresh_from_db()
    assert upload.state == Upload.State.REFUSED
    assert uploads.what_is_wrong(upload)


@pytest.mark.parametrize("limits", [{"memory": 30 * 1024**2}, {"seconds": 1}])
def test_o3_memory_and_time_end_with_the_reader_and_not_with_the_worker(limits):
    """The control: with enough of both the same file is read."""
    heavy = b";".join(b"abcdefghijkl"[place : place + 1] for place in range(12))
    heavy += b"\nAino;\xc3\x85ke;\xc3\x96jan;4;5;6;7;8;9;10;11;12" * 90_000

    assert reading.read_apart(heavy, "people")["rows"]
    with pytest.raises(FileError) as refusal:
        reading.read_apart(heavy, "people", **limits)
    assert refusal.value.code == Code.TOO_HEAVY
