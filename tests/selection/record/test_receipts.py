"""Receipts: everybody in the pool has one that leads to the roots, and nobody else."""

import json

import pytest

from juries.models import AuditEntry, Registrant
from juries.registration.withdrawing import erase_people, withdraw
from selection.draw.ending import break_off
from selection.models import Chance
from selection.protocol.encoding import canonical, tagged
from selection.protocol.leaves import count_leaf, count_salt, pool_leaf
from selection.protocol.signing import is_signed
from selection.protocol.trees import climbed
from selection.record.files import public_record
from selection.record.receipts import (
    entry_of,
    held_in_pools,
    receipt_file,
    receipt_of,
    show_to_staff,
)
from tests import factories
from tests.selection.conftest import commit_to, freeze, run_lottery

RECEIPT = {"format", "process", "draw", "freeze", "key", "a", "h", "p", "s", "index", "path", "sig"}
COUNTED = RECEIPT | {"commitment", "count", "count_path"}


def slips(draw):
    """The receipt of everybody in the pool, as its file says."""
    entries = draw.entries.select_related("draw__jury")
    return [json.loads(receipt_file(entry)) for entry in entries]


def leaf_of(slip):
    return pool_leaf(
        bytes.fromhex(slip["s"]),
        attributes=slip["a"],
        household=slip["h"],
        pseudonym=slip["p"],
    )


def is_signed_by_the_house(slip):
    unsigned = {key: value for key, value in slip.items() if key != "sig"}
    return is_signed(
        tagged("kr/receipt/1", canonical(unsigned)), slip["sig"], public_key=slip["key"]
    )


def test_r13_everybodys_receipt_leads_to_the_root_of_the_pool(frozen):
    freeze_event = json.loads(frozen.events.get(n=0).line)

    found = slips(frozen)

    assert {one["index"] for one in found} == set(range(12))
    for slip in found:
        assert set(slip) == RECEIPT
        assert climbed(leaf_of(slip), slip["index"], 12, slip["path"]) == frozen.pool_root
        assert is_signed_by_the_house(slip)
        assert slip["key"] == freeze_event["payload"]["key"]
        assert slip["freeze"] == frozen.events.get(n=0).digest


def test_the_path_does_not_lead_there_for_other_groups_or_another_number(frozen):
    slip, other = slips(frozen)[:2]

    assert climbed(leaf_of({**slip, "a": {**slip["a"], "age": "?"}}), 0, 12, slip["path"]) != (
        frozen.pool_root
    )
    assert climbed(leaf_of(slip), other["index"], 12, slip["path"]) != frozen.pool_root
    assert not is_signed_by_the_house({**slip, "index": 7})


def test_the_attributes_are_what_the_person_told(frozen):
    for entry in frozen.entries.select_related("draw__jury"):
        told = {
            trait.criterion.key: trait.value.key
            for trait in entry.registrant.traits.select_related("criterion", "value")
        }
        assert json.loads(receipt_file(entry))["a"] == told


def test_after_the_commitment_the_count_leads_to_the_root_of_the_counts(committed):
    draw = committed.draw
    made = json.loads(committed.commitment)
    total = 0

    for slip in slips(draw):
        salt = count_salt(bytes.fromhex(slip["s"]), round_number=0)
        leaf = count_leaf(salt, pseudonym=slip["p"], count=slip["count"])
        root = climbed(leaf, slip["index"], 12, slip["count_path"])
        wrong = count_leaf(salt, pseudonym=slip["p"], count=slip["count"] + 1)
        total += slip["count"]
        assert set(slip) == COUNTED
        assert slip["commitment"] == committed.commitment_digest
        assert root == made["lottery"]["counts_root"]
        assert climbed(wrong, slip["index"], 12, slip["count_path"]) != root

    assert total == 4 * 1000


