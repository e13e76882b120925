"""Tables of statistics as offices really send them; the municipality of Kaarnalahti is invented."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from typing import Any

# People of 16 and over by age group, gender (1 men, 2 women) and mother tongue.
AGES = ("16-29", "30-44", "45-59", "60-74", "75-")
TONGUES = ("fi", "sv", "muu")
ROWS = {
    ("16-29", "1"): (1991, 397, 295),
    ("16-29", "2"): (1853, 370, 274),
    ("30-44", "1"): (2272, 465, 445),
    ("30-44", "2"): (2183, 446, 429),
    ("45-59", "1"): (2516, 515, 228),
    ("45-59", "2"): (2487, 509, 225),
    ("60-74", "1"): (2739, 586, 82),
    ("60-74", "2"): (2897, 620, 86),
    ("75-", "1"): (1599, 369, 16),
    ("75-", "2"): (2181, 503, 22),
}
JOINT = {
    (age, gender, tongue): count
    for (age, gender), counts in ROWS.items()
    for tongue, count in zip(TONGUES, counts, strict=True)
}
AREAS = {
    "Keskusta": (("99100", 7340), ("99110", 5000)),
    "Rantapuoli": (("99200", 6920),),
    "Ylikaarna": (("99300", 4110),),
    "Saarenpää": (("99400", 3000), ("99410", 560)),
    "Vanhakirkko": (("99500", 2670),),
}
EDUCATION = {"Perusaste": 6480, "Toinen aste": 14090, "Korkea-aste": 9030}
CHILDREN = 6300

type Labels = Mapping[str, str]
type Figure = Callable[[tuple[str, ...]], int | None]


def one_year_ages() -> dict[tuple[str, str], int]:
    """The same people by single years, as in table 11re, with children of 0 to 15 before them."""
    people: dict[tuple[str, str], int] = {}
    for gender, children in (("1", 3200), ("2", 3100)):
        people |= _spread(range(16), gender, children)
    for (group, gender), counts in ROWS.items():
        first, _dash, last = group.partition("-")
        people |= _spread(range(int(first), int(last or 100) + 1), gender, sum(counts))
    return people


def _spread(ages: range, gender: str, people: int) -> dict[tuple[str, str], int]:
    each, rest = divmod(people, len(ages))
    return {(code_of(age), gender): each + (place < rest) for place, age in enumerate(ages)}


def code_of(age: int) -> str:
    return "100-" if age == 100 else f"{age:03}"


AGE_LABELS = {code_of(age): "100 -" if age == 100 else str(age) for age in range(101)}
ONE_YEAR = one_year_ages()


def age_and_gender(key: Sequence[str]) -> int:
    """The people of a row of table 11re, totals included."""
    age, gender = key
    return sum(
        count
        for (one, other), count in ONE_YEAR.items()
        if age in ("SSS", one) and gender in ("SSS", other)
    )


class JsonStat:
    """A data set in the making; each odd thing that an office does is a switch."""

    def __init__(self, title: str = "Väestö") -> None:
        self.title = title
        self.dimensions: dict[str, dict[str, Any]] = {}
        self.role: dict[str, list[str]] = {}

    def dimension(
        self, name: str, label: str, labels: Labels, *, role: str = "", total: str = ""
    ) -> "JsonStat":
        about: dict[str, Any] = {
            "label": label,
            "category": {
                "index": {code: place for place, code in enumerate(labels)},
                "label": dict(labels),
            },
        }
        if total:
            about["extension"] = {"elimination": True, "eliminationValueCode": total}
        if role:
            self.role.setdefault(role, []).append(name)
        self.dimensions[name] = about
        return self

    def data(self, figure: Figure) -> dict[str, Any]:
        codes = [list(one["category"]["label"]) for one in self.dimensions.values()]
        return {
            "version": "2.0",
            "class": "dataset",
            "label": self.title,
            "source": "Tilastokeskus, väestörakenne",
            "role": self.role,
            "id": list(self.dimensions),
            "size": [len(one) for one in codes],
            "dimension": self.dimensions,
            "value": [figure(key) for key in product(*codes)],
        }


GENDERS = {"SSS": "Yhteensä", "1": "Miehet", "2": "Naiset"}
NEW_IDS = ("alue_23_20260101", "ikaryhma_10_20180101", "sukupuoli_9_20180101", "timeperiod_y")
OLD_IDS = ("Alue", "Ikä", "Sukupuoli", "Vuosi")


def table_11re(
    ids: Sequence[str] = NEW_IDS, measure: str = "vaerak-vaesto", **roles: bool
) -> dict[str, Any]:
    """Age by single years and gender, as table 11re has it."""
    area, age, gender, year = ids
    made = JsonStat("11re -- Väestö iän (1-v.) ja sukupuolen mukaan alueittain")
    told = roles.get("told", True)
    made.dimension(area, "Alue", {"KU999": "Kaarnalahti"}, role="geo" if told else "")
    made.dimension(age, "Ikä", {"SSS": "Yhteensä", **AGE_LABELS}, total="SSS")
    made.dimension(gender, "Sukupuoli", GENDERS, total="SSS")
    made.dimension(year, "Vuosi", {"2025": "2025"}, role="time" if told else "")
    made.dimension(
        "contentscode", "Tiedot", {measure: "Väestö 31.12."}, role="metric" if told else ""
    )
    return made.data(lambda key: age_and_gender(key[1:3]))


def table_joint() -> dict[str, Any]:
    """Age groups, gender and mother tongue together, with totals."""
    made = JsonStat("Väestö iän, sukupuolen ja kielen mukaan")
    made.dimension("ika", "Ikä", {"SSS": "Yhteensä", **{age: age for age in AGES}})
    made.dimension("sp", "Sukupuoli", GENDERS)
    tongues = {"SSS": "Yhteensä", "fi": "suomi", "sv": "ruotsi", "muu": "muut kielet"}
    made.dimension("kieli", "Kieli", tongues)

    def people(key: tuple[str, ...]) -> int:
        return sum(
            count
            for cell, count in JOINT.items()
            if all(one in ("SSS", other) for one, other in zip(key, cell, strict=True))
        )

    return made.data(people)


def table_11rm() -> dict[str, Any]:
    """Mother tongue: subtotals stand among the languages, and small numbers are withheld."""
    made = JsonStat("11rm -- Kieli sukupuolen mukaan kunnittain")
    made.dimension("alue", "Alue", {"KU999": "Kaarnalahti"}, role="geo")
    tongues = {
        "SSS": "Yhteensä",
        "01": "KOTIMAISET KIELET YHTEENSÄ",
        "fi": "suomi",
        "sv": "ruotsi",
        "se": "saame",
        "02": "VIERASKIELISET YHTEENSÄ",
        "ar": "arabia",
        "et": "viro, eesti",
        "xx": "Muu kieli",
    }
    made.dimension("kieli", "Kieli", tongues, total="SSS")
    made.dimension("sp", "Sukupuoli", GENDERS, total="SSS")
    made.dimension("v", "Vuosi", {"2025": "2025"}, role="time")
    people = {"SSS": 29600, "01": 27498, "fi": 22718, "sv": 4780, "ar": 900, "xx": 700}
    return made.data(lambda key: people.get(key[1]) if key[2] == "SSS" else None)


def as_bytes(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()


def reshaped(data: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {**data, **changes}


def sparse(data: dict[str, Any]) -> dict[str, Any]:
    return reshaped(data, value={str(at): n for at, n in enumerate(data["value"]) if n is not None})


def version_1(data: dict[str, Any]) -> dict[str, Any]:
    inner = {name: data[name] for name in ("label", "source", "value")}
    about = {**data["dimension"], **{name: data[name] for name in ("id", "size", "role")}}
    return {"dataset": {**inner, "dimension": about}}


def with_categories(
    data: dict[str, Any], change: Callable[[dict[str, Any]], dict[str, Any]]
) -> dict[str, Any]:
    dimensions = {
        name: {**about, "category": change(about["category"])}
        for name, about in data["dimension"].items()
    }
    return reshaped(data, dimension=dimensions)


def index_as_array(category: dict[str, Any]) -> dict[str, Any]:
    return {**category, "index": list(category["index"])}


def without_index(category: dict[str, Any]) -> dict[str, Any]:
    return {"label": category["label"]} if len(category["label"]) == 1 else category


def without_labels_of_one(category: dict[str, Any]) -> dict[str, Any]:
    return {"index": category["index"]} if len(category["index"]) == 1 else category


def csv_line(cells: Iterable[object], mark: str) -> str:
    return mark.join(
        f'"{cell}"' if isinstance(cell, str) and not cell.startswith(".") else str(cell)
        for cell in cells
    )


def px_csv(
    title: str,
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    mark: str = ",",
    encoding: str = "cp1252",
    notes: Sequence[str] = (),
    end: str = "\r\n",
) -> bytes:
    """A file as PxWeb saves it: the title, a blank line, the header and the rows, then notes."""
    lines = [f'"{title}"', ""] if title else []
    lines += [csv_line(header, mark), *(csv_line(row, mark) for row in rows)]
    if notes:
        lines += ["", *notes]
    return (end.join(lines) + end).encode(encoding)


def joint_csv(mark: str = ";", encoding: str = "utf-8") -> bytes:
    """The whole joint table, one row for each cell."""
    lines = [mark.join(("ika", "sukupuoli", "kieli", "n"))]
    lines += [mark.join((*cell, str(count))) for cell, count in JOINT.items()]
    return ("\n".join(lines) + "\n").encode(encoding)


def joint_px_csv(mark: str = ",", encoding: str = "cp1252") -> bytes:
    """The joint table with gender and year across the page."""
    named = {"fi": "suomi", "sv": "ruotsi", "muu": "muu kieli"}
    header = ("Ikä", "Kieli", "Miehet 2025 Väestö 31.12.", "Naiset 2025 Väestö 31.12.")
    rows = [
        (age, named[tongue], JOINT[age, "1", tongue], JOINT[age, "2", tongue])
        for age in AGES
        for tongue in TONGUES
    ]
    return px_csv("Väestö iän ja kielen mukaan", header, rows, mark=mark, encoding=encoding)


def paavo_csv() -> bytes:
    """Postal code areas as Paavo labels them."""
    rows = [
        (f"{code}  {name} (Kaarnalahti)", "Asukkaat yhteensä, 2025 (HE)", people)
        for name, codes in AREAS.items()
        for code, people in codes
    ]
    return px_csv(
        "12f7 -- 9. Kaikki tietoryhmät", ("Postinumeroalue", "Tiedot", "2025"), rows, mark=";"
    )


# Postal code area 00100 in the column of 2023, as Statistics Finland published it.
PAAVO_AGES = {
    **{"0-2": 370, "3-6": 397, "7-12": 693, "13-15": 355, "16-17": 282, "18-19": 314},
    **{"20-24": 1828, "25-29": 2316, "30-34": 1702, "35-39": 1325, "40-44": 1171},
    **{"45-49": 1214, "50-54": 1037, "55-59": 1098, "60-64": 946, "65-69": 810},
    **{"70-74": 764, "75-79": 912, "80-84": 552},
}
PAAVO_LABEL = "00100  Helsinki keskusta - Etu-Töölö (Helsinki)"


def paavo_00100() -> bytes:
    """All data groups of one postal code area, the ages among the measures."""
    measures = {"Inhabitants, total (HE)": 18462, "Males (HE)": 8711, "Females (HE)": 9751}
    measures |= {f"{ages} years (HE)": people for ages, people in PAAVO_AGES.items()}
    measures |= {
        "85 years or over (HE)": 376,
        "18 or over, total (KO)": 16365,
        "Basic level (KO)": 1749,
        "Matriculation examination (KO)": 2645,
        "Vocational diploma (KO)": 1747,
        "Academic degree - Lower level (KO)": 3999,
        "Academic degree - Higher level (KO)": 6225,
    }
    rows = [(PAAVO_LABEL, measure, people) for measure, people in measures.items()]
    return px_csv(
        "12f7 -- 9. All data groups, 2010-2023",
        ("Postal code area", "Information", "2023"),
        rows,
    )


EXAMPLES = {
    "11re.json": as_bytes(table_11re()),
    "11rm.json": as_bytes(table_11rm()),
    "paavo.csv": paavo_csv(),
    "together.csv": joint_csv(),
}
"""What lies in docs/example/statistics, to be tried out."""
