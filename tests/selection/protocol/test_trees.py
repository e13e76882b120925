"""Hash trees: every leaf leads to the root, and nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selection.protocol.trees import Tree, climbed, root_of

leaves = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40)


@given(leaves, st.data())
def test_each_leaf_leads_to_the_root_and_another_leaf_does_not(rows, data):
    tree = Tree(rows)
    place = data.draw(st.integers(0, len(rows) - 1))

    assert tree.root == root_of(rows)
    assert climbed(rows[place], place, len(rows), tree.path(place)) == tree.root
    assert climbed(b"\0" * 32, place, len(rows), tree.path(place)) != tree.root or rows[
        place
    ] == bytes(32)


@given(leaves)
def test_the_order_and_the_number_of_leaves_matter(rows):
    assert root_of([*rows, rows[-1]]) != root_of(rows)
    if rows != rows[::-1]:
        assert root_of(rows[::-1]) != root_of(rows)


def test_a_node_does_not_pass_for_a_leaf():
    rows = [bytes([number]) * 32 for number in range(4)]
    below = Tree(rows)._rows[1]

    assert root_of(below) != root_of(rows)


def test_a_tree_has_a_leaf():
    with pytest.raises(ValueError, match="leaf"):
        root_of([])
