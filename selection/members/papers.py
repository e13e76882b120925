"""What is printed for the room and for the organiser: name tags, an attendance list, contacts.

Set by Typst and tagged. People's words go in as data, never as markup, and stay in no memory.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from juries.audit import record
from juries.exports.people import stamped
from juries.models import Jury, User
from juries.typesetting import typeset_once
from selection.members.listing import Member, members_of

TYPST = Path(__file__).parent / "typst"
NAME_TAGS, LISTS = TYPST / "name_tags.typ", TYPST / "lists.typ"


def name_tags(jury: Jury) -> bytes:
    """A tag for each member, eight to a sheet: the first name large, and room for the table."""
    people = [[first_name(one.name), one.name] for one in members_of(jury)]
    data = _common(jury, _("Name tags")) | {"people": people, "table": _("Table")}
    return typeset_once(NAME_TAGS, json.dumps(data))


def attendance_list(jury: Jury) -> bytes:
    """Everybody by name with room for a signature; no contact and nothing else of them."""
    return _list(
        jury,
        _("Attendance list"),
        note=_("Day") + ": " + 20 * "_",
        headings=["", _("Name"), _("Signature")],
        widths=["auto", "1fr", "1.2fr"],
        rows=[[str(place), one.name, ""] for place, one in enumerate(members_of(jury), start=1)],
        tall=True,
    )


@transaction.atomic
def contact_list(*, jury: Jury, reason: str, by: User) -> bytes:
    """How to reach each member. The paper and the log say who took it, when and why."""
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    headings = [_("Name"), _("Phone number"), _("E-mail address"), _("Contact language")]
    people = members_of(jury, contacts=True)
    record(
        "people.exported",
        jury=jury,
        by=by,
        people=len(people),
        columns=headings,
        format="pdf",
        reason=reason,
    )
    return _list(
        jury,
        _("Contacts of the members"),
        note=stamped(by, reason, timezone.localtime()),
        headings=headings,
        widths=["1.1fr", "auto", "1.4fr", "auto"],
        rows=[_contact(one) for one in people],
    )


def first_name(name: str) -> str:
    """What somebody is called: “Virtanen, Aino Maria” and “Aino Maria Virtanen” are both Aino."""
    _family, comma, given = name.partition(",")
    words = (given if comma and given.strip() else name).split()
    return words[0] if words else ""


def _contact(one: Member) -> list[str]:
    return [one.name, one.phone, one.email, one.language]


def _list(
    jury: Jury,
    title: str,
    *,
    note: str,
    headings: Sequence[str],
    widths: Sequence[str],
    rows: Sequence[Sequence[str]],
    tall: bool = False,
) -> bytes:
    data = _common(jury, title) | {
        "note": note,
        "headings": headings,
        "widths": widths,
        "rows": rows,
        "tall": tall,
    }
    return typeset_once(LISTS, json.dumps(data))


def _common(jury: Jury, title: str) -> dict[str, object]:
    return {
        "language": (get_language() or "fi")[:2],
        "title": title,
        "jury": jury.name,
        "organisation": jury.organisation.name,
        "day": date_format(timezone.localdate()),
        "page": _("Page"),
    }
