import pytest
from django.utils import translation

from juries.enums import Role, Stage
from juries.errors import JuryError
from juries.models import Jury, Registrant, SignUpDraft
from juries.questions.trial import (
    begin_trial,
    end_trial,
    erase_trial,
    jury_of_trial,
    trial_token,
)
from tests import factories

PEOPLE = [("woman", "young"), ("man", "old")]


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def by(jury):
    return factories.make_user()


def test_the_link_opens_the_form_only_while_it_is_on_trial(jury, by):
    token = trial_token(jury)
    before = jury_of_trial(token)
    begin_trial(jury=jury, by=by)
    during = jury_of_trial(token)
    end_trial(jury=jury, by=by)

    assert (before, during, jury_of_trial(token)) == (None, jury, None)


def test_a_link_that_was_not_made_here_opens_nothing(jury, by):
    begin_trial(jury=jury, by=by)

    assert jury_of_trial(trial_token(jury)[:-1] + "x") is None
    assert jury_of_trial(str(jury.pk)) is None


def test_there_is_no_trial_once_registration_is_open(jury, by):
    begin_trial(jury=jury, by=by)
    Jury.objects.update(stage=Stage.REGISTRATION)

    with pytest.raises(JuryError):
        begin_trial(jury=jury, by=by)
    assert jury_of_trial(trial_token(jury)) is None


def test_what_was_sent_on_trial_is_in_no_pool_and_is_erased_with_the_trial(jury, by):
    real = factories.make_registrants(jury, PEOPLE)
    begin_trial(jury=jury, by=by)
    factories.make_registrants(jury, PEOPLE, on_trial=True)
    SignUpDraft.objects.create(jury=jury, submission="0" * 31 + "1", sealed=b"x")
    pool = list(jury.registrants.in_pool())

    end_trial(jury=jury, by=by)

    assert pool == real
    assert list(Registrant.objects.all()) == real
    assert not SignUpDraft.objects.exists()
    assert jury.audit_entries.get(verb="form.trial_ended").facts == {"count": 2}


def test_drafts_of_an_open_registration_are_left_alone(jury):
    SignUpDraft.objects.create(jury=jury, submission="0" * 31 + "1", sealed=b"x")
    jury.stage = Stage.REGISTRATION

    assert erase_trial(jury) == 0
    assert SignUpDraft.objects.exists()


def test_an_organiser_begins_the_trial_and_hands_on_its_link(jury, sign_in_as, client):
    organiser = sign_in_as(Role.ORGANISER, jury)
    address = f"/en/desk/{jury.slug}/questions/trial/"

    organiser.post(address, {"deed": "begin"})
    page = organiser.get(address)
    door = client.get(page.context["link"].replace("http://testserver", ""))
    organiser.post(address, {"deed": "end"})

    assert page.context["link"] in page.content.decode()
    assert door.status_code == 302
    assert door.url.endswith(f"/juries/{jury.slug}/sign-up/")
    assert client.get(page.context["link"]).status_code == 404


def test_the_link_is_told_to_nobody_before_the_trial(jury, sign_in_as):
    page = sign_in_as(Role.ORGANISER, jury).get(f"/en/desk/{jury.slug}/questions/trial/")

    assert "/try/" not in page.content.decode()
