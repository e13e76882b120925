from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from juries.models.invitation import Wave
from juries.models.jury import Jury
from juries.models.people import User
from juries.models.registrant import Registrant


class Message(models.Model):
    """An e-mail on its way: written in the transaction that causes it, sent by the worker.

    ``key`` says what the message is about; the same message is never sent twice. Messages sent to
    many at once share their ``mailing``. What a message said is not kept once it is sent.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("could not be sent")

    class Trouble(models.TextChoices):
        NO_CONNECTION = "no_connection", _("the mail server does not answer")
        SERVER_REFUSED = "server_refused", _("the mail server refused the message")
        ADDRESS_REFUSED = "address_refused", _("the address takes no messages")

    jury = models.ForeignKey(Jury, models.CASCADE, related_name="messages")
    registrant = models.ForeignKey(
        Registrant, models.CASCADE, null=True, blank=True, related_name="messages"
    )
    key = models.CharField(max_length=100, unique=True)
    wording = models.CharField(max_length=40)
    language = models.CharField(max_length=5)
    mailing = models.UUIDField(null=True, blank=True, db_index=True)
    to = models.EmailField(blank=True)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=20, choices=Trouble, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-pk",)
        indexes = [
            models.Index("state", "due_at", name="messages_that_wait"),
            models.Index("to", "made_at", name="messages_to_an_address"),
        ]

    def __str__(self) -> str:
        return self.key


class PrintJob(models.Model):
    """The letters of a wave in one PDF: the row is the truth of the job, the queue only a nudge."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("ready")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    class Trouble(models.TextChoices):
        NOTHING = "nothing", _("there is no letter whose code can be printed")
        TYPESETTING = "typesetting", _("a letter could not be set")
        DISK = "disk", _("the disk of the house is full")
        STALLED = "stalled", _("the work was broken off again and again")

    jury = models.ForeignKey(Jury, models.CASCADE, related_name="print_jobs")
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="print_jobs")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField()
    file = models.CharField(max_length=200, blank=True)
    trouble = models.CharField(max_length=20, choices=Trouble, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.wave}: {self.get_state_display()}"


class Call(models.Model):
    """A phone call with somebody, about registering or about a seat: the call log.

    A call to be returned is settled by the next one. Written down under the same ``submission`` it
    is the same call.
    """

    class Outcome(models.TextChoices):
        REGISTERED = "registered", _("registered")
        ANSWERED = "answered", _("question answered")
        NO_ANSWER = "no_answer", _("no answer")
        CALL_BACK = "call_back", _("to be called back")
        NOT_INTERESTED = "not_interested", _("does not want to take part")
        ACCEPTED = "accepted", _("takes the seat")
        DECLINED = "declined", _("does not take the seat")

    jury = models.ForeignKey(Jury, models.CASCADE, related_name="calls")
    registrant = models.ForeignKey(
        Registrant, models.CASCADE, null=True, blank=True, related_name="calls"
    )
    outcome = models.CharField(max_length=20, choices=Outcome)
    note = models.CharField(max_length=300, blank=True)
    call_back_on = models.DateField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    submission = models.UUIDField(unique=True, null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_outcome_display()}"
