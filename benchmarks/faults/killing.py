"""The worker of a lottery killed at random moments. Started by ``python -m benchmarks.faults``."""

import argparse
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from django.core.management import call_command

from benchmarks import scale
from benchmarks.faults import house, worker
from benchmarks.faults.house import Worker, wait_for, wait_until, working
from juries.enums import Role
from juries.models import Jury
from selection import tasks
from selection.draw.freezing import freeze_pool
from selection.lottery import probabilities
from selection.models import Lottery
from tests import factories
from tests.selection.outcomes import digest_of, endings_of

State = Lottery.State

PEOPLE, SIZE = 500, 30
MORE_TRAITS = {"newspaper": (0.3, 0.25, 0.2, 0.15, 0.1), "work": (0.6, 0.15, 0.2, 0.05)}
"""They make the search for panels longer: seconds, of which a random one can be hit."""

SEED = 2027
EARLY, WRITING = 10, 4
"""One moment of so many is before the lottery begins, or while its result is being written."""

AT_ONCE = 0.1
"""Seconds in which a message is still on its way."""

HANDS_ALONE = 0 if worker.app.conf.broker_url.startswith("filesystem") else 2
"""Moments more at which only the worker's child is killed, as when memory runs out. On the folder
Celery now and then never hears of that, so a house on it has to be started anew.
"""

AFTERMATH = 0.3
"""Seconds after which a database has noticed that its client is gone."""

HEAD = (
    f"{'':>4}{'after':>14}  {'killed':<10}{'found':<15}{'taken up':>10}{'ended':>9}{'attempts':>10}"
    f"{'endings':>9}  result"
)


class Since(StrEnum):
    """From where the seconds of a moment are counted."""

    NUDGE = "nudge"
    BEGIN = "begin"
    WRITING = "writing"


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """What a lottery comes to that is left alone; how long it takes, and to write its result."""

    digest: str
    seconds: float
    writing: float


@dataclass(frozen=True, slots=True)
class Moment:
    """When the worker is killed, or of the worker only the child that is at it."""

    seconds: float
    since: Since
    hand_alone: bool = False


@dataclass(frozen=True, slots=True)
class Recovery:
    """What became of a lottery whose worker was killed; seconds are counted from there."""

    lottery: Lottery
    moment: Moment
    killed_after: float
    found: str
    taken_up: float | None
    ended: float | None
    troubles: list[str]

    def line(self, number: int) -> str:
        waits = ["–" if time is None else f"{time:.1f} s" for time in (self.taken_up, self.ended)]
        return (
            f"{number:>4}{self.killed_after:>12.2f} s"
            f"  {'its hand' if self.moment.hand_alone else 'all':<10}{self.found:<15}"
            f"{waits[0]:>10}{waits[1]:>9}"
            f"{self.lottery.attempts:>10}{len(endings_of(self.lottery)):>9}"
            f"  {'; '.join(self.troubles) or 'the same'}"
        )


def set_up() -> Jury:
    """A frozen pool that keeps the engine busy for seconds."""
    call_command("migrate", verbosity=0)
    rng = np.random.default_rng(20261122)
    volunteers = scale.VOLUNTEERS | MORE_TRAITS
    quotas = {
        key: {
            f"{key}{place}": (int(share * SIZE), max(1, int(np.ceil(share * SIZE))))
            for place, share in enumerate(shares)
        }
        for key, shares in (
            scale.POPULATION | {key: MORE_TRAITS[key] for key in MORE_TRAITS}
        ).items()
    }
    people = [
        [f"{key}{rng.choice(len(shares), p=shares)}" for key, shares in volunteers.items()]
        for _person in range(PEOPLE)
    ]
    jury = factories.make_jury(quotas=quotas, panel_size=SIZE, stage="lottery")
    factories.make_registrants(jury, people)
    by = factories.make_member(jury, Role.ORGANISER)
    freeze_pool(jury=jury, by=by, objection_hours=0)
    return jury


def ask(jury: Jury) -> Lottery:
    """One more lottery with the same seed, of which a worker hears."""
    by = jury.draws.get().frozen_by
    lottery = probabilities.request_lottery(jury=jury, by=by, seed=SEED)
    tasks.nudge(lottery.pk)
    return lottery


def undisturbed(jury: Jury) -> Undisturbed:
    """The second of two lotteries: by then the worker has read its code."""
    left_alone(jury)
    return left_alone(jury)


def left_alone(jury: Jury) -> Undisturbed:
    since = len(house.diary())
    lottery = ask(jury)
    wait_until(lambda: attempts(lottery), "the undisturbed lottery’s begin")
    begun = time.monotonic()
    wait_for("writing", 1, since)
    writing = time.monotonic()
    wait_until(lambda: has_ended(lottery), "the undisturbed lottery’s end")
    ended = time.monotonic()
    return Undisturbed(digest_of(lottery), ended - begun, ended - writing)


def moments(count: int, whole: Undisturbed, rng: np.random.Generator) -> list[Moment]:
    """Random ones: before the lottery begins, in equal parts of its time, while it is written."""
    early, late = count // EARLY, count // WRITING
    parts = count - early - late
    begun = (np.arange(parts) + rng.uniform(size=parts)) * whole.seconds / max(1, parts)
    alone = whole.seconds * rng.uniform(0.2, 0.6, HANDS_ALONE)
    return [
        *(Moment(seconds, Since.NUDGE) for seconds in rng.uniform(0, AT_ONCE, early)),
        *(Moment(seconds, Since.BEGIN) for seconds in begun),
        *(Moment(seconds, Since.WRITING) for seconds in rng.uniform(0, whole.writing, late)),
        *(Moment(seconds, Since.BEGIN, hand_alone=True) for seconds in alone),
    ]


