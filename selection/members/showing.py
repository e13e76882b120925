"""What the pages of the whole chain say of the members: a step, a section, cards of their own."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from juries.enums import Stage
from juries.models import Jury
from juries.rooms import Card, Section, Step
from selection.members.listing import seats_of
from selection.members.name_consent import published, standing_consent
from selection.models import PanelSeat


def members_step(jury: Jury) -> Step:
    """It waits for nobody: the panel's own step says what is still to be answered."""
    title, url = _("Members"), reverse("selection:members", args=[jury.slug])
    members = seats_of(jury).count()
    if not members:
        sentence = _("Contacts, fees and papers, once somebody has taken a seat.")
        return Step(title, sentence, "later", url)
    sentence = ngettext(
        "%(count)s member: contacts, fees and papers.",
        "%(count)s members: contacts, fees and papers.",
        members,
    )
    return Step(title, sentence % {"count": members}, "done", url)


def members_sections(jury: Jury) -> list[Section]:
    """Once the panel has been drawn: names by consent, and how many others there are."""
    if jury.stage != Stage.PANEL:
        return []
    told = published(jury)
    if not told.names and not told.others:
        return []
    template = "selection/members/public_members.html"
    return [Section("members", _("Members"), template, {"published": told})]


def named_card(seat: PanelSeat) -> Card:
    """The seat of somebody whom a body named."""
    url = reverse("selection:own_named_seat")
    if seat.state != PanelSeat.State.CONFIRMED:
        return Card(_("Your seat"), _("You gave your seat back."), url, _("See your seat"))
    sentence = _("You sit on the jury. You were named by: %(body)s.") % {"body": seat.body}
    return Card(_("Your seat"), sentence, url, _("See your seat"))


def name_cards(seat: PanelSeat) -> list[Card]:
    """For a member: whether the own name is published; for who left, a consent that stands."""
    url, title = reverse("selection:own_name"), _("Your name in public")
    standing = standing_consent(seat)
    if seat.state != PanelSeat.State.CONFIRMED:
        sentence = _("You have agreed that your name is published if you sit on the jury.")
        return [Card(title, sentence, url, _("See or take it back"))] if standing else []
    if standing:
        sentence = _("Your name is on the public page as one of the members.")
        return [Card(title, sentence, url, _("See or take it back"))]
    sentence = _("Your name is published only if you want it to be.")
    return [Card(title, sentence, url, _("Decide"))]
