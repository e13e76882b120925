"""A page on paper, set by Typst: tagged for screen readers, the same to the byte for the same data.

People's words go in as data, never as markup.
"""

from functools import lru_cache
from pathlib import Path
from typing import Literal

import typst


@lru_cache(maxsize=16)
def typeset(template: Path, data: str) -> bytes:
    """The PDF that the template makes of the data, which is JSON and holds nobody's own data."""
    return typeset_once(template, data)


def typeset_once(template: Path, data: str) -> bytes:
    """The same of people's data: none of it stays in memory."""
    try:
        return _compiled(template, data, "ua-1")
    except typst.TypstError:
        # The standard refuses a symbol that no typeface has, as an emoji: an empty box then stands
        # for it in a page that is tagged all the same.
        return _compiled(template, data)


def _compiled(template: Path, data: str, *standards: Literal["ua-1"]) -> bytes:
    return typst.compile(
        template.read_bytes(),
        sys_inputs={"data": data},
        ignore_system_fonts=True,
        pdf_standards=list(standards),
        timestamp=0,
    )
