"""Quotas that follow the panel size, locks, two criteria together, and who is in which group."""

import pytest
from django.urls import reverse
from django.utils import translation

from juries.commission.setting_up import change_jury
from juries.enums import Role
from juries.errors import JuryError
from juries.files.quota_files import population_rows
from juries.files.statistics.ages import Span
from juries.files.tables import read_table
from juries.models import Criterion, CriterionValue, Jury
from juries.targets.apportionment import seats_around
from juries.targets.criteria import (
    add_criterion,
    combine_criteria,
    remove_criterion,
    set_from_population,
)
from juries.targets.grouping import Placing, place_groups, who_is_nowhere
from juries.targets.quotas import (
    CriterionChange,
    ValueChange,
    change_quotas,
    follow_panel_size,
    quota_objections,
    recalculate,
)
from tests import factories
from tests.juries.targets.test_criteria_page import quotas_typed

pytestmark = pytest.mark.django_db

TABLE = """criterion;value;population
Gender;woman;15085
Gender;man;14515
Age group;16-29;5180
Age group;30-44;6240
Age group;45-59;6480
Age group;60-74;7010
Age group;75-;4690
"""


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def jury(db: None) -> Jury:
    jury = factories.make_jury(quotas={}, panel_size=30, quota_band=0)
    rows = population_rows(read_table(TABLE.encode(), file="pasted"))
    set_from_population(jury=jury, rows=rows, band=0, by=organiser(jury))
    return jury


def organiser(jury):
    return factories.make_member(jury, Role.ORGANISER)


def quotas(jury, name):
    return [(value.minimum, value.maximum) for value in jury.criteria.get(key=name).values.all()]


def resize(jury, seats):
    change_jury(jury=jury, by=organiser(jury), facts={**facts_of(jury), "panel_size": seats})
    jury.refresh_from_db()


def facts_of(jury):
    names = ("name_fi", "name_sv", "charge_fi", "charge_sv", "languages", "panel_size")
    return {name: getattr(jury, name) for name in names}


def lock(key, least, most):
    CriterionValue.objects.filter(key=key).update(minimum=least, maximum=most, locked=True)


def test_quotas_follow_the_panel_size_by_themselves(jury):
    resize(jury, 10)

    assert quotas(jury, "Gender") == [(5, 5), (5, 5)]
    assert sum(least for least, _most in quotas(jury, "Age group")) == 10
    assert list(quota_objections(jury)) == []


def test_locked_groups_keep_their_quotas_and_the_rest_share_what_is_left(jury):
    lock("16-29", 8, 8)

    resize(jury, 40)

    assert quotas(jury, "Age group")[0] == (8, 8)
    assert sum(least for least, _most in quotas(jury, "Age group")) == 40


def test_locks_that_do_not_fit_are_said_and_nothing_is_lost(jury):
    lock("16-29", 8, 8)
    before = quotas(jury, "Age group")

    resize(jury, 5)

    assert quotas(jury, "Age group") == before
    assert quotas(jury, "Gender") in ([(3, 3), (2, 2)], [(2, 2), (3, 3)])
    [(criterion, sentence)] = quota_objections(jury)
    assert criterion.key == "Age group"
    assert "the minimums add up to" in sentence
    with pytest.raises(JuryError, match="locked groups do not fit a panel of 5"):
        recalculate(jury=jury, band=0, by=organiser(jury))


def test_quotas_without_figures_are_not_silently_kept(jury):
    CriterionValue.objects.filter(criterion__key="Gender").update(
        population=None, minimum=10, maximum=25
    )

    resize(jury, 32)

    [(criterion, sentence)] = quota_objections(jury)
    assert criterion.key == "Gender"
    assert "made for 30 seats, but the panel has 32" in sentence


def test_looking_and_saving_settles_them(jury):
    CriterionValue.objects.filter(criterion__key="Gender").update(
        population=None, minimum=10, maximum=25
    )
    resize(jury, 32)
    gender = jury.criteria.get(key="Gender")
    values = [
        ValueChange({"name_fi": value.key}, None, 10, 25, pk=value.pk)
        for value in gender.values.all()
    ]

    change_quotas(
        jury=jury,
        changes=[CriterionChange(gender.pk, {"name_fi": "Gender"}, values)],
        by=organiser(jury),
    )

    assert list(quota_objections(jury)) == []


def test_a_criterion_that_allows_everything_goes_on_doing_so(jury):
    add_criterion(jury=jury, name="Car", values=["yes", "no"], by=organiser(jury))

    resize(jury, 50)

    assert quotas(jury, "Car") == [(0, 50), (0, 50)]
    assert list(quota_objections(jury)) == []


