from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from juries.audit import SYSTEM, record
from juries.commission.removal import erase_removed_juries, remove_jury, restore_jury
from juries.enums import Role, Stage
from juries.errors import JuryError
from juries.models import AuditEntry, Jury, Message, Registrant
from juries.post import outbox
from tests import factories
from tests.juries.commission.test_copying import with_a_form

pytestmark = pytest.mark.django_db

NAME = "Lähipalvelut 2035"


def removed(**facts):
    jury = factories.make_jury(**facts)
    factories.make_mixed_pool(jury, 4)
    remove_jury(jury=jury, typed_name=NAME, by=factories.make_user())
    jury.refresh_from_db()
    return jury


def own_page(registrant):
    client = Client()
    session = client.session
    session["own_registrant"] = registrant.pk
    session.save()
    return client.get(reverse("own_page"))


def test_o10_a_removed_jury_is_seen_by_nobody_and_comes_back_whole(sign_in_as):
    jury = factories.make_jury(stage=Stage.REGISTRATION)
    [registrant, *_others] = factories.make_mixed_pool(jury, 4)
    client = sign_in_as(Role.ORGANISER, jury)
    pages = [
        (client, reverse("home", args=[jury.slug])),
        (client, reverse("jury_settings", args=[jury.slug])),
        (Client(), reverse("jury", args=[jury.slug])),
        (Client(), reverse("sign_up", args=[jury.slug])),
    ]

    def seen():
        return [who.get(page, follow=True).status_code for who, page in pages], (
            own_page(registrant).status_code
        )

    before = seen()
    remove_jury(jury=jury, typed_name=NAME, by=factories.make_user())
    gone = seen()
    listed = NAME in client.get(reverse("juries")).content.decode()
    restore_jury(jury=jury, by=factories.make_user())

    assert (before, gone) == (([200] * 4, 200), ([404] * 4, 302))
    assert not listed
    assert seen() == before
    assert jury.registrants.count() == 4
    verbs = [entry.verb for entry in jury.audit_entries.order_by("pk")]
    assert verbs == ["jury.removed", "jury.restored"]


@pytest.mark.parametrize("typed", ["", "Lähipalvelut", "Lähipalvelut 2036", "x" * 200])
def test_o10_without_the_name_nothing_is_removed(jury, typed):
    with pytest.raises(JuryError):
        remove_jury(jury=jury, typed_name=typed, by=factories.make_user())

    assert Jury.objects.standing().filter(pk=jury.pk).exists()


def test_o10_the_name_may_be_typed_with_other_spaces_and_case(jury):
    remove_jury(jury=jury, typed_name="  lähipalvelut  2035 ", by=factories.make_user())

    assert not Jury.objects.standing().exists()


def test_o10_removed_and_brought_back_by_hand(jury, sign_in_as):
    client = sign_in_as(Role.ORGANISER, jury)
    address = reverse("remove_jury", args=[jury.slug])

    wrong = client.post(address, {"typed_name": "Jokin muu"})
    done = client.post(address, {"typed_name": NAME}, follow=True)
    back = client.post(
        reverse("restore_jury", args=[jury.organisation.slug]), {"jury": jury.slug}, follow=True
    )

    assert wrong.context["form"].has_error("typed_name")
    assert NAME in done.content.decode()
    assert back.redirect_chain[-1][0] == reverse("home", args=[jury.slug])


def test_o10_another_organisation_brings_nothing_back(sign_in_as):
    jury = removed()
    elsewhere = factories.make_jury("elsewhere", organisation=factories.make_organisation("muu"))
    client = sign_in_as(Role.ORGANISER, elsewhere)

    own = client.post(reverse("restore_jury", args=["muu"]), {"jury": jury.slug})
    theirs = client.post(reverse("restore_jury", args=["kaarnalahti"]), {"jury": jury.slug})

    assert (own.status_code, theirs.status_code) == (404, 404)
    assert not Jury.objects.standing().filter(pk=jury.pk).exists()


def test_o10_a_removed_jury_is_erased_after_thirty_days_and_not_before():
    today = timezone.localdate()
    jury = removed()
    kept = factories.make_jury("toinen")
    entries = jury.audit_entries.count()

    early = erase_removed_juries(on=today + timedelta(days=30))
    there = Jury.objects.filter(pk=jury.pk).exists()
    late = erase_removed_juries(on=today + timedelta(days=31))

    assert (early, there, late) == (0, True, 1)
    assert list(Jury.objects.all()) == [kept]
    assert not Registrant.objects.exists()
    assert AuditEntry.objects.count() == entries + 1
    told = AuditEntry.objects.get(verb="jury.erased")
    assert told.facts == {"organisation": "kaarnalahti", "entries": entries}


def test_o10_what_was_brought_back_is_not_erased():
    jury = removed()
    restore_jury(jury=jury, by=factories.make_user())

    assert erase_removed_juries(on=timezone.localdate() + timedelta(days=400)) == 0
    assert Jury.objects.filter(pk=jury.pk).exists()


def test_o10_everything_that_belongs_to_the_jury_goes_with_it():
    jury = with_a_form(factories.make_jury())
    copied_from_it = factories.make_jury("kopio", copied_from=jury, submission=uuid4())
    jury.memberships.create(
        user=factories.make_user(), organisation=jury.organisation, role=Role.RECRUITER
    )
    with time_machine.travel("2026-01-01"):
        remove_jury(jury=jury, typed_name=NAME, by=factories.make_user())

    assert erase_removed_juries(on=date(2026, 2, 1)) == 1
    copied_from_it.refresh_from_db()
    assert copied_from_it.copied_from is None


@pytest.mark.parametrize("stage", [Stage.LOTTERY, Stage.FROZEN, Stage.PANEL])
def test_o10_a_jury_whose_pool_has_been_frozen_stays_though_the_draw_was_broken_off(
    stage, sign_in_as
):
    jury = factories.make_jury(stage=stage)
    record("pool.frozen", jury=jury, by=SYSTEM)

    with pytest.raises(JuryError):
        remove_jury(jury=jury, typed_name=NAME, by=factories.make_user())

    home = sign_in_as(Role.ORGANISER, jury).get(reverse("home", args=[jury.slug]))
    assert reverse("remove_jury", args=[jury.slug]) not in home.content.decode()


def test_o10_nothing_is_sent_for_a_removed_jury_until_it_is_back(mailoutbox):
    jury = factories.make_jury()
    Message.objects.create(
        jury=jury,
        key="odottaa",
        wording="mail_receipt",
        language="fi",
        to="malli@kaarnalahti.example",
        subject="Hei",
        body="Hei!",
        due_at=timezone.now(),
    )
    remove_jury(jury=jury, typed_name=NAME, by=factories.make_user())

    silent = (outbox.send_due(), len(mailoutbox))
    restore_jury(jury=jury, by=factories.make_user())

    assert silent == (0, 0)
    assert (outbox.send_due(), len(mailoutbox)) == (1, 1)
