"""How many people belong to each group: categories of a cube merged, left out, added up.

A dimension that divides the people has groups of categories. A category of no group is left out of
everything, so that women are counted among those of 16 and over if the groups of age begin there.
Whatever a dimension's own total says is used instead of its parts where all of them count, since
parts may be withheld where the total is not.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import isclose

from juries.files.statistics.ages import Span, age_span
from juries.files.statistics.cubes import Cube, Dimension
from juries.files.statistics.recognising import leaves_of, total_of

MOST_DIFFERENCE = 0.005


@dataclass(frozen=True, slots=True)
class Group:
    """Categories counted as one, by their positions."""

    name: str
    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked of a cube: by dimension its one category, or its groups; or all of it."""

    fixed: Mapping[int, int]
    groups: Mapping[int, tuple[Group, ...]]


@dataclass(frozen=True, slots=True)
class Count:
    """The people of a group; ``withheld`` figures are not among them.

    ``is_rest`` tells that they are what the total leaves when the other groups are taken away.
    """

    people: int
    withheld: int = 0
    is_rest: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """The parts of a dimension do not add up to the total that the file gives."""

    dimension: int
    parts: int
    total: int


def age_groups_of(
    dimension: Dimension, wanted: Sequence[Span]
) -> tuple[tuple[Group, ...], list[str]]:
    """The groups made of the dimension's ages, and the labels that a bound cuts in two."""
    leaves = leaves_of(dimension)
    spans = {at: _span(dimension, at) for at in leaves}
    groups = tuple(
        Group(str(group), tuple(at for at, span in spans.items() if span and group.holds(span)))
        for group in wanted
    )
    cut = [
        dimension.categories[at].label
        for at, span in spans.items()
        if span and any(group.meets(span) and not group.holds(span) for group in wanted)
    ]
    return groups, cut


def _span(dimension: Dimension, at: int) -> Span | None:
    category = dimension.categories[at]
    return age_span(category.label) or age_span(category.code)


class Counting:
    """One cube counted by one plan."""

    def __init__(self, cube: Cube, plan: Plan) -> None:
        self.cube = cube
        self.plan = plan
        self.totals = [total_of(dimension) for dimension in cube.dimensions]
        self.leaves = [leaves_of(dimension) for dimension in cube.dimensions]
        self.counted = [self._counted(at) for at in range(len(cube.dimensions))]

    def groups(self, at: int) -> list[Count]:
        """The people of each group of one dimension, in the order of its groups."""
        counts = [self._count({at: group.positions}) for group in self.plan.groups[at]]
        short = [place for place, count in enumerate(counts) if count.withheld]
        if len(short) == 1:
            others = sum(count.people for count in counts if not count.withheld)
            counts[short[0]] = self._rest(at, others) or counts[short[0]]
        return counts

    def pairs(self, first: int, second: int) -> list[list[Count]]:
        """The people of each pair of groups of two dimensions."""
        return [
            [
                self._count({first: one.positions, second: other.positions})
                for other in self.plan.groups[second]
            ]
            for one in self.plan.groups[first]
        ]

    def category(self, at: int, position: int) -> Count:
        """The people of one category, whether or not it belongs to a group."""
        return self._count({at: (position,)})

    def differences(self) -> Iterator[Difference]:
        """Where the figures contradict a total by more than half a percent."""
        for at, total in enumerate(self.totals):
            if at in self.plan.fixed or total is None:
                continue
            whole = self.category(at, total)
            parts = self._count({at: self.leaves[at]})
            explained = parts.withheld and parts.people <= whole.people
            if whole.withheld or explained:
                continue
            if abs(parts.people - whole.people) > MOST_DIFFERENCE * whole.people:
                yield Difference(at, parts.people, whole.people)

    def _counted(self, at: int) -> tuple[int, ...]:
        if at in self.plan.fixed:
            return (self.plan.fixed[at],)
        total, leaves = self.totals[at], self.leaves[at]
        groups = self.plan.groups.get(at, ())
        grouped = {position for group in groups for position in group.positions}
        counted = tuple(at for at in leaves if at in grouped) if grouped else leaves
        return (total,) if total is not None and len(counted) == len(leaves) else counted

    def _count(self, chosen: Mapping[int, tuple[int, ...]]) -> Count:
        """The cells of the chosen categories, and of every other dimension those that count."""
        places = product(*(chosen.get(at, counted) for at, counted in enumerate(self.counted)))
        figures = [self.cube.figure(place) for place in places]
        known = [figure for figure in figures if figure is not None]
        return Count(round(sum(known)), withheld=len(figures) - len(known))

    def _rest(self, at: int, others: int) -> Count | None:
        """What the total leaves, where every category belongs to a group."""
        total = self.totals[at]
        covered = {position for group in self.plan.groups[at] for position in group.positions}
        if total is None or not covered >= set(self.leaves[at]):
            return None
        whole = self.category(at, total)
        if whole.withheld or whole.people < others:
            return None
        return Count(whole.people - others, is_rest=True)


def is_whole(cube: Cube) -> bool:
    """Whether the figures count people rather than measuring something."""
    return all(figure is None or isclose(figure, round(figure)) for figure in cube.figures)
