"""The composition, stage by stage; and that the public report tells of nobody."""

from io import BytesIO
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from juries.audit import JUROR
from juries.figures.suppression import SMALLEST_SHOWN
from juries.models import Criterion, Question
from juries.models.translated import LANGUAGE_CODES
from juries.questions.standard import ensure_form
from selection.composition.counting import Stage, _for_the_public, composition
from selection.composition.report import csv_of, pdf_of
from selection.composition.table import composition_table
from selection.panel.seats import accept_seat, decline_seat
from sessions.models import Attendance, JurySession
from tests import factories
from tests.juries.invitation.sampling import imported, invited
from tests.juries.invitation.sampling import row as sample_row
from tests.selection.conftest import address, draw_from, run_lottery, text


def row(bars, criterion, value):
    (group,) = (group for group in bars.groups if group.name == criterion)
    (found,) = (one for one in group.rows if one.label == value)
    return found


def counts(jury, criterion, value, **facts):
    (found,) = (one for one in composition(jury, **facts) if one.name == criterion)
    (group,) = (one for one in found.groups if one.name == value)
    return group.counts


def test_there_is_nothing_to_show_before_the_panel(jury):
    factories.make_mixed_pool(jury, 8)

    assert composition_table(jury) is None


def test_every_stage_stands_side_by_side(drawn, organiser):
    jury = drawn.draw.jury
    seats = list(jury.seats.all())
    for seat in seats[1:]:
        accept_seat(seat=seat, by=JUROR)
    session = JurySession.objects.create(
        jury=jury, number=1, title_fi="Alku", starts_at="2030-04-10T06:30Z", place="Talo"
    )
    Attendance.objects.create(session=session, seat=seats[1], state="present")
    Attendance.objects.create(session=session, seat=seats[2], state="absent")

    found = {value: counts(jury, "gender", value) for value in ("woman", "man")}

    together = {stage: sum(found[value][stage] for value in found) for stage in found["woman"]}
    assert together == {
        Stage.POPULATION: 200,
        Stage.REGISTERED: 12,
        Stage.DRAWN: 4,
        Stage.CONFIRMED: 3,
        Stage.TAKING_PART: 1,
    }
    assert row(composition_table(jury), "gender", "woman").cells[:3] == (
        "100 (50\xa0%)",
        "6 (50\xa0%)",
        "2 (50\xa0%)",
    )


def test_whoever_comes_in_place_of_another_is_confirmed_and_not_drawn(drawn, organiser):
    jury = drawn.draw.jury
    for seat in jury.seats.all():
        decline_seat(seat=seat, by=JUROR)
    again = draw_from(run_lottery(jury, organiser, seed=3), organiser, 5)
    for seat in again.seats.all():
        accept_seat(seat=seat, by=JUROR)

    found = composition(jury)[0]

    assert (found.totals[Stage.DRAWN], found.totals[Stage.CONFIRMED]) == (4, 4)


def test_letters_are_counted_where_they_were_sent_by_the_groups_of_the_criterion(drawn):
    jury = drawn.draw.jury
    wave = jury.waves.create(number=1, size=5, sent_on="2030-01-05")
    for number, stratum in enumerate(["woman", "woman", "man"], start=1):
        wave.invitations.create(jury=jury, number=number, stratum=stratum, code_digest=f"{number}")

    assert counts(jury, "gender", "woman")[Stage.INVITED] == 2
    assert Stage.INVITED not in counts(jury, "age", "old")


