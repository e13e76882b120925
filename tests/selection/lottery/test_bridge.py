from dataclasses import replace

import numpy as np
import pytest
from django.utils import timezone

from juries.rooms import forget_in_rooms
from selection.engine import SolverFailure, find_panel
from selection.lottery import bridge
from tests import factories
from tests.selection.conftest import decline


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


def test_how_far_quotas_may_be_eased_reaches_the_engine(jury):
    factories.make_mixed_pool(jury, 12)
    jury.criteria.get(key="age").values.filter(key="young").update(minimum_flex=1, maximum_flex=4)

    _pool, quotas = bridge.arrays(bridge.read(jury))

    assert [bounds.tolist() for bounds in quotas.minimum_flex] == [[0, 0], [1, 0]]
    assert [bounds.tolist() for bounds in quotas.maximum_flex] == [[12, 12], [4, 12]]


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


def test_held_seats_are_fixed_and_who_declined_can_no_longer_be_drawn(drawn):
    declined, *held = drawn.seats.all()
    decline(declined)

    people = bridge.frozen(drawn.draw).people

    fixed = {person.registrant for person in people if person.fixed}
    assert len(people) == 12
    assert fixed == {seat.registrant_id for seat in held}
    assert [person.registrant for person in people if person.gone] == [declined.registrant_id]


def test_a_frozen_pool_stands_in_the_order_of_its_tree_and_not_of_the_identifiers(frozen):
    places = [person.registrant for person in bridge.frozen(frozen).people]

    assert places == list(frozen.entries.order_by("index").values_list("registrant", flat=True))
    assert places != [person.registrant for person in bridge.read(frozen.jury).people]


def test_who_comes_or_changes_after_the_freeze_changes_nothing_in_it(frozen):
    before = bridge.frozen(frozen)
    factories.make_registrants(frozen.jury, [("woman", "young")])
    frozen.jury.registrants.first().traits.all().delete()
    frozen.jury.criteria.first().values.update(minimum=0)

    assert bridge.frozen(frozen) == before


@pytest.mark.parametrize("forgotten", [True, False], ids=["erased", "withdrawn"])
def test_who_leaves_after_the_freeze_keeps_a_place_and_is_never_drawn(frozen, forgotten):
    person = frozen.entries.get(index=5).registrant
    if forgotten:
        forget_in_rooms(frozen.jury.registrants.filter(pk=person.pk))
        person.traits.all().delete()
        person.delete()
    else:
        person.withdrawn_at = timezone.now()
        person.save()

    people = bridge.frozen(frozen).people

    assert len(people) == 12
    assert [place for place, one in enumerate(people) if one.gone] == [5]
    assert (people[5].registrant is None) is forgotten


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

    with django_assert_num_queries(4):
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
    factories.make_mixed_pool(jury, 8)
    snapshot = bridge.read(jury)
    sitting, *others = snapshot.people
    people = (replace(sitting, fixed=True), *others)
    pool, quotas = bridge.arrays(replace(snapshot, people=people))
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
