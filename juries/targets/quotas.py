"""How many of the panel each value of a criterion shall have: calculated, or changed by hand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from juries.audit import record
from juries.enums import Stage
from juries.errors import JuryError
from juries.files.tables import fold
from juries.models import Criterion, CriterionValue, Jury, User
from juries.targets.apportionment import banded, whole_seats

LARGEST_QUOTA = 32_767
BEFORE_THE_PANEL = (Stage.SETTING_UP, Stage.REGISTRATION, Stage.LOTTERY)


@dataclass(frozen=True, slots=True)
class ValueChange:
    """What shall hold of one value; a change without ``pk`` is a new value."""

    names: dict[str, str]
    population: int | None
    minimum: int
    maximum: int
    pk: int | None = None
    remove: bool = False


@dataclass(frozen=True, slots=True)
class CriterionChange:
    """What shall hold of one criterion and of its values."""

    pk: int
    names: dict[str, str]
    values: list[ValueChange] = field(default_factory=list)


@transaction.atomic
def recalculate(*, jury: Jury, band: int, by: User) -> None:
    """Where the population of every value is known, its quota follows the panel size and band."""
    jury = locked_for_criteria(jury)
    jury.quota_band = band
    jury.save(update_fields=["quota_band"])
    done = []
    for criterion in jury.criteria.prefetch_related("values"):
        values = list(criterion.values.all())
        if values and any(value.population for value in values):
            people = [value.population or 0 for value in values]
            bands = shares(str(criterion), people, jury.panel_size, band)
            for value, (minimum, maximum) in zip(values, bands, strict=True):
                value.minimum, value.maximum = minimum, maximum
                value.minimum_flex = value.maximum_flex = None
                value.save()
            done.append(criterion.key)
    if not done:
        raise JuryError(_("No criterion has population figures to calculate from."))
    record("criteria.recalculated", jury=jury, by=by, criteria=done, band=band)


@transaction.atomic
def change_quotas(*, jury: Jury, changes: Sequence[CriterionChange], by: User) -> None:
    """Names, populations and quotas are as the changes say; values are added and removed."""
    jury = locked_for_criteria(jury)
    for change in changes:
        criterion = jury.criteria.get(pk=change.pk)
        Criterion.objects.filter(pk=criterion.pk).update(**change.names)
        for value in change.values:
            _change_value(criterion, value)
        if not criterion.values.exists():
            raise JuryError(
                _("“%(criterion)s” needs at least one value.") % {"criterion": criterion}
            )
    facts = {
        change.pk: [
            [value.pk, value.minimum, value.maximum, value.remove] for value in change.values
        ]
        for change in changes
    }
    record("criteria.changed", jury=jury, by=by, quotas=facts)


def quota_objections(jury: Jury) -> Iterator[tuple[Criterion, str]]:
    """A sentence for each criterion whose quotas leave no panel of the jury's size."""
    for criterion in jury.criteria.prefetch_related("values"):
        values = criterion.values.all()
        least = sum(value.minimum for value in values)
        most = sum(value.maximum for value in values)
        facts = {"criterion": criterion, "seats": jury.panel_size, "least": least, "most": most}
        if least > jury.panel_size:
            yield (
                criterion,
                _(
                    "%(criterion)s: the minimums add up to %(least)s, but the panel has"
                    " %(seats)s seats."
                )
                % facts,
            )
        if most < jury.panel_size:
            yield (
                criterion,
                _(
                    "%(criterion)s: the maximums add up to only %(most)s, but the panel has"
                    " %(seats)s seats."
                )
                % facts,
            )


def locked_for_criteria(jury: Jury) -> Jury:
    """The jury, held until the transaction ends; refused once the panel is drawn."""
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    jury.require_stage(*BEFORE_THE_PANEL)
    # The registration form asks for the criteria: whoever kept a reading of it reads it anew.
    jury.form_stamp += 1
    jury.save(update_fields=["form_stamp"])
    return jury


def shares(criterion: str, people: Sequence[int], size: int, band: int) -> list[tuple[int, int]]:
    """Minimum and maximum of each value of a criterion, from the people who have it."""
    if not sum(people):
        raise JuryError(
            _("%(criterion)s: there is nobody in the population.") % {"criterion": criterion}
        )
    bands = banded(whole_seats(people, size), band)
    return [
        # Statistics do not know every group: one without a figure is not shut out by its 0.
        (low, high if count else max(high, 1))
        for count, (low, high) in zip(people, bands, strict=True)
    ]


def remove_value(value: CriterionValue) -> None:
    """The value is gone; refused if people have it."""
    if value.traits.exists():
        raise JuryError(
            _("“%(value)s” cannot be removed: people who registered have it.") % {"value": value}
        )
    value.delete()


def _change_value(criterion: Criterion, change: ValueChange) -> None:
    if change.pk is None:
        key = next(name for name in change.names.values() if name)
        if any(fold(value.key) == fold(key) for value in criterion.values.all()):
            raise JuryError(_("There is already a value “%(value)s”.") % {"value": key})
        value = CriterionValue(criterion=criterion, key=key, position=criterion.values.count())
    else:
        value = criterion.values.get(pk=change.pk)
    if change.remove:
        remove_value(value)
        return
    for name, text in change.names.items():
        setattr(value, name, text)
    value.population = change.population
    value.minimum, value.maximum = change.minimum, change.maximum
    value.minimum_flex = value.maximum_flex = None
    value.save()
