"""The public pages and files of a draw, in every state it can be in."""

import hashlib
import json
import re
import subprocess
import sys
from html import unescape

import pytest
from django.test import Client

from juries.audit import JUROR
from juries.enums import Role
from juries.models import Jury
from selection.draw.committing import VERIFIER, verifier_digest
from selection.draw.ending import break_off, close_draw
from selection.models import QuotaChange, Round
from selection.panel.replacing import replace_by_rank
from selection.panel.reserves import draw_up_reserves
from selection.panel.seats import decline_seat
from selection.protocol.drand import CHAIN
from selection.protocol.words import spoken_words
from selection.record.files import public_record
from selection.record.telling import told_draws
from tests import factories
from tests.selection.conftest import (
    close,
    commit_to,
    draw_balls,
    draw_from,
    freeze,
    run_lottery,
    text,
)
from tests.selection.protocol.rounds import ROUND, SIGNATURE

PAGE = "/en/juries/lahipalvelut/record/1/"


def get(path: str = "", **headers: str):
    return Client().get(f"{PAGE}{path}", headers=headers)


def page(path: str = "") -> str:
    return " ".join(unescape(text(get(path))).replace("\xa0", " ").split())


def test_a_frozen_pool_is_told_of_at_once(frozen):
    told = page()

    assert "The pool is frozen: 12 people are in it." in told
    assert "Everybody in the pool has a receipt." in told
    assert "Fingerprint" not in told
    assert get("by-hand/").status_code == 404
    assert get("commitment.json").status_code == 404


def test_a_committed_lottery_shows_its_fingerprint_and_everybodys_chance(committed):
    told = page()

    assert "nobody can change a ticket any more" in told
    assert " ".join(spoken_words(committed.commitment_digest)) in told
    assert "Lotteries computed for this pool: 1. Rehearsals with shuffled people: 0." in told
    assert "everybody is on at least 333 and at most 334 of the 1 000 tickets" in told
    assert "There is no beacon: the balls decide alone." in told
    assert "The drawn panel, by number" not in told


def test_a_drawn_panel_is_told_step_by_step_with_its_sum(beaconed):
    told = page()
    result = json.loads(beaconed.result)

    assert f"417 + {result['b']:03} = {417 + result['b']}" in told
    assert f"Ticket {result['index']:03} names a panel of 4 people." in told
    assert "They showed 4, 1, 7. One official typed them in, another one confirmed them." in told
    assert f"It is round {ROUND} of drand." in told
    assert "Its signature was checked and is genuine." in told
    for member in result["members"]:
        assert member["p"] in told


def test_no_name_is_on_any_page_and_no_number_of_who_was_not_drawn_is_told_apart(beaconed):
    told = page() + page("by-hand/")
    members = {one["index"] for one in json.loads(beaconed.result)["members"]}

    for entry in beaconed.draw.entries.select_related("registrant"):
        assert entry.registrant.name not in told
        assert entry.registrant.reference not in told
        assert bytes(entry.salt).hex() not in told
        assert (entry.pseudonym in told) == (entry.index in members)


def test_replacements_and_the_close_are_told(drawn, organiser):
    jury, draw = drawn.draw.jury, drawn.draw
    gone = jury.seats.first()
    decline_seat(seat=gone, by=JUROR)
    replace_by_rank(jury=jury, by=organiser)
    close_draw(draw=draw, by=organiser)
    number = draw.entries.get(registrant=gone.registrant).index

    told = page()

    assert f"Number {number} declined the seat. By the rule that was fixed beforehand" in told
    assert "is next and takes the seat." in told
    assert "Seats that changed hands" in told
    assert "The draw is closed: the panel is settled." in told
    assert "Nothing is added to the record any more." in told


def test_reserves_and_a_round_for_the_free_seats_are_told(drawn, organiser):
    jury, draw = drawn.draw.jury, drawn.draw
    jury.refresh_from_db()
    draw_up_reserves(jury=jury, count=3, dropout_percent=15, by=organiser)
    decline_seat(seat=jury.seats.first(), by=JUROR)
    draw_from(run_lottery(jury, organiser), organiser, 12)
    numbers = draw.entries.filter(registrant__reserve_places__isnull=False)
    listed = [str(one.index) for one in numbers.order_by("registrant__reserve_places__place")]

    told = page()
    by_hand = page("by-hand/")

    assert f"3 people stand by, in this order: numbers {', '.join(listed)}." in told
    assert "1 member has left: number" in told
    assert "3 members stay and are on every ticket." in told
    assert "Ticket 012 names a panel of 4 people." in told
    assert by_hand.count("So ticket") == 2
    assert get("round-1/commitment.json").content == draw.rounds.get(number=1).commitment.encode()