def test_the_receipt_in_words_says_the_number_the_groups_and_the_tickets(committed):
    person = committed.draw.jury.registrants.first()

    receipt = receipt_of(person)

    entry = committed.draw.entries.get(registrant=person)
    [count] = receipt.counts
    assert receipt.number == str(entry.index)
    assert dict(receipt.groups) == {"gender": "woman", "age": "young"}
    assert (count.of, count.tickets) == (1000, Chance.objects.get(registrant=person).tickets)


def test_before_the_commitment_nothing_is_said_of_tickets(ready):
    assert receipt_of(ready.jury.registrants.first()).counts == ()


def test_whoever_registered_too_late_has_none(frozen):
    [stranger] = factories.make_registrants(frozen.jury, [("woman", "old")])

    assert receipt_of(stranger) is None


def test_whoever_has_withdrawn_has_none(committed):
    person = committed.draw.jury.registrants.first()
    assert entry_of(person) is not None

    withdraw(registrant=person, by="registrant")

    person.refresh_from_db()
    assert entry_of(person) is None
    assert receipt_of(person) is None


def test_i13_whoever_has_been_erased_has_none_and_the_others_still_lead_to_the_root(committed):
    people = committed.draw.jury.registrants
    person = people.first()
    erase_people(people.filter(pk=person.pk))
    person.refresh_from_db()

    assert receipt_of(person) is None
    others = committed.draw.entries.filter(salt__isnull=False).select_related("draw__jury")
    assert others.count() == 11
    for entry in others:
        slip = json.loads(receipt_file(entry))
        assert climbed(leaf_of(slip), entry.index, 12, slip["path"]) == committed.draw.pool_root


def test_a_broken_off_draw_leaves_its_receipts_until_the_pool_is_frozen_again(committed, organiser):
    draw = committed.draw
    person = draw.jury.registrants.first()
    break_off(draw=draw, code="mistake", reason="Why.", by=organiser)

    assert receipt_of(person).draw.number == 1

    draw.jury.refresh_from_db()
    freeze(draw.jury, organiser)
    assert receipt_of(person).draw.number == 2


def test_i11_that_staff_read_a_receipt_stands_in_the_log(frozen, organiser):
    person = frozen.jury.registrants.first()

    show_to_staff(registrant=person, by=organiser)

    entry = AuditEntry.objects.get(verb="receipt.shown")
    assert (entry.by, entry.facts) == (organiser, {"registrant": person.pk, "draw": 1})


@pytest.mark.parametrize("committed_too", [False, True])
def test_the_verifier_accepts_everybodys_receipt(frozen, organiser, verify, committed_too):
    if committed_too:
        commit_to(run_lottery(frozen.jury, organiser), organiser)
    record = public_record(frozen)

    answers = {
        verify("receipt", record, receipt_file(entry))
        for entry in frozen.entries.select_related("draw__jury")
    }

    assert answers == {0}


def test_r13_the_verifier_refuses_a_receipt_of_another_pool_or_with_another_row(
    committed, organiser, verify
):
    draw = committed.draw
    entry = draw.entries.select_related("draw__jury").first()
    slip = receipt_file(entry)
    changed = slip.replace(b'"index":0', b'"index":1')
    assert changed != slip
    assert verify("receipt", public_record(draw), changed) == 20

    break_off(draw=draw, code="other", reason="Why.", by=organiser)
    draw.jury.refresh_from_db()
    second = freeze(draw.jury, organiser)
    assert verify("receipt", public_record(second), slip) == 20


def test_what_the_pools_hold_is_part_of_ones_own_data(drawn):
    entry = drawn.draw.entries.select_related("registrant").first()

    [held] = held_in_pools(entry.registrant)

    told = {key: value for key, _label, value in held.rows}
    assert told["pseudonym"] == entry.pseudonym
    assert told["tickets"] == str(entry.registrant.chances.get().tickets)
    erase_people(Registrant.objects.filter(pk=entry.registrant_id))
    assert list(held_in_pools(entry.registrant)) == []
