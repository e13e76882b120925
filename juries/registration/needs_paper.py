"""What the members need, in numbers on one page for the venue: nobody's name, nobody's words."""

import json
from pathlib import Path

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from juries.models import Jury
from juries.registration.needs_list import seats_held, totals
from juries.typesetting import typeset_once

TEMPLATE = Path(__file__).parent / "typst" / "needs.typ"


def totals_on_paper(jury: Jury) -> bytes:
    """How many of the members need what, as a PDF in the reader's language."""
    members = seats_held(jury)
    data = {
        "language": (get_language() or "fi")[:2],
        "title": _("What the members need"),
        "jury": jury.name,
        "organisation": jury.organisation.name,
        "day": date_format(timezone.localdate()),
        "lead": ngettext(
            "The jury has %(count)s member.", "The jury has %(count)s members.", members
        )
        % {"count": members},
        "headings": [_("Need"), _("Members")],
        "rows": [[str(label), str(count)] for label, count in totals(jury) if count],
        "none": _("No member has told of any need."),
        "contact_title": _("Questions"),
        "contact": _contact(jury),
    }
    return typeset_once(TEMPLATE, json.dumps(data))


def _contact(jury: Jury) -> str:
    parts = (jury.first_contact, jury.first_contact_phone, jury.first_contact_email)
    return ", ".join(part for part in parts if part)
