"""What the desk of the panel holds of somebody, for them to read and to take away."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from juries.models import Registrant
from juries.registration.own_data import Told
from juries.rooms import HeldData
from selection.models import How, Notice, PanelSeat, Reserve

type Rows = tuple[tuple[str, str, Any], ...]


def held_after_draws(registrant: Registrant) -> Iterator[HeldData]:
    """After each draw the place on the reserve list, and how the person was told of the draw."""
    reserves = Reserve.objects.filter(registrant=registrant).select_related("draw")
    places = {reserve.draw.number: reserve.place for reserve in reserves}
    notices: dict[int, list[Notice]] = {}
    for notice in (
        Notice.objects.filter(registrant=registrant).select_related("draw").order_by("pk")
    ):
        notices.setdefault(notice.draw.number, []).append(notice)
    for number in sorted(places.keys() | notices.keys()):
        place = str(places.get(number, ""))
        yield HeldData(
            f"after_draw_{number}",
            _("After draw %(number)s") % {"number": number},
            (
                ("reserve_place", _("Place on the reserve list"), place),
                *(_notice(notice) for notice in notices.get(number, [])),
            ),
        )


def offer_held(seat: PanelSeat) -> Rows:
    """When the seat was offered, until when, and how the person was told and reminded."""
    last = seat.answer_by
    return (
        ("offered_at", _("Offered"), seat.offered_at),
        ("told", _("Told"), _told(seat.told_how, seat.told_at)),
        ("reminded_at", _("Reminded"), seat.reminded_at),
        ("answer_by", _("Last day"), Told(last.isoformat(), date_format(last)) if last else ""),
    )


def _notice(notice: Notice) -> tuple[str, str, Told]:
    label = _("Told: %(what)s") % {"what": notice.get_about_display()}
    return notice.about, label, _told(notice.how, notice.at)


def _told(how: str, at: datetime | None) -> Told:
    if at is None:
        return Told(None, "")
    here = timezone.localtime(at)
    return Told(
        {"how": how, "at": here.isoformat(timespec="seconds")},
        f"{How(how).label}, {date_format(here, 'DATETIME_FORMAT')}",
    )
