from datetime import date

import pytest
from django.db import IntegrityError
from django.utils import translation

from juries.commission.setting_up import (
    change_jury,
    close_registration,
    create_jury,
    missing_for_registration,
    objections,
    open_registration,
    publish,
    reopen_registration,
    unpublish,
)
from juries.commission.timetable import late, suggested_dates, usual_first_session, what_is_done
from juries.enums import Role, Stage
from juries.errors import JuryError, WrongStage
from juries.models import Jury
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def facts(**changes):
    return {
        "languages": ["fi", "sv"],
        "name_fi": "Lähipalvelut 2035",
        "name_sv": "Närservice 2035",
        "charge_fi": "Miten palvelut järjestetään?",
        "charge_sv": "Hur ordnas servicen?",
        "commissioner": "Kaupunginhallitus",
        "receiver": "Kaupunginvaltuusto",
        "panel_size": 30,
        **suggested_dates(date(2027, 4, 10)),
        **changes,
    }


def organiser(jury):
    return factories.make_member(jury, Role.ORGANISER)


def test_a_created_jury_is_being_set_up_unknown_outside_and_in_the_log():
    organisation, user = factories.make_organisation(), factories.make_user()

    jury = create_jury(organisation=organisation, by=user, facts=facts())

    assert (jury.stage, jury.published_at, jury.slug) == (
        Stage.SETTING_UP,
        None,
        "lahipalvelut-2035",
    )
    assert jury.audit_entries.get().verb == "jury.created"


