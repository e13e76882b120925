import re

import pytest
from django.urls import reverse
from django.utils import translation

from juries.enums import Role, Stage
from juries.models import CriterionValue, Jury
from tests import factories

pytestmark = pytest.mark.django_db

POPULATION = "criterion;value;population\nGender;woman;15085\nGender;man;14515\n"


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def address(name, *args):
    return reverse(name, args=args)


def quotas_typed(jury, **changes):
    """The form of the quotas as it stands, with some fields typed over."""
    fields = {}
    for criterion in jury.criteria.all():
        fields[f"criterion-{criterion.pk}-name_fi"] = criterion.name_fi
        for value in criterion.values.all():
            prefix = f"value-{value.pk}"
            fields |= {
                f"{prefix}-name_fi": value.name_fi,
                f"{prefix}-population": value.population,
                f"{prefix}-minimum": value.minimum,
                f"{prefix}-maximum": value.maximum,
            }
    return fields | changes


@pytest.mark.parametrize("values", [2, 20])
def test_the_criteria_cost_the_same_however_many_values_there_are(
    sign_in_as, django_assert_num_queries, values
):
    quotas = {"age": {f"a{number}": (0, 4) for number in range(values)}}
    jury = factories.make_jury(quotas=quotas)
    client = sign_in_as(Role.ORGANISER, jury)

    with django_assert_num_queries(10):
        page = client.get(address("criteria", jury.slug)).content.decode()

    assert page.count('-minimum"') >= values


def test_a_population_is_pasted_and_shown_as_quotas(sign_in_as):
    jury = factories.make_jury(quotas={}, panel_size=30)
    client = sign_in_as(Role.ORGANISER, jury)

    page = client.post(
        address("criteria_table", jury.slug), {"pasted": POPULATION, "band": "1"}, follow=True
    ).content.decode()

    assert "The criteria are set" in page
    assert list(CriterionValue.objects.values_list("minimum", "maximum")) == [(14, 16), (14, 16)]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "This field is required."),
        ({"pasted": "criterion;value;population\nAge;young;ten\n"}, "Row 2"),
        ({"pasted": "criterion;value;min;max\nAge;young;3;2\n"}, "larger than the maximum"),
        ({"pasted": "name;count\na;1\n"}, "is missing"),
        ({"pasted": "criterion;value;population\nAge;young;0\n"}, "nobody"),
        ({"pasted": POPULATION, "band": "many"}, "Enter a whole number"),
        ({"pasted": POPULATION, "band": ""}, "required"),
        ({"pasted": "criterion;value;population\n" + "Age;a;1\n" * 300}, "more than 200 rows"),
        ({"pasted": f"criterion;value;population\nAge;{'x' * 101};1\n"}, "100 characters"),
    ],
)
def test_a_bad_table_is_said_and_stays_to_be_mended(jury, sign_in_as, given, sentence):
    given = {"band": "1", **given}
    before = list(CriterionValue.objects.values_list("key", "minimum"))

    page = sign_in_as(Role.ORGANISER, jury).post(address("criteria_table", jury.slug), given)

    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert (given.get("pasted", "").splitlines() or [""])[0] in page.content.decode()
    assert list(CriterionValue.objects.values_list("key", "minimum")) == before


def test_quotas_are_saved_row_by_row(jury, sign_in_as):
    young, old = jury.criteria.get(key="age").values.all()
    changes = {f"value-{young.pk}-minimum": "0", f"value-{old.pk}-name_sv": "äldre"}

    sign_in_as(Role.ORGANISER, jury).post(
        address("criteria", jury.slug), quotas_typed(jury, **changes)
    )

    young.refresh_from_db()
    old.refresh_from_db()
    assert (young.minimum, old.name_sv) == (0, "äldre")


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("minimum", "4", "This is more than the maximum."),
        ("minimum", "many", "Enter a whole number"),
        ("maximum", "-1", "greater than or equal to 0"),
        ("maximum", "99999", "less than or equal to 32767"),
        ("population", "1.5", "Enter a whole number"),
        ("name_fi", "", "Give it a name."),
    ],
)
def test_what_is_wrong_with_a_quota_is_said_at_its_row(jury, sign_in_as, field, text, sentence):
    young, old = jury.criteria.get(key="age").values.all()
    changes = {f"value-{young.pk}-{field}": text, f"value-{old.pk}-maximum": "2"}

    page = sign_in_as(Role.ORGANISER, jury).post(
        address("criteria", jury.slug), quotas_typed(jury, **changes)
    )

    old.refresh_from_db()
    shown = page.content.decode()
    assert f'href="#id_value-{young.pk}-{field}"' in shown
    assert sentence in shown
    assert f'name="value-{old.pk}-maximum" value="2"' in shown
    assert old.maximum == 3


