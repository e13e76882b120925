"""JSON-stat, versions 1 and 2, as Statistics Finland and others send it."""

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

from juries.files.errors import Code, UnreadableFile
from juries.files.statistics.cubes import (
    Category,
    Cube,
    Dimension,
    Role,
    plain,
    refuse_too_many,
)
from juries.files.statistics.recognising import recognised

_TOLD = {"geo": Role.PLACE, "time": Role.YEAR, "metric": Role.MEASURE}


def read_json_stat(text: str) -> Cube:
    """The cube, or ``UnreadableFile`` where the text is no data set of JSON-stat."""
    try:
        data = _data_set(json.loads(text))
        return _cube(data)
    except (ValueError, ArithmeticError, RecursionError, LookupError, TypeError, AttributeError):
        raise UnreadableFile.because(Code.NOT_STATISTICS, file="") from None


def _data_set(found: Any) -> Mapping[str, Any]:
    """The data set itself; version 1 wraps it in an object under a name of its own."""
    if "dimension" in found:
        return dict(found)
    [wrapped] = [one for one in found.values() if isinstance(one, dict) and "dimension" in one]
    return dict(wrapped)


def _cube(data: Mapping[str, Any]) -> Cube:
    about = data["dimension"]
    names = list(data.get("id") or about["id"])
    roles = data.get("role") or about.get("role") or {}
    dimensions = [_dimension(str(name), about[name]) for name in names]
    count = refuse_too_many(len(one.categories) for one in dimensions)
    declared = data.get("size") or about.get("size") or []
    if declared and list(declared) != [len(one.categories) for one in dimensions]:
        raise ValueError("the sizes are others than the numbers of categories")
    told = {name: _TOLD[role] for role, named in roles.items() if role in _TOLD for name in named}
    return Cube(
        title=plain(_title(data)),
        source=plain(data.get("source") or ""),
        dimensions=recognised(dimensions, lambda one: told.get(one.name)),
        figures=tuple(_figures(data["value"], count)),
    )


def _title(data: Mapping[str, Any]) -> str:
    """What the office calls the table, with its number, where it says so."""
    px = (data.get("extension") or {}).get("px") or {}
    return px.get("description") or data.get("label") or ""


def _dimension(name: str, about: Mapping[str, Any]) -> Dimension:
    category = about["category"]
    labels = category.get("label") or {}
    codes = _codes(category.get("index"), labels)
    return Dimension(
        name=plain(name),
        label=plain(about.get("label") or name),
        categories=tuple(Category(code, plain(labels.get(code) or code)) for code in codes),
        total=str((about.get("extension") or {}).get("eliminationValueCode") or ""),
    )


def _codes(index: Any, labels: Mapping[str, Any]) -> list[str]:
    """The codes in their order: an object tells positions, an array is in order, or labels do."""
    if index is None:
        codes = [str(code) for code in labels]
    elif isinstance(index, dict):
        codes = sorted(index, key=lambda code: int(index[code]))
        if [int(index[code]) for code in codes] != list(range(len(codes))):
            raise ValueError("the positions are not 0, 1, 2 …")
    else:
        codes = [str(code) for code in index]
    if not codes or len(set(codes)) < len(codes):
        raise ValueError("the codes of a dimension are missing or not distinct")
    return codes


def _figures(value: Any, count: int) -> Iterator[float | None]:
    """One figure for each cell; what a sparse object leaves out is withheld like a null."""
    if isinstance(value, dict):
        places = {int(place): figure for place, figure in value.items()}
        if places and not 0 <= min(places) <= max(places) < count:
            raise ValueError("a figure for a cell that is not there")
        yield from (_figure(places.get(place)) for place in range(count))
        return
    if len(value) != count:
        raise ValueError("not as many figures as cells")
    yield from map(_figure, value)


def _figure(value: Any) -> float | None:
    """The number; null and marks such as “..” are withheld."""
    if value is None or isinstance(value, bool | str):
        return None
    number = float(value)
    return number if math.isfinite(number) else None
