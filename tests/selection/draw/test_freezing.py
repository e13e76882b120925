"""The pool is frozen: nobody comes or goes, and everybody can prove to be in it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from juries.enums import Role, Stage
from juries.errors import JuryError
from juries.models import AuditEntry, ExclusionRule, Trait
from selection.draw.ending import break_off
from selection.draw.freezing import freeze_pool, objections_are_open
from selection.models import Draw
from selection.protocol import leaves
from selection.protocol.trees import root_of
from tests import factories
from tests.selection.conftest import freeze
from tests.selection.draw.story import kinds, payloads


def test_everybody_in_the_pool_has_an_entry_and_the_root_is_over_all_of_them(frozen):
    entries = list(frozen.entries.order_by("index"))

    assert [entry.index for entry in entries] == list(range(12))
    assert len({entry.pseudonym for entry in entries}) == 12
    assert [entry.leaf for entry in entries] == sorted(entry.leaf for entry in entries)
    assert frozen.pool_root == root_of([bytes.fromhex(entry.leaf) for entry in entries])


def test_a_leaf_is_made_of_the_groups_and_the_salt_of_the_person(frozen):
    entry = frozen.entries.select_related("registrant").first()
    groups = dict(entry.registrant.traits.values_list("criterion__key", "value__key"))

    leaf = leaves.pool_leaf(
        bytes(entry.salt), attributes=groups, household=None, pseudonym=entry.pseudonym
    )

    assert leaf.hex() == entry.leaf


def test_the_chain_begins_with_what_was_frozen_and_what_was_left_out(closed, organiser):
    gone, unsure, barred, *_rest = factories.make_mixed_pool(closed, 4)
    gone.withdrawn_at = timezone.now()
    unsure.unconfirmed = True
    barred.excluded = ExclusionRule.objects.create(jury=closed, name_fi="Valtuutetut")
    for registrant in (gone, unsure, barred):
        registrant.save()

    draw = freeze(closed, organiser)

    assert kinds(draw) == ["FREEZE"]
    [said] = payloads(draw, "FREEZE")
    assert said["pool"] == {"count": 13, "root": draw.pool_root}
    assert said["previous_aborted"] is None
    assert said["attributes"][0] == {"c": "gender", "v": ["woman", "man"]}
    assert said["removed"] == [
        {"reason": "withdrawn", "n": 1},
        {"reason": "unconfirmed", "n": 1},
        {"reason": "excluded", "n": 1},
    ]


def test_freezing_closes_registration_by_itself(jury):
    factories.make_mixed_pool(jury, 12)
    jury.stage = Stage.REGISTRATION
    jury.save()

    freeze(jury, factories.make_member(jury, Role.ORGANISER))

    jury.refresh_from_db()
    assert jury.stage == Stage.FROZEN
    assert set(AuditEntry.objects.values_list("verb", flat=True)) == {
        "registration.closed",
        "pool.frozen",
    }


def test_objections_are_open_for_the_hours_that_were_given(closed, organiser, time_machine):
    draw = freeze(closed, organiser, objection_hours=48)

    assert objections_are_open(draw)
    time_machine.move_to(timezone.now() + timedelta(hours=48, seconds=1))
    assert not objections_are_open(draw)


@pytest.mark.parametrize("hours", [-1, 14 * 24 + 1])
def test_the_time_for_objections_is_at_most_two_weeks(closed, organiser, hours):
    with pytest.raises(JuryError, match="two weeks"):
        freeze(closed, organiser, objection_hours=hours)

    assert not Draw.objects.exists()


def nobody_left(jury):
    jury.registrants.update(withdrawn_at=timezone.now())


def no_criteria(jury):
    Trait.objects.all().delete()
    jury.criteria.all().delete()


def an_answer_missing(jury):
    jury.registrants.first().traits.first().delete()


def the_same_person_twice(jury):
    first, second, *_rest = jury.registrants.all()
    jury.registrants.filter(pk__in=[first.pk, second.pk]).update(email="sama@kunta.example")


def a_quota_nobody_can_meet(jury):
    jury.criteria.get(key="gender").values.filter(key="woman").update(minimum=9, maximum=9)


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        (nobody_left, "Nobody is in the pool"),
        (no_criteria, "no criteria"),
        (an_answer_missing, "lacks an answer"),
        (the_same_person_twice, "same person twice"),
        (a_quota_nobody_can_meet, "seats|quota"),
    ],
)
def test_a_pool_from_which_nothing_could_be_drawn_is_not_frozen(
    closed, organiser, trouble, sentence
):
    trouble(closed)

    with pytest.raises(JuryError, match=sentence):
        freeze(closed, organiser)

    closed.refresh_from_db()
    assert closed.stage == Stage.LOTTERY
    assert not Draw.objects.exists()


@pytest.mark.parametrize("stage", [Stage.SETTING_UP, Stage.FROZEN, Stage.PANEL])
def test_the_pool_is_frozen_only_while_it_can_still_change(closed, organiser, stage):
    closed.stage = stage
    closed.save()

    with pytest.raises(JuryError, match="Not possible at this stage"):
        freeze_pool(jury=closed, by=organiser)


def test_the_next_draw_has_new_pseudonyms_and_names_the_one_broken_off(frozen, organiser):
    break_off(draw=frozen, code="objection", reason="A name was missing.", by=organiser)
    head = frozen.events.order_by("-n").first().digest

    again = freeze(frozen.jury, organiser)

    assert again.number == 2
    assert payloads(again, "FREEZE")[0]["previous_aborted"] == head
    before, now = (set(one.entries.values_list("pseudonym", flat=True)) for one in (frozen, again))
    assert not before & now


def test_the_database_keeps_one_standing_draw_in_a_jury(frozen, organiser):
    with pytest.raises(IntegrityError), transaction.atomic():
        Draw.objects.create(
            jury=frozen.jury,
            number=2,
            secret=bytes(32),
            panel_size=4,
            frozen_by=organiser,
            frozen_at=timezone.now(),
            objections_until=timezone.now(),
        )