def test_a_value_people_have_is_kept_and_said_at_its_row(jury, sign_in_as):
    factories.make_registrants(jury, [("woman", "old")])
    old = jury.criteria.get(key="age").values.get(key="old")

    page = sign_in_as(Role.ORGANISER, jury).post(
        address("criteria", jury.slug), quotas_typed(jury, **{f"value-{old.pk}-remove": "on"})
    )

    assert "People who registered have this value." in page.content.decode()
    assert CriterionValue.objects.filter(pk=old.pk).exists()


def test_quotas_that_do_not_add_up_are_saved_and_said_at_the_criterion(jury, sign_in_as):
    young, _old = jury.criteria.get(key="age").values.all()
    changes = {f"value-{young.pk}-maximum": "1", f"value-{young.pk}-minimum": "0"}
    client = sign_in_as(Role.ORGANISER, jury)
    client.post(address("criteria", jury.slug), quotas_typed(jury, **changes))
    CriterionValue.objects.filter(pk=young.pk).update(maximum=0)

    page = client.get(address("criteria", jury.slug)).content.decode()

    assert "age: the maximums add up to only 3, but the panel has 4 seats." in page


def test_a_maximum_of_nobody_is_pointed_out(jury, sign_in_as):
    CriterionValue.objects.filter(key="young").update(minimum=0, maximum=0)

    page = sign_in_as(Role.ORGANISER, jury).get(address("criteria", jury.slug)).content.decode()

    assert "nobody of these can be drawn: young" in page


def test_a_criterion_is_added_and_removed_by_hand(jury, sign_in_as):
    client = sign_in_as(Role.ORGANISER, jury)

    client.post(
        address("new_criterion", jury.slug),
        {"criterion-name": "Kieli", "criterion-values": "suomi\n\nruotsi\n"},
    )
    added = jury.criteria.get(key="Kieli")
    names = [value.name_sv for value in added.values.all()]
    client.post(address("remove_criterion", jury.slug, added.pk))

    assert names == ["finska", "svenska"]
    assert not jury.criteria.filter(key="Kieli").exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [("suomi\nSuomi", "there twice"), ("  \n", "required"), ("x" * 101, "at most 100")],
)
def test_a_criterion_with_bad_values_is_refused_in_words(jury, sign_in_as, values, sentence):
    page = sign_in_as(Role.ORGANISER, jury).post(
        address("new_criterion", jury.slug),
        {"criterion-name": "Kieli", "criterion-values": values},
    )

    assert sentence in page.content.decode()
    assert 'value="Kieli"' in page.content.decode()


def test_quotas_are_calculated_anew_with_another_leeway(jury, sign_in_as):
    client = sign_in_as(Role.ORGANISER, jury)

    done = client.post(address("recalculate_quotas", jury.slug), {"band": "0"}, follow=True)
    refused = client.post(address("recalculate_quotas", jury.slug), {"band": "-1"})

    assert "calculated" in done.content.decode()
    assert set(CriterionValue.objects.values_list("minimum", "maximum")) == {(2, 2)}
    assert "greater than or equal to 0" in refused.content.decode()


def test_a_drawn_panel_shows_its_quotas_without_buttons(sign_in_as):
    jury = factories.make_jury(stage=Stage.PANEL)

    page = sign_in_as(Role.ORGANISER, jury).get(address("criteria", jury.slug)).content.decode()

    assert "can no longer be changed" in page
    assert address("criteria_table", jury.slug) not in page


@pytest.fixture
def opened(jury):
    Jury.objects.filter(pk=jury.pk).update(stage=Stage.REGISTRATION)
    jury.refresh_from_db()
    return jury


def test_while_the_jury_is_set_up_nobody_is_asked_why(jury, sign_in_as):
    page = sign_in_as(Role.ORGANISER, jury).get(address("criteria", jury.slug)).content.decode()

    assert 'name="why-reason"' not in page


def test_a_quota_changed_without_a_reason_is_said_at_the_field_and_stays_typed(opened, sign_in_as):
    young, old = opened.criteria.get(key="age").values.all()
    changes = {f"value-{young.pk}-minimum": "0", f"value-{old.pk}-name_sv": "äldre"}

    page = (
        sign_in_as(Role.ORGANISER, opened)
        .post(
            address("criteria", opened.slug),
            quotas_typed(opened, **changes, **{"why-reason": "  "}),
        )
        .content.decode()
    )

    young.refresh_from_db()
    old.refresh_from_db()
    assert (young.minimum, old.name_sv) == (1, "old")
    assert 'href="#id_why-reason"' in page
    assert page.count("Write why the quotas are changed. The reason is public.") == 2
    assert f'name="value-{young.pk}-minimum" value="0"' in page
    assert 'value="äldre"' in page


def test_a_reason_is_kept_typed_when_something_else_is_wrong(opened, sign_in_as):
    young = opened.criteria.get(key="age").values.first()
    typed = {f"value-{young.pk}-minimum": "many", "why-reason": "Vähän nuoria."}

    page = sign_in_as(Role.ORGANISER, opened).post(
        address("criteria", opened.slug), quotas_typed(opened, **typed)
    )

    assert 'value="Vähän nuoria."' in page.content.decode()