def test_a_draw_that_was_broken_off_says_why_and_the_next_one_points_to_it(committed, organiser):
    break_off(
        draw=committed.draw, code="mistake", reason="A ball fell <off> the table.", by=organiser
    )
    committed.draw.jury.refresh_from_db()
    freeze(committed.draw.jury, organiser)

    first = text(get())
    second = text(Client().get("/en/juries/lahipalvelut/record/2/"))

    assert "does not count" in first
    assert "Somebody made a mistake: A ball fell &lt;off&gt; the table." in first
    assert "Draws that were broken off before" in second
    assert f'href="{PAGE}"' in second
    assert "A ball fell &lt;off&gt; the table." in second


def test_quotas_that_were_eased_before_the_pool_was_frozen_stand_with_their_reason(
    closed, organiser
):
    names = {"fi": "ikä, nuoret", "en": "age, young"}
    eased = {"names": names, "kind": "minimum", "before": 2, "after": 1}
    QuotaChange.objects.create(
        jury=closed, changes=[eased], reason="No young women came.", by=organiser
    )
    freeze(closed, organiser)
    QuotaChange.objects.create(jury=closed, changes=[], reason="For next time.", by=organiser)

    told = page()

    assert "age, young: the minimum was lowered from 2 to 1." in told
    assert "No young women came." in told
    assert "For next time." not in told


def test_what_an_auditor_found_is_public(audited, organiser):
    factories.make_auditor_statement(audited.draw.jury, organiser)

    told = page()

    assert "Kaikki pitää paikkansa." in told
    assert "Tarkastuslautakunta" in told
    assert "ab" * 32 in told


def test_what_is_kept_of_a_page_is_not_shown_once_it_is_old(audited, organiser):
    assert "Kaikki pitää paikkansa." not in page()

    made = factories.make_auditor_statement(audited.draw.jury, organiser)
    assert "Kaikki pitää paikkansa." in page()
    assert "Ticket drawn" not in text(Client().get(PAGE.replace("/en/", "/fi/")))

    made.delete()
    assert "Kaikki pitää paikkansa." not in page()
    break_off(draw=audited.draw, code="other", reason="Why not.", by=organiser)
    assert "Why not." in page()


def test_whoever_comes_next_costs_fewer_queries(drawn, count_queries):
    first, second = count_queries(PAGE), count_queries(PAGE)

    assert second < first
    assert second <= 5


def test_a_verifier_other_than_the_one_committed_is_said_to_be_so(committed, monkeypatch):
    assert "verify.py had another checksum" not in page()

    monkeypatch.setattr("selection.record.account.verifier_digest", lambda: "c" * 64)
    told = page()

    assert f"verify.py had another checksum: {verifier_digest()}." in told
    assert "c" * 64 in told


def test_the_page_asks_the_database_as_often_for_sixty_people_as_for_twelve(jury, count_queries):
    few = factories.make_jury("few")
    for one, people in ((few, 12), (jury, 60)):
        factories.make_mixed_pool(one, people)
        by = factories.make_member(close(one), Role.ORGANISER)
        draw_from(run_lottery(one, by), by)

    counts = {
        slug: [count_queries(f"/en/juries/{slug}/record/1/{path}") for path in ("", "by-hand/")]
        for slug in ("few", "lahipalvelut")
    }

    assert counts["few"] == counts["lahipalvelut"]
    assert max(counts["few"]) <= 10


@pytest.fixture
def count_queries(django_assert_max_num_queries):
    def count(path: str) -> int:
        with django_assert_max_num_queries(100) as captured:
            assert Client().get(path).status_code == 200
        return len(captured)

    return count


@pytest.mark.parametrize("path", ["", "by-hand/", "record.zip", "commitment.json"])
def test_nothing_is_there_of_a_jury_that_is_not_published(drawn, path):
    assert get(path).status_code == 200

    Jury.objects.update(published_at=None)
    assert get(path).status_code == 404


@pytest.mark.parametrize("path", ["", "by-hand/", "record.zip", "commitment.json"])
def test_a_draw_from_before_there_were_records_has_no_page(jury, path):
    factories.make_panel(jury, factories.make_mixed_pool(jury, 4))
    assert jury.draws.count() == 1

    assert get(path).status_code == 404


def test_the_record_comes_as_a_zip_for_everybody_to_keep(drawn):
    response = get("record.zip")

    assert response.content == public_record(drawn.draw)
    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"] == 'attachment; filename="arvonta-lahipalvelut-1.zip"'
    assert "public" in response["Cache-Control"]
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies


def test_the_commitment_comes_as_the_bytes_whose_fingerprint_is_read_aloud(committed):
    response = get("commitment.json")

    assert hashlib.sha256(response.content).hexdigest() == committed.commitment_digest
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"] == 'attachment; filename="commitment.json"'


