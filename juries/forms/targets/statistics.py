"""What is wanted of a table of statistics: one form, with a part for each of its dimensions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juries.files.statistics.ages import Span, age_groups, overlapping
from juries.files.statistics.counting import Counting, Group, Plan, age_groups_of
from juries.files.statistics.cubes import Cube, Dimension, Role
from juries.files.statistics.reading import MOST_VALUES
from juries.files.statistics.recognising import leaves_of
from juries.forms.fields import LineField
from juries.forms.targets.criteria import BandForm
from juries.forms.targets.group_lines import lines_of, read_lines
from juries.models import Jury
from juries.targets.proposing import FIXED, FURTHER_GENDERS, Wish
from juries.targets.suggesting import MOST_NAMED, in_words, suggestions

ROLES = (
    (Role.AGE, gettext_lazy("ages")),
    (Role.GENDER, gettext_lazy("gender")),
    (Role.LANGUAGE, gettext_lazy("language")),
    (Role.POSTAL_CODE, gettext_lazy("postal codes")),
    (Role.OTHER, gettext_lazy("another trait, such as education or area")),
    (Role.PLACE, gettext_lazy("places, of which one is meant")),
    (Role.YEAR, gettext_lazy("years, of which one is meant")),
    (Role.MEASURE, gettext_lazy("what is counted, of which one is meant")),
)


@dataclass(frozen=True, slots=True)
class Part:
    """The fields of one dimension, as the page prints them."""

    dimension: Dimension
    fields: list[forms.BoundField]
    rows: list[tuple[str, int, forms.BoundField]]


class StatisticsForm(BandForm):
    """The roles of the dimensions, what is chosen of them, and the groups of people."""

    all_optional = True

    def __init__(self, data: Mapping[str, str] | None = None, *, jury: Jury, cube: Cube) -> None:
        given = dict(data.items()) if data is not None else {}
        self.jury = jury
        self.dimensions = tuple(
            replace(one, role=_role(given.get(f"role_{at}", ""), one.role))
            for at, one in enumerate(cube.dimensions)
        )
        self.cube = replace(cube, dimensions=self.dimensions)
        self.open = [at for at, one in enumerate(self.dimensions) if len(one.categories) > 1]
        self.suggestions = suggestions(jury, self.cube)
        initial = {"band": jury.quota_band}
        for at in self.open:
            suggested = self._suggested(at)
            if given.get(f"seen_{at}") != self.dimensions[at].role:
                # The role is new, so its fields were not on the page that was sent.
                given = {**given, **suggested}
            initial |= suggested
        super().__init__(given if data is not None else None, jury=jury, initial=initial)
        for at in self.open:
            self._add_fields(at)
        self._add_pairs()
        self.order_fields([name for name in self.fields if name not in {"band", "reason"}])

    def _suggested(self, at: int) -> dict[str, Any]:
        dimension = self.dimensions[at]
        found = self.suggestions[at]
        fields: dict[str, Any] = {f"role_{at}": dimension.role, f"seen_{at}": dimension.role}
        if dimension.role in FIXED:
            return fields | {f"one_{at}": str(found.one)}
        fields[f"name_{at}"] = found.name
        if dimension.role is Role.AGE:
            return fields | {f"ages_{at}": found.ages}
        if dimension.role is Role.GENDER:
            fields[f"further_{at}"] = "on"
        if len(leaves_of(dimension)) > MOST_NAMED:
            return fields | {f"lines_{at}": lines_of(dimension, found.groups)}
        return fields | {f"group_{at}_{p}": name for p, name in found.groups.items()}

    def _add_fields(self, at: int) -> None:
        dimension = self.dimensions[at]
        self.fields[f"role_{at}"] = forms.ChoiceField(
            label=_("The table has here"), choices=ROLES, required=False
        )
        self.fields[f"seen_{at}"] = forms.CharField(widget=forms.HiddenInput, required=False)
        if dimension.role in FIXED:
            self.fields[f"one_{at}"] = forms.TypedChoiceField(
                label=_("Take this one"),
                choices=[(p, one.label) for p, one in enumerate(dimension.categories)],
                coerce=int,
            )
            return
        self.fields[f"name_{at}"] = LineField(
            label=_("Name of the criterion"),
            help_text=_("Leave it empty if no criterion shall be made of this."),
            max_length=100,
            required=False,
        )
        self._add_groups(at, dimension)

    def _add_groups(self, at: int, dimension: Dimension) -> None:
        if dimension.role is Role.AGE:
            self.fields[f"ages_{at}"] = forms.CharField(
                label=_("Age groups"),
                help_text=_("From – to, with commas between: 16–29, 30–44, 45–59, 60–74, 75–"),
                max_length=300,
                required=False,
            )
            return
        if len(leaves_of(dimension)) > MOST_NAMED:
            self.fields[f"lines_{at}"] = forms.CharField(
                label=_("Groups"),
                help_text=_(
                    "A group on each line, its codes after a colon (Centre: 00100, 00120), or a"
                    " table copied from a spreadsheet with a code and its group on each line."
                    " What is not named is left out. If you name nothing, everything counts."
                ),
                widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
                max_length=200_000,
                required=False,
                strip=False,
            )
        else:
            for position in leaves_of(dimension):
                self.fields[f"group_{at}_{position}"] = LineField(
                    label=_("Group"), max_length=100, required=False
                )
        if dimension.role is Role.GENDER:
            self.fields[f"further_{at}"] = forms.BooleanField(
                label=_("Add “other” and “do not want to tell”, of whom none is required"),
                required=False,
            )

    def _add_pairs(self) -> None:
        dividing = [at for at in self.open if self.dimensions[at].role not in FIXED]
        for first, second in combinations(dividing, 2):
            self.fields[f"pair_{first}_{second}"] = forms.BooleanField(
                label=_("Quotas also for %(first)s and %(second)s together")
                % {"first": self._called(first), "second": self._called(second)},
                required=False,
            )

    def _called(self, at: int) -> str:
        return str(self.initial.get(f"name_{at}") or self.dimensions[at].label)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if not self.errors:
            self.wishes = [self._wish(at) for at in range(len(self.dimensions))]
        if not self.errors:
            self._refuse_names_twice()
            self._refuse_too_many()
        return facts

    def _wish(self, at: int) -> Wish:
        dimension, facts = self.dimensions[at], self.cleaned_data
        if at not in self.open:
            return Wish(dimension.role, one=0)
        if dimension.role in FIXED:
            return Wish(dimension.role, one=facts[f"one_{at}"])
        name = facts[f"name_{at}"]
        if dimension.role is Role.AGE:
            spans, groups = self._age_groups(at, facts[f"ages_{at}"])
            return Wish(dimension.role, groups=groups, spans=spans, name=name)
        further = FURTHER_GENDERS if facts.get(f"further_{at}") else ()
        groups = self._groups(at, dimension)
        if name and not groups:
            self.add_error(f"name_{at}", _("There are no groups to make a criterion of."))
        return Wish(dimension.role, None, groups, (), name, tuple(map(in_words, further)))

    def _age_groups(self, at: int, text: str) -> tuple[tuple[Span, ...], tuple[Group, ...]]:
        field = f"ages_{at}"
        spans = age_groups(text) if text.strip() else []
        if spans is None:
            self.add_error(field, _("Write age groups such as 16–29, 30–44, 75–."))
            return (), ()
        if shared := overlapping(spans):
            facts = {"first": shared[0], "second": shared[1]}
            self.add_error(field, _("%(first)s and %(second)s share ages.") % facts)
        groups, cut = age_groups_of(self.dimensions[at], spans)
        if cut:
            self.add_error(
                field,
                _(
                    "The table has these ages as one figure, so no group can begin or end inside"
                    " them: %(ages)s."
                )
                % {"ages": ", ".join(cut)},
            )
        if not spans and self.cleaned_data[f"name_{at}"]:
            self.add_error(field, _("Write age groups such as 16–29, 30–44, 75–."))
        return tuple(spans), groups

    def _groups(self, at: int, dimension: Dimension) -> tuple[Group, ...]:
        if len(leaves_of(dimension)) > MOST_NAMED:
            groups, wrong = read_lines(self.cleaned_data[f"lines_{at}"], dimension)
            for sentence in wrong:
                self.add_error(f"lines_{at}", sentence)
            return groups
        gathered: dict[str, list[int]] = {}
        for position in leaves_of(dimension):
            name = self.cleaned_data[f"group_{at}_{position}"]
            if name:
                gathered.setdefault(name, []).append(position)
        return tuple(Group(name, tuple(positions)) for name, positions in gathered.items())

    def _refuse_names_twice(self) -> None:
        names: dict[str, int] = {}
        for at, wish in enumerate(self.wishes):
            if wish.name and names.setdefault(wish.name.casefold(), at) != at:
                self.add_error(f"name_{at}", _("Two criteria have the same name."))

    def _refuse_too_many(self) -> None:
        """Every value is a row of the form of quotas, and a request has only so many fields."""
        sizes = [len(wish.groups) if wish.name else 0 for wish in self.wishes]
        values = sum(sizes) + sum(sizes[one] * sizes[other] for one, other in self.pairs())
        if values > MOST_VALUES:
            self.add_error(
                None,
                _("These are %(count)s groups; %(limit)s is the most.")
                % {"count": values, "limit": MOST_VALUES},
            )

    def pairs(self) -> list[tuple[int, int]]:
        """The dimensions whose criteria are wanted together."""
        chosen = (name for name in self.fields if name.startswith("pair_"))
        return [_pair(name) for name in chosen if self.cleaned_data.get(name)]

    def parts(self) -> list[Part]:
        """The fields by dimension; each category with its people."""
        counting = Counting(self.cube, self._rough_plan())
        return [self._part(at, counting) for at in self.open]

    def pair_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("pair_")]

    def _part(self, at: int, counting: Counting) -> Part:
        named = [f"{kind}_{at}" for kind in ("role", "seen", "one", "name", "ages", "lines")]
        named.append(f"further_{at}")
        rows = [
            (one.label, counting.category(at, position).people, self[f"group_{at}_{position}"])
            for position, one in enumerate(self.dimensions[at].categories)
            if f"group_{at}_{position}" in self.fields
        ]
        fields = [self[name] for name in named if name in self.fields]
        return Part(self.dimensions[at], fields, rows)

    def _rough_plan(self) -> Plan:
        """What was chosen of the fixed dimensions, or is suggested; all of the others."""
        fixed: dict[int, int] = {}
        for at, dimension in enumerate(self.dimensions):
            if at not in self.open:
                fixed[at] = 0
            elif dimension.role in FIXED:
                chosen = str(self[f"one_{at}"].value())
                known = chosen.isascii() and chosen.isdigit() and len(chosen) < 7
                place = int(chosen) if known else 0
                fixed[at] = place if place < len(dimension.categories) else 0
        return Plan(fixed, {})


def _role(text: str, otherwise: Role) -> Role:
    return Role(text) if text in Role._value2member_map_ else otherwise


def _pair(name: str) -> tuple[int, int]:
    _kind, first, second = name.split("_")
    return int(first), int(second)