def test_with_a_reason_the_quota_is_saved(opened, sign_in_as):
    young = opened.criteria.get(key="age").values.first()
    typed = {f"value-{young.pk}-minimum": "0", "why-reason": "Vähän nuoria."}

    page = sign_in_as(Role.ORGANISER, opened).post(
        address("criteria", opened.slug), quotas_typed(opened, **typed), follow=True
    )

    young.refresh_from_db()
    assert young.minimum == 0
    assert "The quotas are saved." in page.content.decode()
    assert opened.audit_entries.get().facts["reason"] == "Vähän nuoria."


def test_names_need_no_reason(opened, sign_in_as):
    old = opened.criteria.get(key="age").values.last()

    sign_in_as(Role.ORGANISER, opened).post(
        address("criteria", opened.slug),
        quotas_typed(opened, **{f"value-{old.pk}-name_sv": "äldre"}),
    )

    old.refresh_from_db()
    assert old.name_sv == "äldre"
    assert "moved" not in opened.audit_entries.get().facts


@pytest.mark.parametrize(
    ("stage", "sentence"),
    [(Stage.FROZEN, "The pool is frozen"), (Stage.PANEL, "The panel has been drawn")],
)
@pytest.mark.parametrize("page", ["criteria", "population"])
def test_why_quotas_stand_is_said_as_it_is(jury, sign_in_as, page, stage, sentence):
    jury.stage = stage
    jury.save()

    found = sign_in_as(Role.ORGANISER, jury).get(address(page, jury.slug)).content.decode()

    assert f"{sentence}, so the quotas" in found
    assert "Next comes registration" not in found


WHY = "Write why the quotas are changed. The reason is public."


@pytest.fixture
def forms(opened):
    """Every other form of the page: its address, what is typed, and the name of the reason."""
    gender, age = opened.criteria.all()
    CriterionValue.objects.filter(criterion__jury=opened).update(population=50)
    table = "criterion;value;min;max\ngender;woman;0;4\ngender;man;0;4\nage;young;0;4\nage;old;0;4"
    slug = opened.slug
    return {
        "table": (address("criteria_table", slug), {"pasted": table, "band": "3"}, "reason"),
        "calculate": (address("recalculate_quotas", slug), {"band": "3"}, "reason"),
        "new": (
            address("new_criterion", slug),
            {"criterion-name": "Car", "criterion-values": "yes\nno"},
            "criterion-reason",
        ),
        "combine": (
            address("combine_criteria", slug),
            {"combine-first": str(gender.pk), "combine-second": str(age.pk)},
            "combine-reason",
        ),
        "remove": (address("remove_criterion", slug, age.pk), {}, f"remove-{age.pk}-reason"),
    }


every_form = pytest.mark.parametrize("kind", ["table", "calculate", "new", "combine", "remove"])


def bounds():
    return list(CriterionValue.objects.order_by("pk").values_list("pk", "minimum", "maximum"))


@every_form
def test_no_other_form_changes_quotas_without_a_reason_and_what_was_typed_stays(
    opened, forms, sign_in_as, kind
):
    where, typed, reason = forms[kind]
    before = bounds()

    page = sign_in_as(Role.ORGANISER, opened).post(where, typed)

    assert page.status_code == 200
    content = page.content.decode()
    assert f'href="#id_{reason}"' in content
    assert WHY in content
    assert bounds() == before
    [sent] = [form for form in other_forms(page) if form.is_bound]
    shown = {field.html_name: field.value() for field in sent}
    assert {name: shown[name] for name in typed} == typed


def other_forms(page):
    names = ("table", "band", "new", "combine")
    return [*(page.context[name] for name in names), *page.context["removals"]]


@every_form
def test_with_a_reason_every_other_form_changes_them(opened, forms, sign_in_as, kind):
    where, typed, reason = forms[kind]
    before = bounds()

    done = sign_in_as(Role.ORGANISER, opened).post(where, typed | {reason: "Uudet luvut."})

    assert done.status_code == 302
    assert bounds() != before
    assert opened.audit_entries.get().facts["reason"] == "Uudet luvut."


def test_while_the_jury_is_set_up_no_form_asks_why(jury, sign_in_as):
    page = sign_in_as(Role.ORGANISER, jury).get(address("criteria", jury.slug)).content.decode()

    assert "reason" not in page


def test_every_field_of_a_reason_has_an_id_of_its_own(opened, sign_in_as):
    page = sign_in_as(Role.ORGANISER, opened).get(address("criteria", opened.slug))

    ids = re.findall(r'<input[^>]* id="([^"]*reason)"', page.content.decode())
    assert len(ids) == len(set(ids)) == 7


def test_the_hint_of_a_reason_says_who_reads_it_and_that_no_name_belongs_there(opened, sign_in_as):
    page = sign_in_as(Role.ORGANISER, opened).get(address("criteria", opened.slug))

    hint = "Everybody can read it, and it is kept for good: write no names"
    assert page.content.decode().count(hint) == 7
