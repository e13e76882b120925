"""What an organiser can do with a jury at its stage: one button for each."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from juries.commission.readiness import (
    Missing,
    missing_for_publication,
    missing_for_registration,
)
from juries.enums import Act, Stage
from juries.models import Jury


@dataclass(frozen=True, slots=True)
class Deed:
    """A button: the name of its address, what it says, and what happens when it is pressed.

    What cannot be done yet has its reasons instead; what is hard to undo asks first.
    """

    name: str
    label: str
    sentence: str
    primary: bool = False
    asks_first: bool = False
    missing: tuple[Missing, ...] = ()


def deeds_of(jury: Jury, acts: frozenset[Act]) -> list[Deed]:
    """The deeds that fit the stage of the jury, the one that comes next first."""
    if Act.SET_UP_JURY not in acts:
        return []
    return [*_stage_deeds(jury), *_page_deeds(jury)]


def _stage_deeds(jury: Jury) -> list[Deed]:
    if jury.stage == Stage.SETTING_UP:
        return [
            Deed(
                "open_registration",
                _("Open registration"),
                _("The public page is published, and people can register between the dates set."),
                primary=True,
                missing=tuple(missing_for_registration(jury)),
            )
        ]
    if jury.stage == Stage.REGISTRATION:
        return [
            Deed(
                "close_registration",
                _("Close registration"),
                _closing_sentence(jury),
                asks_first=True,
            )
        ]
    if jury.stage == Stage.LOTTERY:
        return [
            Deed(
                "reopen_registration",
                _("Open registration again"),
                _(
                    "People can register again until the closing date. If that has passed, choose a"
                    " later one in the settings afterwards."
                ),
                asks_first=True,
            )
        ]
    return []


def _closing_sentence(jury: Jury) -> str:
    """What closing means, and how many would still have to be asked for an answer."""
    plain = _("Nobody can register after this. The lottery comes next.")
    count = jury.registrants.incomplete_in(jury).count()
    if not count:
        return plain
    lack = ngettext(
        "%(count)s person lacks an answer that the quotas need: ask them, for the lottery waits"
        " for it.",
        "%(count)s people lack an answer that the quotas need: ask them, for the lottery waits"
        " for it.",
        count,
    )
    return f"{plain} {lack % {'count': count}}"


def _page_deeds(jury: Jury) -> list[Deed]:
    if jury.published_at is None:
        return [
            Deed(
                "publish_jury",
                _("Publish the page"),
                _("Anyone can read what the jury is about and when. Nobody can register yet."),
                missing=tuple(missing_for_publication(jury)),
            )
        ]
    if jury.stage == Stage.SETTING_UP:
        return [
            Deed(
                "unpublish_jury",
                _("Hide the page"),
                _("Nobody outside can read the page until you publish it again."),
                asks_first=True,
            )
        ]
    return []
