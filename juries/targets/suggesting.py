"""What is suggested for a table of statistics before anybody has said anything."""

import re
from dataclasses import dataclass, field, replace

from django.utils.translation import get_language

from juries.files.statistics.ages import Span, age_span
from juries.files.statistics.counting import Counting, Plan, age_groups_of
from juries.files.statistics.cubes import Category, Cube, Dimension, Role
from juries.files.statistics.recognising import leaves_of
from juries.files.tables import fold
from juries.models import Jury
from juries.models.translated import LANGUAGE_CODES
from juries.targets.known_labels import SPELLINGS
from juries.targets.proposing import FIXED

# Age groups of about equal size in most municipalities.
AGE_GROUPS = (Span(0, 29), Span(30, 44), Span(45, 59), Span(60, 74), Span(75))
MOST_NAMED = 40
MOST_AGE_GROUPS = 12
CRITERIA = {
    Role.AGE: "ikäryhmä",
    Role.GENDER: "sukupuoli",
    Role.LANGUAGE: "äidinkieli",
    Role.POSTAL_CODE: "asuinalue",
}
# What offices call two genders; the codes 1 and 2 come without names in plain tables.
GENDERS = {"1": "mies", "2": "nainen"} | {
    **dict.fromkeys(("miehet", "män", "men", "male", "males", "mies", "man"), "mies"),
    **dict.fromkeys(("naiset", "kvinnor", "women", "female", "females", "nainen"), "nainen"),
    **dict.fromkeys(("kvinna", "woman"), "nainen"),
}
LANGUAGES = {"fi": "suomi", "sv": "ruotsi", "suomi": "suomi", "finska": "suomi"} | {
    **{"finnish": "suomi", "ruotsi": "ruotsi", "svenska": "ruotsi", "swedish": "ruotsi"},
}
OTHER_LANGUAGE = "muu kieli"

_MUNICIPALITY = re.compile(r"\s*\([^()]*\)\s*$")
_CODE = re.compile(r"^(?:(?:KU|MK|SK|HVA)\d{2,5}|\d{5})\s+")
_PEOPLE = re.compile(r"väestö|asukkaat|folkmängd|befolkning|invånare|population|inhabitants")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """For one dimension: its one category, or the groups by position, and the criterion's name."""

    one: int | None = None
    ages: str = ""
    groups: dict[int, str] = field(default_factory=dict)
    name: str = ""


def suggestions(jury: Jury, cube: Cube) -> list[Suggestion]:
    """What is suggested for each dimension; no criterion where nobody is known to belong to it."""
    found = [_suggestion(jury, dimension) for dimension in cube.dimensions]
    fixed = {at: one.one for at, one in enumerate(found) if one.one is not None}
    counting = Counting(cube, Plan(fixed, {}))
    return [
        one
        if any(counting.category(at, leaf).people for leaf in one.groups or ()) or one.ages
        else replace(one, name="")
        for at, one in enumerate(found)
    ]


def _suggestion(jury: Jury, dimension: Dimension) -> Suggestion:
    """What is most likely wanted of a dimension in its role."""
    if dimension.role in FIXED:
        return Suggestion(one=_one(dimension))
    if dimension.role is Role.AGE:
        return Suggestion(ages=_ages(jury, dimension), name=in_words("ikäryhmä"))
    leaves = leaves_of(dimension)
    many = len(leaves) > MOST_NAMED and dimension.role is not Role.LANGUAGE
    groups = {} if many else {at: _name(dimension, dimension.categories[at]) for at in leaves}
    name = in_words(CRITERIA[dimension.role]) if dimension.role in CRITERIA else dimension.label
    return Suggestion(groups=groups, name=name if groups and len(set(groups.values())) > 1 else "")


def in_words(known: str) -> str:
    """A known label in the language of the page, with a capital letter if it names a criterion."""
    language = (get_language() or "fi")[:2]
    labels = dict(zip(LANGUAGE_CODES, SPELLINGS.get(fold(known), ()), strict=False))
    word = labels.get(language, known)
    return word[:1].upper() + word[1:] if known in CRITERIA.values() else word


def _one(dimension: Dimension) -> int:
    """The latest year, the measure that counts people, the first place that is no sum."""
    positions = range(len(dimension.categories))
    if dimension.role is Role.YEAR:
        return max(positions, key=lambda at: dimension.categories[at].label)
    if dimension.role is Role.MEASURE:
        counting = (at for at in positions if _PEOPLE.search(fold(dimension.categories[at].label)))
        return next(counting, 0)
    return leaves_of(dimension)[0]


def _ages(jury: Jury, dimension: Dimension) -> str:
    """The usual groups from the minimum age on; where the table cuts them, its own ages."""
    usual = [
        Span(max(span.youngest, jury.minimum_age), span.oldest)
        for span in AGE_GROUPS
        if span.end >= jury.minimum_age
    ]
    groups, cut = age_groups_of(dimension, usual)
    if not cut and all(group.positions for group in groups):
        return ", ".join(str(span) for span in usual)
    own = [age_span(dimension.categories[at].label) for at in leaves_of(dimension)]
    taken = [span for span in own if span and span.youngest >= jury.minimum_age]
    return ", ".join(str(span) for span in sorted(taken)[:MOST_AGE_GROUPS])


def _name(dimension: Dimension, category: Category) -> str:
    label = _CODE.sub("", category.label)
    keys = (fold(category.code), fold(label))
    if dimension.role is Role.GENDER:
        return in_words(next((GENDERS[key] for key in keys if key in GENDERS), label))
    if dimension.role is Role.LANGUAGE:
        return in_words(next((LANGUAGES[key] for key in keys if key in LANGUAGES), OTHER_LANGUAGE))
    return _MUNICIPALITY.sub("", label)[:100]
