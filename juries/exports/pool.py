"""The pool and the quotas for other programs: identifiers and criteria, nobody's name.

The files are what ``selection`` on the command line reads, and what the sortition tools that are in
use elsewhere read as they are.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db import models, transaction
from django.utils.translation import gettext_lazy

from juries.audit import record
from juries.exports.people import File, Line, criteria_columns, value_names
from juries.files.writing import CSV_TYPE, MARK, csv_bytes
from juries.models import CriterionValue, Jury, Registrant, User
from juries.pool.households import Resident, homes_of

QUOTA_HEADER = ["feature", "value", "min", "max", "min_flex", "max_flex"]


class Reader(models.TextChoices):
    """For whom the pool is written."""

    HOUSE = "house", gettext_lazy("This house's own command line")
    LIBRARY = "library", gettext_lazy("sortition-algorithms and its tools")
    OPENDLP = "opendlp", gettext_lazy("OpenDLP")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a program wants its file: what stands before and after the criteria."""

    before: tuple[str, ...]
    lead: Callable[[Registrant, str], Line]
    after: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()
    delimiter: str = ","
    mark: bool = False


LAYOUTS: Mapping[str, Layout] = MappingProxyType(
    {
        Reader.HOUSE: Layout(
            ("id", "household"), lambda one, home: [one.reference, home], delimiter=";", mark=True
        ),
        Reader.LIBRARY: Layout(
            ("nationbuilder_id", "household"), lambda one, home: [one.reference, home]
        ),
        Reader.OPENDLP: Layout(
            ("external_id", "eligible", "can_attend"),
            lambda one, _home: [one.reference, "true", "true"],
            after=("consent", "stay_on_db"),
            tail=("true", "false"),
            mark=True,
        ),
    }
)


@transaction.atomic
def export_pool(*, jury: Jury, reader: Reader, reason: str, by: User) -> File:
    """Everybody in the pool who has a value of each criterion, by identifier."""
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    layout, criteria, values = LAYOUTS[reader], criteria_columns(jury), value_names(jury)
    pool = list(jury.registrants.in_pool().order_by("reference"))
    homes = _homes(jury, pool)
    rows = [
        [
            *layout.lead(one, homes.get(one.pk, "")),
            *(values[one.pk][column] for column, _criterion in criteria),
            *layout.tail,
        ]
        for one in pool
        if len(values.get(one.pk, {})) == len(criteria)
    ]
    record(
        "people.exported",
        jury=jury,
        by=by,
        people=len(rows),
        columns=[str(criterion) for _column, criterion in criteria],
        format=str(reader),
        reason=reason,
    )
    header = [*layout.before, *(str(criterion) for _column, criterion in criteria), *layout.after]
    return _plain_csv(f"{jury.slug}-pool-{reader}.csv", header, rows, layout)


def quotas_file(jury: Jury) -> File:
    """The quotas as every one of these programs reads them."""
    values = CriterionValue.objects.filter(criterion__jury=jury).select_related("criterion")
    rows = [
        [
            str(value.criterion),
            str(value),
            *_numbers(value.minimum, value.maximum, value.minimum_flex, value.maximum_flex),
        ]
        for value in values.order_by("criterion__position", "criterion_id", "position", "pk")
    ]
    layout = Layout((), lambda _one, _home: [])
    return _plain_csv(f"{jury.slug}-quotas.csv", QUOTA_HEADER, rows, layout)


def _numbers(*numbers: int | None) -> Line:
    return ["" if number is None else str(number) for number in numbers]


def _homes(jury: Jury, pool: list[Registrant]) -> dict[int, str]:
    """A number for everybody who lives with others, where one of a household is drawn."""
    if not jury.one_per_household:
        return {}
    residents = [
        Resident(one.pk, one.household_id, one.street_address, one.postal_code) for one in pool
    ]
    homes = zip(residents, homes_of(jury, residents), strict=True)
    return {one.pk: str(home) for one, home in homes if home is not None}


def _plain_csv(name: str, header: Line, rows: list[Line], layout: Layout) -> File:
    content = csv_bytes(header, rows, delimiter=layout.delimiter)
    return File(name, CSV_TYPE, content if layout.mark else content.removeprefix(MARK.encode()))
