"""The middle chapters: the frozen pool, the lottery, the draw in the room, the seats."""

from juries.audit import JUROR
from juries.models import Jury, Registrant
from selection.draw.ceremony import UNVEILING
from selection.lottery.probabilities import carry_out
from selection.models import Lottery, PanelSeat
from selection.panel.seats import accept_seat
from tests.browser.person import Person

APPEARED = "() => Promise.all(document.getAnimations().map((animation) => animation.finished))"


def freeze_the_pool(organiser: Person, jury: Jury) -> None:
    """Hours that are too many are refused; with none for objections the lottery comes next."""
    organiser.go("selection:draw", jury.slug)
    organiser.fill(objection_hours="9999")
    organiser.press("Freeze the pool")
    organiser.page.wait_for_selector(".error-summary:focus")
    organiser.fill(objection_hours="0")
    organiser.press("Freeze the pool")
    assert organiser.reads(organiser.words("Next: the lottery"))


def run_the_lottery(organiser: Person, jury: Jury) -> Lottery:
    """The page that waits for the worker turns into the result by itself."""
    organiser.go("selection:lottery", jury.slug)
    organiser.press("Start the lottery")
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
    """The balls are kind to somebody."""
    place = lottery.chances.get(registrant=registrant).place
    return next(
        lottery.ticket_name(ticket)
        for ticket in range(lottery.ticket_count)
        if place in lottery.panel_on(ticket)
    )


def commit(organiser: Person, jury: Jury) -> None:
    """The lottery is committed to; from now on everybody reads their own chance."""
    organiser.go("selection:draw", jury.slug)
    organiser.choose("sources", "balls")
    organiser.press("Commit")
    assert organiser.page.inner_text("#fingerprint").count(" ") == 5


def draw(organiser: Person, witness: Person, jury: Jury, ticket: str) -> None:
    """Each ball is typed in by one and confirmed by the other."""
    organiser.go("selection:draw", jury.slug)
    organiser.follow("Type in and confirm the balls")
    witness.go("selection:balls", jury.slug)
    for digit in ticket:
        organiser.page.wait_for_selector("button.digit")
        organiser.press_at(f"button.digit[value='{digit}']")
        witness.page.wait_for_selector("button[value=yes]")
        witness.press_at("button[value=yes]")


def follow_the_ceremony(stranger: Person, jury: Jury, ticket: str) -> None:
    """On a phone, from the ticket to the last criterion, without touching anything."""
    stranger.go("selection:public_ceremony", jury.slug)
    stranger.page.evaluate("window.neverLeft = true")
    criteria = jury.criteria.count()
    patience = 1000 * (criteria + 3) * UNVEILING.total_seconds()
    stranger.page.wait_for_selector(f"#criterion-{criteria}", timeout=patience)
    assert stranger.page.evaluate("window.neverLeft")
    stranger.page.evaluate(APPEARED)
    assert stranger.reads(ticket, stranger.words("The panel beside the population"))
    stranger.look()


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


def replace_the_one_who_declined(organiser: Person, witness: Person, jury: Jury) -> None:
    """A draw among the others keeps those who hold their seats."""
    keeping = set(jury.seats.confirmed())
    organiser.go("selection:replacements", jury.slug)
    address = organiser.url("selection:replace_by_lottery", jury.slug)
    organiser.press_at(f"form[action='{address}'] button")
    lottery = _carry_out(organiser, jury)
    commit(organiser, jury)
    draw(organiser, witness, jury, lottery.ticket_name(0))
    seat = jury.seats.get(state=PanelSeat.State.OFFERED)
    organiser.go("selection:panel", jury.slug)
    address = organiser.url("selection:seat", jury.slug, seat.pk)
    organiser.press_at(f"form[action='{address}'] button[value=accept]")
    assert keeping < set(jury.seats.confirmed())
    assert jury.seats.confirmed().count() == jury.panel_size
    organiser.go("selection:draw", jury.slug)
