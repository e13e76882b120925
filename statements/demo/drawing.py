"""A jury on the day of its draw: the pool is frozen, the lottery ready, the balls wait in the room."""

from datetime import timedelta

from django.utils import timezone

from juries.enums import Stage
from juries.models import Jury, User
from selection.draw.freezing import freeze_pool
from selection.lottery import probabilities
from selection.models import Lottery
from statements.demo import clock, commissioning, people, recruiting, texts

SEED = 2033
PEOPLE, SEATS = 132, 20


def about_to_be_drawn(organiser: User) -> Jury:
    """Whoever tries the house can hold this draw: commit, and draw the balls with the observer."""
    today = timezone.localdate()
    opens, closed = today - timedelta(days=40), today - timedelta(days=6)
    jury = commissioning.commissioned(
        organiser,
        texts.PARK,
        on=opens - timedelta(days=30),
        commissioner="Kaupunkikehityslautakunta",
        receiver="Kaupunkikehityslautakunta",
        panel_size=SEATS,
        statement_on=today + timedelta(days=70),
        response_due_on=today + timedelta(days=200),
        registration_opens_on=opens,
        registration_closes_on=closed,
        draw_on=today,
        first_session_on=today + timedelta(days=35),
        last_session_on=today + timedelta(days=60),
    )
    jury = commissioning.opened(jury, on=opens, by=organiser)
    if jury.stage == Stage.REGISTRATION:
        residents = people.volunteers(PEOPLE, SEED, opens.year)
        recruiting.sign_up(jury, residents, range(PEOPLE), (opens, closed))
        recruiting.send_messages(closed)
        with clock.at(today - timedelta(days=3)):
            freeze_pool(jury=jury, by=organiser)
        jury.refresh_from_db()
    if jury.stage == Stage.FROZEN and not jury.lotteries.filter(state=Lottery.State.DONE).exists():
        lottery = probabilities.request_lottery(jury=jury, by=organiser, seed=SEED)
        probabilities.carry_out(lottery.pk)
    return jury
