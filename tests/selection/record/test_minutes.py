"""The minutes on paper: what the record says, for signatures, or to be filled in by hand."""

import json
from io import BytesIO

import pytest
from django.utils.translation import override
from pypdf import PdfReader

from juries.audit import JUROR, SYSTEM
from juries.enums import Role
from selection.draw.beacon import take_beacon
from selection.draw.ending import break_off, break_off_round
from selection.lottery import probabilities
from selection.models import Round
from selection.panel.seats import decline_seat
from selection.protocol.words import spoken_words
from selection.record.minutes import contents_of, minutes_of
from tests.selection.conftest import address, commit_to, freeze, run_lottery, witness
from tests.selection.draw.story import SIGNATURE, believing, type_in

PAYLOADS = [
    '#set page(width: 1cm)"}',
    "#panic()",
    "$x$ *b* _i_ `r` <a> @b \\ [c] {d}",
    "👩‍👩‍👧 שלום",
]


def read(pdf):
    return PdfReader(BytesIO(pdf))


def words(pdf):
    return " ".join(" ".join(page.extract_text() for page in read(pdf).pages).split())


def rows(round_, title):
    """The rows of one part, as they are set, by their label."""
    [part] = [one for one in contents_of(round_)["parts"] if one["title"] == title]
    return {row["label"]: row["value"] for row in part["rows"]}


@pytest.fixture
def by_both(ready, organiser, monkeypatch, time_machine):
    """A draw by balls and beacon."""
    believing(monkeypatch, SIGNATURE)
    round_ = commit_to(ready, organiser, Round.Sources.BOTH)
    type_in(round_, organiser, "417")
    time_machine.move_to(round_.beacon_time)
    take_beacon(round_=round_, signature=SIGNATURE, by=SYSTEM)
    round_.refresh_from_db()
    return round_


def test_the_minutes_say_what_the_record_says(by_both):
    told = words(minutes_of(by_both))
    said = json.loads(by_both.result)

    whole_lines = told.replace(" ", "")
    for digest in (
        by_both.draw.pool_root,
        by_both.commitment_digest,
        SIGNATURE,
        json.loads(by_both.commitment)["verifier_sha256"],
        by_both.draw.events.get(kind="RESULT").digest,
    ):
        assert digest in whole_lines
    assert " ".join(spoken_words(by_both.commitment_digest)) in told
    assert f"417 + {said['b']:03} = {417 + said['b']:03}" in told
    assert f"round {by_both.beacon_round}" in told
    assert "Rehearsals: 0. Lotteries of this pool: 1." in told


def test_the_officials_are_named_and_the_panel_is_not(by_both):
    told = words(minutes_of(by_both))

    assert told.count("Orvokki Alkulähde") >= 8
    people = by_both.draw.jury.registrants.values_list("name", "reference")
    assert not [one for pair in people for one in pair if one in told]


def test_every_quota_stands_beside_what_was_drawn(by_both):
    [panel] = [
        part for part in contents_of(by_both)["parts"] if "against the quotas" in part["title"]
    ]

    assert panel["rows"][0] == ["gender", "woman", "2", "2"]
    assert panel["rows"][2][:3] == ["age", "young", "1–3"]


def test_before_the_draw_what_is_not_known_is_a_line_to_write_on(ready, organiser):
    round_ = commit_to(ready, organiser, Round.Sources.BOTH)
    type_in(round_, organiser, "4", confirm=False)

    parts = {part["title"]: part for part in contents_of(round_)["parts"]}

    assert parts["The balls"]["rows"] == [[str(number), "", "", ""] for number in (1, 2, 3)]
    chance = rows(round_, "The beacon and the sum")
    assert set(chance.values()) == {""}
    assert len(chance) == 6
    assert {row[3] for row in parts["The panel against the quotas"]["rows"]} == {""}
    assert len(read(minutes_of(round_)).pages) <= 3


def test_balls_alone_have_no_line_for_a_beacon(committed, drawn_alone):
    assert "Signature of the beacon" not in rows(committed, "The beacon and the sum")

    assert rows(drawn_alone, "The beacon and the sum")["Balls"] == "417"


@pytest.fixture
def drawn_alone(committed, organiser):
    type_in(committed, organiser, "417")
    committed.refresh_from_db()
    return committed


def test_the_paper_is_tagged_and_the_same_to_the_byte(by_both):
    first = minutes_of(by_both)

    with override("en"):
        assert minutes_of(Round.objects.get(pk=by_both.pk)) == first
    document = read(first)
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert document.trailer["/Root"]["/Lang"] == "en"


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_paper_is_in_the_readers_language(by_both, language):
    with override(language):
        assert read(minutes_of(by_both)).trailer["/Root"]["/Lang"] == language


def test_a_draw_broken_off_before_stands_with_its_reason(frozen, organiser):
    break_off(draw=frozen, code="mistake", reason="A quota was wrong.", by=organiser)
    freeze(frozen.jury, organiser)
    round_ = commit_to(run_lottery(frozen.jury, organiser), organiser)

    told = words(minutes_of(round_))

    assert "somebody made a mistake. A quota was wrong." in told


def test_a_replacement_round_has_minutes_of_its_own(drawn, organiser):
    jury = drawn.draw.jury
    decline_seat(seat=jury.seats.first(), by=JUROR)
    lottery = probabilities.request_lottery(jury=jury, by=organiser, seed=2)
    probabilities.carry_out(lottery.pk)
    lottery.refresh_from_db()
    round_ = commit_to(lottery, organiser)
    before = minutes_of(drawn)

    break_off_round(round_=round_, code="technical", reason="No power.", by=organiser)

    round_.refresh_from_db()
    told = words(minutes_of(round_))
    assert "Draw 1, replacement round 1" in told
    assert "Members who stay: 3. People who can no longer be drawn: 1." in told
    assert "Something technical failed. No power." in told
    assert minutes_of(drawn) == before


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_word_of_anybody_is_read_as_markup(committed, payload):
    jury = committed.draw.jury
    jury.name_en = payload
    jury.save()
    committed.draw.jury = jury

    assert read(minutes_of(committed)).pages


def test_the_page_serves_it_to_whoever_may_see_the_draw(committed, desk, sign_in_as):
    page = address(committed.draw.jury, "draw/1/0/minutes.pdf").removesuffix("/")

    response = desk.get(page)

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    assert desk.get(page.replace("/1/0/", "/1/1/")).status_code == 404
    assert desk.get(page.replace("/1/0/", "/2/0/")).status_code == 404
    assert sign_in_as(Role.FACILITATOR, committed.draw.jury).get(page).status_code == 403


def test_rounds_from_before_the_protocol_have_no_minutes(committed, desk):
    Round.objects.update(commitment="", commitment_digest="")

    assert desk.get("/en/desk/lahipalvelut/draw/1/0/minutes.pdf").status_code == 404


def test_the_witness_is_named_as_the_one_who_confirmed(drawn):
    [balls] = [one for one in contents_of(drawn)["parts"] if one["title"] == "The balls"]

    assert all(witness(drawn.draw.jury).name in row[3] for row in balls["rows"])
