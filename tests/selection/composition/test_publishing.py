"""The composition tells of nobody to whoever looks on while the panel forms, or adds tables up."""

from datetime import timedelta
from itertools import pairwise

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from juries.audit import JUROR
from juries.enums import GRANTS, Act, Role
from juries.figures.suppression import SMALLEST_SHOWN
from juries.models import Jury, Question
from juries.questions.standard import ensure_form
from juries.targets.pairs import add_combination
from selection.composition.counting import Stage, composition
from selection.models import Draw, PanelSeat
from selection.panel.seats import accept_seat, decline_seat, drop_out
from sessions.models import Attendance, JurySession
from tests import factories
from tests.selection.conftest import address, text

State = PanelSeat.State
WITHOUT_THE_POOL = [role for role in Role if Act.SEE_POOL not in GRANTS[role]]


def shown(jury: Jury, stage: Stage) -> dict[tuple[str, str], int | None]:
    """What everybody reads now of that stage."""
    return {
        (criterion.key, group.key): group.counts.get(stage)
        for criterion in composition(jury, public=True)
        for group in criterion.groups
    }


def tell_by_difference(publications: list[dict[tuple[str, str], int | None]]) -> list[object]:
    """Groups in which two publications after one another tell of a few people."""
    return [
        (group, before[group], count)
        for before, after in pairwise(publications)
        for group, count in after.items()
        if count is not None
        and (earlier := before[group]) is not None
        and 0 < abs(count - earlier) < SMALLEST_SHOWN
    ]


@pytest.fixture
def large(jury: Jury) -> Jury:
    jury.panel_size = 40
    jury.save()
    return jury


def offered(jury: Jury) -> list[PanelSeat]:
    return factories.make_panel(jury, factories.make_mixed_pool(jury, 40), State.OFFERED)


def confirmed(jury: Jury) -> list[PanelSeat]:
    return factories.make_panel(jury, factories.make_mixed_pool(jury, 40))


def test_o13_nobody_is_told_by_who_has_accepted_since_one_last_looked(large):
    publications = []
    for seat in offered(large):
        accept_seat(seat=seat, by=JUROR)
        publications.append(shown(large, Stage.CONFIRMED))

    assert tell_by_difference(publications) == []
    assert publications[-1]["gender", "woman"] == 20


def test_o13_control_staff_see_each_answer(large):
    for seat in offered(large)[:10]:
        accept_seat(seat=seat, by=JUROR)

    counts = {one.key: one.counts[Stage.CONFIRMED] for one in composition(large)[0].groups}

    assert sum(counts.values()) == 10


def test_o13_nobody_is_told_by_leaving_after_the_close(large):
    seats = confirmed(large)
    Draw.objects.update(state=Draw.State.CLOSED, ended_at=timezone.now())
    before = shown(large, Stage.CONFIRMED)

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        drop_out(seat=seats[0], on_the_day=False, by=JUROR)

        assert shown(large, Stage.CONFIRMED) == before
    assert before["gender", "woman"] == 20


def test_o13_nobody_is_told_by_accepting_after_the_close_and_leaving_then(large):
    seats = confirmed(large)
    unanswered = seats[0:12:2]
    large.seats.filter(pk__in=[seat.pk for seat in unanswered]).update(
        state=State.OFFERED, answered_at=None, accepted_at=None
    )
    Draw.objects.update(state=Draw.State.CLOSED, ended_at=timezone.now())
    before = shown(large, Stage.CONFIRMED)

    for days, answer in ((1, accept_seat), (2, decline_seat)):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            answer(seat=unanswered[0], by=JUROR)

            assert shown(large, Stage.CONFIRMED) == before
    assert before["gender", "woman"] == 14


def test_o13_whoever_accepted_anew_before_the_close_counts_after_leaving(large):
    seats = confirmed(large)
    decline_seat(seat=seats[0], by=JUROR)
    accept_seat(seat=seats[0], by=JUROR)
    Draw.objects.update(state=Draw.State.CLOSED, ended_at=timezone.now())

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        drop_out(seat=seats[0], on_the_day=False, by=JUROR)

        assert shown(large, Stage.CONFIRMED)["gender", "woman"] == 20


