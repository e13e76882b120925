import numpy as np
import pytest
from django.utils import timezone

from selection.engine import SolverFailure, find_panel
from selection.lottery import bridge
from selection.models import PanelSeat
from tests import factories


def test_people_stand_in_the_order_of_their_identifiers_whatever_the_order_of_their_rows(jury):
    first = factories.make_registrants(jury, [("woman", "young")], reference="zz")
    second = factories.make_registrants(jury, [("man", "old")], reference="aa")

    people = bridge.read(jury).people

    assert [person.registrant for person in people] == [second[0].pk, first[0].pk]
    assert [person.values for person in people] == [(1, 1), (0, 0)]


def test_the_engine_gets_the_quotas_of_every_value(jury):
    pool, quotas = bridge.arrays(bridge.read(jury))

    assert len(pool) == 0
    assert pool.traits.shape == (0, 2)
    assert quotas.size == 4
    assert [bounds.tolist() for bounds in quotas.minimum] == [[2, 2], [1, 1]]
    assert [bounds.tolist() for bounds in quotas.maximum] == [[2, 2], [3, 3]]


def test_who_lacks_an_answer_is_named_and_left_out(jury):
    registrants = factories.make_mixed_pool(jury, 4)
    registrants[2].traits.first().delete()

    snapshot = bridge.read(jury)

    assert snapshot.incomplete == ("p0003",)
    assert len(snapshot.people) == 3


def test_who_withdrew_is_not_in_the_pool(jury):
    registrants = factories.make_mixed_pool(jury, 4)
    registrants[0].withdrawn_at = timezone.now()
    registrants[0].save()

    assert len(bridge.read(jury).people) == 3


def test_held_seats_are_fixed_and_declined_ones_have_left_the_pool(jury):
    registrants = factories.make_mixed_pool(jury, 6)
    seats = factories.make_panel(jury, registrants[:4])
    seats[3].state = PanelSeat.State.DECLINED
    seats[3].save()

    snapshot = bridge.read(jury)

    assert snapshot.seats_held == 3
    assert [person.fixed for person in snapshot.people] == [True] * 3 + [False] * 2


@pytest.mark.parametrize(("counts", "together"), [(True, True), (False, False)])
def test_a_shared_address_is_a_household_only_where_the_jury_says_so(jury, counts, together):
    jury.one_per_household = counts
    factories.make_registrants(
        jury, [("woman", "young")], street_address="Rantatie 3 A 1", postal_code="10300"
    )
    factories.make_registrants(
        jury, [("man", "old")], street_address="rantatie 3a1", postal_code="10300"
    )
    factories.make_registrants(jury, [("man", "old"), ("man", "old")])

    homes = [person.household for person in bridge.read(jury).people]

    assert (homes[0] is not None and homes[0] == homes[1]) is together
    assert homes[2:] == [None, None]


@pytest.mark.parametrize("people", [4, 40])
def test_reading_takes_as_many_queries_for_a_small_pool_as_for_a_large_one(
    jury, people, django_assert_num_queries
):
    factories.make_mixed_pool(jury, people)

    with django_assert_num_queries(5):
        bridge.read(jury)


def test_a_lottery_remembers_the_pool_and_the_quotas_as_they_were(ready):
    before = bridge.recall(ready)
    ready.jury.registrants.first().traits.all().delete()
    ready.jury.criteria.first().values.update(minimum=0)

    after = bridge.recall(ready)

    assert after == before
    assert len(after.people) == 12
    assert after.quotas[0]["values"][0]["minimum"] == 2


def test_names_and_addresses_do_not_reach_the_lottery(ready):
    stored = str(ready.quotas) + str(list(ready.chances.values()))

    assert "Malli" not in stored
    assert "@" not in stored


@pytest.mark.parametrize(
    "spoil",
    [
        lambda panel: panel[:-1],
        lambda panel: [*panel[:-1], panel[0]],
        lambda panel: [0, 2, 4, 6],
        lambda panel: [1, 2, 3, 4],
    ],
    ids=["too few people", "somebody twice", "quotas", "without the fixed person"],
)
def test_a_panel_that_breaks_a_rule_is_not_accepted(jury, spoil):
    registrants = factories.make_mixed_pool(jury, 8)
    factories.make_panel(jury, registrants[:1])
    pool, quotas = bridge.arrays(bridge.read(jury))
    lawful = find_panel(pool, quotas)
    bridge.require_lawful(pool, quotas, [lawful])

    with pytest.raises(SolverFailure):
        bridge.require_lawful(pool, quotas, [lawful, np.array(spoil(lawful.tolist()))])


def test_two_of_one_household_on_a_panel_are_not_accepted(jury):
    jury.one_per_household = True
    kinds = [("woman", "young"), ("woman", "old"), ("man", "old"), ("man", "old")]
    factories.make_registrants(jury, kinds, street_address="Rantatie 3", postal_code="10300")
    pool, quotas = bridge.arrays(bridge.read(jury))

    with pytest.raises(SolverFailure):
        bridge.require_lawful(pool, quotas, [np.arange(4)])
