import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from juries.models import Jury, Message
from juries.post import outbox
from tests import factories

State, Trouble = Message.State, Message.Trouble
FACTS = {"link": "https://raati.example/fi/own/", "code": "K7RM-4PXQ-9ABD"}


@pytest.fixture
def registrant(jury):
    return factories.make_registrants(jury, [("woman", "old")])[0]


def put(registrant, *, key="receipt:1", to="aino@kaarnalahti.example", **more):
    return outbox.put(
        **{
            "jury": registrant.jury,
            "registrant": registrant,
            "wording": "mail_receipt",
            "to": to,
            "language": "fi",
            "facts": FACTS,
            "key": key,
            **more,
        }
    )


def make_due():
    Message.objects.update(due_at=timezone.now())


def refuse(monkeypatch, error):
    def fail(*_arguments):
        raise error

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)


def test_a_message_is_sent_with_its_facts_and_then_says_nothing_any_more(registrant):
    message = put(registrant)

    assert outbox.send_due() == 1

    sent = mail.outbox[0]
    assert (sent.to, sent.from_email) == (["aino@kaarnalahti.example"], "raatihuone@localhost")
    assert FACTS["link"] in sent.body
    assert FACTS["code"] in sent.body
    message.refresh_from_db()
    assert (message.state, message.subject, message.body) == (State.SENT, "", "")


def test_the_same_key_is_the_same_message(registrant):
    assert put(registrant) == put(registrant)

    assert Message.objects.count() == 1


def test_a_task_delivered_three_times_sends_once(registrant):
    put(registrant)

    counts = [outbox.send_due() for _delivery in range(3)]

    assert counts == [1, 0, 0]
    assert len(mail.outbox) == 1


def test_control_without_the_claim_three_deliveries_would_send_thrice(registrant, monkeypatch):
    message = put(registrant)
    monkeypatch.setattr(outbox, "_claim", lambda _pk: message)

    for _delivery in range(3):
        outbox._send_one(message.pk, outbox.mailers.default)

    assert len(mail.outbox) == 3


def test_two_workers_that_saw_the_same_message_send_it_once(registrant):
    message = put(registrant)

    claims = [outbox._claim(message.pk) for _worker in range(2)]

    assert [claim is not None for claim in claims] == [True, False]


@pytest.mark.django_db(transaction=True)
def test_x3_a_broker_that_is_down_loses_no_message(registrant, monkeypatch):
    nudged = []

    def down(name, **_options):
        nudged.append(name)
        raise ConnectionError("broker")

    monkeypatch.setattr(outbox.current_app, "send_task", down)
    with transaction.atomic():
        put(registrant)

    assert nudged == ["juries.tasks.send_messages"]
    assert outbox.send_due() == 1


@pytest.mark.django_db(transaction=True)
def test_a_thousand_messages_do_not_stand_in_the_queue_before_a_file(registrant, monkeypatch):
    nudged = []
    monkeypatch.setattr(outbox.current_app, "send_task", lambda name, **_: nudged.append(name))

    for number in range(5):
        put(registrant, key=f"receipt:{number}", to=f"resident{number}@kaarnalahti.example")

    assert nudged == ["juries.tasks.send_messages"]
    assert outbox.send_due() == 5


@pytest.mark.django_db(transaction=True)
def test_once_what_was_due_has_gone_a_worker_hears_of_the_next_message(registrant, monkeypatch):
    nudged = []
    monkeypatch.setattr(outbox.current_app, "send_task", lambda name, **_: nudged.append(name))
    put(registrant)
    outbox.send_due()

    put(registrant, key="receipt:2")

    assert len(nudged) == 2


@pytest.mark.django_db(transaction=True)
def test_x4_what_did_not_happen_is_not_written_about(registrant, monkeypatch):
    nudged = []
    monkeypatch.setattr(outbox.current_app, "send_task", lambda name, **_: nudged.append(name))
    with transaction.atomic():
        put(registrant)
        transaction.set_rollback(True)

    outbox.send_due()

    assert (nudged, mail.outbox) == ([], [])


def test_x4_the_message_is_known_to_mail_servers_by_its_key(registrant):
    put(registrant, key="receipt:17")
    outbox.send_due()

    assert mail.outbox[0].message()["Message-ID"] == "<receipt.17@127.0.0.1>"


def test_x10_mail_that_cannot_go_is_tried_for_two_days_and_then_shown(registrant, monkeypatch):
    message = put(registrant)
    refuse(monkeypatch, ConnectionRefusedError())
    waited = timedelta()

    while message.state == State.WAITING:
        make_due()
        outbox.send_due()
        message.refresh_from_db()
        waited += outbox.wait_after(message.attempts)

    assert (message.state, message.trouble) == (State.FAILED, Trouble.NO_CONNECTION)
    assert outbox.PATIENCE <= waited <= outbox.PATIENCE + outbox.LONGEST_WAIT
    assert message.body


