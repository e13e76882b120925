"""The record to the byte: the same for the same draw, and at each level what belongs there."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest

from juries.audit import JUROR, record
from juries.registration.withdrawing import erase_people
from selection.draw.ending import break_off
from selection.models import Disclosure, QuotaChange
from selection.panel.seats import accept_seat
from selection.record.files import public_record, public_tag, record_name, record_of
from tests import factories
from tests.selection.conftest import close, commit_to, freeze, run_lottery
from tests.selection.record.conftest import full_record

PUBLIC = ["commitment.json", "events.ndjson", "result.json"]
FULL = ["certificate.json", *PUBLIC[:2], "lottery.ndjson", "pool.ndjson", "result.json"]


def files_of(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def secrets_of(draw, *, of_members: bool) -> set[bytes]:
    """Everything that tells one person of the pool from another, as it could stand in a file."""
    result = json.loads(draw.rounds.get(number=0).result)
    members = {one["index"] for one in result["members"]}
    found = set()
    for entry in draw.entries.select_related("registrant"):
        if (entry.index in members) == of_members:
            leaves = [entry.leaf, *entry.count_leaves, bytes(entry.salt).hex()]
            person = entry.registrant
            told = [entry.pseudonym, *leaves, person.reference, person.name, person.email]
            found |= {text.encode() for text in told}
    return found


def test_the_same_draw_gives_the_same_bytes(audited, organiser):
    draw = audited.draw
    before = {level: record_of(draw, level) for level in Disclosure}

    record("jury.changed", jury=draw.jury, by=organiser)
    QuotaChange.objects.create(jury=draw.jury, changes=[], reason="why", by=organiser)
    accept_seat(seat=draw.jury.seats.first(), by=JUROR)
    other = close(factories.make_jury("toinen"))
    factories.make_mixed_pool(other, 12)
    run_lottery(other, organiser)

    draw.refresh_from_db()
    assert {level: record_of(draw, level) for level in Disclosure} == before


def test_the_zip_has_no_time_of_its_own_and_no_compression(drawn):
    with ZipFile(BytesIO(public_record(drawn.draw))) as archive:
        entries = archive.infolist()

    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.compress_type for entry in entries} == {0}
    assert [entry.filename for entry in entries] == sorted(PUBLIC)


def test_the_public_record_holds_nothing_of_who_was_not_drawn(audited):
    """The control: the full one holds the pseudonym and the salt of everybody."""
    draw = audited.draw
    public, full = public_record(draw), full_record(draw)

    hidden = secrets_of(draw, of_members=False)
    assert len(hidden) > 8 * 6
    assert not [text for text in hidden if text in public]
    pseudonyms = draw.entries.values_list("pseudonym", flat=True)
    assert all(pseudonym.encode() in full for pseudonym in pseudonyms)
    assert all(
        bytes(salt).hex().encode() in full for salt in draw.entries.values_list("salt", flat=True)
    )


def test_of_the_drawn_the_public_record_holds_number_and_pseudonym_alone(drawn):
    draw = drawn.draw
    public = public_record(draw)
    members = {one["p"] for one in json.loads(drawn.result)["members"]}

    told = {text for text in secrets_of(draw, of_members=True) if text in public}

    assert told == {pseudonym.encode() for pseudonym in members}


def test_no_name_is_in_any_record(audited):
    full = full_record(audited.draw)

    for person in audited.draw.jury.registrants.all():
        for text in (person.name, person.email, person.reference):
            assert text.encode() not in full


@pytest.mark.parametrize(
    ("level", "names"),
    [(Disclosure.PUBLIC, PUBLIC), (Disclosure.AUDITED, FULL), (Disclosure.OPEN, FULL)],
)
def test_each_level_has_its_files(audited, level, names):
    assert sorted(files_of(record_of(audited.draw, level))) == sorted(names)


@pytest.mark.parametrize(
    ("kind", "names"), [("drawn", PUBLIC), ("audited", PUBLIC), ("opened", FULL)]
)
def test_everybody_gets_everything_only_where_the_draw_was_committed_as_open(kind, names, request):
    draw = request.getfixturevalue(kind).draw

    assert sorted(files_of(public_record(draw))) == sorted(names)


def test_a_record_grows_with_the_chain(frozen, organiser):
    def names():
        return sorted(files_of(public_record(frozen)))

    assert names() == ["events.ndjson"]
    commit_to(run_lottery(frozen.jury, organiser), organiser)
    assert names() == ["commitment.json", "events.ndjson"]


def test_a_draw_that_was_broken_off_has_its_record_with_the_reason(committed, organiser):
    draw = committed.draw
    break_off(draw=draw, code="mistake", reason="A ball fell <off> the table.", by=organiser)

    files = files_of(public_record(draw))

    last = json.loads(files["events.ndjson"].splitlines()[-1])
    assert (last["t"], last["payload"]["code"]) == ("ABORT", "mistake")
    assert last["payload"]["reason"] == "A ball fell <off> the table."
    assert sorted(files) == ["commitment.json", "events.ndjson"]


def test_the_next_draw_names_the_one_that_was_broken_off(committed, organiser):
    first = committed.draw
    break_off(draw=first, code="technical", reason="Power cut.", by=organiser)
    head = first.events.order_by("-n").first().digest
    first.jury.refresh_from_db()

    second = freeze(first.jury, organiser)

    event = json.loads(files_of(public_record(second))["events.ndjson"].splitlines()[0])
    assert event["payload"]["previous_aborted"] == head
    assert record_name(second) == "arvonta-lahipalvelut-2.zip"


def test_the_tag_of_a_record_changes_with_every_event_and_with_nothing_else(committed, organiser):
    draw = committed.draw
    before = public_tag(draw)
    record("jury.changed", jury=draw.jury, by=organiser)
    assert public_tag(draw) == before

    break_off(draw=draw, code="other", reason="Why.", by=organiser)
    assert public_tag(draw) != before


def test_the_tag_of_an_open_record_changes_when_somebody_is_erased(opened):
    draw = opened.draw
    before, content = public_tag(draw), public_record(draw)

    erase_people(draw.jury.registrants.filter(pk=draw.jury.registrants.first().pk))

    assert public_record(draw) != content
    assert public_tag(draw) != before
