"""Receipts of other draws and records that took something back are refused."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.selection.verifier.conftest import Ask
from tests.selection.verifier.lies.telling import HASH, put
from tests.selection.verifier.making import House
from tests.selection.verifier.stories import drawn, following
from tests.selection.verifier.writing import canonical, unzipped, zipped


@pytest.fixture(scope="module")
def house() -> House:
    return drawn(House(1))


def signed(*where: Any, value: Any) -> Callable[[House], bytes]:
    return lambda house: house.receipt(3, 0, put(value, *where))


def unsigned(*where: Any, value: Any) -> Callable[[House], bytes]:
    def make(house: House) -> bytes:
        slip = json.loads(house.receipt(3, 0))
        put(value, *where)(slip)
        return canonical(slip)

    return make


def by_somebody_else(house: House) -> bytes:
    other = House(2)
    house.key, own = other.key, house.key
    forged = house.receipt(3, 0, put(other.public, "key"))
    house.key = own
    return forged


RECEIPTS = {
    "of another draw": lambda house: drawn(House(2)).receipt(3, 0),
    "of another draw with the same people": lambda house: later_draw(house).receipt(3),
    "another place": signed("index", value=4),
    "a place beyond the pool": signed("index", value=40),
    "a negative place": signed("index", value=-1),
    "another value": signed("a", "gender", value="robot"),
    "another pseudonym": signed("p", value="a" * 16),
    "another household": signed("h", value=77),
    "another salt": signed("s", value="ab" * 16),
    "another way": signed("path", 0, value=HASH),
    "a longer way": signed("path", value=lambda path: [*path, HASH]),
    "a shorter way": signed("path", value=lambda path: path[:-1]),
    "no way": signed("path", value=[]),
    "another count": signed("count", value=lambda count: count + 1),
    "a huge count": signed("count", value=2**16),
    "another way to the counts": signed("count_path", 0, value=HASH),
    "another commitment": signed("commitment", value=HASH),
    "another draw": signed("draw", value=2),
    "another process": signed("process", value="toinen"),
    "another freeze": signed("freeze", value=HASH),
    "another format": signed("format", value="kr-receipt/2"),
    "a key more": signed("more", value=1),
    "a text for a number": signed("index", value="3"),
    "altered afterwards": unsigned("index", value=4),
    "another signature": unsigned("sig", value="ab" * 64),
    "no signature": unsigned("sig", value=None),
    "signed by somebody else": by_somebody_else,
    "a list": lambda house: b"[]",
    "a count without a commitment": lambda house: house.receipt(3, None, put(3, "count")),
}


def later_draw(house: House) -> House:
    later = House(1)
    later.draw, later.previous = 2, HASH
    return later.freeze()


@pytest.mark.parametrize("what", RECEIPTS)
@pytest.mark.parametrize("level", ["L1", "L2"])
def test_a_receipt_that_is_not_of_the_record_is_refused(
    ask: Ask, house: House, what: str, level: str
) -> None:
    assert ask("receipt", house.record(level), RECEIPTS[what](house)) == 20


@pytest.mark.parametrize(
    "slip", [b"", b"{", b"\xff", b'{"a":1.5}', b'{"a":1,"a":1}', b"[" * 100_000, b"9" * 100_000]
)
def test_a_file_that_is_no_receipt_cannot_be_read(ask: Ask, house: House, slip: bytes) -> None:
    assert ask("receipt", house.record(), slip) == 2


def test_a_receipt_says_nothing_when_the_chain_is_broken(ask: Ask, house: House) -> None:
    files = unzipped(house.record())
    files["commitment.json"] = files["commitment.json"].replace(b'"L1"', b'"L2"')
    assert ask("receipt", zipped(files), house.receipt(3, 0)) == 31


# Two records of one draw, and of two


def other_files(**changes: Callable[[bytes], bytes | None]) -> Callable[[House], bytes]:
    """A newer record in which files of the full record are changed."""

    def make(house: House) -> bytes:
        files: dict[str, bytes | None] = {**house.contents()}
        for name, change in changes.items():
            real = name.replace("_", ".")
            files[real] = change(house.contents()[real])
        return zipped({name: data for name, data in files.items() if data is not None})

    return make


def another_salt(data: bytes) -> bytes:
    first, *lines = data.splitlines(keepends=True)
    row = json.loads(first)
    row["s"] = "ab" * (len(row["s"]) // 2)
    return canonical(row) + b"\n" + b"".join(lines)


def heavier(data: bytes) -> bytes:
    certificate = json.loads(data)
    certificate["claims"][0]["heaviest"] += 1
    return canonical(certificate) + b"\n"


def erased_as_another(data: bytes) -> bytes:
    first, *lines = data.splitlines(keepends=True)
    return canonical({"counts": [HASH], "leaf": HASH}) + b"\n" + b"".join(lines)


def rewritten(house: House) -> bytes:
    """The house tells the same draw with other balls."""
    return House(1).freeze().commit().balls(put("7", "payload", "balls")).beacon().result().record()


DIFFERENCES = {
    "told anew": rewritten,
    "an older record": lambda house: House(1).freeze().commit().balls().record(),
    "another draw under the number": lambda house: drawn(House(2)).record(),
    "without the rows": lambda house: house.record("L1"),
    "another lottery": other_files(lottery_ndjson=another_salt),
    "another certificate": other_files(certificate_json=heavier),
    "another pool": other_files(pool_ndjson=another_salt),
    "somebody erased as another": other_files(pool_ndjson=erased_as_another),
}


@pytest.mark.parametrize("what", DIFFERENCES)
def test_a_record_that_took_something_back_is_refused(ask: Ask, house: House, what: str) -> None:
    assert ask("diff", house.record(), DIFFERENCES[what](house)) == 32


def test_an_erased_count_that_changes_is_refused(ask: Ask) -> None:
    house = drawn(House(1))
    house.erased = {3}
    before, files = house.record(), house.contents()
    lines = files["pool.ndjson"].splitlines(keepends=True)
    row = json.loads(lines[3])
    lines[3] = canonical({**row, "counts": [HASH]}) + b"\n"
    assert ask("diff", before, zipped({**files, "pool.ndjson": b"".join(lines)})) == 32


@pytest.mark.parametrize(
    "changes", [{"previous": HASH}, {"draw": 3}, {"process": "toinen"}], ids=lambda c: next(iter(c))
)
def test_a_draw_that_does_not_follow_is_refused(ask: Ask, changes: dict[str, Any]) -> None:
    old = House(1).freeze().commit().abort()
    assert ask("diff", old.record("L1"), following(old, **changes).record("L1")) == 32


def test_a_draw_cannot_follow_one_that_was_not_broken_off(ask: Ask, house: House) -> None:
    assert ask("diff", house.record("L1"), following(house).record("L1")) == 32
    broken = House(1).freeze().abort()
    assert ask("diff", following(broken).record("L1"), broken.record("L1")) == 32


def test_a_broken_chain_ends_the_comparison(ask: Ask, house: House) -> None:
    files = unzipped(house.record())
    files["events.ndjson"] = files["events.ndjson"].replace(b'"n":2', b'"n":7')
    assert ask("diff", house.record(), zipped(files)) == 31
    assert ask("diff", zipped(files), house.record()) == 31
