"""Two versions of a jury's settings beside each other, field by field."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from juries.commission.versions import changed_since, differing
from juries.forms.commission.jury import JuryForm, facts_of
from juries.models import Jury

KEEP = "keep_"
WHAT_STANDS = "stands"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which what was typed differs from what stands."""

    name: str
    label: str
    typed: str
    stands: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """``contested`` have been changed by others too; ``own`` only by whoever typed."""

    contested: list[Difference]
    own: list[Difference]
    version: int


def compared(form: JuryForm, jury: Jury) -> Comparison:
    """The valid form beside the jury as it stands now."""
    facts = form.facts()
    others = changed_since(jury, form.cleaned_data["version"] or 0)
    differences = [
        Difference(
            name,
            str(form.fields[name].label),
            _shown(form.fields[name], facts[name]),
            _shown(form.fields[name], getattr(jury, name)),
        )
        for name in differing(jury, facts)
    ]
    return Comparison(
        contested=[one for one in differences if one.name in others],
        own=[one for one in differences if one.name not in others],
        version=jury.version,
    )


def with_choices(posted: QueryDict, jury: Jury) -> QueryDict:
    """What was posted, with what stands now wherever that was chosen."""
    standing = facts_of(jury)
    chosen = [
        name
        for name in standing
        if name != "version" and posted.get(f"{KEEP}{name}") == WHAT_STANDS
    ]
    if not chosen:
        return posted
    data = posted.copy()
    for name in chosen:
        data.setlist(name, _as_posted(standing[name]))
    return data


def _as_posted(value: Any) -> list[str]:
    if value is None or value is False:
        return []
    if isinstance(value, list):
        return [str(one) for one in value]
    return [value.isoformat() if isinstance(value, date) else str(value)]


def _shown(field: forms.Field, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(field, forms.ChoiceField):
        return _labels(field, value if isinstance(value, list) else [value])
    return "–" if value in (None, "") else str(value)


def _labels(field: forms.ChoiceField, values: Iterable[Any]) -> str:
    labels = dict(field.choices)
    return ", ".join(str(labels.get(value, value)) for value in values)
