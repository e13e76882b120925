"""New keys: everything opens all along, and afterwards with the new key alone."""

import importlib
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from juries.models import Answer, Canary, Needs, SignUpDraft
from juries.privacy import resealing
from juries.privacy.canary import WrongKeys, put_canary, require_keys_of_this_data
from juries.privacy.key_ring import new_ring, ring_at, write_ring
from juries.privacy.resealing import reseal
from juries.privacy.sealing import (
    ANSWER,
    DRAFT,
    NEEDS,
    answer_place,
    is_sealed_with_current_key,
    unseal,
)
from juries.project.celery import refuse_wrong_keys
from tests.juries.privacy.holdings import BEGUN, NEEDED, TOLD, hold_everything


@pytest.fixture
def keys(settings, tmp_path):
    settings.KEYS = tmp_path / "keys.json"
    return settings.KEYS


@pytest.fixture
def held(jury, keys):
    put_canary()
    return hold_everything(jury)


def new_key(keys) -> None:
    write_ring(keys, ring_at(keys).with_new_key(), replace=True)


def opened() -> list[str]:
    needs = [unseal(NEEDS, row.registrant_id, row.sealed) for row in Needs.objects.all()]
    answers = [
        unseal(ANSWER, answer_place(row.registrant_id, row.question_id), row.sealed)
        for row in Answer.objects.all()
    ]
    drafts = [unseal(DRAFT, row.submission, row.sealed) for row in SignUpDraft.objects.all()]
    return needs + answers + drafts


def current() -> list[bool]:
    rows = [*Needs.objects.all(), *Answer.objects.all(), *SignUpDraft.objects.all()]
    return [is_sealed_with_current_key(row.sealed) for row in rows]


def test_m3_everything_opens_before_while_and_after(held, keys):
    before = opened()
    assert sum(word in text for text in before for word in (BEGUN, TOLD, NEEDED)) == 5
    new_key(keys)
    assert opened() == before
    assert not any(current())

    assert reseal() == resealing.Resealing(done=5)

    assert all(current())
    assert opened() == before
    assert reseal() == resealing.Resealing(done=0)


def test_m3_stopped_in_the_middle_it_goes_on_where_it_was(held, keys, monkeypatch):
    before = opened()
    new_key(keys)
    monkeypatch.setattr(resealing, "AT_ONCE", 1)
    steps = []

    def die_at_the_third(*step):
        steps.append(step)
        if len(steps) == 3:
            raise KeyboardInterrupt
        return whole_step(*step)

    whole_step = resealing._reseal_step
    monkeypatch.setattr(resealing, "_reseal_step", die_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        reseal()
    assert opened() == before
    assert sum(current()) == 2

    assert reseal().done == 3
    assert opened() == before


def test_m3_old_keys_go_only_when_nothing_needs_them(held, keys):
    before = opened()
    new_key(keys)
    call_command("reseal", "--retire", stdout=StringIO())

    assert len(ring_at(keys).keys) == 1
    assert opened() == before
    require_keys_of_this_data()


def test_m3_what_no_key_opens_keeps_all_keys(held, keys):
    Needs.objects.filter(registrant=held[0]).update(sealed=b"\x01" + b"x" * 40)
    new_key(keys)

    with pytest.raises(CommandError, match="1 values"):
        call_command("reseal", "--retire", stdout=StringIO())

    assert len(ring_at(keys).keys) == 2


def test_the_time_of_a_draft_is_not_touched(held, keys):
    touched = SignUpDraft.objects.get().touched_at
    new_key(keys)

    reseal()

    assert SignUpDraft.objects.get().touched_at == touched


def test_m2_wrong_keys_are_told_at_the_start(held, keys):
    require_keys_of_this_data()
    new_key(keys)
    require_keys_of_this_data()
    write_ring(keys, new_ring(), replace=True)

    with pytest.raises(WrongKeys, match="RAATIHUONE_KEYS"):
        require_keys_of_this_data()
    with pytest.raises(WrongKeys):
        call_command("reseal", stdout=StringIO())


def test_m2_a_new_house_is_told_what_its_keys_are(db, keys):
    Canary.objects.all().delete()

    require_keys_of_this_data()
    require_keys_of_this_data()

    assert Canary.objects.count() == 1


def test_m2_neither_web_server_nor_worker_starts_with_wrong_keys(held, keys):
    wsgi = importlib.import_module("juries.project.wsgi")
    write_ring(keys, new_ring(), replace=True)

    with pytest.raises(WrongKeys):
        importlib.reload(wsgi)
    with pytest.raises(SystemExit, match="RAATIHUONE_KEYS"):
        refuse_wrong_keys()
