"""E-mail on its way: written where it is caused, sent afterwards, never twice, never forgotten.

A message stands in the transaction that causes it, so that nothing is sent about what did not
happen. A worker claims it before sending, so that however often the queue delivers, one sends. Mail
that cannot be sent is tried again at growing intervals for two days.
"""

import re
import smtplib
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from celery import current_app
from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from juries.models import Jury, Message, Registrant
from juries.models.translated import LANGUAGE_CODES
from juries.post.kinds import KINDS
from juries.post.wordings import facts_of, filled, text_of

MOST_TO_AN_ADDRESS = 3
"""Receipts and confirmations to one address in a day: nobody is bombed through this house."""

A_DAY = timedelta(hours=24)
PATIENCE = timedelta(hours=48)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)

AT_ONCE = 200
"""Messages sent in one round, so that a round ends before the next is long overdue."""

State, Trouble = Message.State, Message.Trouble


def put(
    *,
    jury: Jury,
    registrant: Registrant | None,
    wording: str,
    to: str,
    language: str,
    facts: Mapping[str, str],
    key: str,
    mailing: UUID | None = None,
    due_at: datetime | None = None,
) -> Message | None:
    """The message waits to be sent once the caller's transaction stands.

    Put again under the same ``key`` it is the same message; if it was given up and the address is
    another one by now, it goes there. None is put, and nobody told, when the address has had its
    share of messages for a day.
    """
    standing = Message.objects.filter(key=key).first()
    if standing and not _given_up_elsewhere(standing, to):
        return standing
    now = timezone.now()
    if mailing is None and _has_had_its_share(to, now):
        return None
    language = language if language in LANGUAGE_CODES else (jury.languages or LANGUAGE_CODES)[0]
    text = filled(
        text_of(jury, wording, language),
        facts_of(jury, language) | {name: facts[name] for name in KINDS[wording].own_facts},
    )
    content = {
        "mailing": mailing,
        "language": language,
        "to": to.lower(),
        "subject": text.subject[:200],
        "body": text.body,
        "due_at": due_at or now,
    }
    if standing:
        message = _begun_again(standing, {**content, "made_at": now})
    else:
        of = {"jury": jury, "registrant": registrant, "wording": wording}
        message, _made = Message.objects.get_or_create(key=key, defaults={**of, **content})
    if mailing is None:
        transaction.on_commit(partial(_nudge, message.pk), robust=True)
    return message


def send_due() -> int:
    """Every message whose time has come is sent or has been tried; how many went."""
    if not settings.MAILERS:
        return 0
    connection = mailers.default
    sent = 0
    try:
        for pk in _due().order_by("due_at").values_list("pk", flat=True)[:AT_ONCE]:
            outcome = _send_one(pk, connection)
            sent += outcome == State.SENT
            if outcome == Trouble.NO_CONNECTION:
                break
    finally:
        connection.close()
    return sent


def forget_what_was_sent() -> int:
    """Of messages sent more than a day ago no address is kept; how many were cleared."""
    old = Message.objects.filter(state=State.SENT, made_at__lt=timezone.now() - A_DAY)
    return old.exclude(to="").update(to="")


def _due() -> QuerySet[Message]:
    now = timezone.now()
    return Message.objects.filter(state=State.WAITING, due_at__lte=now, jury__removed_at=None)


def _send_one(pk: int, connection: BaseEmailBackend) -> str:
    """``State.SENT``, what hindered the message, or nothing where it was no longer to be sent."""
    message = _claim(pk)
    if message is None:
        return ""
    trouble = _try(message, connection)
    if not trouble:
        Message.objects.filter(pk=pk).update(
            state=State.SENT, sent_at=timezone.now(), subject="", body="", trouble=""
        )
        return State.SENT
    hopeless = trouble == Trouble.ADDRESS_REFUSED or _out_of_patience(message)
    Message.objects.filter(pk=pk).update(
        state=State.FAILED if hopeless else State.WAITING, trouble=trouble
    )
    return trouble


def _claim(pk: int) -> Message | None:
    """The message, ours to send until its next turn comes; None if it is not to be sent."""
    now = timezone.now()
    messages = Message.objects.select_related("jury__organisation", "registrant")
    message = messages.filter(pk=pk).first()
    if message is None:
        return None
    row = Message.objects.filter(
        pk=pk, state=State.WAITING, due_at__lte=now, attempts=message.attempts
    )
    if message.mailing and message.registrant and message.registrant.withdrawn_at:
        row.delete()
        return None
    message.attempts += 1
    claimed = row.update(attempts=message.attempts, due_at=now + wait_after(message.attempts))
    return message if claimed else None


def wait_after(attempts: int) -> timedelta:
    """How long the message waits for its next turn: twice as long each time, up to four hours."""
    doublings: int = 2 ** min(attempts - 1, 20)
    return min(FIRST_WAIT * doublings, LONGEST_WAIT)


def _out_of_patience(message: Message) -> bool:
    waited = sum((wait_after(turn) for turn in range(1, message.attempts + 1)), timedelta())
    return waited > PATIENCE


def _try(message: Message, connection: BaseEmailBackend) -> str:
    try:
        connection.open()
        connection.send_messages([_email(message)])
    except smtplib.SMTPRecipientsRefused as refusal:
        codes = [code for code, _words in refusal.recipients.values()]
        permanent = bool(codes) and all(code >= 500 for code in codes)
        return Trouble.ADDRESS_REFUSED if permanent else Trouble.SERVER_REFUSED
    except (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError):
        return Trouble.NO_CONNECTION
    except smtplib.SMTPException:
        return Trouble.SERVER_REFUSED
    except ValueError:
        # The address cannot be written in a header: it has letters that mail does not know.
        return Trouble.ADDRESS_REFUSED
    except OSError:
        # SMTPException is an OSError too, so what comes here is the network's or the disk's.
        return Trouble.NO_CONNECTION
    return ""


def _email(message: Message) -> EmailMessage:
    reply_to = message.jury.first_contact_email or message.jury.organisation.contact_email
    return EmailMessage(
        message.subject,
        message.body,
        to=[message.to],
        reply_to=[reply_to] if reply_to else None,
        headers={"Message-ID": message_id(message.key), "Auto-Submitted": "auto-generated"},
    )


def message_id(key: str) -> str:
    """What a message is called among mail servers: the same however often it is sent."""
    name = re.sub(r"[^A-Za-z0-9-]+", ".", key).strip(".")
    return f"<{name}@{urlsplit(settings.ADDRESS).hostname}>"


def _given_up_elsewhere(message: Message, to: str) -> bool:
    return message.state == State.FAILED and message.to != to.lower()


def _begun_again(message: Message, content: Mapping[str, Any]) -> Message:
    """The message that was given up waits once more, with other content."""
    given_up = Message.objects.filter(pk=message.pk, state=State.FAILED)
    given_up.update(**content, state=State.WAITING, attempts=0, trouble="")
    message.refresh_from_db()
    return message


def _has_had_its_share(to: str, now: datetime) -> bool:
    lately = Message.objects.filter(to=to.lower(), mailing=None, made_at__gt=now - A_DAY)
    return lately.count() >= MOST_TO_AN_ADDRESS


def _nudge(pk: int) -> None:
    """A worker hears of it; where the queue does not answer, the sweep will find the message.

    Whoever is told of one message sends all that are due: where another one waits already, nobody
    is told again, or a thousand registrations would stand before a file in the queue.
    """
    if _due().exclude(pk=pk).exists():
        return
    current_app.send_task("juries.tasks.send_messages", retry=False)
