"""Honest records are accepted at every step and every level."""

import json

import pytest

from tests.selection.verifier.conftest import Ask
from tests.selection.verifier.loading import verify
from tests.selection.verifier.making import House
from tests.selection.verifier.stories import drawn, following, open_house, second

STAGES = {
    "frozen": lambda house: house.freeze(),
    "aborted when frozen": lambda house: house.freeze().abort(),
    "committed": lambda house: house.freeze().commit(),
    "aborted when committed": lambda house: house.freeze().commit().abort(),
    "balls": lambda house: house.freeze().commit().balls(),
    "beacon": lambda house: house.freeze().commit().balls().beacon(),
    "drawn": lambda house: drawn(house),
    "aborted when drawn": lambda house: drawn(house).abort(),
    "drawn by the beacon alone": lambda house: house.freeze().commit().beacon().result(),
    "reserves": lambda house: drawn(house).reserves(),
    "replaced": lambda house: drawn(house).replace().replace().replace(),
    "replaced from reserves": lambda house: drawn(house).reserves(20).replace(among="reserves"),
    "new reserves": lambda house: drawn(house).reserves(3).replace(among="reserves").reserves(4),
    "nobody left": lambda house: nobody_left(house),
    "second round opened": lambda house: drawn(house).replace().reopen(),
    "second round": lambda house: second(drawn(house).replace().reopen()),
    "second round broken off": lambda house: drawn(house).reopen().commit().balls().abort(1),
    "third round after that": lambda house: second(drawn(house).reopen().abort(1).reopen()),
    "replaced after that": lambda house: drawn(house).reopen().abort(1).replace().replace(),
    "aborted in the second round": lambda house: drawn(house).reopen().commit().abort(),
    "replaced in the second round": lambda house: second(drawn(house).reopen()).replace().close(),
    "closed": lambda house: drawn(house).replace().close(),
}


def nobody_left(house: House) -> House:
    drawn(house)
    others = set(range(len(house.rows))) - set(house.panel)
    return house.replace(unavailable=others).replace(unavailable=others).close()


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("seed", range(3))
def test_a_full_record_holds_at_every_stage(ask: Ask, stage: str, seed: int) -> None:
    assert ask("check", STAGES[stage](House(seed)).record("L2")) == 0


@pytest.mark.parametrize("stage", STAGES)
def test_a_public_record_leaves_things_open_at_every_stage(ask: Ask, stage: str) -> None:
    assert ask("check", STAGES[stage](House(4)).record("L1")) == 10


@pytest.mark.parametrize("rule", ["leximin", "maximin", "simple"])
@pytest.mark.parametrize("households", [True, False])
def test_every_rule_is_accepted(ask: Ask, rule: str, households: bool) -> None:
    house = House(5, rule=rule, households=households, digits=2, people=61, size=11)
    assert ask("check", second(drawn(house).reopen(unavailable=[])).record()) == 0


@pytest.mark.parametrize("seed", range(20))
def test_many_pools_and_panels_are_accepted(ask: Ask, seed: int) -> None:
    house = House(100 + seed, people=20 + 3 * seed, size=5 + seed % 7, rule="maximin")
    drawn(house).reserves(2).replace().replace(among="reserves")
    unavailable = [i for i in range(len(house.rows)) if i not in house.panel][:2]
    second(house.reopen(1, unavailable)).replace().close()
    assert ask("check", house.record()) == 0


def test_balls_alone_are_accepted(ask: Ask) -> None:
    house = House(6, beacon=False).freeze().commit().balls().result().replace()
    assert ask("check", house.record()) == 0


def test_that_no_beacon_was_had_is_left_for_a_look_at_drand(
    ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    house = House(7).freeze().commit().balls().result().replace()
    assert ask("check", house.record()) == 10
    number = house.rounds[0]["drand_round"]
    assert f"https://api.drand.sh/{verify.DRAND_CHAIN}/public/{number}" in capsys.readouterr().out


def test_without_py_ecc_the_signature_is_left_for_a_look_at_drand(
    ask: Ask, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, "WITH_PY_ECC", False)
    house = drawn(House(8))
    assert ask("check", house.record()) == 10
    number = house.rounds[0]["drand_round"]
    assert f"https://api.drand.sh/{verify.DRAND_CHAIN}/public/{number}" in capsys.readouterr().out


def test_an_open_record_of_people_who_are_alike_is_accepted(ask: Ask) -> None:
    assert ask("check", drawn(open_house()).record()) == 0


def test_an_open_record_counts_those_who_have_been_erased(ask: Ask) -> None:
    house = drawn(open_house(people=10))
    house.erased = {0, 1}
    assert ask("check", house.record()) == 10


def test_whoever_has_been_erased_is_followed_through_their_leaf(
    ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    house = second(drawn(House(10)).replace().reopen()).replace()
    house.erased = {0, 5, house.panel[2]}
    assert ask("check", house.record()) == 10
    assert "the rows of 3 people" in capsys.readouterr().out


def test_a_claim_without_points_is_left_to_a_solver(ask: Ask) -> None:
    def without_points(certificate: dict[str, list[dict[str, object]]]) -> None:
        certificate["claims"][0]["points"] = []

    house = House(11).freeze().commit(change_certificate=without_points)
    assert ask("check", house.record()) == 10


def test_the_sum_and_the_fingerprint_are_printed(
    ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    house = drawn(House(12, digits=3, people=60))
    assert ask("check", house.record()) == 0
    printed, result = capsys.readouterr().out, json.loads(house.files["result.json"])
    total = int(result["balls"]) + result["b"]
    assert f"the sum, {result['balls']} + {result['b']} = {total}" in printed
    digits = house.rounds[0]["digest"]
    assert f"{digits[:4]} {digits[4:8]} {digits[8:12]} {digits[12:16]} " in printed


def test_receipts_before_and_after_the_commitment_hold(ask: Ask) -> None:
    house = House(13).freeze()
    assert ask("receipt", house.record("L1"), house.receipt(3)) == 0
    drawn_house = house.commit().balls().beacon().result()
    for record in (house.record("L1"), house.record("L2")):
        assert ask("receipt", record, drawn_house.receipt(3)) == 10
        assert all(ask("receipt", record, house.receipt(i, 0)) == 0 for i in range(40))
    second(house.reopen())
    assert ask("receipt", house.record("L1"), house.receipt(7, 1)) == 0


def test_a_receipt_may_be_written_in_any_form_of_json(ask: Ask) -> None:
    house = House(14).freeze().commit()
    spaced = house.receipt(3, 0).replace(b",", b" ,\n  ")
    assert ask("receipt", house.record("L1"), spaced) == 0


def test_a_later_record_adds_to_an_earlier_one(ask: Ask) -> None:
    house, records = House(15).freeze(), []
    for step in (house.commit, house.balls, house.beacon, house.result, house.replace):
        records.append((house.record("L1"), house.record("L2")))
        step()
    for public, full in records:
        assert ask("diff", public, house.record("L1")) == 0
        assert ask("diff", full, house.record("L2")) == 0
        assert ask("diff", public, house.record("L2")) == 0


def test_somebody_may_be_erased_between_two_records(ask: Ask) -> None:
    house = drawn(House(16))
    house.erased = {3}
    before = house.record()
    second(house.reopen())
    house.erased = {3, 4}
    assert ask("diff", before, house.record()) == 0


def test_a_new_draw_follows_the_one_that_was_broken_off(ask: Ask) -> None:
    old = House(17).freeze().commit().abort()
    assert ask("diff", old.record("L1"), following(old).record("L1")) == 0
