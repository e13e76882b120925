"""The pool as counts: against what is needed, against who lives here, and what is missing."""

import pytest
from django.urls import reverse

from juries.enums import Role
from juries.models import Trait
from juries.pool.picture import picture
from tests import factories
from tests.juries.pool.test_duplicates import make_twins


def test_each_value_is_counted_against_need_and_population(jury):
    factories.make_registrants(jury, [("woman", "young"), ("woman", "old"), ("man", "old")])

    bars = picture(jury).bars

    gender = bars.groups[0]
    woman, man = gender.rows
    assert woman.cells[:2] == ("2", "2")
    assert woman.bars[0] == pytest.approx(200 / 3)
    assert woman.marker == pytest.approx(50)
    assert (woman.state, man.state) == ("", "missing")


def test_too_few_is_said_by_name(jury):
    factories.make_registrants(jury, [("woman", "young"), ("man", "young")])

    short = picture(jury).too_few

    assert len(short) == 3
    assert "woman" in short[0]
    assert "1" in short[0]
    assert "2" in short[0]


def test_whoever_has_withdrawn_is_not_counted(jury):
    gone, _here = factories.make_registrants(jury, [("woman", "young"), ("man", "old")])
    gone.withdrawn_at = gone.registered_at
    gone.save()

    seen = picture(jury)

    assert (seen.people, seen.withdrawn) == (1, 1)
    assert [row.cells[0] for row in seen.bars.groups[0].rows] == ["0", "1"]


def test_a_missing_answer_and_a_double_are_noticed(jury):
    make_twins(jury)
    Trait.objects.first().delete()

    seen = picture(jury)

    assert (seen.incomplete, seen.undecided) == (1, 1)


def test_an_empty_pool_and_a_jury_without_criteria_have_a_picture(db, sign_in_as):
    empty = factories.make_jury()
    bare = factories.make_jury("bare", quotas={})
    client = sign_in_as(Role.ORGANISER, empty)

    pages = [client.get(reverse("pool", args=[jury.slug])) for jury in (empty, bare)]

    assert [page.status_code for page in pages] == [200, 200]
    assert reverse("criteria", args=["bare"]) in pages[1].content.decode()


def test_an_observer_sees_the_counts_and_no_name(jury, sign_in_as):
    factories.make_registrants(jury, [("woman", "young")], name="Aino Mallikas")

    page = sign_in_as(Role.OBSERVER, jury).get(reverse("pool", args=[jury.slug]))

    assert page.status_code == 200
    assert "Aino" not in page.content.decode()
    assert reverse("duplicates", args=[jury.slug]) not in page.content.decode()


def test_whether_the_draw_would_work_is_loaded_and_linked(jury, sign_in_as):
    page = sign_in_as(Role.ORGANISER, jury).get(reverse("pool", args=[jury.slug])).content.decode()

    way = reverse("selection:feasibility", args=[jury.slug])
    assert f'hx-get="{way}"' in page
    assert f'<a href="{way}"' in page


def test_a_facilitator_may_not_see_the_pool(jury, sign_in_as):
    client = sign_in_as(Role.FACILITATOR, jury)

    assert client.get(reverse("pool", args=[jury.slug])).status_code == 403


@pytest.mark.parametrize("people", [1, 60])
def test_the_page_costs_the_same_whatever_its_size(
    jury, sign_in_as, django_assert_num_queries, people
):
    factories.make_mixed_pool(jury, people)
    client = sign_in_as(Role.ORGANISER, jury)

    with django_assert_num_queries(13):
        client.get(reverse("pool", args=[jury.slug]))


@pytest.mark.parametrize("facts", [{"on_trial": True}, {"unconfirmed": True}])
def test_trials_and_the_unconfirmed_are_not_counted(jury, facts):
    factories.make_registrants(jury, [("woman", "young")] * 2, **facts)

    seen = picture(jury)

    assert (seen.people, seen.withdrawn, seen.incomplete, seen.undecided) == (0, 0, 0, 0)
    assert [row.cells[0] for row in seen.bars.groups[0].rows] == ["0", "0"]