def test_x10_a_server_that_was_away_a_day_gets_the_message_once(registrant, monkeypatch):
    message = put(registrant)
    with monkeypatch.context() as away:
        refuse(away, ConnectionRefusedError())
        outbox.send_due()
        assert outbox.send_due() == 0  # its next turn has not come
    make_due()

    assert outbox.send_due() == 1
    message.refresh_from_db()
    assert (message.attempts, message.trouble) == (2, "")


def test_a_server_that_does_not_answer_is_not_asked_for_every_message(registrant, monkeypatch):
    for number in range(5):
        put(registrant, key=f"receipt:{number}", to=f"a{number}@kaarnalahti.example")
    refuse(monkeypatch, TimeoutError())

    outbox.send_due()

    assert Message.objects.filter(attempts=1).count() == 1


@pytest.mark.parametrize(
    ("code", "state", "trouble"),
    [
        (550, State.FAILED, Trouble.ADDRESS_REFUSED),
        (451, State.WAITING, Trouble.SERVER_REFUSED),
    ],
)
def test_an_address_that_does_not_exist_is_given_up_at_once(
    registrant, monkeypatch, code, state, trouble
):
    message = put(registrant)
    refuse(monkeypatch, smtplib.SMTPRecipientsRefused({message.to: (code, b"no")}))

    outbox.send_due()

    message.refresh_from_db()
    assert (message.state, message.trouble) == (state, trouble)


@pytest.mark.parametrize("to", ["\u017f@kaarnalahti.example", "a\nBcc: x@y.example"])
def test_r7_an_address_that_no_mail_can_carry_is_given_up_and_holds_up_nobody(registrant, to):
    put(registrant, key="receipt:1", to=to)
    Message.objects.update(due_at=timezone.now() - timedelta(minutes=5))
    put(registrant, key="receipt:2")

    sent = outbox.send_due()

    states = dict(Message.objects.values_list("key", "state"))
    assert states["receipt:2"] == State.SENT
    assert all("x@y.example" not in str(one.message()) for one in mail.outbox)
    if "\n" in to:
        assert (sent, states["receipt:1"]) == (1, State.FAILED)


def test_nothing_is_sent_before_it_is_said_where(registrant, settings):
    put(registrant)
    settings.MAILERS = {}

    assert outbox.send_due() == 0
    assert Message.objects.get().attempts == 0


def test_r6_an_address_gets_three_messages_a_day_and_no_more(registrant):
    made = [
        put(registrant, key=f"receipt:{number}", to=to)
        for number, to in enumerate(["uhri@a.example", "UHRI@a.example"] * 3)
    ]

    assert [message is not None for message in made] == [True] * 3 + [False] * 3

    Message.objects.update(made_at=timezone.now() - outbox.A_DAY)
    assert put(registrant, key="receipt:7", to="uhri@a.example") is not None


def test_r6_control_another_address_is_not_held_back(registrant):
    made = [put(registrant, key=f"k:{n}", to=f"{n}@a.example") for n in range(6)]

    assert None not in made


def test_r6_a_message_carries_no_words_of_the_registrant(registrant):
    registrant.name = "Osta halpoja http://paha.example"
    registrant.street_address = "Mainoskatu"
    registrant.save()

    for number, wording in enumerate(("mail_receipt", "mail_confirm", "mail_guardian")):
        put(registrant, key=f"m:{number}", wording=wording)
    outbox.send_due()

    words = " ".join(message.subject + message.body for message in mail.outbox)
    assert len(mail.outbox) == 3
    assert "paha.example" not in words
    assert "Mainoskatu" not in words


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "=HYPERLINK(1)",
        "{code} {link} {name}",
        "Raati\r\nBcc: kaikki@kunta.example",
        "Raati\n\n.\nQUIT",
        "%(name)s %s",
    ],
)
def test_r7_words_in_the_name_of_a_jury_are_words_in_a_message_and_nothing_else(registrant, words):
    Jury.objects.update(name_fi=words, charge_fi=words)
    registrant.refresh_from_db()
    put(registrant)
    outbox.send_due()

    sent = mail.outbox[0].message()
    assert sent.get_content_type() == "text/plain"
    assert " ".join(words.split()) in str(sent["Subject"])
    assert sent["Bcc"] is None
    assert mail.outbox[0].recipients() == ["aino@kaarnalahti.example"]


def test_a_day_after_sending_no_address_is_kept(registrant):
    put(registrant)
    outbox.send_due()
    assert outbox.forget_what_was_sent() == 0
    Message.objects.update(made_at=timezone.now() - outbox.A_DAY - timedelta(minutes=1))

    assert outbox.forget_what_was_sent() == 1
    assert Message.objects.get().to == ""
