"""For each task of the house a situation in which it has something to do.

A new task needs one function more: under ``@in_which("its.name")``, it makes the rows and returns
the arguments of each delivery. A situation is a jury of its own, so that all of them can stand
beside each other and the order in which their tasks come makes no difference.
"""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from celery import current_app
from django.contrib.sessions.models import Session
from django.db import models
from django.utils import timezone

from juries import leases
from juries.audit import SYSTEM, record
from juries.enums import Role
from juries.intake.uploads import LIVES, keep_upload
from juries.invitation import printing
from juries.models import CodeMiss, Message, PrintJob, SignUpDraft, Upload
from selection.draw.committing import Chance, commit
from selection.draw.freezing import freeze_pool
from selection.lottery import probabilities
from selection.models import Lottery, Round
from tests import factories
from tests.juries.invitation.sampling import HEADER, imported, invited, row
from tests.juries.privacy.holdings import hold_everything
from tests.juries.registration.registering import open_jury
from tests.selection.panel.offering import offered

type Deliveries = list[tuple[Any, ...]]

SITUATIONS: dict[str, Callable[[], Deliveries]] = {}

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def in_which(task: str) -> Callable[[Callable[[], Deliveries]], Callable[[], Deliveries]]:
    """The situation in which ``task`` has something to do."""

    def remember(situation: Callable[[], Deliveries]) -> Callable[[], Deliveries]:
        SITUATIONS[task] = situation
        return situation

    return remember


def tasks_of_the_house() -> set[str]:
    """The names of all tasks in Celery's register but Celery's own."""
    current_app.loader.import_default_modules()
    return {name for name in current_app.tasks if not name.startswith("celery.")}


def without_a_situation() -> list[str]:
    """Tasks that are not delivered again in any check, and situations of tasks that are gone."""
    return sorted(tasks_of_the_house() ^ set(SITUATIONS))


def everything_to_do() -> dict[str, Deliveries]:
    """Every situation stands; by task, the arguments of each delivery."""
    return {task: situation() for task, situation in SITUATIONS.items()}


def _for_the_queue(waiting: models.Model) -> None:
    """The row waits for its delivery, however long that takes."""
    _change(waiting, lease_until=timezone.now() + timedelta(days=1))


def _silent(row_: models.Model, **facts: Any) -> None:
    """The row as a dead worker or a lost message leaves it."""
    _change(row_, lease_until=timezone.now() - timedelta(seconds=1), **facts)


def _exhausted(row_: models.Model) -> None:
    """The row as the last worker leaves it that may die of it."""
    _silent(row_, state=leases.RUNNING, attempts=leases.MOST_ATTEMPTS)


def _change(instance: models.Model, **facts: Any) -> None:
    type(instance)._default_manager.filter(pk=instance.pk).update(**facts)


def _file(slug: str, people: int = 2) -> Upload:
    content = "\n".join([HEADER, *(row(number) for number in range(people))]).encode()
    return keep_upload(
        jury=open_jury(slug=slug),
        purpose=Upload.Purpose.ADDRESSES,
        file_name="otos.csv",
        content=content,
        by=factories.make_user(),
    )


def _letters(slug: str) -> PrintJob:
    wave = invited(imported(open_jury(slug=slug), [row(1), row(2)]), sent=False)
    return printing.request_letters(wave=wave, by=factories.make_user())


def _lottery(slug: str) -> Lottery:
    jury = factories.make_jury(slug, stage="lottery")
    factories.make_mixed_pool(jury, 12)
    by = factories.make_member(jury, Role.ORGANISER)
    freeze_pool(jury=jury, by=by, objection_hours=0)
    return probabilities.request_lottery(jury=jury, by=by, seed=1)


def _message(slug: str, number: int, **facts: Any) -> Message:
    jury = factories.make_jury(slug) if number == 0 else Message.objects.get(key=f"{slug} 0").jury
    return Message.objects.create(
        **{
            "jury": jury,
            "key": f"{slug} {number}",
            "wording": "mail_receipt",
            "language": "fi",
            "to": f"asukas{number}@kaarnalahti.example",
            "subject": "Kiitos",
            "body": "Olet mukana.",
            "due_at": timezone.now(),
            **facts,
        }
    )


@in_which("juries.tasks.read_upload")
def files_wait_for_their_reader() -> Deliveries:
    """One that can be read and one that is empty."""
    files = [_file("tiedosto"), _file("tyhja", people=0)]
    for file in files:
        _for_the_queue(file)
    return [(file.pk,) for file in files]


@in_which("juries.tasks.take_up_stalled_uploads")
def files_were_lost() -> Deliveries:
    _silent(_file("kadonnut-tiedosto"))
    _exhausted(_file("raskas-tiedosto"))
    return [()]