def test_the_size_alone_is_followed_when_asked_for_nothing_else(jury):
    Jury.objects.filter(pk=jury.pk).update(panel_size=20)
    jury.refresh_from_db()

    assert follow_panel_size(jury=jury) == ["Gender", "Age group"]


@pytest.mark.parametrize(
    ("held", "seats"),
    [
        ([None, None, None], [5, 3, 2]),
        ([(2, 2), None, None], [2, 5, 3]),
        ([(4, 6), None, None], [5, 3, 2]),
        ([(7, 9), None, None], [7, 2, 1]),
        ([(5, 5), (5, 9), None], [5, 5, 0]),
    ],
)
def test_seats_are_shared_around_what_is_held(held, seats):
    assert seats_around([50, 30, 20], 10, held) == seats


@pytest.mark.parametrize(
    "held", [[(6, 9), (6, 9), None], [(1, 2), (1, 2), (1, 9)], [(0, 0), (0, 0), None]]
)
def test_what_is_held_may_leave_too_little_or_nobody_for_the_rest(held):
    people = [50, 30, 0]
    if held[2]:
        assert seats_around(people, 10, held) == [2, 2, 1]
    else:
        with pytest.raises(ValueError, match="people"):
            seats_around(people, 10, held)


def test_what_is_changed_by_hand_is_locked_and_a_lock_can_be_taken_off(jury, sign_in_as):
    client = sign_in_as(Role.ORGANISER, jury)
    young = CriterionValue.objects.get(key="16-29")
    page = reverse("criteria", args=[jury.slug])

    typed = {f"value-{young.pk}-minimum": "4", f"value-{young.pk}-maximum": "6"}
    client.post(page, quotas_typed(jury, **typed))
    young.refresh_from_db()
    assert (young.minimum, young.maximum, young.locked) == (4, 6, True)

    client.post(page, quotas_typed(jury))
    young.refresh_from_db()
    assert not young.locked


def test_ages_in_a_table_of_groups_are_followed_from_the_year_of_birth(jury):
    age, gender = jury.criteria.get(key="Age group"), jury.criteria.get(key="Gender")

    assert (age.source, gender.source) == (Criterion.Source.BIRTH_YEAR, Criterion.Source.ASKED)
    assert list(age.values.values_list("youngest", "oldest"))[-2:] == [(60, 74), (75, None)]


def combined(jury):
    first, second = jury.criteria.all()
    return combine_criteria(jury=jury, first=first, second=second, by=organiser(jury))


def test_two_criteria_together_have_a_value_for_each_pair_that_follows_its_parts(jury):
    both = combined(jury)
    gender = jury.criteria.get(key="Gender")
    change = CriterionChange(
        gender.pk, {"name_fi": "Sukupuoli"}, [ValueChange({"name_fi": "muu"}, 0, 0, 1)]
    )

    change_quotas(jury=jury, changes=[change], by=organiser(jury))

    assert both.values.count() == 15
    assert both.values.filter(key="muu, 16-29", minimum=0, maximum=30).exists()
    gender.values.get(key="muu").delete()
    assert both.values.count() == 10


def test_pairs_are_counted_when_their_people_are_known(jury):
    both = combined(jury)
    both.values.update(population=100)

    recalculate(jury=jury, band=1, by=organiser(jury))

    assert set(quotas(jury, both.key)) == {(2, 4)}


def test_a_part_stays_as_long_as_its_combination(jury):
    both = combined(jury)
    gender = jury.criteria.get(key="Gender")

    with pytest.raises(JuryError, match="is a part of"):
        remove_criterion(jury=jury, criterion=gender, by=organiser(jury))
    parts = {"first": both.second, "second": both.first}
    with pytest.raises(JuryError, match="already combined"):
        combine_criteria(jury=jury, by=organiser(jury), **parts)
    with pytest.raises(JuryError, match="not of other combinations"):
        combine_criteria(jury=jury, first=both, second=gender, by=organiser(jury))
    with pytest.raises(JuryError, match="two different"):
        combine_criteria(jury=jury, first=gender, second=gender, by=organiser(jury))


def test_a_table_taken_anew_takes_a_combination_with_its_parts(jury):
    combined(jury)
    rows = population_rows(read_table(b"criterion;value;population\nCar;yes;5\n", file=""))

    set_from_population(jury=jury, rows=rows, band=0, by=organiser(jury))

    assert [criterion.key for criterion in jury.criteria.all()] == ["Car"]


def test_criteria_are_combined_on_the_page(jury, sign_in_as):
    first, second = jury.criteria.all()
    client = sign_in_as(Role.ORGANISER, jury)
    address = reverse("combine_criteria", args=[jury.slug])

    wrong = client.post(address, {"combine-first": first.pk, "combine-second": first.pk})
    done = client.post(
        address, {"combine-first": first.pk, "combine-second": second.pk}, follow=True
    )

    assert "Choose two different criteria." in wrong.content.decode()
    assert "two criteria together" in done.content.decode()


