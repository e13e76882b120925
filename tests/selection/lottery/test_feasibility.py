from selection.lottery.feasibility import outlook
from tests import factories


def test_a_pool_that_fits_works(jury):
    factories.make_mixed_pool(jury, 12)

    found = outlook(jury)

    assert found.works
    assert (found.people, found.seats, found.left_out) == (12, 4, 0)


def test_a_pool_that_lacks_a_group_says_which_and_how_many(jury):
    factories.make_registrants(jury, [("woman", "young")] + [("man", "old")] * 6)

    found = outlook(jury)

    assert not found.works
    assert [("2" in reason and "1" in reason) for reason in found.trouble.reasons] == [True]
    assert len(found.trouble.suggestions) >= 1
    assert not found.trouble.beyond
    assert found.trouble.newcomers.enough


def test_what_is_suggested_stays_within_the_limits_set_for_the_quotas(jury):
    factories.make_registrants(jury, [("woman", "young")] + [("man", "old")] * 6)
    free = outlook(jury).trouble.suggestions
    woman = jury.criteria.get(key="gender").values.get(key="woman")

    woman.minimum_flex = 2
    woman.save()
    bound = outlook(jury).trouble

    assert any(one.value == woman.pk for one in free[0].easings)
    assert bound.beyond
    assert len(bound.suggestions) == 1


def test_an_empty_pool_and_a_jury_without_criteria_are_said_plainly(db):
    assert "Nobody" in str(outlook(factories.make_jury("one")).trouble.summary)
    assert "criteria" in str(outlook(factories.make_jury("two", quotas={})).trouble.summary)


def test_people_who_lack_an_answer_are_counted_apart(jury):
    registrants = factories.make_mixed_pool(jury, 12)
    registrants[0].traits.first().delete()

    found = outlook(jury)

    assert (found.people, found.left_out) == (11, 1)
