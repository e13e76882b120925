"""The demo is the house's own story: it loads whole, once, and its doors open."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from juries import demo
from juries.audit_chain import check_all
from juries.enums import Stage
from juries.invitation import outreach
from juries.models import AuditEntry, Jury, Needs, User
from juries.pool.calls import due_today
from juries.pool.completeness import incomplete
from juries.pool.duplicates import undecided_pairs
from statements.document import document_of, is_unchanged
from statements.models import Delivery, Part, Statement


@pytest.fixture
def loaded(transactional_db, settings, tmp_path):
    settings.DATA = tmp_path
    settings.DEMO = True
    call_command("load_demo")


def test_the_demo_loads_whole_once_and_its_doors_open(loaded):
    open_jury = Jury.objects.get(stage=Stage.REGISTRATION)
    answered = Jury.objects.get(stage=Stage.PANEL)
    statement = Statement.objects.get(jury=answered)
    deeds = AuditEntry.objects.count()

    call_command("load_demo")

    assert open_jury.registrants.count() == 208
    assert answered.registrants.count() == 212
    assert answered.seats.confirmed().count() == 30
    assert answered.seats.filter(state="declined").count() == 4
    assert answered.sessions.count() == 4
    votes = statement.parts.filter(kind=Part.Kind.RECOMMENDATION).values_list("yes", "no", "blank")
    assert list(votes) == [(26, 1, 1), (24, 2, 2), (28, 0, 0), (21, 4, 3), (27, 0, 1), (17, 9, 2)]
    assert is_unchanged(statement, document_of(statement))
    assert Delivery.objects.filter(published_at=None).count() == 1
    assert AuditEntry.objects.count() == deeds
    assert check_all() == []
    recruitment_is_under_way(open_jury)
    recruitment_is_past(answered)
    the_draw_can_be_held(Jury.objects.get(stage=Stage.FROZEN))
    doors_open()


def the_draw_can_be_held(jury):
    draw = jury.draws.get()
    assert draw.objections_until < timezone.now()
    assert draw.entries.count() == jury.registrants.in_pool().count()
    assert draw.lotteries.get().state == "done"


def recruitment_is_under_way(jury):
    assert [wave.kind for wave in jury.waves.all()] == ["invitation", "invitation", "reminder"]
    assert jury.samples.get().invitees.count() == 1200
    assert jury.registrants.filter(invitation__isnull=False).count() > 20
    assert all(effect.visits > effect.registered > 0 for effect in outreach.effects(jury))
    assert set(jury.registrants.values_list("channel", flat=True)) == {"web", "paper", "phone"}
    assert jury.registrants.filter(unconfirmed=True).count() == 1
    assert incomplete(jury).count() == 1
    assert undecided_pairs(jury)
    assert Needs.objects.filter(registrant__jury=jury).count() > 20
    assert set(jury.messages.values_list("state", flat=True)) == {"sent", "waiting"}
    assert due_today(jury).count() == 1
    assert {criterion.key: criterion.source for criterion in jury.criteria.all()} == {
        "ikä": "birth_year",
        "sukupuoli": "asked",
        "kieli": "asked",
        "alue": "postal_code",
        "koulutus": "asked",
    }


def recruitment_is_past(jury):
    """What was due by the summer after the last session has been erased, and the log says so."""
    sample = jury.samples.get()
    assert (sample.people, sample.invitees.count()) == (4000, 0)
    assert jury.registrants.exclude(name="").count() == 30
    assert not Needs.objects.filter(registrant__jury=jury).exists()
    erased = jury.audit_entries.filter(verb="data.erased").values_list("facts__data", flat=True)
    assert set(erased) >= {"sample", "needs", "messages", "not_drawn"}


def doors_open():
    for account in demo.ACCOUNTS:
        client = Client()
        signed_in = client.post(
            reverse("login"), {"username": account.email, "password": demo.PASSWORD}
        )
        assert signed_in.status_code == 302
        assert client.get(reverse("juries")).status_code == 200
    assert len(demo.code_holders()) == len(demo.Part)
    for holder in demo.code_holders():
        client = Client()
        assert client.get(holder.url).status_code == 200
        if holder.part != demo.Part.INVITED:
            assert client.post(holder.url).status_code == 302
    page = Client().get(reverse("login")).content.decode()
    assert all(account.email in page for account in demo.ACCOUNTS)
    assert all(holder.code in page for holder in demo.code_holders())


def test_outside_the_demo_nobody_is_shown_the_way_in(db):
    page = Client().get(reverse("login")).content.decode()

    assert User.objects.count() == 0
    assert not any(account.email in page for account in demo.ACCOUNTS)


def test_the_demo_is_not_loaded_in_production(db, settings):
    settings.MODE = "production"

    with pytest.raises(Exception, match="production"):
        call_command("load_demo")

    assert not Jury.objects.exists()
