"""Whom the call has reached: by day, by group, and what would help."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from juries.enums import Role, Stage
from juries.figures.columns_over_time import columns_by_day
from juries.models import Jury, Registrant
from juries.pool.reach import Pace, lagging_groups, pace_of, registered_by_day
from tests import factories


@pytest.fixture
def open_jury(db) -> Jury:
    today = timezone.localdate()
    return factories.make_jury(
        stage=Stage.REGISTRATION,
        registration_opens_on=today - timedelta(days=30),
        registration_closes_on=today + timedelta(days=14),
    )


def register(jury: Jury, values: tuple[str, str], days_ago: int, count: int, **facts) -> None:
    people = factories.make_registrants(jury, [values] * count, **facts)
    Registrant.objects.filter(pk__in=[one.pk for one in people]).update(
        registered_at=timezone.now() - timedelta(days=days_ago)
    )


def test_the_pace_of_the_last_week_says_how_many_it_will_be(open_jury):
    register(open_jury, ("woman", "young"), 20, 10)
    register(open_jury, ("woman", "young"), 2, 7)

    pace = pace_of(open_jury)

    assert (pace.people, pace.recent, pace.days_left) == (17, 7, 14)
    assert pace.expected == 31


def test_a_call_open_for_a_day_is_not_judged_by_a_week(open_jury):
    open_jury.registration_opens_on = timezone.localdate()
    register(open_jury, ("woman", "young"), 0, 3)

    assert pace_of(open_jury).expected == 3 + 3 * 14


def test_nothing_is_expected_once_registration_has_closed(open_jury):
    register(open_jury, ("woman", "young"), 1, 3)
    open_jury.stage = Stage.LOTTERY

    assert pace_of(open_jury).expected == 3


def test_who_lags_and_by_how_many(open_jury):
    register(open_jury, ("woman", "young"), 9, 14)
    register(open_jury, ("man", "young"), 9, 6)

    lagging = {str(one.value): one for one in lagging_groups(open_jury, pace_of(open_jury))}

    assert set(lagging) == {"man", "old"}
    assert (lagging["man"].registered, lagging["man"].due, lagging["man"].behind) == (6, 10, 4)
    assert lagging["old"].behind == 10
    assert lagging["old"].letters > lagging["man"].letters > 0


def test_where_everybody_comes_in_proportion_nobody_lags(open_jury):
    register(open_jury, ("woman", "young"), 9, 10)
    register(open_jury, ("man", "old"), 9, 9)

    assert lagging_groups(open_jury, pace_of(open_jury)) == []


@pytest.mark.parametrize("facts", [{"on_trial": True}, {"unconfirmed": True}])
def test_trials_and_the_unconfirmed_are_counted_nowhere(open_jury, facts):
    register(open_jury, ("man", "old"), 1, 5, **facts)

    assert pace_of(open_jury).people == 0
    assert registered_by_day(open_jury) == {}
    assert {one.registered for one in lagging_groups(open_jury, pace_of(open_jury))} == {0}


def test_every_day_has_a_column_and_the_highest_fills_the_picture():
    plot = columns_by_day({date(2027, 3, 1): 2, date(2027, 3, 4): 4}, until=date(2027, 3, 5))

    assert [one.count for one in plot.columns] == ["2", "0", "0", "4", "0"]
    assert [one.so_far for one in plot.columns] == ["2", "2", "2", "6", "6"]
    assert [one.height for one in plot.columns] == [50, 0, 0, 100, 0]
    assert plot.columns[-1].left + plot.columns[-1].width <= 100


def test_a_long_call_is_shown_by_weeks():
    counts = {date(2027, 1, 1) + timedelta(days=day): 1 for day in range(100)}

    plot = columns_by_day(counts, until=date(2027, 4, 10))

    assert plot.weekly
    assert len(plot.columns) == 15
    assert plot.columns[-1].so_far == "100"


def test_no_registrations_make_no_picture():
    assert columns_by_day({}, until=date(2027, 3, 5)) is None


def test_the_page_shows_all_and_costs_the_same_whatever_its_size(
    open_jury, sign_in_as, django_assert_max_num_queries
):
    client = sign_in_as(Role.OBSERVER, open_jury)
    url = reverse("reach", args=[open_jury.slug])
    empty = client.get(url)
    register(open_jury, ("woman", "young"), 3, 40)

    with django_assert_max_num_queries(26):
        page = client.get(url)

    assert empty.status_code == page.status_code == 200
    assert "<rect" in page.content.decode()
    assert "Malli" not in page.content.decode()


def test_expectations_are_whole_people():
    assert Pace(people=10, recent=3, recent_days=7, days_left=9).expected == 14
