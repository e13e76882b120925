"""The letters of a wave on disk: gone at once with whatever they were made from."""

from datetime import timedelta

import pytest
import typst
from django.utils import timezone

from juries.commission.removal import erase_removed_juries, remove_jury
from juries.enums import Role
from juries.invitation import printing
from juries.invitation.samples import erase_sample
from juries.invitation.waves import take_back
from juries.models import PrintJob
from juries.post.letters import Press
from tests import factories
from tests.juries.invitation.sampling import imported, invited, row
from tests.juries.registration.registering import open_jury


@pytest.fixture(autouse=True)
def private_data(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def wave(db):
    return invited(imported(open_jury(), [row(1), row(2)]), sent=False)


@pytest.fixture
def by(wave):
    return factories.make_member(wave.jury, Role.ORGANISER)


@pytest.fixture
def printed(wave, by, monkeypatch):
    monkeypatch.setattr(Press, "pdf", lambda _press, _letters: tiny_pdf())
    job = printing.request_letters(wave=wave, by=by)
    printing.carry_out(job.pk)
    assert [path.name for path in printing.folder().iterdir()] == [PrintJob.objects.get().file]
    return job


def tiny_pdf():
    return typst.compile(b"x", ignore_system_fonts=True)


def files():
    return [path.name for path in printing.folder().iterdir()]


def test_letters_go_with_a_wave_that_is_taken_back(
    wave, by, printed, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        take_back(wave=wave, by=by)

    assert files() == []


def test_letters_stay_where_taking_the_wave_back_comes_to_nothing(wave, by, printed):
    take_back(wave=wave, by=by)  # and its transaction is undone: nothing is committed here

    assert len(files()) == 1


def test_letters_go_with_a_jury_that_is_erased_for_good(
    wave, by, printed, django_capture_on_commit_callbacks
):
    jury = wave.jury
    remove_jury(jury=jury, typed_name=jury.name, by=by)

    with django_capture_on_commit_callbacks(execute=True):
        erase_removed_juries(on=timezone.localdate() + timedelta(days=40))

    assert not type(jury).objects.filter(pk=jury.pk).exists()
    assert files() == []


def test_letters_under_way_to_people_who_are_erased_never_come(wave, by, monkeypatch):
    job = printing.request_letters(wave=wave, by=by)

    def erased_meanwhile(_press, _letters):
        erase_sample(sample=wave.sample, by=by)
        return tiny_pdf()

    monkeypatch.setattr(printing, "HANDS", 1)
    monkeypatch.setattr(
        printing,
        "_in_order",
        lambda press, parts: ((part, erased_meanwhile(press, part)) for part in parts),
    )
    printing.carry_out(job.pk)

    job.refresh_from_db()
    assert (job.state, job.file) == (PrintJob.State.CANCELLED, "")
    assert files() == []