@in_which("juries.tasks.forget_old_uploads")
def a_file_has_waited_for_long() -> Deliveries:
    file = _file("vanha-tiedosto")
    _change(file, created_at=timezone.now() - 2 * LIVES, state=Upload.State.READ, content=b"")
    return [()]


@in_which("juries.tasks.run_retention")
def everything_has_been_kept_long_enough() -> Deliveries:
    days = "registration_opens_on registration_closes_on draw_on first_session_on last_session_on"
    jury = factories.make_jury("entinen", **dict.fromkeys(days.split(), LONG_AGO.date()))
    hold_everything(jury)
    jury.messages.update(state=Message.State.SENT, to="")
    SignUpDraft.objects.update(touched_at=LONG_AGO)
    Session.objects.create(session_key="vanha", expire_date=LONG_AGO)
    _change(CodeMiss.objects.create(about="vanha"), at=LONG_AGO)
    return [()]


@in_which("juries.tasks.keep_audit_heads")
def the_log_has_lines() -> Deliveries:
    record("jury.changed", jury=factories.make_jury("kirjattu"), by=SYSTEM)
    return [()]


@in_which("juries.tasks.print_letters")
def letters_wait_for_their_press() -> Deliveries:
    jobs = [_letters("kirjeet"), _letters("kutsut")]
    for job in jobs:
        _for_the_queue(job)
    return [(job.pk,) for job in jobs]


@in_which("juries.tasks.take_up_stalled_letters")
def letters_were_lost() -> Deliveries:
    _silent(_letters("kadonneet-kirjeet"))
    _exhausted(_letters("raskaat-kirjeet"))
    return [()]


@in_which("juries.tasks.erase_old_letters")
def letters_have_been_kept_long_enough() -> Deliveries:
    """One file that was asked for, and one that a dead worker left half made."""
    job = _letters("vanhat-kirjeet")
    made, orphan = (printing.folder() / f"{job.pk}-{name}.pdf" for name in ("valmis", "kesken"))
    long_ago = timezone.now() - printing.KEPT_FOR - printing.ORPHANED_AFTER
    for path in (made, orphan):
        path.write_bytes(b"%PDF")
        os.utime(path, 2 * (long_ago.timestamp(),))
    _change(job, state=PrintJob.State.DONE, file=made.name, finished_at=long_ago, done=2)
    return [()]


@in_which("juries.tasks.send_messages")
def messages_are_due() -> Deliveries:
    """Three that are, one that is not yet, and one that no mail server can take."""
    for number in range(3):
        _message("viestit", number)
    _message("viestit", 3, due_at=timezone.now() + timedelta(days=1))
    _message("viestit", 4, to="ei\nosoite@kaarnalahti.example")
    return [()]


@in_which("juries.tasks.forget_what_was_sent")
def a_message_was_sent_long_ago() -> Deliveries:
    long_ago = timezone.now() - timedelta(days=2)
    sent = {"state": Message.State.SENT, "subject": "", "body": "", "sent_at": long_ago}
    _message("lahetetty", 0, made_at=long_ago, **sent)
    return [()]


@in_which("selection.tasks.carry_out_lottery")
def lotteries_wait_for_their_worker() -> Deliveries:
    lotteries = [_lottery("arvonta"), _lottery("toinen-arvonta")]
    for lottery in lotteries:
        _for_the_queue(lottery)
    return [(lottery.pk,) for lottery in lotteries]


@in_which("selection.tasks.take_up_stalled")
def lotteries_were_lost() -> Deliveries:
    """By the queue, by a worker, by too many workers, and by one that nobody wanted to go on."""
    _silent(_lottery("kadonnut-arvonta"))
    _silent(_lottery("keskeytynyt-arvonta"), state=leases.RUNNING, attempts=1)
    _exhausted(_lottery("raskas-arvonta"))
    _silent(_lottery("peruttu-arvonta"), state=leases.RUNNING, cancel_requested_at=timezone.now())
    return [()]


@in_which("selection.tasks.remind_who_has_not_answered")
def seats_are_not_answered() -> Deliveries:
    now = timezone.now()
    last_day = timezone.localdate() + timedelta(days=1)
    offered(factories.make_jury("vastaamatta"), answer_by=last_day, told_at=now - timedelta(days=3))
    return [()]


@in_which("selection.tasks.fetch_beacons")
def a_beacon_has_been_published() -> Deliveries:
    """Nobody has drawn balls in time, so the beacon alone decides who is drawn."""
    lottery = _lottery("majakka")
    probabilities.carry_out(lottery.pk)
    lottery.refresh_from_db()
    now = timezone.now()
    chance = Chance(Round.Sources.BOTH, now + timedelta(hours=1))
    round_ = commit(lottery=lottery, chance=chance, by=lottery.requested_by)
    past = now - timedelta(minutes=1)
    _change(round_, balls_deadline=past, beacon_time=past)
    return [()]
