"""The decision annex: what is decided about a jury, on one page of paper, set by Typst.

People's words go in as data, never as markup.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from juries.commission.timetable import LABELS
from juries.models import Jury
from juries.models.translated import language_of
from juries.typesetting import typeset

TEMPLATE = Path(__file__).parent / "typst" / "annex.typ"


def annex_of(jury: Jury) -> bytes:
    """The PDF in the reader's language, the same to the byte for the same jury."""
    return typeset(TEMPLATE, json.dumps(_data(jury), sort_keys=True))


def _data(jury: Jury) -> dict[str, object]:
    return {
        "language": (get_language() or "fi")[:2],
        "text_language": language_of(jury),
        "organisation": jury.organisation.name,
        "kind": _("Annex to the decision: %(kind)s") % {"kind": jury.get_kind_display()},
        "title": jury.name,
        "charge_title": _("The question the jury answers"),
        "charge": jury.charge or _not_yet(),
        "facts": [list(fact) for fact in _facts(jury)],
        "dates_title": _("Timetable"),
        "dates": [
            [str(label), date_format(getattr(jury, name))]
            for name, label in LABELS.items()
            if getattr(jury, name)
        ],
        "signing": [_("Place and date"), _("Signature and name")],
    }


def _facts(jury: Jury) -> Iterator[tuple[str, str]]:
    yield _("Commissioning body"), jury.commissioner or _not_yet()
    yield _("Receiver of the statement"), jury.receiver or _not_yet()
    due = date_format(jury.response_due_on)
    yield _("Answer"), _("Each recommendation is answered by %(day)s.") % {"day": due}
    if jury.case_number:
        yield _("Case number"), jury.case_number
    yield _("First contact"), _contact(jury) or _not_yet()
    yield _("Panel"), _panel(jury)
    yield _("How the members are chosen"), _choosing(jury)
    yield _("Fee"), _fee(jury)


def _contact(jury: Jury) -> str:
    parts = (jury.first_contact, jury.first_contact_phone, jury.first_contact_email)
    return ", ".join(part for part in parts if part)


def _panel(jury: Jury) -> str:
    seats = ngettext("One member", "%(count)s members", jury.panel_size) % {
        "count": jury.panel_size
    }
    age = _("at least %(age)s years old") % {"age": jury.minimum_age}
    household = [_("at most one from each household")] if jury.one_per_household else []
    return ", ".join([seats, age, *household]) + "."


def _choosing(jury: Jury) -> str:
    who = (
        _("Residents drawn at random are invited by letter.")
        if jury.invitation_only
        else _("Anyone who lives in the area may register.")
    )
    drawn = _("The members are drawn by lot from those who register.")
    names = [str(criterion) for criterion in jury.criteria.all()]
    alike = _("The panel resembles the population by %(names)s.") % {"names": ", ".join(names)}
    return " ".join([who, drawn, alike] if names else [who, drawn])


def _fee(jury: Jury) -> str:
    if not jury.fee_euros:
        return _("No fee.")
    return _("%(euros)s € for each member.") % {"euros": jury.fee_euros}


def _not_yet() -> str:
    return _("Not decided yet")
