"""`compare`: rules side by side, as a table and as JSON."""

import json

import pytest

from tests.selection.terminal.desk import FILES, POOL, QUOTAS, stored_lottery, write


def test_every_rule_has_a_column(desk) -> None:
    code, said, complaint = desk.run(f"compare {FILES}")

    assert (code, complaint) == (0, "")
    head, *rows = said.splitlines()
    assert head.split() == ["leximin", "maximin", "nash", "goldilocks", "plain"]
    table = {row[:23].strip(): row[23:].split() for row in rows}
    assert table["smallest chance"][:4] == ["50.00%"] * 4
    # Maximin says nothing about the largest chance.
    assert [table["largest chance"][place] for place in (0, 2, 3)] == ["66.67%"] * 3
    assert table["people without chance"] == ["0"] * 5
    assert table["proven best by its rule"] == ["yes"] * 4 + ["estimate"]
    assert max(map(len, said.splitlines())) < 80


def test_only_the_rules_asked_for_are_compared_in_the_order_asked(desk) -> None:
    _, said, _ = desk.run(f"compare {FILES} --rules nash leximin")

    assert said.splitlines()[0].split() == ["nash", "leximin"]


def test_the_figures_as_json_are_those_of_the_lottery(desk) -> None:
    chances = [person["chance"] for person in stored_lottery(desk)["people"]]

    code, said, _ = desk.run(f"compare {FILES} --rules leximin --json --quiet")

    (figures,) = json.loads(said)
    assert code == 0
    assert figures["smallest_chance"] == pytest.approx(min(chances))
    assert figures["largest_chance"] == pytest.approx(max(chances))
    assert (figures["rule"], figures["people"], figures["without_chance"]) == ("leximin", 7, 0)
    assert figures["optimal"] is True


def test_another_seed_changes_nothing_but_the_estimates(desk) -> None:
    one, other = (
        json.loads(desk.run(f"compare {FILES} --json --seed {seed}")[1]) for seed in (1, 2)
    )

    assert one[:4] == other[:4]
    assert one[4] != other[4]


def test_the_order_of_rows_does_not_matter_for_estimates_either(desk) -> None:
    _, plain, _ = desk.run(f"compare {FILES}")
    header, *rows = POOL.splitlines()
    write(desk.folder, pool="\n".join([header, *reversed(rows)]))

    _, turned, _ = desk.run(f"compare {FILES}")

    assert turned == plain


def test_nothing_is_compared_where_no_panel_exists(desk) -> None:
    write(desk.folder, quotas=QUOTAS.replace("woman,2,2", "woman,3,3"))

    code, said, complaint = desk.run(f"compare {FILES}")

    assert (code, said) == (3, "")
    assert "These quotas cannot hold together" in complaint


def test_a_rule_that_does_not_exist_is_refused(desk, capsys) -> None:
    with pytest.raises(SystemExit) as stopped:
        desk.run(f"compare {FILES} --rules fairest")

    assert stopped.value.code == 2
    assert "fairest" in capsys.readouterr().err


def test_plain_is_compared_but_makes_no_lottery_file(desk, capsys) -> None:
    with pytest.raises(SystemExit) as stopped:
        desk.run(f"lottery {FILES} --rule plain --out lottery.json")

    assert stopped.value.code == 2
    assert "plain" in capsys.readouterr().err
    assert not (desk.folder / "lottery.json").exists()
