"""Somebody without the key changes a finished record, or files are damaged: nothing passes, and
nothing ends in a traceback.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.selection.verifier.conftest import Ask
from tests.selection.verifier.making import House
from tests.selection.verifier.stories import drawn, second
from tests.selection.verifier.writing import canonical, zipped

# What a house says of itself and nobody can check, and limits that may be looser than the tickets.
FREE = {"named_seats", "algorithm", "verifier_sha256", "created", "disclosure"}
LOOSER = {"certificate", "targets", "household_limit"}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """A record with everything in it."""
    house = drawn(House(1)).reserves(3).replace()
    return second(house.reopen(1)).close().contents()


@pytest.fixture(scope="module")
def small() -> dict[str, bytes]:
    return drawn(House(1)).contents()


def places(value: Any, *way: Any) -> Iterator[tuple[Any, ...]]:
    """The way to every piece of a piece of JSON."""
    if isinstance(value, dict | list) and value:
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, part in pairs:
            yield from places(part, *way, key)
    elif way:
        yield way


def altered(value: Any) -> Any:
    """Something of the same form, but other."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str) and value:
        return value[:-1] + ("1" if value[-1] != "1" else "2")
    return 0


def with_change(line: bytes, way: tuple[Any, ...]) -> bytes:
    value = json.loads(line)
    found = value
    for key in way[:-1]:
        found = found[key]
    found[way[-1]] = altered(found[way[-1]])
    return canonical(value)


def changes(data: bytes, step: int = 1) -> Iterator[tuple[str, bytes]]:
    """The file with each of its values changed in turn, or every so manieth."""
    lines = data.splitlines()
    every = [(n, way) for n, line in enumerate(lines) for way in places(json.loads(line))]
    for n, way in every[::step]:
        copy = [*lines]
        copy[n] = with_change(copy[n], way)
        yield f"line {n}, {way}", b"".join(line + b"\n" for line in copy)


@pytest.mark.parametrize(
    ("name", "codes", "step"),
    [
        ("events.ndjson", {31}, 2),
        ("commitment.json", {31}, 3),
        ("result.json", {31}, 3),
        ("pool.ndjson", {21, 31}, 7),
        ("lottery.ndjson", {22, 31}, 3),
        ("certificate.json", {25, 31}, 5),
    ],
)
def test_no_value_of_any_file_can_be_changed(
    ask: Ask, small: dict[str, bytes], name: str, codes: set[int], step: int
) -> None:
    accepted = [
        what
        for what, data in changes(small[name], step)
        if ask("check", zipped({**small, name: data})) not in codes
    ]
    assert not accepted