def kill_at(moment: Moment, jury: Jury, at_work: Worker, whole: Undisturbed) -> Recovery:
    """The worker is killed at the moment and another started, until the lottery has ended."""
    since, begun = len(house.diary()), time.monotonic()
    lottery = ask(jury)
    strike(moment, at_work, lottery, since)
    killed = time.monotonic()
    time.sleep(AFTERMATH)
    left = Lottery.objects.get(pk=lottery.pk)
    found = what_was_found(left, writing=bool(house.noted("writing", since)))
    if not moment.hand_alone:
        at_work.start()
    taken_up, ended = recovered(left, killed) if left.is_at_work else (None, None)
    at_work.wait_until_ready()
    troubles = what_is_wrong(lottery, whole)
    if lottery.attempts < left.attempts + left.is_at_work:
        troubles.append("NO OTHER ATTEMPT IS COUNTED")
    return Recovery(lottery, moment, killed - begun, found, taken_up, ended, troubles)


def strike(moment: Moment, at_work: Worker, lottery: Lottery, since: int) -> None:
    """The worker is gone, or its child."""
    if moment.since == Since.BEGIN:
        wait_until(lambda: attempts(lottery), "the lottery’s begin")
    elif moment.since == Since.WRITING:
        wait_for("writing", 1, since)
    time.sleep(moment.seconds)
    if moment.hand_alone:
        at_work.kill_its_hand()
    else:
        at_work.kill()


def recovered(left: Lottery, killed: float) -> tuple[float, float]:
    """Seconds after which the lottery that was left is at work again, and has ended."""
    wait_until(lambda: attempts(left) > left.attempts, "another attempt")
    taken_up = time.monotonic() - killed
    wait_until(lambda: has_ended(left), "the lottery’s end")
    return taken_up, time.monotonic() - killed


def what_was_found(left: Lottery, *, writing: bool) -> str:
    """How far a lottery had come whose worker was killed."""
    if not left.is_at_work:
        return "ended"
    if left.state == State.QUEUED:
        return "waiting"
    return "writing" if writing else left.phase or "begun"


def what_is_wrong(lottery: Lottery, whole: Undisturbed) -> list[str]:
    """How the lottery differs from one that nobody disturbed and that ended once."""
    lottery.refresh_from_db()
    troubles = []
    if lottery.state != State.DONE:
        troubles.append(f"IT IS {lottery.state.upper()}")
    endings = endings_of(lottery)
    if endings != ["lottery.ready"]:
        troubles.append(f"IT ENDED AS {', '.join(endings) or 'nothing'}")
    if digest_of(lottery) != whole.digest:
        troubles.append("ANOTHER RESULT")
    return troubles


def has_ended(lottery: Lottery) -> bool:
    return not Lottery.objects.get(pk=lottery.pk).is_at_work


def attempts(lottery: Lottery) -> int:
    return Lottery.objects.values_list("attempts", flat=True).get(pk=lottery.pk)


def kill_all(
    jury: Jury, count: int, rng: np.random.Generator
) -> tuple[list[Recovery], Undisturbed]:
    """One lottery after another loses its worker; prints what became of each."""
    recoveries: list[Recovery] = []
    with working(beat=True) as at_work:
        whole = undisturbed(jury)
        print(
            f"undisturbed: {whole.seconds:.1f} s, of which {whole.writing:.2f} s write the result;"
            f" {PEOPLE} people, result {whole.digest[:16]}\n{HEAD}",
            flush=True,
        )
        for number, moment in enumerate(moments(count, whole, rng), start=1):
            recoveries.append(kill_at(moment, jury, at_work, whole))
            print(recoveries[-1].line(number), flush=True)
        # What a broker still holds of the killed workers it delivers by now, and to no effect.
        time.sleep(worker.SHORT_VISIBILITY)
    return recoveries, whole


def seen_without_leases(jury: Jury, whole: Undisturbed) -> list[str]:
    """What is wrong with a lottery delivered twice to workers that respect no lease."""
    worker.app.control.purge()
    since = len(house.diary())
    with working(hands=2, control=True):
        lottery = ask(jury)
        tasks.nudge(lottery.pk)
        wait_for(f"done selection.tasks.carry_out_lottery {lottery.pk}", 2, since)
    return what_is_wrong(lottery, whole)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moments", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    asked = parser.parse_args()
    print(
        f"moments from seed {asked.seed}; leases of {worker.SHORT_LEASE:.0f} s and a sweep every"
        f" {worker.SHORT_SWEEP:.0f} s; in the house {worker.OWN_LEASE:.0f} s and"
        f" {worker.OWN_SWEEP:.0f} s, so recovery takes up to"
        f" {worker.OWN_LEASE + worker.OWN_SWEEP - worker.SHORT_LEASE - worker.SHORT_SWEEP:.0f} s"
        " more",
        flush=True,
    )
    jury = set_up()
    recoveries, whole = kill_all(jury, asked.moments, np.random.default_rng(asked.seed))
    late = [trouble for one in recoveries for trouble in what_is_wrong(one.lottery, whole)]
    wrong = late + [trouble for one in recoveries for trouble in one.troubles]
    waits = [one.taken_up for one in recoveries if one.taken_up is not None]
    hit = Counter(one.found for one in recoveries)
    print("hit: " + ", ".join(f"{count} {phase}" for phase, count in hit.items()))
    if waits:
        print(
            f"taken up after {statistics.median(waits):.1f} s (median), {max(waits):.1f} s (most)"
        )
    seen = seen_without_leases(jury, whole)
    print(f"control without leases, delivered twice: {'; '.join(seen) or 'NOT SEEN'}")
    return int(bool(wrong) or not seen)


if __name__ == "__main__":
    sys.exit(main())
