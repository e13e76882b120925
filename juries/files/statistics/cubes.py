"""A table of statistics as a cube: some dimensions, each with categories, and a figure per cell."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import prod
from typing import Any, Self

from juries.files.errors import Code, UnreadableFile

MAXIMUM_CELLS = 500_000
LONGEST_LABEL = 300


class Role(StrEnum):
    """What a dimension says about people; the first three are fixed to one category."""

    PLACE = "place"
    YEAR = "year"
    MEASURE = "measure"
    AGE = "age"
    GENDER = "gender"
    LANGUAGE = "language"
    POSTAL_CODE = "postal_code"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Category:
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way in which the figures are divided.

    ``total`` is the code that the file itself names as the sum of the others. ``sure`` tells
    whether the role was named or evident; otherwise somebody should look at it.
    """

    name: str
    label: str
    categories: tuple[Category, ...]
    role: Role = Role.OTHER
    total: str = ""
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Cube:
    """``figures``: one for each cell, the last dimension varying fastest; None is withheld."""

    title: str
    source: str
    dimensions: tuple[Dimension, ...]
    figures: tuple[float | None, ...]

    @property
    def sizes(self) -> tuple[int, ...]:
        return tuple(len(dimension.categories) for dimension in self.dimensions)

    def figure(self, place: Sequence[int]) -> float | None:
        """The figure of one category of each dimension."""
        index = 0
        for size, position in zip(self.sizes, place, strict=True):
            index = index * size + position
        return self.figures[index]

    def as_data(self) -> dict[str, Any]:
        """What ``of_data`` takes back, in what JSON can hold."""
        return {
            "title": self.title,
            "source": self.source,
            "dimensions": [
                {
                    "name": one.name,
                    "label": one.label,
                    "role": one.role,
                    "total": one.total,
                    "sure": one.sure,
                    "categories": [[category.code, category.label] for category in one.categories],
                }
                for one in self.dimensions
            ],
            "figures": list(self.figures),
        }

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> Self:
        dimensions = tuple(
            Dimension(
                one["name"],
                one["label"],
                tuple(Category(code, label) for code, label in one["categories"]),
                Role(one["role"]),
                one["total"],
                one["sure"],
            )
            for one in data["dimensions"]
        )
        return cls(data["title"], data["source"], dimensions, tuple(data["figures"]))


def refuse_too_many(sizes: Iterable[int]) -> int:
    """The number of cells, unless there are more than anybody needs for a jury."""
    cells = prod(sizes)
    if cells > MAXIMUM_CELLS:
        raise UnreadableFile.because(Code.TOO_MANY_FIGURES, file="", limit=MAXIMUM_CELLS)
    return cells


def plain(text: object) -> str:
    """A label in one line: single spaces, no marks that nobody sees, not endlessly long."""
    shown = "".join(character if character.isprintable() else " " for character in str(text))
    return " ".join(shown.replace("\u200b", "").split())[:LONGEST_LABEL]


def distinct(names: Iterable[str]) -> Iterator[str]:
    """The names, those that come again numbered, so that each names one thing."""
    seen: dict[str, int] = {}
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"
