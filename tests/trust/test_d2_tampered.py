"""D2: more than two thousand records that were changed are refused, each with the right code."""

import copy
import json
from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest

from selection.models import Draw
from selection.protocol.archive import packed
from selection.protocol.encoding import canonical
from selection.record.files import public_record, record_of
from tests.trust.cheats import CHEATS
from tests.trust.draws import MORNING, at, by_both, house, ready, with_replacements
from tests.trust.resealing import opened, resealed
from tests.trust.verifying import HONEST, checked

ROWS_OF_A_LONG_FILE = 30
DRAWS = [(1, by_both, 640), (2, with_replacements, 720), (3, with_replacements, 640)]
"""With the number of changes that each allows at least: two thousand in all."""

BY_ROOTS = {"pool.ndjson": {21, 24}, "lottery.ndjson": {22, 29}, "certificate.json": {25}}
"""Files that no digest in the chain covers: their content answers for them."""


def records(number, way) -> dict[str, bytes]:
    """Honest records of one draw: whole and public."""
    with at(MORNING):
        chance = np.random.default_rng(number)
        jury, organiser, observer = house(number, chance)
        lottery = ready(jury, organiser)
        way(lottery, organiser, observer, chance)
        draw = Draw.objects.get(pk=lottery.draw_id)
        return {"L2": record_of(draw, "L2"), "L1": public_record(draw)}


@cache
def records_by_number(number) -> dict[str, bytes]:
    """Records that every cheat begins with; nobody changes them."""
    return records(number, by_both if number % 2 else with_replacements)


def leaves(thing, path=()) -> Iterator[tuple]:
    """The way to every value that is neither an object nor a list."""
    children = thing.items() if isinstance(thing, dict) else enumerate(thing)
    for key, value in children:
        if isinstance(value, dict | list) and value:
            yield from leaves(value, (*path, key))
        else:
            yield (*path, key)


def other_than(value):
    """Something of the same kind that is not the value."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str) and value:
        return value[:-1] + ("a" if value[-1] != "a" else "b")
    return 1 if value in (None, "", [], {}) else None


def changed_at(thing, path):
    """A copy with another value at the end of the path."""
    changed = copy.deepcopy(thing)
    *way, last = path
    part = changed
    for step in way:
        part = part[step]
    part[last] = other_than(part[last])
    return changed


def careless(record) -> Iterator[tuple[str, tuple, bytes]]:
    """The record with one value of one file changed, and every digest left as it was."""
    files = opened(record)
    for name, content in files.items():
        rows = content.splitlines(keepends=True)
        for place in range(0, len(rows), max(1, len(rows) // ROWS_OF_A_LONG_FILE)):
            row = json.loads(rows[place])
            for path in leaves(row):
                changed = canonical(changed_at(row, path)) + b"\n"
                lines = b"".join([*rows[:place], changed, *rows[place + 1 :]])
                yield name, (place, *path), packed({**files, name: lines})


@pytest.mark.parametrize(("number", "way", "at_least"), DRAWS)
@pytest.mark.django_db
def test_d2_every_value_that_is_changed_is_missed(number, way, at_least, tmp_path):
    tried = 0
    for record in records(number, way).values():
        assert checked(tmp_path, record) in HONEST
        for name, path, changed in careless(record):
            code = checked(tmp_path, changed)
            right = {31, *BY_ROOTS.get(name.split("/")[-1], set())}
            assert code in right, (name, path, code)
            tried += 1
    assert tried >= at_least


@pytest.mark.parametrize("cheat", CHEATS, ids=lambda cheat: cheat.name)
@pytest.mark.django_db
def test_d2_what_the_house_itself_changes_and_seals_anew_is_refused(cheat, tmp_path):
    tried = 0
    for number in range(6):
        files = opened(records_by_number(number)[cheat.level])
        if not _fits(cheat, files):
            continue
        assert checked(tmp_path, resealed(files)) in HONEST
        chance = np.random.default_rng(number)
        code = checked(tmp_path, resealed(cheat.apply(files, chance)))
        assert code in cheat.codes, code
        tried += 1
    assert tried


def _fits(cheat, files):
    events = [json.loads(row) for row in files["events.ndjson"].splitlines()]
    kinds = {event["t"] for event in events}
    changed = {"RESULT"} if cheat.file == "result.json" else set()
    if "taken" in cheat.needs:
        first = next((event for event in events if event["t"] == "REPLACE"), None)
        return first is not None and first["payload"]["taken_by"] is not None
    for kind in ("BALLS", "BEACON"):
        if kind in cheat.name.upper() and kind not in kinds and cheat.file == "events.ndjson":
            return False
    asked = set(cheat.needs.split()) & {"RESULT", "BALLS", "BEACON"} | changed
    if cheat.file == "events.ndjson" and not _has_its_event(cheat, kinds):
        return False
    return asked <= kinds


def _has_its_event(cheat, kinds):
    named = {"balls": "BALLS", "one person": "BALLS", "beacon": "BEACON"}
    return all(kind in kinds for word, kind in named.items() if word in cheat.name)
