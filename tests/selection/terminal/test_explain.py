"""`explain`: why chances are what they are."""

import json

from tests.selection.terminal.desk import FILES, QUOTAS, write

ONE_FROM_ITA = QUOTAS.replace("Itä,1,3", "Itä,1,1")


def test_explain_gives_the_levels_and_what_holds_them(desk) -> None:
    write(desk.folder, quotas=ONE_FROM_ITA)

    code, said, complaint = desk.run(f"explain {FILES}")

    assert (code, complaint) == (0, "")
    assert said.startswith("1 person can never be drawn, because of ")
    assert "   33.33%      3 people  at " in said
    assert "in the pool: 50% on average, and 2 more" in said
    assert "No additional person would lift it." in said


def test_explain_says_why_one_person_has_the_chance_they_have(desk) -> None:
    write(desk.folder, quotas=ONE_FROM_ITA)

    code, said, _ = desk.run(f"explain {FILES} --person p03 p01")

    assert code == 0
    needed, rest = said.split("p01: ")
    assert needed.startswith("p03: the chance of being drawn is 100.00%.\n  Lifted by:\n")
    assert "Held down" not in needed
    assert rest.startswith("the chance of being drawn is 33.33%.\n  Held down by:\n")


def test_explain_says_why_somebody_is_shut_out(desk) -> None:
    write(desk.folder, quotas=ONE_FROM_ITA)

    _, said, _ = desk.run(f"explain {FILES} --person p02")

    first, second = said.splitlines()
    assert first == "p02: the chance of being drawn is 0.00%."
    assert second.startswith("  Never drawn, because of ")


def test_explain_knows_nobody_who_is_not_in_the_pool(desk) -> None:
    code, _, complaint = desk.run(f"explain {FILES} --person nobody")

    assert code == 2
    assert complaint == "Nobody in the pool has the id “nobody”.\n"


def test_explain_says_why_there_is_no_panel_to_explain(desk) -> None:
    write(desk.folder, quotas=QUOTAS.replace("Länsi,1,3", "Länsi,4,4"))

    code, said, _ = desk.run(f"explain {FILES}")

    assert code == 3
    assert "area “Länsi” (row 5): at least 4, the pool has 3" in said


def test_explain_gives_its_reasons_as_data(desk) -> None:
    write(desk.folder, quotas=ONE_FROM_ITA)

    _, overview, _ = desk.run(f"explain {FILES} --json")
    _, person, _ = desk.run(f"explain {FILES} --json --person p01")

    lowest = json.loads(overview)["levels"][0]
    assert lowest["chance"] == 0.333333333
    pulls = [(pull["value"], pull["kind"], pull["limit"]) for pull in lowest["pulls"]]
    assert ("Itä", "maximum", 1) in pulls
    assert json.loads(overview)["lifts"] == []
    (found,) = json.loads(person)["people"]
    assert (found["id"], found["chance"], found["level"]) == ("p01", 0.333333333, 0)
    assert found["shut_out"] == []