def test_o13_nobody_is_told_by_who_has_come_since_one_last_looked(large):
    session = JurySession.objects.create(
        jury=large, number=1, title_fi="Alku", starts_at="2030-04-10T06:30Z", place="Talo"
    )
    publications = []
    for seat in confirmed(large):
        Attendance.objects.create(session=session, seat=seat, state="present")
        publications.append(shown(large, Stage.TAKING_PART))

    assert tell_by_difference(publications) == []
    with time_machine.travel("2030-05-09T12:00Z"):
        assert shown(large, Stage.TAKING_PART)["gender", "woman"] == 20


def in_pairs(jury: Jury, people: dict[tuple[str, str], int]) -> None:
    """People of those groups, and the two criteria combined."""
    rows = [group for group, count in people.items() for _one in range(count)]
    found = factories.make_registrants(jury, rows)
    both = add_combination(jury, *jury.criteria.all())
    cells = {value.key: value for value in both.values.all()}
    for person, row in zip(found, rows, strict=True):
        person.traits.create(criterion=both, value=cells[", ".join(row)])


def test_o13_a_combination_cannot_be_computed_from_its_parts(large):
    """Were only 3 and 7 kept back, 11 who are young less the 8 men among them would tell the 3."""
    in_pairs(
        large,
        {("woman", "young"): 3, ("woman", "old"): 22, ("man", "young"): 8, ("man", "old"): 7},
    )
    counts = shown(large, Stage.REGISTERED)
    cells = [count for (criterion, _group), count in counts.items() if "×" in criterion]

    assert counts["gender", "woman"] == 25
    assert cells == [None] * 4


def test_o13_a_combination_without_small_groups_is_shown(large):
    in_pairs(
        large,
        {("woman", "young"): 6, ("woman", "old"): 22, ("man", "young"): 8, ("man", "old"): 0},
    )
    counts = shown(large, Stage.REGISTERED)

    assert [count for (name, _group), count in counts.items() if "×" in name] == [6, 22, 8, 0]


@pytest.mark.parametrize("kind", ["pdf", "csv"])
def test_before_the_panel_is_drawn_nobody_outside_takes_counts_of_the_pool(jury, kind):
    factories.make_mixed_pool(jury, 12)
    public = reverse(f"selection:public_composition_{kind}", args=[jury.slug])

    assert Client().get(public).status_code == 404


@pytest.mark.parametrize("kind", ["pdf", "csv"])
@pytest.mark.parametrize("role", WITHOUT_THE_POOL)
def test_before_the_panel_is_drawn_whoever_may_not_see_the_pool_takes_no_counts_of_it(
    jury, sign_in_as, role, kind
):
    factories.make_mixed_pool(jury, 12)
    whole = reverse(f"selection:composition_{kind}", args=[jury.slug])

    assert sign_in_as(role, jury).get(whole).status_code == 404
    assert sign_in_as(Role.OBSERVER, jury).get(whole).status_code == 200


@pytest.mark.parametrize("role", WITHOUT_THE_POOL)
def test_whoever_may_not_see_the_pool_reads_what_everybody_reads(drawn, sign_in_as, role):
    jury = drawn.draw.jury
    ensure_form(jury)
    Question.objects.filter(criterion__key="gender").update(sensitive=True)
    client, officer = sign_in_as(role, jury), sign_in_as(Role.OBSERVER, jury)

    for page in ("panel", "composition"):
        groups = {
            who: [one.name for one in browser.get(address(jury, page)).context["bars"].groups]
            for who, browser in (("without", client), ("with", officer))
        }
        assert groups == {"without": ["age"], "with": ["gender", "age"]}
    lines = client.get(reverse("selection:composition_csv", args=[jury.slug])).content.decode()
    assert "gender" not in lines
    assert "age;young;Drawn;not shown" in lines
    assert "exact counts" not in text(client.get(address(jury, "composition")))
    assert "exact counts" in text(officer.get(address(jury, "composition")))
