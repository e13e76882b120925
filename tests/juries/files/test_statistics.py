"""Statistics in every shape in which offices and municipalities hand them out."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juries.files.errors import Code, FileError
from juries.files.statistics.ages import Span, age_groups, age_span, finest, gaps, overlapping
from juries.files.statistics.counting import Count, Counting, Group, Plan, age_groups_of
from juries.files.statistics.cubes import Cube, Role
from juries.files.statistics.headings import factors
from juries.files.statistics.reading import read_figures
from juries.files.statistics.recognising import leaves_of, total_of
from tests.juries.files import statistics_corpus as corpus
from tests.juries.files.corpus import workbook

BRACKETS = "16-29, 30-44, 45-59, 60-74, 75-"
AGE_PEOPLE = [5180, 6240, 6480, 7010, 4690]
GENDER_PEOPLE = [14515, 15085]
TONGUE_PEOPLE = [22718, 4780, 2102]


def read(content: bytes) -> Cube:
    """The cube, by way of the JSON in which a worker keeps it."""
    data = read_figures(content, "")
    assert data["kind"] == "cube"
    return Cube.of_data(json.loads(json.dumps(data)))


def at(cube: Cube, role: Role) -> int:
    [place] = [at for at, one in enumerate(cube.dimensions) if one.role is role]
    return place


def counting(cube: Cube) -> Counting:
    """Everybody of 16 and over, every other category a group of its own."""
    fixed = {}
    groups = {}
    for place, dimension in enumerate(cube.dimensions):
        leaves = leaves_of(dimension)
        if dimension.role in (Role.PLACE, Role.YEAR, Role.MEASURE) or len(leaves) < 2:
            fixed[place] = leaves[-1]
        elif dimension.role is Role.AGE:
            made, cut = age_groups_of(dimension, age_groups(BRACKETS))
            assert not cut
            groups[place] = made
        else:
            named = [(dimension.categories[leaf].label, leaf) for leaf in leaves]
            groups[place] = tuple(Group(label, (leaf,)) for label, leaf in named)
    return Counting(cube, Plan(fixed, groups))


def people(counted: Counting, role: Role) -> list[int]:
    return [count.people for count in counted.groups(at(counted.cube, role))]


TABLE = corpus.table_11re()
ONE_YEAR_TABLES = {
    "ids of June 2026": TABLE,
    "ids of before": corpus.table_11re(corpus.OLD_IDS, "vaesto"),
    "no roles named": corpus.table_11re(told=False),
    "sparse values": corpus.sparse(TABLE),
    "version 1": corpus.version_1(TABLE),
    "version 1, sparse": corpus.version_1(corpus.sparse(TABLE)),
    "index as an array": corpus.with_categories(TABLE, corpus.index_as_array),
    "no index of one": corpus.with_categories(TABLE, corpus.without_index),
    "no label of one": corpus.with_categories(TABLE, corpus.without_labels_of_one),
    "wrapped under a name": {"väestö": TABLE},
    "without sizes": {name: one for name, one in TABLE.items() if name != "size"},
    "figures as decimals": corpus.reshaped(TABLE, value=[float(n) for n in TABLE["value"]]),
}


@pytest.mark.parametrize("name", ONE_YEAR_TABLES)
def test_json_stat_is_counted_alike_however_it_is_written(name):
    counted = counting(read(corpus.as_bytes(ONE_YEAR_TABLES[name])))

    assert people(counted, Role.AGE) == AGE_PEOPLE
    assert people(counted, Role.GENDER) == GENDER_PEOPLE
    assert list(counted.differences()) == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_json_stat_is_read_in_whatever_encoding(encoding):
    content = json.dumps(TABLE, ensure_ascii=False).encode(encoding)

    assert people(counting(read(content)), Role.GENDER) == GENDER_PEOPLE


JOINT_TABLES = {
    "json-stat": corpus.as_bytes(corpus.table_joint()),
    "plain csv": corpus.joint_csv(),
    "plain csv with commas": corpus.joint_csv(","),
    "plain csv with tabs, Windows-1252": corpus.joint_csv("\t", "cp1252"),
    "plain csv with a mark": corpus.joint_csv(";", "utf-8-sig"),
    "plain csv in UTF-16": corpus.joint_csv(";", "utf-16"),
    "plain csv named by Excel": b"sep=;\r\n" + corpus.joint_csv(),
    "PxWeb csv": corpus.joint_px_csv(),
    "PxWeb csv with semicolons": corpus.joint_px_csv(";"),
    "PxWeb csv with tabs": corpus.joint_px_csv("\t"),
    "PxWeb csv in UTF-8": corpus.joint_px_csv(",", "utf-8"),
    "workbook": workbook(
        [("ikäryhmä", "sukupuoli", "kieli", "väestö")]
        + [(*cell, count) for cell, count in corpus.JOINT.items()]
    ),
}


@pytest.mark.parametrize("name", JOINT_TABLES)
def test_kaarnalahti_is_counted_alike_from_every_kind_of_file(name):
    cube = read(JOINT_TABLES[name])
    counted = counting(cube)

    assert people(counted, Role.AGE) == AGE_PEOPLE
    assert people(counted, Role.GENDER) == GENDER_PEOPLE
    assert people(counted, Role.LANGUAGE) == TONGUE_PEOPLE
    pairs = counted.pairs(at(cube, Role.AGE), at(cube, Role.GENDER))
    assert [count.people for count in pairs[0]] == [2683, 2497]


def test_what_is_withheld_is_what_the_total_leaves_and_subtotals_are_not_counted():
    cube = read(corpus.as_bytes(corpus.table_11rm()))
    tongue = at(cube, Role.LANGUAGE)
    known = {
        cube.dimensions[tongue].categories[leaf].code: leaf
        for leaf in leaves_of(cube.dimensions[tongue])
    }
    others = tuple(place for code, place in known.items() if code not in ("fi", "sv"))
    groups = {
        tongue: (Group("fi", (known["fi"],)), Group("sv", (known["sv"],)), Group("muu", others))
    }

    counts = Counting(cube, Plan({0: 0, 3: 0}, groups)).groups(tongue)

    assert counts == [Count(22718), Count(4780), Count(2102, is_rest=True)]
    assert {"01", "02", "SSS"}.isdisjoint(known)


def test_two_groups_with_withheld_figures_are_said_to_be_short():
    cube = read(corpus.as_bytes(corpus.table_11rm()))
    groups = {1: (Group("saame", (4,)), Group("viro", (7,)))}

    counts = Counting(cube, Plan({0: 0, 3: 0}, groups)).groups(1)

    assert counts == [Count(0, withheld=1), Count(0, withheld=1)]


def test_a_total_that_the_parts_contradict_is_told_and_half_a_percent_is_not():
    wrong = corpus.table_11re()
    place = wrong["value"].index(35900)
    wrong["value"][place] = 37000
    [difference] = list(counting_everybody(read(corpus.as_bytes(wrong))).differences())[:1]
    assert (difference.parts, difference.total) == (35900, 37000)

    wrong["value"][place] = 35950
    assert list(counting_everybody(read(corpus.as_bytes(wrong))).differences()) == []


def counting_everybody(cube: Cube) -> Counting:
    fixed = {at: 0 for at, one in enumerate(cube.dimensions) if len(one.categories) == 1}
    return Counting(cube, Plan(fixed, {}))


def test_a_postal_code_area_of_helsinki_adds_up():
    cube = read(corpus.paavo_00100())
    area, measure, year = cube.dimensions
    labels = [category.label for category in measure.categories]
    counted = Counting(cube, Plan({0: 0, 2: 0}, {}))

    def value(label: str) -> int:
        return counted.category(1, labels.index(label)).people

    ages = [place for place, label in enumerate(labels) if "years" in label]
    assert (area.role, measure.role, year.role) == (Role.POSTAL_CODE, Role.MEASURE, Role.YEAR)
    assert area.categories[0].code == "00100"
    assert area.categories[0].label == "00100 Helsinki keskusta - Etu-Töölö (Helsinki)"
    assert value("Inhabitants, total (HE)") == 18462
    assert value("Males (HE)") + value("Females (HE)") == 18462
    assert sum(counted.category(1, place).people for place in ages) == 18462
    assert sum(value(label) for label in labels[-5:]) == value("18 or over, total (KO)") == 16365


def test_ages_among_the_measures_are_ages_when_somebody_says_so():
    cube = read(corpus.paavo_00100())
    measure = cube.dimensions[1]
    as_ages = type(measure)(measure.name, measure.label, measure.categories, Role.AGE)

    leaves = [measure.categories[place].label for place in leaves_of(as_ages)]

    assert leaves[0] == "0-2 years (HE)"
    assert leaves[-1] == "85 years or over (HE)"
    assert "18 or over, total (KO)" not in leaves


HELSINKI = {"2021": 658457, "2022": 664028, "2023": 674500, "2024": 684018, "2025": 694392}


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("spaces", ["", " ", "\u00a0", "\u202f"])
def test_years_across_the_page_are_a_dimension_and_spaces_belong_to_numbers(mark, spaces):
    figures = [f"{n:,}".replace(",", spaces) for n in HELSINKI.values()]
    lines = [mark.join(['"Alue"', *(f'"{year}"' for year in HELSINKI)])]
    lines.append(mark.join(['"Helsinki"', *figures]))
    lines.append(mark.join(['"Espoo"', "..", "...", ".", "-", "325716"]))
    content = "\r\n".join(['"Väkiluku"', "", *lines, "", "Alaviite, joka; ei kuulu"]) + "\r\n"

    cube = read(content.encode())

    area, year, *_rest = cube.dimensions
    assert [one.label for one in area.categories] == ["Helsinki", "Espoo"]
    assert (year.role, [one.label for one in year.categories]) == (Role.YEAR, list(HELSINKI))
    assert cube.figures == (*map(float, HELSINKI.values()), None, None, None, 0.0, 325716.0)


KUOPIO = {
    **{"0-9": 8469, "10-19": 10126, "20-29": 17253, "30-39": 14459, "40-49": 11072},
    **{"50-59": 10009, "60-69": 10967, "70-79": 9455, "80-89": 4108, "90-": 878},
}


def test_the_central_locality_of_kuopio_adds_up():
    rows = [("Kuopio", "Yhteensä", 96796, 46227, 50569)]
    rows += [("Kuopio", ages, people, "..", "..") for ages, people in KUOPIO.items()]
    header = ("Taajama", "Ikä", "Yhteensä 2023", "Miehet 2023", "Naiset 2023")
    cube = read(corpus.px_csv("Väestö taajamittain", header, rows, mark=";"))
    age, gender = at(cube, Role.AGE), at(cube, Role.GENDER)
    ages = cube.dimensions[age]
    fixed = {at(cube, Role.YEAR): 0, 0: 0}
    tens, _cut = age_groups_of(ages, [Span(20, 39), Span(40, 69), Span(70)])

    counted = Counting(cube, Plan(fixed, {age: tens}))

    assert [one.people for one in counted.groups(age)] == [31712, 32048, 14441]
    assert list(counted.differences()) == []
    assert total_of(cube.dimensions[gender]) == 0
    everybody = Counting(cube, Plan(fixed, {}))
    assert [everybody.category(gender, place).people for place in (0, 1, 2)] == [
        96796,
        46227,
        50569,
    ]


NASTY = {
    "decimal comma": (b"alue;n\nA;12,0\nB;3,5\n", (12.0, 3.5)),
    "footnotes": (b'"t"\n\n"alue","2025"\n"A",1\n"B",2\n\n"note, with comma"\nmore\n', (1.0, 2.0)),
    "short rows": (b"alue;n;\nA;1\nB;2;\n", (1.0, 2.0)),
    "blank lines between title and header": (b'"t"\n\n\n\nalue;n\nA;1\nB;2\n', (1.0, 2.0)),
    "old mac line ends": (b"alue;n\rA;1\rB;2\r", (1.0, 2.0)),
    "code and name in one": (b"alue;n\nKU091 Helsinki;1\nKU092 Vantaa;2\n", (1.0, 2.0)),
    "minus for nobody": (b"alue;n\nA;-\nB;2\n", (0.0, 2.0)),
    "a row that is missing is nobody": (
        b"alue;sukupuoli;n\nA;1;5\nA;2;6\nB;1;7\n",
        (5.0, 6.0, 7.0, 0.0),
    ),
    "quoted marks": (b'alue;n\n"A";".."\n"B";"3"\n', (None, 3.0)),
    "a title without quotes": ("Väestö, alueet, 2025\n\nalue;n\nA;1\nB;2\n".encode(), (1.0, 2.0)),
}


@pytest.mark.parametrize("name", NASTY)
def test_tables_as_people_really_save_them_are_read(name):
    content, figures = NASTY[name]

    assert read(content).figures == figures


def changed(**changes):
    return corpus.as_bytes(corpus.reshaped(corpus.table_joint(), **changes))


REFUSED = {
    "nothing": (b"", Code.EMPTY),
    "broken json": (b'{"dimension": ', Code.NOT_STATISTICS),
    "another json": (b'{"a": 1}', Code.NOT_STATISTICS),
    "too few values": (changed(value=[1, 2]), Code.NOT_STATISTICS),
    "a cell that is not there": (changed(value={"99999": 1}), Code.NOT_STATISTICS),
    "values of another kind": (changed(value="many"), Code.NOT_STATISTICS),
    "other sizes": (changed(size=[1, 2, 3]), Code.NOT_STATISTICS),
    "no such dimension": (changed(id=["x"]), Code.NOT_STATISTICS),
    "deep": (b'{"a":' + b"[" * 100_000, Code.NOT_STATISTICS),
    "enormous numbers": (b'{"dimension": ' + b"9" * 10_000 + b"}", Code.NOT_STATISTICS),
    "a list": (b"[1, 2]", Code.NO_FIGURES),
    "two cubes": (b'{"a": {"dimension": {}}, "b": {"dimension": {}}}', Code.NOT_STATISTICS),
    "words only": (b"alue;nimi\nA;B\nC;D\n", Code.NO_FIGURES),
    "figures only": (b"a;b\n1;2\n3;4\n", Code.NO_FIGURES),
    "prose": (b"This is no table.\nAt all.\n", Code.NO_FIGURES),
    "the same cell twice": (b"alue;n\nA;1\nA;2\n", Code.SAME_CELL_TWICE),
    "a row too long": (b"alue;n\nA;1\nB;2;3;4\n", Code.ROW_TOO_LONG),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(50), Code.WRONG_KIND),
    "a pdf": (b"%PDF-1.7 something", Code.WRONG_KIND),
    "an open quote": (b'alue;n\nA;1\n"B;2\n', Code.OPEN_QUOTE),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_table_of_statistics_is_said(name):
    content, code = REFUSED[name]

    with pytest.raises(FileError) as refused:
        read_figures(content, "")

    assert refused.value.code is code


def test_more_figures_than_anybody_needs_are_refused_before_they_are_made_room_for():
    made = corpus.JsonStat()
    for name in ("a", "b", "c"):
        made.dimension(name, name, {str(number): str(number) for number in range(100)})
    data = {"id": list(made.dimensions), "dimension": made.dimensions, "value": {}}

    with pytest.raises(FileError) as refused:
        read_figures(corpus.as_bytes(data), "")

    assert refused.value.code is Code.TOO_MANY_FIGURES


def test_a_table_of_groups_is_told_from_statistics():
    quotas = read_figures(b"feature;value;min;max\nage;young;1;2\n", "")
    people = read_figures("peruste;arvo;väestö\nIkä;16-29;5\n".encode("cp1252"), "")

    assert (quotas["kind"], quotas["rows"][0]["maximum"]) == ("quotas", 2)
    assert (people["kind"], people["rows"][0]["population"]) == ("population", 5)


@pytest.mark.parametrize(
    ("label", "span"),
    [
        ("16-29", Span(16, 29)),
        ("15 - 19", Span(15, 19)),
        ("0–4", Span(0, 4)),
        ("75-", Span(75)),
        ("75+", Span(75)),
        ("100 -", Span(100)),
        ("099", Span(99, 99)),
        ("0-2 years (HE)", Span(0, 2)),
        ("0-2 -vuotiaat (HE)", Span(0, 2)),
        ("85 vuotta täyttäneet, 2023 (HE)", Span(85)),
        ("65-vuotiaat ja vanhemmat", Span(65)),
        ("15-vuotiaat", Span(15, 15)),
        ("65 år och äldre", Span(65)),
        ("85 years or over (HE)", Span(85)),
        ("alle 15", Span(0, 14)),
        ("30-16", None),
        ("2025", None),
        ("Yhteensä", None),
        ("200-", None),
    ],
)
def test_ages_are_understood_as_offices_write_them(label, span):
    assert age_span(label) == span


def test_groups_are_typed_with_dashes_and_commas():
    assert age_groups("16-29, 30–44;75-") == [Span(16, 29), Span(30, 44), Span(75)]
    assert age_groups("16-29\n30+") == [Span(16, 29), Span(30)]
    assert age_groups("young, old") is None
    assert age_groups(" , ") is None


def test_shared_ages_and_gaps_are_found():
    assert overlapping([Span(30), Span(16, 30)]) == (Span(16, 30), Span(30))
    assert overlapping([Span(16, 29), Span(30)]) is None
    assert gaps([Span(16, 29), Span(40, 50), Span(51)]) == [Span(30, 39)]


def test_a_bound_that_cuts_a_figure_in_two_is_told():
    cube = read(b"ika;n\n15-19;5\n20-24;6\n25-;7\n")

    groups, cut = age_groups_of(cube.dimensions[0], [Span(16, 24), Span(25)])

    assert cut == ["15-19"]
    assert [group.positions for group in groups] == [(1,), (2,)]


@given(st.lists(st.integers(0, 99), min_size=1, max_size=8, unique=True))
def test_the_finest_labels_hold_each_age_once(starts):
    bounds = [*sorted(starts), 130]
    parts = [Span(low, high - 1) for low, high in zip(bounds, bounds[1:], strict=False)]
    sums = [Span(parts[0].youngest, part.oldest) for part in parts[1:]] + [Span(0)]

    kept = finest([*sums, *parts])

    assert [place - len(sums) for place in kept] == list(range(len(parts)))


def test_headings_are_taken_apart():
    both = [
        f"{gender} {year} Väestö 31.12." for gender in ("Miehet", "Naiset") for year in (2024, 2025)
    ]

    assert factors(both) == [
        ("Miehet, Naiset", ["Miehet", "Naiset"]),
        ("Vuosi", ["2024", "2025"]),
        ("Tiedot", ["Väestö 31.12."]),
    ]
    assert factors(["n"]) == [("Tiedot", ["n"])]
    assert factors(["15 - 19", "15 - 24"]) == [("15 - 19, 15 - 24", ["15 - 19", "15 - 24"])]
    assert factors(["a x", "a y", "b x"]) == [("a x, a y, b x", ["a x", "a y", "b x"])]


@pytest.mark.parametrize("name", corpus.EXAMPLES)
def test_the_examples_are_what_is_tested_here(name):
    kept = Path(__file__).parents[3] / "docs" / "example" / "statistics" / name

    assert kept.read_bytes() == corpus.EXAMPLES[name]
