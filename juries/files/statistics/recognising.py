"""What the dimensions of a table are: told by what the file says of them and by their labels.

The names that statistical offices give their dimensions change from year to year, so none is used.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from juries.files.statistics.ages import age_span, finest
from juries.files.statistics.cubes import Category, Dimension, Role
from juries.files.tables import fold

# How many of the categories must look the part; the rest may be totals and footnotes.
MOST = 0.6

_AREA_CODE = re.compile(r"(?:KU|MK|SK|HVA)\d{2,5}")
_POSTAL_CODE = re.compile(r"\d{5}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_TOTALS = {"yhteensä", "totalt", "total", "kaikki", "alla", "all", "sammanlagt", "both sexes"}
_TOTAL_ENDS = (" yhteensä", " totalt", " total", ", total")
_TOTAL_STARTS = ("yhteensä", "totalt", "total", "ikäluokat yhteensä", "ages total")
_GENDERS = {"mies", "miehet", "nainen", "naiset", "man", "män", "men", "male", "males"} | {
    *("kvinna", "kvinnor", "woman", "women", "female", "females"),
}
_LANGUAGES = ("suomi", "finska", "finnish", "ruotsi", "svenska", "swedish")

NAMED: dict[Role, tuple[str, ...]] = {
    Role.AGE: ("ikä", "ikäryhmä", "ikäluokka", "ålder", "åldersgrupp", "age", "age group", "ika"),
    Role.GENDER: ("sukupuoli", "kön", "sex", "gender"),
    Role.LANGUAGE: ("kieli", "äidinkieli", "språk", "modersmål", "language", "mother tongue"),
    Role.POSTAL_CODE: ("postinumero", "postinumeroalue", "postnummer", "postnummerområde")
    + ("postal code", "postal code area", "postcode"),
    Role.YEAR: ("vuosi", "år", "year", "ajankohta", "time"),
    Role.MEASURE: ("tiedot", "uppgifter", "information", "tieto", "measure"),
    Role.PLACE: ("kunta", "kommun", "municipality"),
}
NAMES = {fold(name): role for role, names in NAMED.items() for name in names}


def recognised(
    dimensions: Iterable[Dimension], told: Callable[[Dimension], Role | None] | None = None
) -> tuple[Dimension, ...]:
    """Each dimension with its role: as the file tells, as it is called, or as it looks."""
    found = []
    for dimension in dimensions:
        role = told(dimension) if told else None
        role = _finer(dimension, role) or NAMES.get(fold(dimension.label)) or _by_look(dimension)
        found.append(replace(dimension, role=role or Role.OTHER, sure=role is not None))
    return tuple(found)


def total_of(dimension: Dimension) -> int | None:
    """The position of the category that is the sum of the others; None if there is none."""
    for position, category in enumerate(dimension.categories):
        if dimension.total and category.code == dimension.total:
            return position
    for position, category in enumerate(dimension.categories):
        if category.code == "SSS" or fold(category.label) in _TOTALS:
            return position
    if dimension.role is Role.AGE:
        return _age_total(dimension)
    starting = (fold(one.label).startswith(_TOTAL_STARTS) for one in dimension.categories)
    return next((position for position, starts in enumerate(starting) if starts), None)


def leaves_of(dimension: Dimension) -> tuple[int, ...]:
    """The positions of the categories that are no sums of others, so that none counts twice."""
    total = total_of(dimension)
    if dimension.role is Role.AGE:
        spans = [age_span(one.label) or age_span(one.code) for one in dimension.categories]
        ages = tuple(finest(spans))
        return ages or _all_but(dimension, total)
    kept = _all_but(dimension, total)
    return tuple(at for at in kept if not _is_subtotal(dimension, dimension.categories[at])) or kept


def _all_but(dimension: Dimension, total: int | None) -> tuple[int, ...]:
    kept = tuple(at for at in range(len(dimension.categories)) if at != total)
    return kept or tuple(range(len(dimension.categories)))


def _is_subtotal(dimension: Dimension, category: Category) -> bool:
    if dimension.role is Role.LANGUAGE and re.fullmatch(r"\d\d", category.code):
        return True
    return fold(category.label).endswith(_TOTAL_ENDS)


def _age_total(dimension: Dimension) -> int | None:
    """The label that holds all ages of the others, as 15- does where they begin at 15."""
    spans = [age_span(one.label) or age_span(one.code) for one in dimension.categories]
    leaves = [span for at in finest(spans) if (span := spans[at])]
    for position, span in enumerate(spans):
        if span and len(leaves) > 1 and all(span.holds(leaf) for leaf in leaves):
            return position
    return None


def _finer(dimension: Dimension, role: Role | None) -> Role | None:
    """A place whose categories are postal codes divides the people rather than fixing them."""
    if role is Role.PLACE and _look_like(dimension.categories, _is_postal):
        return Role.POSTAL_CODE
    return role


def _by_look(dimension: Dimension) -> Role | None:
    categories = dimension.categories
    looks: Sequence[tuple[Role, Callable[[Category], bool]]] = (
        (Role.GENDER, lambda one: fold(one.label) in _GENDERS),
        (Role.YEAR, lambda one: bool(_YEAR.fullmatch(one.label))),
        (Role.POSTAL_CODE, _is_postal),
        (Role.AGE, lambda one: age_span(one.label) is not None),
        (Role.PLACE, lambda one: bool(_AREA_CODE.fullmatch(one.code))),
    )
    for role, looks_so in looks:
        if _look_like(categories, looks_so):
            return role
    labels = [fold(one.label) for one in categories]
    if sum(label.startswith(_LANGUAGES) for label in labels) > 1:
        return Role.LANGUAGE
    return None


def _is_postal(category: Category) -> bool:
    return bool(_POSTAL_CODE.fullmatch(category.code))


def _look_like(categories: Sequence[Category], looks_so: Callable[[Category], bool]) -> bool:
    plain = [one for one in categories if one.code != "SSS" and fold(one.label) not in _TOTALS]
    return bool(plain) and sum(map(looks_so, plain)) >= MOST * len(plain)
