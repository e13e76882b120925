"""The ten people of `docs/engine.md`: every number on the page is found anew."""

import re
from fractions import Fraction
from math import comb
from pathlib import Path

import numpy as np
import pytest

from selection.engine import Pool, Quotas, find_conflict, leximin, number_tickets
from selection.engine.rules.catalogue import RULES
from tests.engine import brute

PAGE = (Path(__file__).parents[2] / "docs" / "engine.md").read_text(encoding="utf-8")
ENGINE = Path(__file__).parents[2] / "selection" / "engine"
AGES, AREAS = ["under 40", "40 or over"], ["Centre", "Coast", "Forest"]


def section(heading: str) -> str:
    """The text below a heading."""
    return re.split(r"^#+ ", PAGE.split(f" {heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def table(heading: str, number: int = 0) -> list[list[str]]:
    """The cells of a table below a heading, without the header and bold marks."""
    blocks = re.findall(r"(?:^\|.*\|\n)+", section(heading), re.MULTILINE)
    rows = [line.replace("**", "").strip("|").split("|") for line in blocks[number].splitlines()]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def names(cell: str) -> list[str]:
    return [name.strip() for name in cell.split(",") if name.strip()]


def ten() -> dict[str, tuple[int, int]]:
    """The ten people with the positions of their age and area."""
    people = {}
    for area, *cells in table("The pool and the quotas"):
        for age, cell in enumerate(cells):
            people |= {name: (age, AREAS.index(area)) for name in names(cell)}
    return dict(sorted(people.items()))


PEOPLE = ten()
PLACE = {name: place for place, name in enumerate(PEOPLE)}


def pool(*together: str) -> Pool:
    """The ten people; those named share a household."""
    homes = [0 if name in together else -1 for name in PEOPLE]
    return Pool.of(list(PEOPLE.values()), households=homes)


def quotas(changed: dict[str, tuple[int, int]] | None = None) -> Quotas:
    """The quotas of the page, some of them changed."""
    rows = {value: (int(least), int(most)) for _, value, least, most in _quota_rows()}
    rows |= changed or {}
    limits = [[rows[value] for value in values] for values in (AGES, AREAS)]
    return Quotas.of(
        4,
        [[low for low, _ in each] for each in limits],
        [[high for _, high in each] for each in limits],
    )


def _quota_rows() -> list[list[str]]:
    return table("The pool and the quotas", 1)


def chances(*together: str) -> dict[str, Fraction]:
    """Everybody's chance in the leximin lottery, as the fraction that it is."""
    found = leximin(pool(*together), quotas(), rng=np.random.default_rng(0))
    assert found.certificate.optimal
    assert np.abs(found.chances - brute.leximin(pool(*together), quotas())).max() < 1e-6
    return {name: near(found.chances[place]) for name, place in PLACE.items()}


def near(value: float) -> Fraction:
    fraction = Fraction(float(value)).limit_denominator(100)
    assert float(fraction) == pytest.approx(value, abs=1e-8)
    return fraction


def fraction(text: str) -> Fraction:
    """The fraction that a cell starts with."""
    return Fraction(text.split()[0])


def test_thirty_of_the_two_hundred_and_ten_groups_are_panels() -> None:
    found = brute.panels(pool(), quotas())

    assert f"Ten people make {comb(10, 4)} different groups" in section("The pool and the quotas")
    assert f"Of these, {len(found)} meet every quota" in section("The pool and the quotas")
    assert tuple(PLACE[name] for name in "ABGI") in found


def test_the_types_are_those_of_the_page() -> None:
    rows = table("Types: who is alike")

    assert {tuple(names(people)): int(count) for _, people, count in rows} == {
        tuple(name for name in PEOPLE if PEOPLE[name] == look): list(PEOPLE.values()).count(look)
        for look in PEOPLE.values()
    }


def test_the_panels_are_of_three_kinds() -> None:
    looks = [PEOPLE[names(row[1])[0]] for row in table("Types: who is alike")]
    found: dict[tuple[int, ...], int] = {}
    for panel in brute.panels(pool(), quotas()):
        seated = [list(PEOPLE.values())[place] for place in panel]
        counts = tuple(seated.count(look) for look in looks)
        found[counts] = found.get(counts, 0) + 1

    rows = table("Types: who is alike", 1)

    assert found == {tuple(map(int, row[1:6])): int(row[6]) for row in rows}


def test_the_fairest_chances_are_those_of_the_page() -> None:
    found = chances()
    members = {row[0]: names(row[1]) for row in table("Types: who is alike")}

    rows = table("The continuous panel: parts of people")

    for kind, count, seats, chance in rows:
        assert {found[name] for name in members[kind]} == {fraction(chance)}
        assert fraction(seats) == int(count) * fraction(chance)
        assert f"= {float(fraction(chance)):.1%}" in chance.replace(" %", "%")
    assert sum(fraction(seats) for _, _, seats, _ in rows) == 4
    assert "three **levels**" in section("The continuous panel: parts of people")
    assert len(set(found.values())) == 3


def test_the_relaxation_says_the_same_and_the_lottery_reaches_it() -> None:
    found = leximin(pool(), quotas(), rng=np.random.default_rng(0))

    assert found.certificate.method == "relaxation"
    assert [near(claim.bound) for claim in found.certificate.claims] == [
        Fraction(1, 4),
        Fraction(3, 8),
        Fraction(3, 4),
    ]


def test_the_kinds_of_panels_mix_to_the_continuous_panel() -> None:
    kinds = [list(map(int, row[1:6])) for row in table("Types: who is alike", 1)]
    shares = [Fraction(3, 8), Fraction(1, 2), Fraction(1, 8)]
    order = [row[0] for row in table("Types: who is alike")]
    seats = {row[0]: fraction(row[2]) for row in table("The continuous panel: parts of people")}

    mixed = [
        sum(share * kind[place] for share, kind in zip(shares, kinds, strict=True))
        for place in range(5)
    ]

    assert mixed == [seats[kind] for kind in order]
    assert "probabilities 3/8, 1/2 and 1/8" in section("Back to whole people")


def test_the_lottery_of_the_page_gives_the_fairest_chances() -> None:
    rows = [(names(panel), fraction(share)) for panel, share in table("Back to whole people")]
    allowed = brute.panels(pool(), quotas())

    assert all(tuple(PLACE[name] for name in panel) in allowed for panel, _ in rows)
    assert sum(share for _, share in rows) == 1
    assert {
        name: sum(share for panel, share in rows if name in panel) for name in PEOPLE
    } == chances()


@pytest.mark.parametrize(
    ("people", "heaviest", "earlier", "bound"),
    [
        ("EFIJ", 1, "", Fraction(1, 4)),
        ("ABCDEF", 2, "EF", Fraction(3, 8)),
        ("GHIJ", 2, "IJ", Fraction(3, 4)),
    ],
)
def test_each_level_of_the_certificate_holds(people, heaviest, earlier, bound) -> None:
    found = chances()
    places = {PLACE[name] for name in people}

    weights = [len(places & set(panel)) for panel in brute.panels(pool(), quotas())]

    assert max(weights) == heaviest
    rest = heaviest - sum(found[name] for name in earlier)
    assert rest / (len(people) - len(earlier)) == bound
    assert {found[name] for name in set(people) - set(earlier)} == {bound}
    assert f"W = {heaviest}" in section("The certificate: a proof in whole numbers")
    assert str(bound) in section("The certificate: a proof in whole numbers")


def test_eight_tickets_give_the_lottery_exactly() -> None:
    tickets = [
        names(panel) for cell, panel in table("Tickets: eight sides of a die") for _ in names(cell)
    ]
    found = chances()

    assert len(tickets) == 8
    assert {name: Fraction(sum(name in panel for panel in tickets), 8) for name in PEOPLE} == found
    lottery = leximin(pool(), quotas(), rng=np.random.default_rng(0))
    numbered = number_tickets(lottery, count=8, rng=np.random.default_rng(0))
    assert numbered.largest_shift < 1e-6


def test_households_change_the_chances_as_the_page_says() -> None:
    for row, together in zip(table("Households"), ["", "BG"], strict=True):
        found = chances(*together)
        for people, cell in zip(["ABCD", "EFIJ", "G", "H"], row[1:], strict=True):
            assert {found[name] for name in people} == {fraction(cell)}
    left = len(brute.panels(pool("B", "G"), quotas()))
    assert f"Eight panels fall away, {left} are left" in section("Households")
    assert left == 30 - 8
    apart = chances("G", "H")
    assert [name for name in PEOPLE if not apart[name]] == ["E", "F"]


def test_the_conflict_and_its_way_out_are_those_of_the_page() -> None:
    ages, coast = {"under 40": (0, 2), "40 or over": (3, 4)}, {"Coast": (2, 2)}
    room = {"under 40": (0, 2), "40 or over": (0, 4)}

    found = find_conflict(pool(), quotas(ages | coast))

    assert [(bound.criterion, bound.value, bound.kind, bound.limit) for bound in found.bounds] == [
        (0, 1, "minimum", 3),
        (1, 1, "minimum", 2),
    ]
    change = found.relaxation[0]
    assert (change.criterion, change.value, change.kind) == (0, 1, "minimum")
    assert (change.from_, change.to, len(found.relaxation)) == (3, 2, 1)
    assert brute.panels(pool(), quotas(ages))
    assert brute.panels(pool(), quotas(room | coast))
    assert not brute.panels(pool(), quotas(ages | coast))


def clubs() -> tuple[Pool, Quotas]:
    """Five people, a panel of two, and at most one member of each club."""
    members = {}
    for row in table("When the ceiling cannot be touched"):
        members |= {name: [cell == "yes" for cell in row[1:]] for name in names(row[0])}
    assert list(members) == list("KLMNO")
    return Pool.of(list(members.values())), Quotas.of(2, [[0, 0]] * 3, [[2, 1]] * 3)


def test_where_the_ceiling_cannot_be_touched_the_lottery_is_proven_all_the_same() -> None:
    (continuous, best), (people, limits) = table("When the ceiling cannot be touched", 1), clubs()

    found = leximin(people, limits, rng=np.random.default_rng(0))

    assert [near(chance) for chance in found.chances[[0, 1, 2]]] == [fraction(best[1])] * 3
    assert [near(chance) for chance in found.chances[[3, 4]]] == [fraction(best[2])] * 2
    assert found.chances == pytest.approx(brute.leximin(people, limits), abs=1e-6)
    assert (found.certificate.method, found.certificate.optimal) == ("exact", True)
    assert fraction(continuous[1]) == fraction(continuous[2]) == Fraction(2, 5)
    assert 2 * fraction(continuous[1]) == Fraction(4, 5)
    assert max(len({0, 1, 2} & set(panel)) for panel in brute.panels(people, limits)) == 1


GROUPS = ["A", "BCD", "EF", "GH", "IJ"]


def said(row: list[str]) -> list[str]:
    return [cell.replace(" %", "%") for cell in row[1:]]


@pytest.mark.parametrize(
    "row", [row for row in table("Other rules") if row[0] != "maximin"], ids=lambda row: row[0]
)
def test_the_rules_give_the_chances_of_the_table(row) -> None:
    found = RULES[row[0]](pool(), quotas(), rng=np.random.default_rng(0)).chances

    assert [{f"{found[PLACE[name]]:.1%}" for name in group} for group in GROUPS] == [
        {cell} for cell in said(row)
    ]


def test_the_chances_given_for_maximin_are_one_of_its_lotteries() -> None:
    row = next(row for row in table("Other rules") if row[0] == "maximin")
    smallest = RULES["maximin"](pool(), quotas(), rng=np.random.default_rng(0)).chances.min()
    each = [float(cell.rstrip("%")) / 100 for cell in said(row)]

    seats = dict(zip(GROUPS, each, strict=True))

    assert f"{smallest:.1%}" == min(said(row))
    assert sum(len(group) * chance for group, chance in seats.items()) == pytest.approx(4, abs=2e-3)
    assert seats["A"] + 3 * seats["BCD"] + 2 * seats["EF"] == pytest.approx(2, abs=2e-3)
    assert 2 * seats["EF"] + 2 * seats["IJ"] == pytest.approx(1, abs=2e-3)
    assert table("Other rules")[0][1:] != row[1:]


@pytest.mark.parametrize("seed", range(25))
def test_with_two_criteria_and_no_households_the_ceiling_is_always_reached(seed) -> None:
    rng = np.random.default_rng([2, seed])
    traits = rng.integers(0, 3, size=(int(rng.integers(6, 14)), 2))
    some = traits[: int(rng.integers(2, 6))]
    held = [np.bincount(column, minlength=3) for column in some.T]
    limits = Quotas.of(
        len(some),
        [np.maximum(0, count - rng.integers(0, 2, size=3)) for count in held],
        [count + rng.integers(0, 2, size=3) for count in held],
    )

    found = leximin(Pool.of(traits), limits, rng=rng)

    assert (found.certificate.method, found.certificate.optimal) == ("relaxation", True)


def test_the_map_names_modules_that_are_there() -> None:
    named = re.findall(r"`(\w+/\w+\.py)`", PAGE)

    assert len(named) > 30
    assert [name for name in named if not (ENGINE / name).is_file()] == []
