"""Every id that concerns the draw is held by a test, where the security model says."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
IDS = [*(f"D{n}" for n in range(1, 10)), "S9", *(f"I{n}" for n in range(1, 14)), "J1", "J5"]
ROW = re.compile(r"^\| ([DSIJ]\d+) \| (.+) \| (.*`tests/.+) \|$", re.MULTILINE)
PLACES = {
    found[1]: re.findall(r"`(tests/[a-z0-9_/]+\.py)`", found[3])
    for found in ROW.finditer((ROOT / "docs/SECURITY-MODEL.md").read_text(encoding="utf-8"))
}


def names_it(source: str, code: str) -> bool:
    """Whether a test of the file has the id in its name, or the file says it at its head."""
    head = re.match(r'"""(.*?)"""', source, re.DOTALL)
    tests = re.findall(r"^def (test_\w+)|^    _cheat\(\s*\"([^\"]+)\"", source, re.MULTILINE)
    said = [head[1] if head else "", *(test.replace("_", " ") + cheat for test, cheat in tests)]
    return any(re.search(rf"\b{code}\b", one, re.IGNORECASE) for one in said)


def test_the_table_has_every_id_once_and_in_order():
    assert list(PLACES) == IDS


@pytest.mark.parametrize("code", IDS)
def test_each_file_that_the_table_names_for_an_id_has_a_test_of_it(code):
    places = PLACES[code]

    assert places
    for place in places:
        assert names_it((ROOT / place).read_text(encoding="utf-8"), code), place


def test_control_an_id_that_a_file_only_mentions_is_not_held_there():
    assert names_it("def test_d4_it_is_fair(): ...", "D4")
    assert names_it('"""D4, D5: fair."""', "D5")
    assert names_it("def test_fair_D4(): ...", "D4")
    assert not names_it("def test_fair():\n    # D4\n    ...", "D4")
    assert not names_it("def test_i10_the_end(): ...", "I1")
