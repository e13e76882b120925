"""The middle chapters: the lottery, the draw, the seats."""

from juries.audit import JUROR
from juries.models import Jury, Registrant
from selection.draw import places_on
from selection.lottery.probabilities import carry_out
from selection.models import Lottery, PanelSeat
from selection.panel.seats import accept_seat
from tests.browser.person import Person


def run_the_lottery(organiser: Person, jury: Jury) -> Lottery:
    """The page that waits for the worker turns into the result by itself."""
    organiser.go("selection:lottery", jury.slug)
    organiser.press("Start")
    return _carry_out(organiser, jury)


def _carry_out(organiser: Person, jury: Jury) -> Lottery:
    lottery = jury.lotteries.first()
    organiser.page.evaluate("window.neverLeft = true")
    carry_out(lottery.pk)
    organiser.page.get_by_role("link", name=organiser.words("Go to the draw")).wait_for()
    assert organiser.page.evaluate("window.neverLeft")
    organiser.look()
    return Lottery.objects.get(pk=lottery.pk)


def read_the_tickets(organiser: Person, lottery: Lottery) -> None:
    organiser.go("selection:lottery_tickets", lottery.jury.slug, lottery.number)
    organiser.page.go_back()
    organiser.fill(reference=lottery.chances.first().registrant.reference)
    organiser.press("Look up")


def ticket_with(lottery: Lottery, registrant: Registrant) -> str:
    """The dice are kind to somebody."""
    place = lottery.chances.get(registrant=registrant).place
    return next(
        lottery.ticket_name(ticket)
        for ticket in range(lottery.ticket_count)
        if place in places_on(lottery, ticket)
    )


def draw(organiser: Person, jury: Jury, ticket: str) -> None:
    """A ticket with too few digits is refused; the right one is checked and confirmed."""
    organiser.go("selection:draw", jury.slug)
    organiser.fill(ticket="7", source="Kolme kymmensivuista noppaa")
    organiser.press("Continue to the check")
    organiser.page.wait_for_selector(".error-summary:focus")
    organiser.fill(ticket=ticket)
    organiser.press("Continue to the check")
    assert organiser.reads(ticket)
    organiser.press("The number is right: offer the seats")


def take_the_seat(registrant: Person) -> None:
    """By the card on the own page."""
    registrant.go("own_page")
    registrant.follow("Answer the offer")
    registrant.press("I take my seat")
    assert registrant.reads(registrant.words("You sit on the panel. Welcome!"))


def answer_for_the_others(organiser: Person, jury: Jury) -> None:
    """One calls and accepts, one declines; the rest accept. One seat is free then."""
    offered = jury.seats.filter(state=PanelSeat.State.OFFERED).order_by("registrant__reference")
    accepting, declining, *rest = offered
    for seat in rest:
        accept_seat(seat=seat, by=JUROR)
    organiser.go("selection:panel", jury.slug)
    for seat, answer in ((accepting, "accept"), (declining, "decline")):
        address = organiser.url("selection:seat", jury.slug, seat.pk)
        organiser.press_at(f"form[action='{address}'] button[value={answer}]")


def replace_the_one_who_declined(organiser: Person, jury: Jury) -> None:
    """A draw among the others keeps those who hold their seats."""
    keeping = set(jury.seats.confirmed())
    organiser.press("Draw replacements")
    lottery = _carry_out(organiser, jury)
    draw(organiser, jury, lottery.ticket_name(0))
    seat = jury.seats.get(state=PanelSeat.State.OFFERED)
    address = organiser.url("selection:seat", jury.slug, seat.pk)
    organiser.press_at(f"form[action='{address}'] button[value=accept]")
    assert keeping < set(jury.seats.confirmed())
    assert jury.seats.confirmed().count() == jury.panel_size
