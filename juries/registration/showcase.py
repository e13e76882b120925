"""What everyone is told about a jury in one sentence, and whether they can sign up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from juries.commission.timetable import dated
from juries.enums import Stage
from juries.models import Jury
from juries.models.translated import language_of
from juries.registration.entry import Opening, opening


@dataclass(frozen=True, slots=True)
class Shown:
    """A jury as a card on the front page and in the head of its own page."""

    jury: Jury
    sentence: str
    open: bool
    language: str


def showcase(juries: Iterable[Jury], today: date) -> list[Shown]:
    """The juries, those that take registrations first."""
    return sorted((shown(jury, today) for jury in juries), key=lambda one: not one.open)


def shown(jury: Jury, today: date) -> Shown:
    """The jury with the sentence that fits the day."""
    return Shown(
        jury=jury,
        sentence=_sentence(jury, today),
        open=opening(jury, on=today) is Opening.OPEN,
        language=language_of(jury),
    )


def _sentence(jury: Jury, today: date) -> str:
    if jury.stage == Stage.PANEL:
        return _of_the_panel(jury, today)
    state = opening(jury, on=today)
    if state is Opening.NOT_YET:
        return dated(_("Registration opens on %(day)s."), jury.registration_opens_on)
    if state is Opening.OPEN:
        return dated(_("Registration is open until %(day)s."), jury.registration_closes_on)
    return dated(
        _("Registration has closed. The members are drawn by lot on %(day)s."), jury.draw_on
    )


def _of_the_panel(jury: Jury, today: date) -> str:
    if today <= jury.first_session_on:
        return dated(
            _("The members have been drawn. They meet for the first time on %(day)s."),
            jury.first_session_on,
        )
    if today <= jury.last_session_on:
        return dated(_("The jury is at work until %(day)s."), jury.last_session_on)
    return dated(_("The jury has met. It is to have an answer by %(day)s."), jury.response_due_on)