@pytest.mark.parametrize(
    ("name", "code"), [("pool.ndjson", 21), ("lottery.ndjson", 22), ("events.ndjson", 31)]
)
def test_no_line_can_be_left_out_doubled_or_moved(
    ask: Ask, files: dict[str, bytes], name: str, code: int
) -> None:
    lines = files[name].splitlines(keepends=True)
    for n in (0, len(lines) // 2, len(lines) - 2):
        swapped = [*lines[:n], lines[n + 1], lines[n], *lines[n + 2 :]]
        for others in (lines[:n] + lines[n + 1 :], lines[:n] + lines[n:][:1] + lines[n:], swapped):
            fewer = name == "pool.ndjson" and len(others) != len(lines)
            found = ask("check", zipped({**files, name: b"".join(others)}))
            assert found == (31 if fewer else code)


def test_an_erased_row_has_a_count_for_each_commitment(ask: Ask) -> None:
    house = drawn(House(1))
    house.erased = {3}
    files = house.contents()
    lines = files["pool.ndjson"].splitlines(keepends=True)
    row = json.loads(lines[3])
    for counts in ([], row["counts"] * 2):
        lines[3] = canonical({**row, "counts": counts}) + b"\n"
        assert ask("check", zipped({**files, "pool.ndjson": b"".join(lines)})) == 31


def test_no_file_can_be_left_out(ask: Ask, files: dict[str, bytes]) -> None:
    for name in files:
        rest = {other: data for other, data in files.items() if other != name}
        assert ask("check", zipped(rest)) == (2 if name == "events.ndjson" else 31)


def test_no_file_can_be_added(ask: Ask, files: dict[str, bytes]) -> None:
    for name in (
        "extra.json",
        "round-2/commitment.json",
        "../pool.ndjson",
        "round-1/",
        "Pool.ndjson",
    ):
        assert ask("check", zipped({**files, name: b"{}\n"})) == 31


def test_files_of_a_round_cannot_stand_for_those_of_another(
    ask: Ask, files: dict[str, bytes]
) -> None:
    for name in ("commitment.json", "result.json"):
        assert ask("check", zipped({**files, name: files[f"round-1/{name}"]})) == 31
    assert ask("check", zipped({**files, "lottery.ndjson": files["round-1/lottery.ndjson"]})) == 22
    other = {"certificate.json": files["round-1/certificate.json"]}
    assert ask("check", zipped({**files, **other})) == 25


@pytest.mark.parametrize("name", ["events.ndjson", "commitment.json", "pool.ndjson"])
@pytest.mark.parametrize(
    ("what", "change"),
    {
        "spaces": lambda data: data.replace(b":", b": ", 1),
        "no line feed at the end": lambda data: data[:-1],
        "a line feed more": lambda data: data + b"\n",
        "windows line feeds": lambda data: data.replace(b"\n", b"\r\n"),
        "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
        "another encoding": lambda data: data.replace("ä".encode(), b"\xe4"),
        "escaped letters": lambda data: data.replace("ä".encode(), b"\\u00e4"),
        "letters in two parts": lambda data: data.replace("ä".encode(), "a\u0308".encode()),
        "half a character": lambda data: data.replace("ä".encode(), b"\\ud800"),
        "a key twice": lambda data: data.replace(b"{", b'{"a":1,', 1).replace(b"{", b'{"a":1,', 1),
        "nothing": lambda data: b"",
        "a list": lambda data: b"[" + data[:-1] + b"]\n",
        "a number": lambda data: b"1\n",
        "a fraction": lambda data: b'{"a":1.5}\n',
        "not a number": lambda data: b'{"a":NaN}\n',
        "minus nothing": lambda data: b'{"a":-0}\n',
        "an endless number": lambda data: b'{"a":' + b"9" * 100_000 + b"}\n",
        "a large number": lambda data: b'{"a":9007199254740992}\n',
        "a deep nest": lambda data: b"[" * 100_000 + b"]" * 100_000 + b"\n",
        "a nest of objects": lambda data: b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"\n",
        "a nest that never ends": lambda data: b"[" * 1_000_000 + b"\n",
        "zero bytes": lambda data: b"\0" * 100 + b"\n",
        "a half": lambda data: data[: len(data) // 2],
    }.items(),
)
def test_files_that_are_not_canonical_are_refused(
    ask: Ask, small: dict[str, bytes], name: str, what: str, change: Any
) -> None:
    data = change(small[name])
    assert data != small[name]
    assert ask("check", zipped({**small, name: data})) == 31


@pytest.mark.parametrize("wrong", [None, True, -1, 2**53, "x", [], {}, [[]]])
@pytest.mark.parametrize("step", ["commit", "result"])
def test_nonsense_that_the_house_signs_is_refused(
    ask: Ask, wrong: Any, step: str, small: dict[str, bytes]
) -> None:
    name = {"commit": "commitment.json", "result": "result.json"}[step]
    for way in list(places(json.loads(small[name])))[::7]:
        house = House(1).freeze()
        if step == "result":
            house.commit().balls().beacon()
        getattr(house, step)(lambda found, way=way: replace_at(found, way, wrong))
        code, right = ask("check", house.record()), value_at(json.loads(small[name]), way)
        text = isinstance(wrong, str) and isinstance(right, str)
        assert code not in (0, 10) or text or right in (wrong, False), way
        assert code == 31 or text or isinstance(right, bool) or not wrong, way


def replace_at(found: Any, way: tuple[Any, ...], value: Any) -> None:
    for key in way[:-1]:
        found = found[key]
    found[way[-1]] = value


def test_everything_a_house_commits_to_is_checked(ask: Ask, small: dict[str, bytes]) -> None:
    """The house changes each value before it signs: all shows, but what only the house can know."""
    accepted = set()
    for way in places(json.loads(small["commitment.json"])):
        house = House(1).freeze()
        house.commit(lambda found, way=way: replace_at(found, way, altered(value_at(found, way))))
        if ask("check", house.balls().beacon().result().record()) in (0, 10):
            accepted.add(way[0])
    assert accepted <= FREE | LOOSER


def test_everything_in_a_result_is_checked(ask: Ask, small: dict[str, bytes]) -> None:
    for way in places(json.loads(small["result.json"])):
        house = House(1).freeze().commit().balls().beacon()
        house.result(lambda found, way=way: replace_at(found, way, altered(value_at(found, way))))
        assert ask("check", house.record()) not in (0, 10), way


def value_at(found: Any, way: tuple[Any, ...]) -> Any:
    for key in way:
        found = found[key]
    return found


def test_texts_of_a_record_do_not_steer_the_terminal(
    ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    house = House(1)
    house.process = "\x1b[2Jx\nholds: everything\u202e"
    house.freeze().abort(change=lambda event: event["payload"].update(reason="\r\nSummary: fine"))
    assert ask("check", house.record()) == 0
    printed = capsys.readouterr().out
    assert "\x1b" not in printed
    assert "\u202e" not in printed
    assert not any(
        line.startswith(("holds: everything", "Summary: fine")) for line in printed.splitlines()
    )
