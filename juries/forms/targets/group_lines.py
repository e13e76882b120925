"""Groups of many categories as lines of text: a name and its codes, or a code and its group."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from juries.files.statistics.counting import Group
from juries.files.statistics.cubes import Dimension
from juries.files.statistics.recognising import leaves_of
from juries.files.tables import fold

SHOWN = 5
LONGEST_NAME = 100


def lines_of(dimension: Dimension, groups: Mapping[int, str]) -> str:
    """The groups as lines, a group on each."""
    gathered: dict[str, list[str]] = {}
    for position, name in groups.items():
        gathered.setdefault(name, []).append(dimension.categories[position].code)
    return "\n".join(f"{name}: {', '.join(codes)}" for name, codes in gathered.items())


def read_lines(text: str, dimension: Dimension) -> tuple[tuple[Group, ...], list[str]]:
    """The groups that the lines name, and a sentence for each thing that is wrong."""
    known = {fold(dimension.categories[at].label): at for at in leaves_of(dimension)}
    known |= {fold(dimension.categories[at].code): at for at in leaves_of(dimension)}
    gathered: dict[str, list[int]] = {}
    wrong: list[str] = []
    taken: dict[int, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        name, codes = _parsed(line)
        if not name or not codes or len(name) > LONGEST_NAME:
            wrong.append(_("“%(line)s” names no group with its codes.") % {"line": line[:60]})
            continue
        for code in codes:
            position = known.get(fold(code))
            if position is None:
                wrong.append(_("“%(code)s” is not in the table.") % {"code": code[:60]})
            elif taken.setdefault(position, name) != name:
                wrong.append(
                    _("“%(code)s” is both in “%(first)s” and in “%(second)s”.")
                    % {"code": code, "first": taken[position], "second": name}
                )
            elif position not in gathered.setdefault(name, []):
                gathered[name].append(position)
    groups = tuple(Group(name, tuple(positions)) for name, positions in gathered.items())
    return groups, _shortened(wrong)


def _parsed(line: str) -> tuple[str, list[str]]:
    """The group and its codes, from “Centre: 00100, 00120” or from “00100;Centre”."""
    if ":" in line:
        name, _colon, codes = line.partition(":")
        return _one_line(name), [code.strip() for code in codes.split(",") if code.strip()]
    code, _mark, name = re.sub(r"[\t;]", "\x00", line, count=1).partition("\x00")
    return _one_line(name), [code.strip()] if code.strip() else []


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _shortened(wrong: list[str]) -> list[str]:
    rest = len(wrong) - SHOWN
    if rest <= 0:
        return wrong
    return [*wrong[:SHOWN], _("And %(count)s more of the kind.") % {"count": rest}]