def test_two_juries_of_one_name_have_addresses_of_their_own():
    organisation, user = factories.make_organisation(), factories.make_user()

    slugs = [
        create_jury(organisation=organisation, by=user, facts=facts(name_fi=name)).slug
        for name in ("Koulut", "Koulut", "Koulut 2", "New", "市民", "Koulut")
    ]

    assert slugs == ["koulut", "koulut-2", "koulut-2-2", "new-2", "jury", "koulut-3"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"languages": []}, "languages"),
        ({"name_sv": ""}, "name_sv"),
        ({"charge_fi": ""}, "charge_fi"),
        ({"panel_size": 0}, "panel_size"),
        ({"panel_size": 1001}, "panel_size"),
        ({"registration_closes_on": date(2027, 1, 15)}, "registration_closes_on"),
        ({"draw_on": date(2027, 1, 25)}, "draw_on"),
        ({"last_session_on": date(2027, 4, 9)}, "last_session_on"),
        ({"response_due_on": date(2027, 5, 7)}, "response_due_on"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_refused(changes, field):
    organisation, user = factories.make_organisation(), factories.make_user()

    assert [name for name, _ in objections(facts(**changes))] == [field]
    with pytest.raises(JuryError):
        create_jury(organisation=organisation, by=user, facts=facts(**changes))
    assert not Jury.objects.exists()


@pytest.mark.parametrize("size", [1, 1000])
def test_the_smallest_and_the_largest_panel_are_fine(size):
    assert list(objections(facts(panel_size=size))) == []


def test_the_database_itself_refuses_a_panel_without_seats():
    with pytest.raises(IntegrityError):
        factories.make_jury(panel_size=0)


def test_the_database_itself_refuses_registration_that_closes_before_it_opens():
    with pytest.raises(IntegrityError):
        factories.make_jury(registration_closes_on=date(2025, 1, 1))


@pytest.mark.parametrize("first", [date(2027, 4, 10), date(2028, 2, 29), date(2027, 1, 1)])
def test_suggested_dates_come_in_order(first):
    dates = suggested_dates(first)

    assert list(dates.values()) == sorted(dates.values())
    assert list(objections(facts(**dates))) == []


def test_the_usual_first_session_is_a_saturday_months_ahead():
    assert usual_first_session(date(2026, 11, 21)) == date(2027, 4, 24)


def test_a_change_is_logged_by_the_names_of_its_fields(jury):
    new = facts(panel_size=5, name_fi="Uusi nimi")

    change_jury(jury=jury, by=organiser(jury), facts=new)

    jury.refresh_from_db()
    entry = jury.audit_entries.get()
    assert (jury.panel_size, jury.name_fi) == (5, "Uusi nimi")
    assert entry.verb == "jury.changed"
    assert {"name_fi", "panel_size"} <= set(entry.facts["fields"])


def test_saving_without_a_change_writes_no_line():
    jury = factories.make_jury(response_due_on=date(2030, 9, 8))
    same = {name: getattr(jury, name) for name in facts()}

    change_jury(jury=jury, by=organiser(jury), facts=same)

    assert not jury.audit_entries.exists()


@pytest.mark.parametrize("year", [2025, 2026])
def test_who_is_in_an_age_group_stays_in_it_when_the_opening_day_moves(year):
    jury = factories.make_jury(response_due_on=date(2030, 9, 8))
    factories.make_registrants(jury, [("woman", "old")])
    same = {name: getattr(jury, name) for name in facts()}
    moved = same | {"registration_opens_on": date(year, 1, 2)}

    if year == 2026:
        change_jury(jury=jury, by=organiser(jury), facts=moved)
    else:
        with pytest.raises(JuryError, match="the age they reach in 2026"):
            change_jury(jury=jury, by=organiser(jury), facts=moved)


@pytest.mark.parametrize(
    ("stage", "field", "value"),
    [
        (Stage.REGISTRATION, "minimum_age", 18),
        (Stage.LOTTERY, "one_per_household", True),
        (Stage.LOTTERY, "registration_closes_on", date(2030, 2, 27)),
        (Stage.PANEL, "panel_size", 5),
        (Stage.PANEL, "charge_fi", "Jotain muuta?"),
        (Stage.PANEL, "response_due_on", date(2031, 1, 1)),
    ],
)
def test_what_people_have_been_told_can_no_longer_change(jury, stage, field, value):
    Jury.objects.filter(pk=jury.pk).update(stage=stage, response_due_on=date(2030, 9, 8))
    jury.refresh_from_db()
    same = {name: getattr(jury, name) for name in facts()}

    with pytest.raises(JuryError, match="no longer"):
        change_jury(jury=jury, by=organiser(jury), facts=same | {field: value})

    change_jury(jury=jury, by=organiser(jury), facts=same | {"background_fi": "Taustaa."})
    jury.refresh_from_db()
    assert jury.background_fi == "Taustaa."


def test_a_page_is_published_once_and_hidden_again_before_registration():
    jury = factories.make_jury(published_at=None, first_contact="Orvokki")

    publish(jury=jury, by=organiser(jury))
    publish(jury=jury, by=organiser(jury))
    published = Jury.objects.published().filter(pk=jury.pk).exists()
    unpublish(jury=jury, by=organiser(jury))

    assert published
    assert not Jury.objects.published().exists()
    assert jury.audit_entries.count() == 2


def test_a_page_cannot_be_hidden_once_registration_has_opened():
    jury = factories.make_jury(stage=Stage.REGISTRATION)

    with pytest.raises(WrongStage):
        unpublish(jury=jury, by=organiser(jury))


def test_registration_opens_when_nothing_is_missing_and_publishes_the_page():
    jury = factories.make_jury(first_contact="Orvokki", published_at=None)

    open_registration(jury=jury, by=organiser(jury))

    jury.refresh_from_db()
    assert jury.stage == Stage.REGISTRATION
    assert jury.published_at


def test_registration_says_everything_it_waits_for():
    jury = factories.make_jury(quotas={}, published_at=None)

    with pytest.raises(JuryError) as refused:
        open_registration(jury=jury, by=organiser(jury))

    assert "contact" in str(refused.value)
    assert "criteria" in str(refused.value)
    jury.refresh_from_db()
    assert (jury.stage, jury.published_at) == (Stage.SETTING_UP, None)


def test_registration_does_not_open_when_its_period_is_over():
    jury = factories.make_jury(first_contact="Orvokki", registration_closes_on=date(2026, 1, 2))

    with pytest.raises(JuryError, match="already over"):
        open_registration(jury=jury, by=organiser(jury))


def test_registration_waits_for_quotas_that_leave_a_panel():
    jury = factories.make_jury(
        first_contact="Orvokki", quotas={"age": {"young": (0, 1), "old": (0, 2)}}
    )

    assert [str(one) for one in missing_for_registration(jury)] == [
        "age: the maximums add up to only 3, but the panel has 4 seats."
    ]


def test_registration_closes_and_the_log_says_how_many_had_registered():
    jury = factories.make_jury(stage=Stage.REGISTRATION)
    factories.make_mixed_pool(jury, 6)

    close_registration(jury=jury, by=organiser(jury))

    jury.refresh_from_db()
    assert jury.stage == Stage.LOTTERY
    assert jury.audit_entries.get().facts == {"registrants": 6}


def test_registration_cannot_open_or_close_twice():
    jury = factories.make_jury(stage=Stage.LOTTERY, first_contact="Orvokki")

    with pytest.raises(WrongStage):
        open_registration(jury=jury, by=organiser(jury))
    with pytest.raises(WrongStage):
        close_registration(jury=jury, by=organiser(jury))


def test_registration_opens_again_until_the_pool_is_frozen():
    jury = factories.make_jury(stage=Stage.LOTTERY)
    reopen_registration(jury=jury, by=organiser(jury))
    jury.refresh_from_db()
    assert jury.stage == Stage.REGISTRATION

    for stage in (Stage.FROZEN, Stage.PANEL):
        Jury.objects.filter(pk=jury.pk).update(stage=stage)
        with pytest.raises(WrongStage):
            reopen_registration(jury=jury, by=organiser(jury))


@pytest.mark.parametrize(
    ("stage", "day", "sentences"),
    [
        (Stage.SETTING_UP, "2025-12-31", 0),
        (Stage.SETTING_UP, "2026-01-02", 1),
        (Stage.REGISTRATION, "2030-02-28", 0),
        (Stage.REGISTRATION, "2030-03-01", 1),
        (Stage.LOTTERY, "2030-03-05", 0),
        (Stage.LOTTERY, "2030-03-06", 1),
        (Stage.PANEL, "2030-03-06", 0),
    ],
)
def test_a_day_that_passed_without_its_deed_is_said(stage, day, sentences):
    jury = factories.make_jury(stage=stage)

    today = date.fromisoformat(day)

    said = late(jury, today, what_is_done([jury], today)[jury.pk])

    assert len(said) == sentences