def placings(criterion, **codes):
    return [
        Placing(value.pk, postal_codes=tuple(codes.get(value.key, ())))
        for value in criterion.values.all()
    ]


def test_an_area_becomes_a_set_of_postal_codes(jury):
    area = add_criterion(jury=jury, name="Area", values=["A", "B"], by=organiser(jury))

    place_groups(
        jury=jury,
        criterion=area,
        source=Criterion.Source.POSTAL_CODE,
        placings=placings(area, A=["99100", "99110"], B=["99200"]),
        by=organiser(jury),
    )

    area.refresh_from_db()
    assert area.source == Criterion.Source.POSTAL_CODE
    assert area.values.first().postal_codes == ["99100", "99110"]


def typed(criterion, source, **cells):
    """The form of the groups: by key of the value and field."""
    fields = {"source": source}
    for value in criterion.values.all():
        for name, text in cells.get(value.key.replace("-", "_"), {}).items():
            fields[f"value-{value.pk}-{name}"] = text
    return fields


@pytest.mark.parametrize(
    ("source", "cells", "sentence"),
    [
        (
            "postal_code",
            {"A": {"postal_codes": "99100"}, "B": {"postal_codes": "99100"}},
            "two areas",
        ),
        ("postal_code", {}, "Give the areas their postal codes."),
        ("postal_code", {"A": {"postal_codes": "9910x"}}, "no postal code of five digits"),
        ("birth_year", {}, "Give the age groups their ages."),
        ("birth_year", {"A": {"youngest": "30", "oldest": "16"}}, "more than the age where"),
        ("birth_year", {"A": {"youngest": "16"}, "B": {"youngest": "30"}}, "share ages"),
        ("combined", {}, "Select a valid choice"),
        ("asked", {"A": {"minimum_flex": "3"}}, "more than the minimum, 0"),
        ("asked", {"A": {"maximum_flex": "3"}}, "less than the maximum, 30"),
    ],
)
def test_groups_in_which_nobody_has_one_place_are_refused(
    jury, sign_in_as, source, cells, sentence
):
    area = add_criterion(jury=jury, name="Area", values=["A", "B"], by=organiser(jury))

    page = sign_in_as(Role.ORGANISER, jury).post(
        reverse("criterion", args=[jury.slug, area.pk]), typed(area, source, **cells)
    )

    assert sentence in page.content.decode()
    area.refresh_from_db()
    assert area.source == Criterion.Source.ASKED


def test_how_far_a_quota_may_give_way_is_set_on_the_page_and_kept(jury, sign_in_as):
    client = sign_in_as(Role.ORGANISER, jury)
    gender = jury.criteria.get(key="Gender")
    cells = {"woman": {"minimum_flex": "12", "maximum_flex": "18"}}

    client.post(reverse("criterion", args=[jury.slug, gender.pk]), typed(gender, "asked", **cells))
    client.post(reverse("criteria", args=[jury.slug]), quotas_typed(jury))

    woman = gender.values.get(key="woman")
    assert (woman.minimum_flex, woman.maximum_flex) == (12, 18)


def test_people_who_were_placed_stay_where_they_are(jury):
    factories.make_registrants(jury, [("woman", "16-29")])
    age = jury.criteria.get(key="Age group")
    as_they_are = [
        Placing(value.pk, Span(value.youngest, value.oldest), minimum_flex=0)
        for value in age.values.all()
    ]

    with pytest.raises(JuryError, match="have registered and been placed"):
        place_groups(
            jury=jury, criterion=age, source="asked", placings=as_they_are, by=organiser(jury)
        )
    place_groups(
        jury=jury, criterion=age, source="birth_year", placings=as_they_are, by=organiser(jury)
    )

    assert age.values.first().minimum_flex == 0


def test_ages_that_belong_to_no_group_are_said(jury):
    age = jury.criteria.get(key="Age group")
    assert who_is_nowhere(jury, age) == []

    age.values.filter(key="30-44").delete()
    jury.minimum_age = 13

    assert who_is_nowhere(jury, age) == [
        "Nobody aged 13–15 belongs to a group, so they cannot take part.",
        "Nobody aged 30–44 belongs to a group, so they cannot take part.",
    ]


def test_a_younger_group_than_the_jury_takes_is_said(jury):
    jury.minimum_age = 18

    [sentence] = who_is_nowhere(jury, jury.criteria.get(key="Age group"))

    assert "begins at 16, but members of this jury are 18" in sentence
