import pytest
from django.utils import timezone

from juries.models import Question
from juries.questions.standard import ensure_form
from selection.composition.table import composition
from selection.models import PanelSeat
from tests import factories


def row(bars, criterion, value):
    (group,) = (group for group in bars.groups if group.name == criterion)
    (found,) = (one for one in group.rows if one.label == value)
    return found


def test_there_is_nothing_to_show_before_the_panel(jury):
    factories.make_mixed_pool(jury, 8)

    assert composition(jury) is None


def test_population_pool_and_panel_stand_side_by_side(jury):
    registrants = factories.make_mixed_pool(jury, 8)
    factories.make_panel(jury, registrants[:3])

    found = row(composition(jury), "gender", "woman")

    assert found.cells == ("100 (50\xa0%)", "4 (50\xa0%)", "2 (67\xa0%)")
    assert found.bars == pytest.approx((0.5, 0.5, 2 / 3))


def test_declined_seats_and_withdrawn_people_are_not_counted(jury):
    registrants = factories.make_mixed_pool(jury, 8)
    seats = factories.make_panel(jury, registrants[:4])
    PanelSeat.objects.filter(pk=seats[0].pk).update(state=PanelSeat.State.DECLINED)
    registrants[2].withdrawn_at = timezone.now()
    registrants[2].save()

    bars = composition(jury)

    assert row(bars, "gender", "woman").cells[1:] == ("3 (43\xa0%)", "0 (0\xa0%)")


def test_the_public_does_not_see_small_counts_nor_their_bars(jury):
    registrants = factories.make_mixed_pool(jury, 40)
    factories.make_panel(jury, registrants[:4])

    found = row(composition(jury, public=True), "gender", "woman")

    assert found.cells == ("100 (50\xa0%)", "20 (50\xa0%)", "not shown")
    assert found.bars[2] == 0


def test_o13_groups_by_a_sensitive_question_are_for_staff_only(jury):
    factories.make_panel(jury, factories.make_mixed_pool(jury, 40)[:4])
    ensure_form(jury)
    Question.objects.filter(criterion__key="gender").update(sensitive=True)

    assert "gender" not in [group.name for group in composition(jury, public=True).groups]
    assert "gender" in [group.name for group in composition(jury).groups]


@pytest.mark.parametrize("people", [8, 32])
def test_the_table_takes_one_query_whatever_the_pool(jury, people, django_assert_num_queries):
    factories.make_panel(jury, factories.make_mixed_pool(jury, people)[:4])

    with django_assert_num_queries(1):
        composition(jury)