def test_the_verifier_comes_as_it_stands_in_the_source():
    response = Client().get("/verify.py")

    assert response.content == VERIFIER.read_bytes()
    assert hashlib.sha256(response.content).hexdigest() == verifier_digest()
    assert response["Content-Type"] == "text/x-python; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="verify.py"'
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", [f"{PAGE}record.zip", f"{PAGE}commitment.json", "/verify.py"])
def test_whoever_has_the_file_already_is_not_sent_it_again(drawn, path):
    first = Client().get(path)

    again = Client().get(path, headers={"if-none-match": first["ETag"]})
    other = Client().get(path, headers={"if-none-match": '"something else"'})

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert "public" in again["Cache-Control"]
    assert (other.status_code, other.content) == (200, first.content)


def test_a_record_that_has_grown_is_sent_again(committed, organiser):
    first = get("record.zip")
    break_off(draw=committed.draw, code="other", reason="Why.", by=organiser)

    again = get("record.zip", if_none_match=first["ETag"])

    assert again.status_code == 200
    assert again.content != first.content


def test_not_asking_for_the_bytes_again_reads_no_lottery(opened, django_assert_max_num_queries):
    tag = get("record.zip")["ETag"]

    with django_assert_max_num_queries(5) as captured:
        assert get("record.zip", if_none_match=tag).status_code == 304

    assert not any('"panels"' in query["sql"] for query in captured.captured_queries)


def test_proxies_may_keep_the_page_of_a_stranger_and_not_that_of_staff(drawn, desk):
    stranger, staff = get(), desk.get(PAGE)

    assert stranger["Cache-Control"] == "public, max-age=60"
    assert get(if_none_match=stranger["ETag"]).status_code == 304
    assert "public" not in staff.get("Cache-Control", "")


@pytest.mark.parametrize("path", ["", "by-hand/", "record.zip", "commitment.json"])
def test_the_public_pages_only_read(drawn, path):
    assert Client().post(f"{PAGE}{path}").status_code == 405


def test_d8_the_numbers_of_the_sum_are_worked_through(beaconed):
    told = page("by-hand/")
    b = json.loads(beaconed.result)["b"]

    assert "They showed 4, 1, 7. Write them beside each other: 417." in told
    assert f"https://api.drand.sh/{CHAIN}/public/{ROUND}" in told
    assert SIGNATURE.hex() in told
    assert f"It answers: {b}." in told
    assert "python3 verify.py check arvonta-lahipalvelut-1.zip" in told
    assert "python3 verify.py receipt arvonta-lahipalvelut-1.zip receipt.json" in told


def lines_to_type(html: str) -> list[str]:
    return [unescape(found) for found in re.findall(r"<pre[^>]*>(.*?)</pre>", html, re.DOTALL)]


def test_d8_the_lines_to_type_give_the_number_of_the_beacon(beaconed, tmp_path):
    b = json.loads(beaconed.result)["b"]

    lines = lines_to_type(text(get("by-hand/")))

    assert len(lines) == 2
    for line in lines:
        here = line.replace("python3", sys.executable)
        answer = subprocess.run(
            ["bash", "-c", here], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        assert int(answer.stdout) == b


def test_before_the_draw_the_page_says_what_is_still_to_come(ready, organiser):
    commit_to(ready, organiser, Round.Sources.BOTH)

    told = page("by-hand/")

    assert "The balls have not been drawn yet." in told
    assert "The beacon has not been fetched here yet." in told


def test_the_balls_stand_on_the_page_while_the_beacon_is_awaited(ready, organiser):
    draw_balls(commit_to(ready, organiser, Round.Sources.BOTH), organiser, "931")

    told = page("by-hand/")

    assert "They showed 9, 3, 1." in told
    assert "The balls have not been drawn yet." not in told


def test_a_draw_by_balls_alone_has_nothing_to_add(drawn):
    told = page("by-hand/")

    assert "It was said beforehand that the balls decide alone." in told
    assert "The number is 417" in told
    assert "<pre" not in told


def test_the_public_page_of_the_jury_leads_to_the_record(drawn):
    told = text(Client().get("/en/juries/lahipalvelut/"))

    assert f'href="{PAGE}"' in told
    assert "Ticket 417 names a panel of 4 people." in told


def test_an_older_draw_is_told_of_without_a_record(jury):
    factories.make_panel(jury, factories.make_mixed_pool(jury, 4))

    told = text(Client().get("/en/juries/lahipalvelut/"))

    assert "This draw was held before draws had a public record." in told
    assert "/record/" not in told


def test_the_section_of_the_public_page_takes_three_queries(drawn, django_assert_num_queries):
    jury = drawn.draw.jury

    with django_assert_num_queries(3):
        told_draws(jury)


def test_whoever_keeps_what_they_download_can_follow_the_draw_with_the_verifier(
    frozen, organiser, verify
):
    kept = [get("record.zip").content]
    committed = commit_to(run_lottery(frozen.jury, organiser), organiser)
    kept.append(get("record.zip").content)
    draw_balls(committed, organiser)
    kept.append(get("record.zip").content)

    assert [verify("check", record) for record in kept] == [10, 10, 10]
    assert verify("diff", kept[0], kept[1]) == verify("diff", kept[1], kept[2]) == 0
    assert verify("diff", kept[2], kept[1]) == 32
