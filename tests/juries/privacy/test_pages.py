"""The notice says what is really asked and kept; the desk shows what is held and who read it."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from juries.commission.notice import notice_of
from juries.enums import DataClass, LegalBasis, Role
from juries.models import AddressSample, AuditEntry, FormSection, Jury, Question
from juries.privacy.clocks import clock_of, kept_until
from juries.privacy.keeping import set_retention
from juries.privacy.reading import Sensitive, note_reading
from juries.questions.reading import form_of
from juries.retention import run_retention
from tests import factories
from tests.juries.privacy.holdings import hold_everything


def notice_page(jury: Jury, language: str = "en") -> str:
    with translation.override(language):
        address = reverse("jury_privacy", args=[jury.slug])
    return Client().get(address).content.decode()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_notice_names_every_question_that_is_asked(jury, language):
    with translation.override(language):
        labels = [asked.label for page in form_of(jury) for asked in page.questions]
        lines = [line.label for line in notice_of(jury).lines]

    assert lines == labels
    assert len(labels) > 5


def test_a_new_question_stands_in_the_notice_at_once_with_its_basis(jury):
    form_of(jury)
    before = notice_page(jury)
    Question.objects.create(
        section=FormSection.objects.filter(jury=jury).first(),
        position=90,
        kind=Question.Kind.TEXT,
        label_fi="Kenen hallitus?",
        label_en="Whose government?",
        sensitive=True,
        legal_basis=LegalBasis.EXPLICIT_CONSENT,
    )
    Jury.objects.update(form_stamp=99)

    after = notice_page(jury)

    assert "Whose government?" not in before
    assert "Whose government?" in after
    assert "article 9(2)(a)" in after


def test_a_changed_clock_stands_in_the_notice_at_once(jury):
    user = factories.make_member(jury, Role.ORGANISER)

    set_retention(jury=jury, days={DataClass.MEMBERS: 100}, by=user)

    assert "100 days after the last session" in notice_page(jury)


def test_r17_the_notice_says_how_needs_are_kept(jury):
    with translation.override("en"):
        needs = kept_until(jury, DataClass.NEEDS)

    assert needs in notice_page(jury)
    assert "nothing else about your health" in notice_page(jury)


def test_the_notice_says_where_an_address_comes_from_and_when_it_goes(jury):
    without = notice_page(jury)
    AddressSample.objects.create(
        jury=jury,
        name="Otos",
        permit_number="VRK/123/2027",
        purpose="Kutsukirjeet",
        delete_on=date(2030, 3, 1),
        file_digest="x",
        imported_by=factories.make_user(),
    )

    assert "Permit" not in without
    assert "VRK/123/2027" in notice_page(jury)


def test_the_notice_of_an_unpublished_jury_is_nobodys(jury):
    Jury.objects.update(published_at=None)

    with translation.override("en"):
        assert Client().get(reverse("jury_privacy", args=[jury.slug])).status_code == 404


def test_the_form_leads_to_the_notice_of_its_jury(jury):
    Jury.objects.update(stage="registration")

    page = Client().get(reverse("sign_up", args=[jury.slug]), follow=True).content.decode()

    assert reverse("jury_privacy", args=[jury.slug]) in page


def test_the_organiser_says_how_long_and_it_stands_in_the_log(jury, sign_in_as):
    client = sign_in_as(Role.ORGANISER, jury)
    address = reverse("retention", args=[jury.slug])
    usual = {one.value: clock_of(jury, one).days for one in DataClass}

    client.post(address, usual)
    unchanged = AuditEntry.objects.filter(verb="retention.changed").exists()
    client.post(address, {**usual, "needs": "7"})
    refused = client.post(address, {**usual, "needs": "-1", "members": "99999"})

    jury.refresh_from_db()
    assert not unchanged
    assert jury.retention == {"needs": 7}
    assert AuditEntry.objects.get(verb="retention.changed").facts["fields"] == ["needs"]
    assert set(refused.context["form"].errors) == {"needs", "members"}


def test_reading_what_is_sensitive_is_noted_without_saying_what(jury, sign_in_as):
    reader = factories.make_member(jury, Role.ARRANGER)
    [person] = factories.make_registrants(jury, [("woman", "young")])

    note_reading(jury=jury, kind=Sensitive.NEEDS, people=1, by=reader, about=person)

    line = AuditEntry.objects.get(verb="needs.read")
    page = sign_in_as(Role.PRIVACY_OFFICER, jury).get(reverse("held_data", args=[jury.slug]))
    assert (line.by, line.facts) == (reader, {"people": 1, "registrant": person.pk})
    assert line.at <= timezone.now()
    assert str(reader) in page.content.decode()
    assert person.name not in page.content.decode()


def test_the_officer_sees_what_is_held_and_what_has_gone(jury, sign_in_as):
    hold_everything(jury)
    officer = sign_in_as(Role.PRIVACY_OFFICER, jury)
    address = reverse("held_data", args=[jury.slug])
    before = [one.count for one in officer.get(address).context["holdings"]]
    run_retention(on=date(2032, 6, 1))

    after = officer.get(address)

    assert before == [1, 1, 2, 1, 4, 1]
    assert [one.count for one in after.context["holdings"]] == [0] * 6
    assert len(after.context["erasures"]) == 8


def test_the_officer_sees_no_contact_details(jury, sign_in_as):
    person, member = hold_everything(jury)

    page = sign_in_as(Role.PRIVACY_OFFICER, jury).get(reverse("held_data", args=[jury.slug]))

    assert person.name not in page.content.decode()
    assert member.email not in page.content.decode()
