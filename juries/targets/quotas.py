"""How many of the panel each value of a criterion shall have: calculated, or changed by hand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from juries.audit import record
from juries.enums import Stage
from juries.errors import JuryError
from juries.files.tables import fold
from juries.models import Criterion, CriterionValue, Jury, User
from juries.targets.apportionment import banded, seats_around
from juries.targets.pairs import follow_parts
from juries.targets.quota_changes import bounds_of, moved_since

LARGEST_QUOTA = 32_767
BEFORE_THE_PANEL = (Stage.SETTING_UP, Stage.REGISTRATION, Stage.LOTTERY)


@dataclass(frozen=True, slots=True)
class ValueChange:
    """What shall hold of one value; a change without ``pk`` is a new value.

    A ``locked`` value keeps its minimum and maximum when the others are calculated anew.
    """

    names: dict[str, str]
    population: int | None
    minimum: int
    maximum: int
    pk: int | None = None
    remove: bool = False
    locked: bool = False


@dataclass(frozen=True, slots=True)
class CriterionChange:
    """What shall hold of one criterion and of its values."""

    pk: int
    names: dict[str, str]
    values: list[ValueChange] = field(default_factory=list)


@transaction.atomic
def recalculate(*, jury: Jury, band: int, by: User, reason: str = "") -> None:
    """Where the population is known, the quotas follow the panel size and the band.

    Locked values keep theirs, and the others share what is left.
    """
    jury = locked_for_criteria(jury)
    before = bounds_of(jury)
    jury.quota_band = band
    jury.save(update_fields=["quota_band"])
    done = []
    for criterion in jury.criteria.prefetch_related("values"):
        if calculate(criterion, jury):
            done.append(criterion.key)
    if not done:
        raise JuryError(_("No criterion has population figures to calculate from."))
    moved = moved_since(before, jury, reason)
    record("criteria.recalculated", jury=jury, by=by, criteria=done, band=band, **moved)


def follow_panel_size(*, jury: Jury) -> list[str]:
    """The quotas fit the jury's new panel size; the criteria calculated anew are named.

    For the verb that changes the size, in its transaction. Quotas that allowed the whole panel
    allow the new one. What cannot be calculated, without population figures or because of its
    locks, stays as it is, and ``quota_objections`` says so until somebody has looked at it.
    """
    done = []
    for criterion in jury.criteria.prefetch_related("values"):
        _widen(criterion, jury.panel_size)
        try:
            with transaction.atomic():
                if calculate(criterion, jury):
                    done.append(criterion.key)
        except JuryError:
            continue
    return done


@transaction.atomic
def change_quotas(
    *, jury: Jury, changes: Sequence[CriterionChange], by: User, reason: str = ""
) -> None:
    """Names, populations and quotas are as the changes say; values are added and removed.

    As in every verb that changes quotas: once registration has been open, the change stands in
    public with its reason, and nothing is changed without one; then ``ReasonNeeded`` says so.
    """
    jury = locked_for_criteria(jury)
    before = bounds_of(jury)
    for change in changes:
        _change_criterion(jury, change)
    facts = {
        change.pk: [
            [value.pk, value.minimum, value.maximum, value.remove] for value in change.values
        ]
        for change in changes
    }
    moved = moved_since(before, jury, reason)
    record("criteria.changed", jury=jury, by=by, quotas=facts, **moved)


def move_bounds(*, jury: Jury, bounds: Mapping[int, tuple[int, int]]) -> None:
    """Values, by their key in the database, have this minimum and maximum, as if changed by hand.

    For the verb that knows why, in its transaction. Where quotas are calculated the values are
    locked, so that calculating anew does not undo it.
    """
    jury = locked_for_criteria(jury)
    for value in CriterionValue.objects.filter(criterion__jury=jury, pk__in=bounds):
        value.minimum, value.maximum = bounds[value.pk]
        value.minimum_flex = _at_most(value.minimum_flex, value.minimum)
        value.maximum_flex = _at_least(value.maximum_flex, value.maximum)
        value.locked = value.locked or bool(value.population)
        value.save()


def quota_objections(jury: Jury) -> Iterator[tuple[Criterion, str]]:
    """A sentence for each criterion whose quotas do not fit the panel of the jury."""
    for criterion in jury.criteria.prefetch_related("values"):
        values = criterion.values.all()
        facts = {
            "criterion": criterion,
            "seats": jury.panel_size,
            "least": sum(value.minimum for value in values),
            "most": sum(value.maximum for value in values),
            "former": criterion.made_for or jury.panel_size,
        }
        sentence = _objection(facts)
        if sentence:
            yield criterion, sentence % facts


def _objection(facts: dict[str, Any]) -> str:
    if facts["least"] > facts["seats"]:
        return _(
            "%(criterion)s: the minimums add up to %(least)s, but the panel has %(seats)s seats."
        )
    if facts["most"] < facts["seats"]:
        return _(
            "%(criterion)s: the maximums add up to only %(most)s, but the panel has"
            " %(seats)s seats."
        )
    if facts["former"] != facts["seats"]:
        return _(
            "%(criterion)s: the quotas were made for %(former)s seats, but the panel has"
            " %(seats)s. Check them and save."
        )
    return ""


def locked_for_criteria(jury: Jury) -> Jury:
    """The jury, held until the transaction ends; refused once the panel is drawn."""
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    jury.require_stage(*BEFORE_THE_PANEL)
    # The registration form asks for the criteria: whoever kept a reading of it reads it anew.
    jury.form_stamp += 1
    jury.save(update_fields=["form_stamp"])
    return jury


def shares(
    criterion: str,
    people: Sequence[int],
    size: int,
    band: int,
    held: Sequence[tuple[int, int] | None] | None = None,
) -> list[tuple[int, int]]:
    """Minimum and maximum of each value of a criterion, from the people who have it.

    ``held`` has the minimum and maximum of each value that keeps them.
    """
    kept = held or [None] * len(people)
    if not sum(people):
        raise JuryError(
            _("%(criterion)s: there is nobody in the population.") % {"criterion": criterion}
        )
    try:
        bands = banded(seats_around(people, size, kept), band)
    except ValueError:
        raise JuryError(
            _(
                "%(criterion)s: the locked groups do not fit a panel of %(seats)s. Unlock some"
                " of them."
            )
            % {"criterion": criterion, "seats": size}
        ) from None
    return [
        # Statistics do not know every group: one without a figure is not shut out by its 0.
        bounds or (low, high if count else max(high, 1))
        for count, bounds, (low, high) in zip(people, kept, bands, strict=True)
    ]


def calculate(criterion: Criterion, jury: Jury) -> bool:
    """Whether the quotas were calculated: they are, where the population of any value is known."""
    values = list(criterion.values.all())
    if not any(value.population for value in values):
        return False
    held = [(value.minimum, value.maximum) if value.locked else None for value in values]
    people = [value.population or 0 for value in values]
    bands = shares(str(criterion), people, jury.panel_size, jury.quota_band, held)
    for value, (minimum, maximum) in zip(values, bands, strict=True):
        if not value.locked:
            value.minimum, value.maximum = minimum, maximum
            value.minimum_flex = value.maximum_flex = None
            value.save()
    criterion.made_for = jury.panel_size
    criterion.save(update_fields=["made_for"])
    return True


def _widen(criterion: Criterion, size: int) -> None:
    """A criterion that sets no bounds sets none for the new panel size either."""
    values = list(criterion.values.all())
    if all((value.minimum, value.maximum) == (0, criterion.made_for) for value in values):
        criterion.values.update(maximum=size)
        Criterion.objects.filter(pk=criterion.pk).update(made_for=size)


def remove_value(value: CriterionValue) -> None:
    """The value is gone; refused if people have it."""
    if value.traits.exists():
        raise JuryError(
            _("“%(value)s” cannot be removed: people who registered have it.") % {"value": value}
        )
    value.delete()


def _change_criterion(jury: Jury, change: CriterionChange) -> None:
    criterion = jury.criteria.get(pk=change.pk)
    named = {**change.names, "made_for": jury.panel_size}
    Criterion.objects.filter(pk=criterion.pk).update(**named)
    for value in change.values:
        _change_value(criterion, value)
    follow_parts(criterion)
    if not criterion.values.exists():
        raise JuryError(_("“%(criterion)s” needs at least one value.") % {"criterion": criterion})


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
    value.locked = change.locked
    value.minimum_flex = _at_most(value.minimum_flex, change.minimum)
    value.maximum_flex = _at_least(value.maximum_flex, change.maximum)
    value.save()


def _at_most(flex: int | None, minimum: int) -> int | None:
    """A flexible bound that no longer leaves room around the quota is dropped."""
    return None if flex is None or flex > minimum else flex


def _at_least(flex: int | None, maximum: int) -> int | None:
    return None if flex is None or flex < maximum else flex
