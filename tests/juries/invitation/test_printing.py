"""Letters as one PDF: right in every word, made once, private, erased."""

import os
import stat
import time
from datetime import timedelta
from itertools import count
from pathlib import Path
from uuid import uuid4

import pypdf
import pytest
import typst
from django.utils import timezone, translation

from juries import leases
from juries.enums import Role
from juries.errors import JuryError
from juries.invitation import printing
from juries.invitation.candidates import those_to_remind
from juries.invitation.choosing import everybody
from juries.invitation.waves import letters_of, make_reminder, mark_sent
from juries.models import AuditEntry, Jury, PrintJob, Wave
from juries.post.kinds import Text
from juries.post.wordings import change_wording
from tests import factories
from tests.juries.invitation.sampling import imported, invited, row
from tests.juries.registration.registering import open_jury

State, Trouble = PrintJob.State, PrintJob.Trouble
HOSTILE = (
    '<script>alert("x")</script>',
    "=HYPERLINK(1)",
    "#panic(1)",
    "#{1+1}",
    "$x^2$",
    "*bold* _it_ `raw` @ref <label>",
    "\\u{41} {code} {{name}}",
    "12 0 R (5 0 R) endobj stream",
)


@pytest.fixture(autouse=True)
def private_data(settings, tmp_path):
    settings.DATA = tmp_path
    with translation.override("en"):
        yield


@pytest.fixture
def jury(db):
    return open_jury()


@pytest.fixture
def organiser(jury):
    return factories.make_member(jury, Role.ORGANISER)


@pytest.fixture
def wave(jury):
    return invited(imported(jury, [row(1), row(2, language="sv"), row(3)]), sent=False)


def asked(wave, by):
    return printing.request_letters(wave=wave, by=by)


def made(wave, by):
    job = asked(wave, by)
    printing.carry_out(job.pk)
    job.refresh_from_db()
    return job


def pages(job, by):
    with printing.fetch_letters(job=job, reason="print house", by=by) as file:
        return [page.extract_text() for page in pypdf.PdfReader(file, strict=True).pages]


def lapse(job, **facts):
    past = timezone.now() - timedelta(seconds=1)
    PrintJob.objects.filter(pk=job.pk).update(lease_until=past, **facts)


def test_each_letter_is_in_both_languages_the_persons_own_first(wave, organiser):
    job = made(wave, organiser)

    told = pages(job, organiser)
    assert (job.state, job.done, job.total) == (State.DONE, 3, 3)
    assert len(told) == 6
    assert ["Tervetuloa" in page for page in told] == [True, False, False, True, True, False]
    for number, letter in enumerate(letters_of(wave)):
        front, back = told[2 * number : 2 * number + 2]
        assert letter.code in front
        assert letter.code in back
        assert letter.name in front
        assert f"{letter.postal_code} KAARNALAHTI" in front
        assert letter.street_address not in back


def test_a_jury_in_one_language_has_letters_of_one_page(jury, wave, organiser):
    Jury.objects.update(languages=["fi"])
    wave.refresh_from_db()

    assert ["Tervetuloa" in page for page in pages(made(wave, organiser), organiser)] == [True] * 3


def test_many_settings_become_one_file_in_the_order_of_the_wave(wave, organiser, monkeypatch):
    monkeypatch.setattr(printing, "AT_ONCE", 1)

    told = pages(made(wave, organiser), organiser)

    codes = [letter.code for letter in letters_of(wave)]
    assert [code for code, page in zip(codes, told[::2], strict=True) if code in page] == codes


def test_nobody_with_a_protected_address_has_a_letter(jury, organiser):
    wave = invited(imported(jury, [row(1), row(2, protected="x")]), sent=False)

    job = made(wave, organiser)

    assert job.done == 1
    assert "Aino 2" not in " ".join(pages(job, organiser))


def test_a_reminder_has_its_own_words_and_the_same_code(jury, wave, organiser):
    mark_sent(wave=wave, on=timezone.localdate(), by=organiser)
    codes = {letter.code for letter in letters_of(wave)}
    reminder = remind(jury, organiser)

    told = pages(made(reminder, organiser), organiser)

    assert all("Vielä ehdit" in page or "Du hinner" in page for page in told)
    assert {code for code in codes if any(code in page for page in told)} == codes


def remind(jury, by):
    plan = everybody(those_to_remind(jury))
    return make_reminder(jury=jury, request=uuid4(), plan=plan, typed=plan.total, by=by)


@pytest.mark.parametrize("words", HOSTILE)
def test_r7_what_somebody_wrote_is_printed_as_it_stands(jury, organiser, words):
    wave = invited(imported(jury, [row(1)]), sent=False)
    wave.sample.invitees.update(name=words, street_address=words)
    body = "{code} {link}\n\n" + words.replace("{", "").replace("}", "")
    change_wording(
        jury=jury,
        key="letter_invitation",
        texts={language: Text("Kutsu", body) for language in ("fi", "sv")},
        by=organiser,
    )

    front, back = pages(made(wave, organiser), organiser)

    assert squeezed(front).count(squeezed(words)) >= 2
    assert squeezed(words.replace("{", "").replace("}", "")) in squeezed(back)


def squeezed(text):
    return "".join(text.split())


def test_r7_control_words_read_as_markup_would_not_come_out_as_they_stand():
    with pytest.raises(typst.TypstError):
        typst.compile(HOSTILE[2].encode())


def test_asked_twice_it_is_the_same_job_and_carried_out_thrice_it_is_done_once(wave, organiser):
    job = asked(wave, organiser)
    assert asked(wave, organiser) == job

    for _delivery in range(3):
        printing.carry_out(job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempts) == (State.DONE, 1)
    assert AuditEntry.objects.filter(verb="letters.ready").count() == 1
    assert [path.name for path in printing.folder().iterdir()] == [job.file]