def test_people_of_a_file_who_are_grouped_by_age_are_counted_as_invited(jury):
    """Groups that follow from the year of birth are stored by key, whatever they are called."""
    ages = jury.criteria.get(key="age")
    Criterion.objects.filter(pk=ages.pk).update(source=Criterion.Source.BIRTH_YEAR)
    for key, name, bounds in (("young", "16–39", (16, 39)), ("old", "40+", (40, None))):
        names = {f"name_{code}": name for code in LANGUAGE_CODES}
        youngest, oldest = bounds
        ages.values.filter(key=key).update(youngest=youngest, oldest=oldest, **names)
    year = jury.registration_opens_on.year
    born = [year - 20, year - 60, year - 70]
    rows = [sample_row(n, group="", born=str(one)) for n, one in enumerate(born, start=1)]

    invited(imported(jury, rows, group_by=jury.criteria.get(key="age")))

    old = next(one for one in composition(jury)[1].groups if one.key == "old")
    assert old.counts[Stage.INVITED] == 2
    assert composition(jury)[1].totals[Stage.INVITED] == 3
    assert Stage.INVITED not in composition(jury)[0].totals
    assert ["age", "40+", "Invited", "2", "66.7"] in lines_of(jury, public=False)
    assert ["age", "40+", "Invited", "not shown", "not shown"] in lines_of(jury, public=True)


def lines_of(jury, **facts):
    return [line.split(";") for line in csv_of(jury, **facts).decode("utf-8-sig").splitlines()]


def sent(jury, *groups):
    """A wave that went out, with so many letters to each group."""
    number = jury.waves.count() + 1
    wave = jury.waves.create(number=number, size=1, sent_on="2030-01-05")
    told = [group for group, letters in groups for _ in range(letters)]
    for place, stratum in enumerate(told, start=1):
        digest = f"{number}/{place}"
        wave.invitations.create(jury=jury, number=place, stratum=stratum, code_digest=digest)


def letters(jury, criterion, **facts):
    """What the report has in the column of those invited, by group."""
    (found,) = (one for one in composition(jury, **facts) if one.key == criterion)
    return {
        one.name: one.counts[Stage.INVITED] for one in found.groups if Stage.INVITED in one.counts
    }


