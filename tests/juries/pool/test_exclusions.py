"""Who cannot be drawn: told beforehand, decided person by person, counted, and told kindly."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from juries.commission.copying import copy_jury
from juries.commission.removal import erase_removed_juries
from juries.enums import Channel, Role, Stage
from juries.errors import JuryError
from juries.models import AuditEntry, ExclusionRule, Jury, Registrant
from juries.pool import exclusions
from juries.pool.completeness import lacking
from juries.pool.listing import State, listed
from juries.pool.name_lists import MOST_NAMES
from juries.pool.picture import picture
from juries.registration.mailing import without_a_confirmation
from juries.registration.own_data import held_about
from juries.room import own_cards
from selection.draw.freezing import freeze_pool
from selection.lottery import bridge
from tests import factories
from tests.juries.registration.registering import open_jury, sign_up_url
from tests.selection.conftest import close

COUNCIL, STAFF = exclusions.SUGGESTED


@pytest.fixture
def here(db) -> Jury:
    """An open jury with one rule and twelve people in the pool."""
    jury = open_jury(confirm_email=False)
    ExclusionRule.objects.create(jury=jury, name_fi=COUNCIL["fi"], name_sv=COUNCIL["sv"])
    factories.make_mixed_pool(jury, 12)
    return jury


@pytest.fixture
def rule(here) -> ExclusionRule:
    return here.exclusion_rules.get()


@pytest.fixture
def by(here):
    return factories.make_member(here, Role.RECRUITER)


def at_own_page(registrant: Registrant) -> str:
    client = Client()
    session = client.session
    session["own_registrant"] = registrant.pk
    session.save()
    return client.get(reverse("own_page")).content.decode()


def test_the_rules_are_told_before_anybody_registers(jury):
    exclusions.add_rule(jury=jury, names=COUNCIL, by=factories.make_user())
    Jury.objects.filter(pk=jury.pk).update(stage=Stage.REGISTRATION)

    public = Client().get(reverse("jury", args=[jury.slug])).content.decode()
    form = Client().get(sign_up_url(jury)).content.decode()
    with override("sv"):
        swedish = Client().get(sign_up_url(jury)).content.decode()

    assert COUNCIL["fi"] in public
    assert COUNCIL["fi"] in form
    assert COUNCIL["sv"] in swedish


def test_a_jury_without_rules_says_nothing_of_them(jury):
    Jury.objects.filter(pk=jury.pk).update(stage=Stage.REGISTRATION)

    with override("en"):
        pages = [Client().get(reverse("jury", args=[jury.slug])), Client().get(sign_up_url(jury))]

    assert all("Who cannot be drawn" not in page.content.decode() for page in pages)


def test_once_somebody_has_registered_the_rules_stand_as_they_were_told(here, rule, by):
    deeds = [
        lambda: exclusions.add_rule(jury=here, names=STAFF, by=by),
        lambda: exclusions.change_rule(rule=rule, names=STAFF, by=by),
        lambda: exclusions.remove_rule(rule=rule, by=by),
    ]
    for deed in deeds:
        with pytest.raises(JuryError):
            deed()
    here.registrants.all().delete()

    for deed in deeds:
        deed()

    assert [row.name_fi for row in here.exclusion_rules.all()] == [STAFF["fi"]]


def test_a_rule_is_written_in_every_language_of_the_jury(jury):
    with pytest.raises(JuryError):
        exclusions.add_rule(jury=jury, names={"fi": "Valtuutetut"}, by=factories.make_user())

    assert not jury.exclusion_rules.exists()


def test_a_rule_that_keeps_somebody_out_is_not_removed(jury):
    by = factories.make_user()
    rule = exclusions.add_rule(jury=jury, names=COUNCIL, by=by)
    [person] = factories.make_registrants(jury, [("woman", "young")], channel=Channel.IMPORT)
    exclusions.exclude_registrant(registrant=person, rule=rule, by=by)

    with pytest.raises(JuryError):
        exclusions.remove_rule(rule=rule, by=by)


def test_whoever_a_rule_concerns_is_out_of_the_pool_until_taken_back(here, rule, by):
    person = here.registrants.first()

    exclusions.exclude_registrant(registrant=person, rule=rule, by=by)
    exclusions.exclude_registrant(registrant=person, rule=rule, by=by)
    out = [one.registrant for one in bridge.read(here).people]
    counted = picture(here)
    exclusions.include_registrant(registrant=person, by=by)

    assert person.pk not in out
    assert (counted.people, counted.excluded, counted.withdrawn) == (11, 1, 0)
    assert person.pk in [one.registrant for one in bridge.read(here).people]
    entries = AuditEntry.objects.filter(verb__startswith="registrant.").order_by("pk")
    assert [(line.verb, line.facts) for line in entries] == [
        ("registrant.excluded", {"registrant": person.pk, "exclusion_rule": rule.pk}),
        ("registrant.included", {"registrant": person.pk}),
    ]


def test_the_frozen_pool_counts_the_excluded_once_and_lets_nobody_in_or_out(here, rule, by):
    first, second, third, *_others = here.registrants.all()
    exclusions.exclude_registrant(registrant=first, rule=rule, by=by)
    exclusions.exclude_registrant(registrant=second, rule=rule, by=by)
    Registrant.objects.filter(pk=second.pk).update(unconfirmed=True)

    draw = freeze_pool(jury=close(here), by=by, objection_hours=0)

    payload = draw.events.get().line
    assert '{"n":2,"reason":"excluded"}' in payload
    assert '"n":1,"reason":"unconfirmed"' not in payload
    assert not draw.entries.filter(registrant__in=[first, second]).exists()
    with pytest.raises(JuryError):
        exclusions.exclude_registrant(registrant=third, rule=rule, by=by)
    with pytest.raises(JuryError):
        exclusions.include_registrant(registrant=first, by=by)


@pytest.mark.parametrize("facts", [{"channel": Channel.NAMED}, {"on_trial": True}])
def test_nobody_is_excluded_whom_no_lottery_is_for(here, rule, by, facts):
    person = here.registrants.first()
    Registrant.objects.filter(pk=person.pk).update(**facts)

    with pytest.raises(JuryError):
        exclusions.exclude_registrant(registrant=person, rule=rule, by=by)


def test_a_rule_of_another_jury_excludes_nobody(here, by):
    elsewhere = factories.make_jury("toinen")
    foreign = ExclusionRule.objects.create(jury=elsewhere, name_fi="Muut")

    with pytest.raises(JuryError):
        exclusions.exclude_registrant(registrant=here.registrants.first(), rule=foreign, by=by)


def test_the_excluded_read_why_on_their_own_page_and_are_asked_for_nothing(here, rule, by):
    person = here.registrants.first()
    person.traits.first().delete()
    before = at_own_page(person)

    person = exclusions.exclude_registrant(registrant=person, rule=rule, by=by)

    assert rule.name_fi not in before
    assert rule.name_fi in at_own_page(person)
    assert own_cards(person) == []
    assert lacking(here, [person])[person.pk] == []
    assert rule.name_fi in str(held_about(person)[0].read())


def test_nobody_writes_to_the_excluded_for_a_confirmation(here, rule, by):
    Jury.objects.filter(pk=here.pk).update(confirm_email=True)
    here.refresh_from_db()
    person = here.registrants.first()
    assert person in without_a_confirmation(here)

    exclusions.exclude_registrant(registrant=person, rule=rule, by=by)

    assert person not in without_a_confirmation(here)


def test_the_list_of_registrants_finds_the_excluded(here, rule, by):
    person = here.registrants.first()
    exclusions.exclude_registrant(registrant=person, rule=rule, by=by)

    assert list(listed(here, here.registrants.all(), state=State.EXCLUDED)) == [person]
    assert person not in listed(here, here.registrants.all(), state=State.IN_POOL)


def test_a_copy_has_the_rules_and_an_erased_jury_leaves_none(here, rule, by):
    person = here.registrants.first()
    exclusions.exclude_registrant(registrant=person, rule=rule, by=by)
    names = {"name_fi": "Uusi", "name_sv": "Ny"}

    copy = copy_jury(jury=here, names=names, first_session_on=here.first_session_on, by=by)
    here.removed_at = "2026-01-01T00:00Z"
    here.save()
    erase_removed_juries(on=here.draw_on)

    assert [row.name_sv for row in copy.exclusion_rules.all()] == [rule.name_sv]
    assert not Jury.objects.filter(pk=here.pk).exists()
    assert not ExclusionRule.objects.filter(pk=rule.pk).exists()


def paste(client: Client, jury: Jury, rule: ExclusionRule, names: str, **deed: int):
    sent = {"rule": rule.pk, "names": names, **deed}
    with override("en"):
        return client.post(reverse("exclusions", args=[jury.slug]), sent)


def test_a_pasted_list_shows_who_may_be_meant_and_each_is_decided_with_one_button(
    here, rule, sign_in_as
):
    person, namesake = here.registrants.all()[:2]
    Registrant.objects.filter(pk=person.pk).update(name="Åsa Öberg", birth_year=1970)
    Registrant.objects.filter(pk=namesake.pk).update(name="Asa Oberg", birth_year=1990)
    client = sign_in_as(Role.RECRUITER, here)
    names = "OBERG Asa; 1970\nPekka Tuntematon"

    shown = paste(client, here, rule, names)
    decided = paste(client, here, rule, names, exclude=person.pk)
    person.refresh_from_db()
    was_excluded = person.excluded_id
    taken_back = paste(client, here, rule, names, include=person.pk)
    person.refresh_from_db()

    assert [match.registrant for match in shown.context["compared"].matches] == [person]
    assert [match.registrant for match in decided.context["compared"].matches] == [person]
    assert f'name="include" value="{person.pk}"' in decided.content.decode()
    assert f'name="exclude" value="{person.pk}"' in taken_back.content.decode()
    assert (was_excluded, person.excluded_id) == (rule.pk, None)


def test_the_pasted_list_is_stored_nowhere(here, rule, sign_in_as):
    client = sign_in_as(Role.RECRUITER, here)

    page = paste(client, here, rule, "Kanarialintu Salainen; 1970")

    assert "Kanarialintu Salainen" in page.content.decode()
    assert "Kanarialintu" not in str(list(AuditEntry.objects.values_list("facts", flat=True)))
    assert "Kanarialintu" not in str(dict(client.session))
    assert "no-store" in page.headers["Cache-Control"]


def test_a_list_in_which_nothing_is_right_is_said_to_be_so(here, rule, sign_in_as):
    client = sign_in_as(Role.RECRUITER, here)

    empty = paste(client, here, rule, "")
    names = "\n".join(f"Aino Aalto{number}" for number in range(MOST_NAMES + 1))
    long = paste(client, here, rule, names)
    no_rule = client.post(reverse("exclusions", args=[here.slug]), {"names": "Aino", "rule": "0"})

    assert "names" in empty.context["form"].errors
    assert "names" in long.context["form"].errors
    assert "rule" in no_rule.context["form"].errors


def test_the_card_says_it_and_one_page_decides_it(here, rule, sign_in_as):
    person = here.registrants.first()
    client = sign_in_as(Role.RECRUITER, here)
    card = reverse("registrant", args=[here.slug, person.pk])
    page = reverse("exclude_registrant", args=[here.slug, person.pk])

    excluded = client.post(page, {"rule": rule.pk}, follow=True)
    taken_back = client.post(page, {"rule": rule.pk, "include": "yes"}, follow=True)

    assert excluded.redirect_chain[0][0] == card
    assert rule.name_fi in excluded.content.decode()
    person.refresh_from_db()
    assert person.excluded_id is None
    assert page in taken_back.content.decode()


def test_the_rules_are_written_by_the_organiser_with_suggestions(jury, sign_in_as):
    client = sign_in_as(Role.ORGANISER, jury)
    address = reverse("exclusion_rules", args=[jury.slug])

    client.post(address, {"suggestion": "0"})
    client.post(address, {"suggestion": "9"})
    incomplete = client.post(address, {"name_fi": "Toimittajat"})
    client.post(address, {"name_fi": "Toimittajat", "name_sv": "Journalister"})
    first, second = jury.exclusion_rules.all()
    change = reverse("exclusion_rule", args=[jury.slug, second.pk])
    client.post(change, {"name_fi": "Lehden väki", "name_sv": "Tidningens folk"})
    client.post(reverse("exclusion_rule", args=[jury.slug, first.pk]), {"remove": "yes"})

    assert (first.name_fi, first.name_sv) == (COUNCIL["fi"], COUNCIL["sv"])
    assert incomplete.context["form"].non_field_errors()
    assert [row.name_fi for row in jury.exclusion_rules.all()] == ["Lehden väki"]
    assert exclusions.suggestions(jury)[0][0] == 0


def test_the_page_costs_the_same_however_many_are_excluded(
    here, rule, by, sign_in_as, django_assert_num_queries
):
    client = sign_in_as(Role.RECRUITER, here)
    address = reverse("exclusions", args=[here.slug])
    first, *others = here.registrants.all()[:6]
    exclusions.exclude_registrant(registrant=first, rule=rule, by=by)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    for person in others:
        exclusions.exclude_registrant(registrant=person, rule=rule, by=by)

    with django_assert_num_queries(len(asked)):
        client.get(address)