def test_the_file_is_nobody_elses_on_the_machine(wave, organiser):
    job = made(wave, organiser)

    assert stat.S_IMODE((printing.folder() / job.file).stat().st_mode) == 0o600
    assert stat.S_IMODE(printing.folder().stat().st_mode) == 0o700


def test_a_cancelled_job_stops_and_leaves_no_file(wave, organiser, monkeypatch):
    monkeypatch.setattr(printing, "AT_ONCE", 1)
    job, settings_made = asked(wave, organiser), count()
    real = printing.Joining.add

    def cancelled_meanwhile(joining, pdf):
        if next(settings_made) == 1:
            printing.cancel_letters(job=job, by=organiser)
        return real(joining, pdf)

    monkeypatch.setattr(printing.Joining, "add", cancelled_meanwhile)
    printing.carry_out(job.pk)

    job.refresh_from_db()
    assert (job.state, job.file) == (State.CANCELLED, "")
    assert next(settings_made) == 2
    assert list(printing.folder().iterdir()) == []
    with pytest.raises(JuryError):
        printing.cancel_letters(job=job, by=organiser)


def test_a_job_whose_worker_is_gone_is_taken_up_and_ends_once(wave, organiser):
    job = asked(wave, organiser)
    lost = leases.take(PrintJob.objects.all(), job.pk)
    assert printing.take_up_stalled() == []
    lapse(job)

    for pk in printing.take_up_stalled() + printing.take_up_stalled():
        printing.carry_out(pk)

    job.refresh_from_db()
    assert (job.state, job.attempts) == (State.DONE, 2)
    assert not leases.held(lost).exists()


def test_a_worker_that_was_overtaken_writes_nothing(wave, organiser, monkeypatch):
    job = asked(wave, organiser)
    real = printing.Joining.add

    def overtaken(joining, pdf):
        PrintJob.objects.filter(pk=job.pk).update(attempts=2)
        return real(joining, pdf)

    monkeypatch.setattr(printing.Joining, "add", overtaken)
    printing.carry_out(job.pk)

    job.refresh_from_db()
    assert (job.state, job.file) == (State.RUNNING, "")
    assert list(printing.folder().iterdir()) == []


def test_a_job_that_keeps_losing_its_workers_fails_in_the_end(wave, organiser):
    job = asked(wave, organiser)
    lapse(job, state=State.RUNNING, attempts=leases.MOST_ATTEMPTS)

    assert printing.take_up_stalled() == []

    job.refresh_from_db()
    assert (job.state, job.trouble) == (State.FAILED, Trouble.STALLED)


def test_a_full_disk_is_said_and_leaves_no_half_file(wave, organiser, monkeypatch):
    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(printing.Joining, "finish", full)
    job = made(wave, organiser)

    assert (job.state, job.trouble) == (State.FAILED, Trouble.DISK)
    assert list(printing.folder().iterdir()) == []


def test_letters_wait_for_a_text_that_is_missing_in_a_language(jury, wave, organiser):
    text = {"fi": Text("Kutsu", "{code} {link}")}
    change_wording(jury=jury, key="letter_invitation", texts=text, by=organiser)

    with pytest.raises(JuryError, match="missing in Swedish"):
        asked(wave, organiser)


def test_codes_that_are_kept_no_longer_cannot_be_printed(wave, organiser):
    Wave.objects.update(seed=None)
    wave.refresh_from_db()

    with pytest.raises(JuryError, match="no longer kept"):
        asked(wave, organiser)


def test_who_fetched_the_file_and_why_stands_in_the_log(wave, organiser):
    pages(made(wave, organiser), organiser)

    entry = AuditEntry.objects.get(verb="letters.downloaded")
    assert (entry.by, entry.facts) == (organiser, {"wave": 1, "reason": "print house"})


@pytest.mark.parametrize("end", ["a week", "the sample's end"])
def test_the_file_goes_after_a_week_or_with_its_sample(wave, organiser, end):
    job = made(wave, organiser)
    assert printing.erase_old_letters() == 0
    if end == "a week":
        PrintJob.objects.update(finished_at=timezone.now() - printing.KEPT_FOR)
        assert printing.erase_old_letters() == 1
    else:
        assert printing.erase_letters_of(wave.sample) == 1

    job.refresh_from_db()
    assert job.file == ""
    assert list(printing.folder().iterdir()) == []
    with pytest.raises(JuryError, match="Make the letters again"):
        printing.fetch_letters(job=job, reason="again", by=organiser)


def test_a_file_that_two_workers_erase_at_once_is_erased_once_in_the_log(
    wave, organiser, monkeypatch
):
    made(wave, organiser)
    PrintJob.objects.update(finished_at=timezone.now() - printing.KEPT_FOR)
    unlink = Path.unlink

    def while_the_other_is_at_it(path, **how):
        monkeypatch.setattr(Path, "unlink", unlink)
        assert printing.erase_old_letters() == 1
        unlink(path, **how)

    monkeypatch.setattr(Path, "unlink", while_the_other_is_at_it)

    assert printing.erase_old_letters() == 0
    assert AuditEntry.objects.filter(verb="letters.erased").count() == 1


def test_what_a_killed_worker_left_behind_is_cleared_away(db):
    left = printing.folder() / "9-half.pdf"
    left.write_bytes(b"half")
    assert printing.erase_old_letters() == 0
    assert left.exists()
    two_days_ago = time.time() - 2 * 24 * 3600
    os.utime(left, (two_days_ago, two_days_ago))

    printing.erase_old_letters()

    assert not left.exists()