def paper(jury, **facts):
    pages = PdfReader(BytesIO(pdf_of(jury, **facts))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_letters_of_which_the_group_is_not_known_have_a_row_on_page_paper_and_table(drawn):
    jury = drawn.draw.jury
    sent(jury, ("woman", 30), ("man", 20))
    sent(jury, ("", 50))

    for public in (True, False):
        assert letters(jury, "gender", public=public) == {
            "woman": 30,
            "man": 20,
            "Group not known": 50,
        }
        assert letters(jury, "age", public=public) == {}
        unknown = row(composition_table(jury, public=public), "gender", "Group not known")
        assert unknown.cells == ("–", "50 (50\xa0%)", "–", "–", "–")
        assert not any(unknown.bars)
        printed = paper(jury, public=public)
        assert "Group not known – – 50 (50 %) – – –" in printed
        assert "woman 2 100 (50 %) 30 (30 %)" in printed
        assert ["gender", "Group not known", "Invited", "50", "50.0"] in lines_of(
            jury, public=public
        )


def test_where_every_group_is_known_there_is_no_such_row(drawn):
    sent(drawn.draw.jury, ("woman", 30), ("man", 20))

    assert letters(drawn.draw.jury, "gender") == {"woman": 30, "man": 20}


def test_a_group_that_no_criterion_has_is_not_known(drawn):
    sent(drawn.draw.jury, ("woman", 30), ("man", 20), ("Keskusta", 7))

    assert letters(drawn.draw.jury, "gender")["Group not known"] == 7


def test_few_of_unknown_group_are_kept_back_and_so_is_that_from_which_they_follow(drawn):
    jury = drawn.draw.jury
    sent(jury, ("woman", 30), ("man", 20), ("", 3))

    assert letters(jury, "gender", public=True) == {
        "woman": 30,
        "man": None,
        "Group not known": None,
    }
    assert ["gender", "man", "Invited", "not shown", "not shown"] in lines_of(jury, public=True)
    assert row(composition_table(jury, public=True), "gender", "man").cells[1] == "not shown"
    assert "man 2 100 (50 %) not shown" in paper(jury, public=True)
    assert letters(jury, "gender")["Group not known"] == 3


def test_few_of_a_known_group_do_not_follow_from_those_unknown(drawn):
    sent(drawn.draw.jury, ("woman", 30), ("man", 2), ("", 9))

    assert letters(drawn.draw.jury, "gender", public=True) == {
        "woman": 30,
        "man": None,
        "Group not known": None,
    }


def test_who_registered_is_not_told_beside_a_few_more_who_were_invited(drawn):
    """Of six women with a letter or without six registered: of eight letters two would be told."""
    jury = drawn.draw.jury
    sent(jury, ("woman", 8), ("man", 60))

    found = counts(jury, "gender", "woman", public=True)

    assert (found[Stage.INVITED], found[Stage.REGISTERED]) == (8, None)


def test_a_group_of_the_same_name_does_not_make_it_the_criterion_of_the_addresses(jury):
    jury.criteria.get(key="gender").values.filter(key="man").update(key="muu", name_en="other")
    jury.criteria.get(key="age").values.filter(key="old").update(key="muu", name_en="other")
    sent(jury, ("woman", 30), ("muu", 20))

    assert letters(jury, "gender") == {"woman": 30, "other": 20}
    assert letters(jury, "age") == {}

    sent(jury, ("Keskusta", 30), ("Saaret", 30), ("muu", 20))

    assert letters(jury, "gender") == {"woman": 30, "other": 20, "Group not known": 80}
    assert letters(jury, "age") == {}


def test_waves_by_the_groups_of_different_criteria_are_each_counted_by_their_own(jury):
    sent(jury, ("woman", 30), ("man", 20))
    sent(jury, ("young", 10), ("old", 15))

    assert letters(jury, "gender") == {"woman": 30, "man": 20, "Group not known": 25}
    assert letters(jury, "age") == {"young": 10, "old": 15, "Group not known": 50}


@settings(max_examples=300)
@given(st.lists(st.integers(0, 30), min_size=2, max_size=5), st.integers(1, 30))
def test_o13_no_few_letters_can_be_computed_with_the_row_of_those_unknown(known, unknown):
    column = [*known, unknown]

    shown = _for_the_public({Stage.INVITED: column})[Stage.INVITED]

    hidden = [count for count, told in zip(column, shown, strict=True) if told is None]
    assert all(told is None or told == 0 or told >= SMALLEST_SHOWN for told in shown)
    assert len(hidden) != 1


@pytest.mark.parametrize("told", [["nuoret", "vanhat"], ["young", "vanhat"]], ids=["names", "both"])
def test_letters_are_counted_by_key_and_by_name_and_a_key_goes_first(jury, told):
    values = jury.criteria.get(key="age").values
    values.filter(key="young").update(name_fi="nuoret")
    values.filter(key="old").update(name_fi="vanhat", name_sv="young")
    wave = jury.waves.create(number=1, size=2, sent_on="2030-01-05")
    for number, stratum in enumerate(told, start=1):
        wave.invitations.create(jury=jury, number=number, stratum=stratum, code_digest=f"{number}")

    found = composition(jury)[1].groups

    assert [group.counts[Stage.INVITED] for group in found] == [1, 1]


def test_the_public_does_not_see_small_counts_nor_their_bars(drawn):
    found = row(composition_table(drawn.draw.jury, public=True), "gender", "woman")

    assert found.cells == ("100 (50\xa0%)", "6 (50\xa0%)", "not shown", "–")
    assert found.bars[2] == 0


def test_o13_groups_by_a_sensitive_question_are_for_staff_only(drawn):
    jury = drawn.draw.jury
    ensure_form(jury)
    Question.objects.filter(criterion__key="gender").update(sensitive=True)

    assert "gender" not in [one.name for one in composition(jury, public=True)]
    assert "gender" in [one.name for one in composition(jury)]


STAGES = (Stage.REGISTERED, Stage.DRAWN, Stage.CONFIRMED, Stage.TAKING_PART)


@st.composite
def nested(draw):
    """Counts of groups at four stages, each a part of the one before."""
    groups = draw(st.integers(2, 5))
    column = [draw(st.integers(0, 30)) for _ in range(groups)]
    columns = {}
    for stage in STAGES:
        columns[stage] = list(column)
        column = [draw(st.integers(max(0, count - 6), count)) for count in column]
    return columns


@settings(max_examples=300)
@given(nested())
def test_o13_no_two_published_counts_differ_by_a_few_and_none_can_be_computed(columns):
    shown = _for_the_public(columns)

    for earlier, later in product(STAGES, STAGES):
        for here, there in zip(shown[earlier], shown[later], strict=True):
            if here is not None and there is not None:
                assert not 0 < abs(here - there) < SMALLEST_SHOWN
    for stage in STAGES:
        hidden = [
            count for count, told in zip(columns[stage], shown[stage], strict=True) if told is None
        ]
        assert len(hidden) != 1 or len(columns[stage]) == 1
        assert all(told is None or told == 0 or told >= SMALLEST_SHOWN for told in shown[stage])


def test_o13_control_columns_kept_back_one_by_one_would_tell_by_their_difference():
    columns = {Stage.DRAWN: [10, 12], Stage.CONFIRMED: [9, 12]}

    shown = _for_the_public(columns)

    assert shown[Stage.DRAWN] == [10, 12]
    assert shown[Stage.CONFIRMED] == [None, None]


@pytest.mark.parametrize("people", [12, 32])
def test_the_number_of_queries_does_not_grow_with_the_pool(
    jury, people, django_assert_max_num_queries
):
    factories.make_panel(jury, factories.make_mixed_pool(jury, people)[:4])

    with django_assert_max_num_queries(13):
        composition_table(jury)


def test_the_report_on_paper_and_as_a_table_say_the_same(drawn):
    jury = drawn.draw.jury

    pages = PdfReader(BytesIO(pdf_of(jury, public=False))).pages
    paper = " ".join(page.extract_text() for page in pages)
    lines = csv_of(jury, public=False).decode("utf-8-sig").splitlines()

    assert "Composition report" in paper
    assert "2 (50 %)" in paper.replace("\xa0", " ")
    assert lines[0] == "Criterion;Group;Stage;People;Share, %"
    assert "gender;woman;Drawn;2;50.0" in lines
    assert pdf_of(jury, public=False) == pdf_of(jury, public=False)


def test_the_public_table_keeps_small_counts_back(drawn):
    lines = csv_of(drawn.draw.jury, public=True).decode("utf-8-sig").splitlines()

    assert "gender;woman;Drawn;not shown;not shown" in lines
    assert "gender;woman;Registered;6;50.0" in lines


def test_everybody_can_take_the_public_report_and_only_staff_the_whole_one(drawn, desk):
    jury = drawn.draw.jury
    for kind in ("pdf", "csv"):
        public = reverse(f"selection:public_composition_{kind}", args=[jury.slug])
        whole = reverse(f"selection:composition_{kind}", args=[jury.slug])
        assert Client().get(public).status_code == 200
        assert Client().get(whole).status_code == 302
        assert desk.get(whole).status_code == 200
    page = text(desk.get(address(jury, "composition")))
    assert "None: the quotas hold as they were set." in page
    assert "2 (50 %)" in page.replace("\xa0", " ")


def test_beside_what_is_not_shown_stands_the_way_to_the_file_of_the_draw(drawn):
    page = text(Client().get(f"/en/juries/{drawn.draw.jury.slug}/"))

    assert "The numbers of the drawn panel are in the file of the draw." in page
    assert reverse("selection:record", args=[drawn.draw.jury.slug, 1]) in page
    assert "How the panel was drawn" in page
