"""What selection adds to the pages that show the whole chain."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from juries.enums import Act, Stage
from juries.models import Jury, Message, Registrant
from juries.rooms import Card, HeldData, Section, Step
from selection.composition.table import composition_table
from selection.lottery.own import OwnChance, own_chance, own_seat
from selection.members.held import forget_members, held_of
from selection.members.showing import members_sections, members_step, name_cards, named_card
from selection.models import Chance, Draw, Lottery, PanelSeat, PoolEntry, Round
from selection.panel import telling
from selection.panel.held import held_after_draws
from selection.record.receipts import entry_of, held_in_pools
from selection.record.telling import told_draws


def steps(jury: Jury, acts: frozenset[Act]) -> list[Step]:
    """The lottery, the draw, the panel, and its members for those who see them."""
    found = []
    if Act.SEE_LOTTERY in acts:
        found += [_lottery_step(jury), _draw_step(jury)]
    members = [members_step(jury)] if Act.SEE_PANEL in acts else []
    return [*found, _panel_step(jury), *members]


def public_sections(jury: Jury) -> list[Section]:
    """How the panel was drawn, what it looks like, and who sits on it."""
    sections = []
    draws = told_draws(jury)
    if draws:
        sections.append(
            Section(
                "how-drawn",
                _("How the panel was drawn") if draws[0].ticket else _("How the panel is drawn"),
                "selection/record/public_draw.html",
                {"draws": draws, "slug": jury.slug},
            )
        )
    bars = composition_table(jury, public=True)
    if bars:
        sections.append(
            Section(
                "composition",
                _("Composition of the panel"),
                "selection/composition/public_composition.html",
                {
                    "jury": jury,
                    "bars": bars,
                    "leaves_out": jury.criteria.sensitive().exists(),
                    "record": next((draw.number for draw in draws[:1] if draw.has_record), None),
                },
            )
        )
    return [*sections, *members_sections(jury)]


def forget(registrants: QuerySet[Registrant]) -> None:
    """Their leaves stay in the trees and can be opened by nobody; no lottery knows their values."""
    PoolEntry.objects.filter(registrant__in=registrants.values("pk")).update(
        salt=None, values=None, household=None
    )
    Chance.objects.filter(registrant__in=registrants.values("pk")).update(values=[], household=None)
    forget_members(registrants)


def held(registrant: Registrant) -> list[HeldData]:
    """The place in each frozen pool, what came of each draw, the seat with what belongs to it."""
    return [*held_in_pools(registrant), *held_after_draws(registrant), *held_of(registrant)]


def held_back(messages: QuerySet[Message]) -> None:
    """Nobody counts as told of a seat or of the draw by messages that will not go after all."""
    telling.held_back(messages)


def own_cards(registrant: Registrant) -> list[Card]:
    """The seat and the name of whoever holds it, else the chance; and the receipt of the pool."""
    if registrant.withdrawn_at:
        return []
    receipt = entry_of(registrant)
    receipts = [_receipt_card(receipt)] if receipt else []
    seat = own_seat(registrant)
    if seat is not None:
        card = named_card(seat) if seat.kind == PanelSeat.Kind.NAMED else _seat_card(seat)
        return [card, *name_cards(seat), *receipts]
    chance = own_chance(registrant)
    return [_chance_card(chance), *receipts] if chance else receipts


def desk_ways(registrant: Registrant) -> list[tuple[str, str]]:
    """The receipt, to be printed for somebody who has no computer."""
    if entry_of(registrant) is None:
        return []
    address = [registrant.jury.slug, registrant.pk]
    return [(_("Receipt of the draw"), reverse("selection:desk_receipt", args=address))]


def _lottery_step(jury: Jury) -> Step:
    title, url = _("Lottery"), reverse("selection:lottery", args=[jury.slug])
    real = jury.lotteries.filter(rehearsal=False, draw__in=jury.draws.standing())
    last = real.only("state", "percent", "jury").first()
    if jury.stage in {Stage.SETTING_UP, Stage.REGISTRATION}:
        return Step(title, _("Waits until registration is closed."), "later", url)
    if jury.stage == Stage.LOTTERY:
        return Step(
            title, _("Freeze the pool, so that everybody can prove to be in it."), "now", url
        )
    if last is None:
        return Step(title, _("Compute everybody's chance and the tickets."), "now", url)
    if last.is_at_work:
        sentence = _("At work: %(percent)s %%.") % {"percent": last.percent}
        return Step(title, sentence, "now", url)
    if last.state == Lottery.State.DONE:
        return Step(title, _("Everybody's chance is computed."), "done", url)
    sentence = _("The last lottery ended without a result: %(state)s.")
    return Step(title, sentence % {"state": last.get_state_display()}, "missing", url)


def _draw_step(jury: Jury) -> Step:
    title, url = _("Draw"), reverse("selection:draw", args=[jury.slug])
    draw = jury.draws.standing().first()
    if draw is None:
        return Step(title, _("Three balls and a beacon name the panel, in public."), "later", url)
    if draw.rounds.filter(state=Round.State.COMMITTED).exists():
        return Step(
            title, _("A lottery is committed. Next are the balls and the beacon."), "now", url
        )
    if draw.state == Draw.State.FROZEN:
        ready = draw.lotteries.ready().exists()
        sentence = _("Commit to a lottery, so that nobody can change it before the draw.")
        return Step(title, sentence, "now" if ready else "later", url)
    return Step(title, _("The panel has been drawn."), "done", url)


def _panel_step(jury: Jury) -> Step:
    title, url = _("Panel"), reverse("selection:panel", args=[jury.slug])
    if jury.stage != Stage.PANEL:
        return Step(title, _("The people drawn say whether they take their seat."), "later", url)
    states = list(jury.seats.drawn().held().values_list("state", flat=True))
    confirmed = states.count(PanelSeat.State.CONFIRMED)
    sentence = _("%(confirmed)s of %(size)s seats are confirmed.") % {
        "confirmed": confirmed,
        "size": jury.panel_size,
    }
    free = jury.panel_size - len(states)
    if free > 0:
        gaps = ngettext("%(count)s seat is free.", "%(count)s seats are free.", free)
        return Step(title, f"{sentence} {gaps % {'count': free}}", "missing", url)
    return Step(title, sentence, "done" if confirmed == len(states) else "now", url)


def _seat_card(seat: PanelSeat) -> Card:
    url = reverse("selection:own_seat")
    if seat.state == PanelSeat.State.OFFERED:
        sentence = (
            _("A seat has fallen free, and you come next. Tell us whether you take it.")
            if seat.by_rank
            else _("You were drawn to the panel. Tell us whether you take your seat.")
        )
        return Card(_("A seat for you"), sentence, url, _("Answer the offer"))
    if seat.state == PanelSeat.State.CONFIRMED:
        return Card(_("Your seat"), _("You sit on the panel."), url, _("See your seat"))
    sentence = {
        PanelSeat.State.LAPSED: _("The time to answer the offer of a seat is over."),
        PanelSeat.State.LEFT: _("You gave your seat back."),
    }.get(PanelSeat.State(seat.state), _("You declined your seat."))
    return Card(_("Your seat"), sentence, url, _("See your seat"))


def _chance_card(own: OwnChance) -> Card:
    facts = {"percent": own.percent}
    if own.unlucky:
        sentence = _("Your chance was smaller than one ticket, and no ticket has you on it.")
    elif own.drawn:
        sentence = _("You were not drawn this time. Your chance was %(percent)s.") % facts
    else:
        sentence = _("Your chance of being drawn is %(percent)s.") % facts
    return Card(_("Your chance"), sentence, reverse("selection:own_chance"), _("See why"))


def _receipt_card(entry: PoolEntry) -> Card:
    facts = {"draw": entry.draw.number, "number": entry.index}
    sentence = _("You are in the pool of draw %(draw)s. Your number is %(number)s.") % facts
    if timezone.now() < entry.draw.objections_until:
        until = date_format(timezone.localtime(entry.draw.objections_until), "DATETIME_FORMAT")
        objection = _("If something in it is wrong, tell us by %(moment)s.") % {"moment": until}
        sentence = f"{sentence} {objection}"
    url = reverse("selection:own_receipt")
    return Card(_("Your receipt"), sentence, url, _("See your receipt"))
