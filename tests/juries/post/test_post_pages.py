import pytest
from django.core import mail
from django.test import Client

from juries.commission.readiness import missing_for_registration
from juries.enums import Role
from juries.invitation import printing
from juries.models import AuditEntry, Jury, Message, PrintJob, Wording
from juries.post import outbox, trying_out
from juries.post.kinds import KINDS
from tests import factories
from tests.juries.invitation.sampling import imported, invited, row
from tests.juries.registration.registering import open_jury

State = Message.State


@pytest.fixture
def jury(db):
    return open_jury()


@pytest.fixture
def client(jury, settings, tmp_path):
    settings.DATA = tmp_path
    client = Client(headers={"accept-language": "en"})
    client.force_login(factories.make_member(jury, Role.RECRUITER))
    return client


def address(jury, page):
    return f"/en/desk/{jury.slug}/{page}"


def words(response):
    return " ".join(response.content.decode().split())


def form(deed, **changes):
    said = {"subject": "Kutsu", "body": "Tule! {code} {link}", **changes}
    return {
        f"{part}_{language}": said.get(f"{part}_{language}", said[part])
        for part in ("subject", "body")
        for language in ("fi", "sv")
    } | {"deed": deed}


def test_the_front_page_names_every_text_and_whose_words_it_has(client, jury):
    Wording.objects.create(jury=jury, key="mail_receipt", subject_fi="Saatu", body_fi="{link}")

    page = words(client.get(address(jury, "post/")))

    assert all(str(kind.name) in page for kind in KINDS.values())
    assert "missing: Swedish" in page


def test_a_text_is_looked_at_kept_and_dropped(client, jury):
    page = address(jury, "post/letter_invitation/")

    looked = words(client.post(page, form("look")))
    assert "not kept yet" in looked
    assert "Tule! K7RM-4PXQ-9ABD" in looked
    assert not Wording.objects.exists()

    assert client.post(page, form("keep")).status_code == 302
    assert Wording.objects.get().body_sv == "Tule! {code} {link}"

    client.post(page, {"deed": "reset"})
    assert not Wording.objects.exists()


def test_a_wrong_fact_is_said_at_its_field_and_the_words_are_not_lost(client, jury):
    sent = form("keep", body_sv="Kom! {kod} {link}")

    page = words(client.post(address(jury, "post/letter_invitation/"), sent))

    assert "There is no fact called {kod}" in page
    assert "{code} is missing" in page
    assert "Kom! {kod} {link}" in page


def test_the_preview_is_of_a_real_person_and_never_of_a_protected_one(client, jury):
    page = address(jury, "post/letter_invitation/")
    assert "Aino Mallikas" in words(client.get(page))

    imported(jury, [row(1, last="Salainen", protected="x"), row(2, last="Julkinen")])

    told = words(client.get(page))
    assert "Julkinen" in told
    assert "Salainen" not in told
    assert trying_out.example(jury).code == trying_out.INVENTED.code


@pytest.mark.parametrize("language", ["fi", "sv", "xx"])
def test_one_letter_can_be_seen_as_it_will_be_printed(client, jury, language):
    response = client.get(address(jury, f"post/letter_reminder/sample.pdf?in={language}"))

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")


def test_letters_are_asked_for_watched_and_fetched_with_a_reason(client, jury):
    wave = invited(imported(jury, [row(1), row(2)]), sent=False)
    page = address(jury, f"recruitment/waves/{wave.pk}/letters/")
    client.post(f"{page}make/")
    job = PrintJob.objects.get()

    assert "0 of 2 letters" in words(client.get(page))
    part = client.get(page, headers={"hx-request": "true"})
    assert "letters-progress" in words(part)
    assert "<h1>" not in words(part)

    printing.carry_out(job.pk)
    assert "The file is ready" in words(client.get(page))
    assert "id_reason_error" in words(client.post(f"{page}fetch/"))

    fetched = client.post(f"{page}fetch/", {"reason": "Print house"})
    assert b"".join(fetched.streaming_content).startswith(b"%PDF")
    assert "no-store" in fetched.headers["Cache-Control"]
    assert AuditEntry.objects.filter(verb="letters.downloaded").count() == 1


def test_making_letters_can_be_cancelled(client, jury):
    wave = invited(imported(jury, [row(1)]), sent=False)
    page = address(jury, f"recruitment/waves/{wave.pk}/letters/")
    client.post(f"{page}make/")

    client.post(f"{page}cancel/")

    assert PrintJob.objects.get().state == PrintJob.State.CANCELLED
    assert "Make the letters" in words(client.get(page))


def test_only_those_who_send_fetch_letters(jury, sign_in_as):
    wave = invited(imported(jury, [row(1)]), sent=False)
    page = address(jury, f"recruitment/waves/{wave.pk}/letters/")

    answers = {
        role: sign_in_as(role, jury).post(f"{page}fetch/", {"reason": "x"}).status_code
        for role in Role
    }

    assert [role for role, status in answers.items() if status != 403] == [
        Role.ORGANISER,
        Role.RECRUITER,
    ]


def test_x10_messages_in_trouble_are_seen_and_sent_again(client, jury, monkeypatch):
    [registrant] = factories.make_registrants(jury, [("woman", "old")])
    facts = {"link": "https://raati.example", "code": "K7RM-4PXQ-9ABD"}
    outbox.put(
        jury=jury,
        registrant=registrant,
        wording="mail_receipt",
        to=registrant.email,
        language="fi",
        facts=facts,
        key="receipt:1",
    )
    Message.objects.update(state=State.FAILED, trouble=Message.Trouble.NO_CONNECTION, attempts=19)

    page = words(client.get(address(jury, "post/")))
    assert "The mail server does not answer" in page
    assert registrant.reference in page
    assert registrant.email not in page

    client.post(address(jury, "post/again/"))
    assert outbox.send_due() == 1
    assert len(mail.outbox) == 1


def test_a_house_without_mail_says_so(client, jury, settings):
    assert "E-mail is not set up" not in words(client.get(address(jury, "post/")))
    settings.MAILERS = {}

    assert "E-mail is not set up" in words(client.get(address(jury, "post/")))


def test_a_text_that_is_missing_holds_registration_back(jury):
    before = [str(one) for one in missing_for_registration(jury)]
    Wording.objects.create(jury=jury, key="mail_receipt", subject_fi="Saatu", body_fi="{link}")
    Jury.objects.update(stage="setting_up")

    after = [str(one) for one in missing_for_registration(jury)]

    assert len(after) == len(before) + 1
    assert any("Message: registration received" in sentence for sentence in after)
