from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from juries.commission.copying import copy_jury
from juries.commission.timetable import LABELS
from juries.enums import Role, Stage
from juries.models import (
    Choice,
    Criterion,
    CriterionValue,
    FormSection,
    Jury,
    Question,
    Wording,
)
from tests import factories

pytestmark = pytest.mark.django_db

FIRST = date(2031, 4, 12)
NAMES = {"name_fi": "Lähipalvelut 2036", "name_sv": "Närservice 2036"}


def with_a_form(jury):
    """A combined criterion, a question that follows another, a choice and a wording."""
    gender, age = jury.criteria.all()
    both = Criterion.objects.create(
        jury=jury, key="both", position=0, source="combined", first=age, second=gender
    )
    CriterionValue.objects.create(
        criterion=both,
        key="young woman",
        position=0,
        first=age.values.first(),
        second=gender.values.first(),
        minimum=0,
        maximum=2,
    )
    section = FormSection.objects.create(jury=jury, position=0, title_fi="Taustatiedot")
    asked = Question.objects.create(section=section, position=2, kind="choice", label_fi="Auto?")
    Choice.objects.create(question=asked, position=0, key="on", label_fi="On")
    Question.objects.create(section=section, position=1, kind="criterion", criterion=gender)
    Question.objects.create(
        section=section, position=3, kind="text", shown_if=asked, shown_for=["on"]
    )
    # An early row that follows a late one: made anew, the late one must come first.
    Question.objects.filter(kind="criterion").update(shown_if=Question.objects.last())
    Wording.objects.create(jury=jury, key="letter_invitation", body_fi="Hei {name}!")
    return jury


def copied(jury, **facts):
    facts = {"names": NAMES, "first_session_on": FIRST, "by": factories.make_user(), **facts}
    return copy_jury(jury=jury, **facts)


def test_a_copy_has_the_settings_and_none_of_the_people():
    jury = factories.make_jury(
        stage=Stage.LOTTERY,
        case_number="1/2026",
        fee_euros=160,
        answer_days=10,
        retention={"needs": 14},
    )
    factories.make_mixed_pool(jury, 4)

    copy = copied(jury)

    assert (copy.name_fi, copy.fee_euros, copy.answer_days, copy.retention) == (
        "Lähipalvelut 2036",
        160,
        10,
        {"needs": 14},
    )
    assert (copy.stage, copy.published_at, copy.case_number) == (Stage.SETTING_UP, None, "")
    assert (copy.copied_from, copy.slug, copy.version) == (jury, "lahipalvelut-2036", 1)
    assert not copy.registrants.exists()
    assert [entry.verb for entry in copy.audit_entries.all()] == ["jury.copied"]


def test_the_dates_of_a_copy_are_moved_by_as_many_days():
    jury = factories.make_jury(letters_on=date(2025, 12, 28))

    copy = copied(jury)

    shift = FIRST - jury.first_session_on
    for name in LABELS:
        before = getattr(jury, name)
        assert getattr(copy, name) == (before + shift if before else None)
    assert shift > timedelta(0)


def test_criteria_form_and_wordings_are_the_copys_own():
    jury = with_a_form(factories.make_jury())

    copy = copied(jury)

    assert copy.criteria.count() == 3
    both = copy.criteria.get(key="both")
    assert {both.first.jury, both.second.jury} == {copy}
    value = both.values.get()
    assert {value.first.criterion.jury, value.second.criterion.jury} == {copy}
    asked, gender, follower = (
        Question.objects.get(section__jury=copy, kind=kind)
        for kind in ("choice", "criterion", "text")
    )
    assert gender.criterion.jury == copy
    assert (follower.shown_if, gender.shown_if) == (asked, follower)
    assert asked.choices.get().label_fi == "On"
    assert copy.wordings.get().body_fi == "Hei {name}!"
    quotas = [
        list(
            CriterionValue.objects.filter(criterion__jury=one)
            .order_by("criterion__key", "key")
            .values_list("key", "minimum", "maximum", "population")
        )
        for one in (jury, copy)
    ]
    assert quotas[0] == quotas[1]


def test_the_copied_jury_stays_as_it_was():
    jury = with_a_form(factories.make_jury())
    counts = [one.objects.count() for one in (Criterion, Question, Choice, Wording)]

    copied(jury)

    assert [one.objects.count() for one in (Criterion, Question, Choice, Wording)] == [
        2 * count for count in counts
    ]
    assert jury.criteria.count() == 3


def test_a_double_click_makes_one_copy():
    jury, key = factories.make_jury(), uuid4()

    assert copied(jury, submission=key) == copied(jury, submission=key)
    # Control: without the key there are two.
    assert copied(jury) != copied(jury)


def test_a_form_whose_jury_has_been_removed_makes_no_other(jury, sign_in_as):
    client = sign_in_as(Role.ORGANISER, jury)
    address = reverse("copy_jury", args=[jury.slug])
    sent = NAMES | {"first_session_on": "2031-04-12", "submission": str(uuid4())}
    client.post(address, sent)
    Jury.objects.filter(copied_from=jury).update(removed_at=timezone.now())

    again = client.post(address, sent)

    assert again.context["form"].non_field_errors()
    assert Jury.objects.filter(copied_from=jury).count() == 1


def test_an_organiser_copies_a_jury_from_its_home(jury, sign_in_as):
    client = sign_in_as(Role.ORGANISER, jury)
    address = reverse("copy_jury", args=[jury.slug])
    opened = client.get(address).context["form"]
    sent = NAMES | {"first_session_on": "2031-04-12", "submission": opened["submission"].value()}

    wrong = client.post(address, sent | {"name_sv": ""})
    done = client.post(address, sent)

    assert wrong.context["form"].has_error("name_sv")
    assert done.url == reverse("home", args=["lahipalvelut-2036"])
    assert Jury.objects.get(slug="lahipalvelut-2036").copied_from == jury


@pytest.mark.parametrize("name", ["copy_jury", "remove_jury"])
def test_who_organises_one_jury_only_neither_copies_nor_removes_it(client, jury, name):
    user = factories.make_user()
    user.memberships.create(organisation=jury.organisation, jury=jury, role=Role.ORGANISER)
    client.force_login(user)

    assert client.get(reverse(name, args=[jury.slug])).status_code == 403
    assert (
        reverse(name, args=[jury.slug])
        not in client.get(reverse("home", args=[jury.slug])).content.decode()
    )
