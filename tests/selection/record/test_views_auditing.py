"""The auditor's copy at the desk, and the statement that becomes public."""

import hashlib
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from juries.enums import Role
from juries.models import AuditEntry
from selection.models import AuditorStatement
from tests import factories
from tests.selection.conftest import text
from tests.selection.record.conftest import full_record

PAGE = "/en/desk/lahipalvelut/draw/1/record/"
COPY, NEW = f"{PAGE}copy/", f"{PAGE}statements/new/"
REASON = {"reason": "City audit office, agreement 12"}


def statement(sha256: str, **facts):
    told = {"auditor": "City audit office", "on": timezone.localdate(), "words": "All holds."}
    return {**told, "sha256": sha256, **facts}


def copied(desk) -> str:
    return hashlib.sha256(desk.post(COPY, REASON).content).hexdigest()


def test_i11_the_copy_is_the_full_record_and_the_log_says_why_it_left(audited, desk, organiser):
    response = desk.post(COPY, REASON)

    assert response.content == full_record(audited.draw)
    assert response["Content-Type"] == "application/zip"
    assert "arvonta-lahipalvelut-1-full.zip" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    entry = AuditEntry.objects.get(verb="record.copied")
    assert entry.by == organiser
    assert entry.facts == {
        "draw": 1,
        "people": 12,
        "sha256": hashlib.sha256(response.content).hexdigest(),
        "reason": REASON["reason"],
    }


def test_i11_no_copy_leaves_without_a_reason(audited, desk):
    response = desk.post(COPY, {"reason": " "})

    assert "The auditor's copy" in text(response)
    assert not AuditEntry.objects.filter(verb="record.copied").exists()


def test_of_a_draw_that_is_public_without_rows_there_is_no_copy_and_the_page_says_why(drawn, desk):
    told = text(desk.get(PAGE))
    answer = text(desk.post(COPY, REASON))

    assert "promised that nobody outside gets the rows" in told
    assert "Take out the auditor" not in told
    assert "promised that nobody outside gets the rows" in answer
    assert not AuditEntry.objects.filter(verb="record.copied").exists()


def test_before_the_commitment_the_level_is_still_open(frozen, desk):
    assert "is chosen when the lottery is committed" in text(desk.get(PAGE))


def test_an_open_draw_has_a_copy_too(opened, sign_in_as):
    desk = sign_in_as(Role.ORGANISER, opened.draw.jury)

    assert desk.post(COPY, REASON).content == full_record(opened.draw)


def test_what_the_auditor_found_is_published_with_the_checksum_of_the_copy(audited, desk):
    sha256 = copied(desk)
    spaced = " ".join(sha256.upper()[place : place + 8] for place in range(0, 64, 8))

    response = desk.post(NEW, statement(spaced))

    assert response.status_code == 302
    found = AuditorStatement.objects.get()
    assert (found.sha256, found.words) == (sha256, "All holds.")
    assert "All holds." in text(Client().get("/en/juries/lahipalvelut/record/1/"))
    assert AuditEntry.objects.filter(verb="auditor.recorded", facts__sha256=sha256).exists()


@pytest.mark.parametrize(
    ("sha256", "wrong"),
    [("ab" * 32, "Compare the digits"), ("ab" * 31, "64 digits"), ("xy" * 32, "64 digits")],
)
def test_a_checksum_of_no_copy_is_refused(audited, desk, sha256, wrong):
    copied(desk)

    assert wrong in text(desk.post(NEW, statement(sha256)))
    assert not AuditorStatement.objects.exists()


def test_a_statement_from_tomorrow_is_refused(audited, desk):
    tomorrow = timezone.localdate() + timedelta(days=1)

    answer = text(desk.post(NEW, statement(copied(desk), on=tomorrow)))

    assert "The day is still to come." in answer
    assert not AuditorStatement.objects.exists()


def test_a_statement_that_was_typed_wrong_is_removed_and_the_log_keeps_that_it_was(
    audited, desk, organiser
):
    made = factories.make_auditor_statement(audited.draw.jury, organiser)

    desk.post(f"{PAGE}statements/{made.pk}/remove/")

    assert not AuditorStatement.objects.exists()
    assert AuditEntry.objects.get(verb="auditor.removed").facts["sha256"] == made.sha256


def test_a_recruiter_takes_a_copy_and_publishes_nothing(audited, sign_in_as):
    recruiter = sign_in_as(Role.RECRUITER, audited.draw.jury)

    assert recruiter.post(COPY, REASON).content == full_record(audited.draw)
    assert "Publish what the auditor found" not in text(recruiter.get(PAGE))
    assert recruiter.post(NEW, statement("ab" * 32)).status_code == 403


def test_the_verifier_accepts_the_copy_as_far_as_it_can(audited, desk, verify):
    """Balls alone and everything in it: nothing is left to believe."""
    assert verify("check", desk.post(COPY, REASON).content) == 0


def test_the_verifier_accepts_the_public_record_and_lists_what_it_lacks(beaconed, verify):
    response = Client().get("/en/juries/lahipalvelut/record/1/record.zip")

    assert verify("check", response.content) == 10
