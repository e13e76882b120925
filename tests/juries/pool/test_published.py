"""What the public reads of the pool tells nothing of anybody, today, tomorrow, or put together."""

import itertools
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from juries.enums import LegalBasis, Stage
from juries.figures.suppression import SMALLEST_SHOWN, in_bands, suppress
from juries.models import Question, Registrant
from juries.pool.published import published_reach
from juries.questions.standard import ensure_form
from tests import factories

type Counts = tuple[int, ...]
type Table = Callable[[Counts], Hashable]


def as_published(counts: Sequence[int]) -> Hashable:
    """The page and the number of people it names."""
    return tuple(in_bands(counts)), tuple(in_bands([sum(counts)]))


def in_the_report(counts: Sequence[int]) -> Hashable:
    """The table after the draw, whose total is known."""
    return tuple(suppress(counts)), sum(counts)


def populations(groups: int, most: int) -> Iterable[Counts]:
    return itertools.product(range(most + 1), repeat=groups)


def told_small_counts(tables: Sequence[Table], groups: int, most: int) -> list[Counts]:
    """The populations of which the tables together tell a count from 1 to 4 exactly."""
    alike = defaultdict(list)
    for counts in populations(groups, most):
        alike[tuple(table(counts) for table in tables)].append(counts)
    return [
        members[0]
        for members in alike.values()
        for place in range(groups)
        if len({counts[place] for counts in members}) == 1
        and 0 < members[0][place] < SMALLEST_SHOWN
        and sum(members[0]) > 2 * (SMALLEST_SHOWN - 1)
    ]


def told_newcomers(table: Table, groups: int, most: int) -> list[tuple[Counts, int]]:
    """Where two pages in a row tell that one person more came to a group of fewer than five."""
    alike = defaultdict(set)
    for counts in populations(groups, most):
        for place in range(groups):
            after = tuple(count + (place == at) for at, count in enumerate(counts))
            alike[table(counts), table(after)].add((counts, place))
    return [
        next(iter(cases))
        for cases in alike.values()
        if len({place for _counts, place in cases}) == 1
        and all(counts[place] + 1 < SMALLEST_SHOWN for counts, place in cases)
    ]


@pytest.mark.parametrize("groups", [2, 3])
def test_o13_no_small_count_follows_from_the_page_and_the_report_together(groups):
    most = 14 if groups == 2 else 10

    assert told_small_counts([as_published, in_the_report], groups, most) == told_small_counts(
        [in_the_report], groups, most
    )
    assert told_small_counts([as_published], groups, most) == []


def test_o13_control_counts_in_fives_beside_the_report_would_tell():
    def in_fives(counts: Counts) -> Hashable:
        return tuple(count // SMALLEST_SHOWN for count in counts)

    alone = told_small_counts([in_the_report], 2, 14)

    assert len(told_small_counts([in_fives, in_the_report], 2, 14)) > len(alone)


def test_o13_two_days_of_the_page_do_not_tell_who_came_to_a_small_group():
    assert told_newcomers(as_published, 2, 12) == []
    assert told_newcomers(as_published, 3, 8) == []


def test_o13_control_suppression_alone_tells_from_day_to_day():
    assert told_newcomers(in_the_report, 2, 12)


def test_o13_nothing_under_five_is_printed(db):
    jury = _shown_jury()
    factories.make_registrants(jury, [("woman", "young")] * 23 + [("man", "old")] * 3)
    _make_yesterday(jury)

    page = Client().get(reverse("public_reach", args=[jury.slug]))

    rows = [row for group in page.context["reach"].bars.groups for row in group.rows]
    assert {row.cells[0] for row in rows} == {page.context["reach"].bars.groups[0].rows[1].cells[0]}
    assert page.context["reach"].people == "25–29"


def test_the_page_stands_as_at_last_midnight(db):
    jury = _shown_jury()
    factories.make_registrants(jury, [("woman", "young"), ("man", "old")] * 6)
    today = published_reach(jury).people
    _make_yesterday(jury)

    assert today != published_reach(jury).people
    assert published_reach(jury).people == "10–14"
    assert [row.cells[0] for row in published_reach(jury).bars.groups[0].rows] == ["5–9", "5–9"]


@pytest.mark.parametrize("facts", [{"show_reach": False}, {"stage": Stage.LOTTERY}])
def test_the_page_is_there_only_by_choice_and_while_registration_is_open(db, facts):
    jury = _shown_jury(**facts)

    answer = Client().get(reverse("public_reach", args=[jury.slug]))
    front = Client().get(reverse("jury", args=[jury.slug])).content.decode()

    assert answer.status_code == 302
    assert reverse("public_reach", args=[jury.slug]) not in front


def test_the_public_page_leads_there(db):
    jury = _shown_jury()

    front = Client().get(reverse("jury", args=[jury.slug])).content.decode()

    assert reverse("public_reach", args=[jury.slug]) in front


def _shown_jury(**facts):
    return factories.make_jury(**{"show_reach": True, "stage": Stage.REGISTRATION, **facts})


def _make_yesterday(jury):
    Registrant.objects.filter(jury=jury).update(registered_at=timezone.now() - timedelta(days=1))


def _ask_as_sensitive(jury, key):
    ensure_form(jury)
    Question.objects.filter(criterion__jury=jury, criterion__key=key).update(
        sensitive=True, legal_basis=LegalBasis.EXPLICIT_CONSENT
    )


def test_o13_groups_by_a_sensitive_question_are_on_no_public_page(db):
    jury = _shown_jury()
    first, second = jury.criteria.all()
    jury.criteria.create(key="both", position=9, source="combined", first=first, second=second)
    _ask_as_sensitive(jury, first.key)

    page = Client().get(reverse("public_reach", args=[jury.slug]))

    assert [group.name for group in page.context["reach"].bars.groups] == [str(second)]
    assert page.context["reach"].leaves_out


def test_o13_control_groups_by_other_questions_are_shown(db):
    page = Client().get(reverse("public_reach", args=[_shown_jury().slug]))

    assert len(page.context["reach"].bars.groups) == 2
    assert not page.context["reach"].leaves_out
