import pytest
from django.db import IntegrityError
from django.utils import translation

from juries.enums import Role, Stage
from juries.errors import JuryError, WrongStage
from juries.files.errors import Code, FileError
from juries.files.quota_files import population_rows, quota_rows
from juries.files.tables import read_table
from juries.models import Criterion, CriterionValue, Jury
from juries.targets.criteria import (
    add_criterion,
    remove_criterion,
    set_from_population,
    set_from_quotas,
)
from juries.targets.quotas import (
    CriterionChange,
    ValueChange,
    change_quotas,
    quota_objections,
    recalculate,
)
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


KAARNALAHTI = """peruste;arvo;väestö
Sukupuoli;nainen;15085
Sukupuoli;mies;14515
Sukupuoli;muu;0
Ikäryhmä;16–29;5180
Ikäryhmä;30–44;6240
Ikäryhmä;45–59;6480
Ikäryhmä;60–74;7010
Ikäryhmä;75–;4690
Alue;Keskusta;12340
Alue;Rantapuoli;6920
Alue;Ylikaarna;4110
Alue;Saarenpää;3560
Alue;Vanhakirkko;2670
"""


def population(text=KAARNALAHTI):
    return population_rows(read_table(text.encode(), file="pasted"))


def quotas(text):
    return quota_rows(read_table(text.encode(), file="quotas.csv"))


def organiser(jury):
    return factories.make_member(jury, Role.ORGANISER)


def stored(jury):
    return {
        criterion.key: {
            value.key: (value.minimum, value.maximum) for value in criterion.values.all()
        }
        for criterion in jury.criteria.all()
    }


def test_a_population_becomes_quotas_around_the_largest_remainder():
    jury = factories.make_jury(quotas={}, panel_size=30)

    set_from_population(jury=jury, rows=population(), band=1, by=organiser(jury))

    jury.refresh_from_db()
    assert jury.quota_band == 1
    assert list(stored(jury)) == ["Sukupuoli", "Ikäryhmä", "Alue"]
    assert stored(jury)["Sukupuoli"] == {"nainen": (14, 16), "mies": (14, 16), "muu": (0, 1)}
    assert stored(jury)["Ikäryhmä"]["45–59"] == (6, 8)
    assert stored(jury)["Alue"]["Vanhakirkko"] == (2, 4)
    assert list(quota_objections(jury)) == []


def test_known_labels_stand_in_every_language_and_numbers_need_none():
    jury = factories.make_jury(quotas={})

    set_from_population(jury=jury, rows=population(), band=1, by=organiser(jury))

    gender, age, area = jury.criteria.all()
    assert (gender.name_fi, gender.name_sv, gender.name_en) == ("Sukupuoli", "Kön", "")
    assert gender.values.get(key="nainen").name_sv == "kvinna"
    assert age.values.get(key="16–29").name_sv == "16–29"
    assert (area.values.first().name_fi, area.values.first().name_sv) == ("Keskusta", "")


def test_a_criterion_of_nobody_is_refused_and_nothing_changes(jury):
    before = stored(jury)
    rows = population("criterion;value;population\nage;young;0\nage;old;0\n")

    with pytest.raises(JuryError, match="age"):
        set_from_population(jury=jury, rows=rows, band=1, by=organiser(jury))

    assert stored(jury) == before


def test_a_quota_file_is_taken_as_it_is_and_what_does_not_add_up_is_said(jury):
    rows = quotas("feature,value,min,max,min_flex,max_flex\nage,young,0,1,0,2\nage,old,1,2,0,4\n")

    set_from_quotas(jury=jury, rows=rows, by=organiser(jury))

    assert stored(jury) == {"age": {"young": (0, 1), "old": (1, 2)}}
    old = CriterionValue.objects.get(key="old")
    assert (old.minimum_flex, old.maximum_flex) == (0, 4)
    [(criterion, sentence)] = quota_objections(jury)
    assert criterion.key == "age"
    assert "only 3" in sentence


def test_minimums_that_exceed_the_panel_are_said():
    jury = factories.make_jury(quotas={"age": {"young": (3, 4), "old": (2, 4)}})

    [(_, sentence)] = quota_objections(jury)

    assert "add up to 5" in sentence


def test_a_quota_too_large_or_a_name_too_long_to_keep_is_refused_at_its_row(jury):
    rows = quotas(f"feature,value,min,max\nage,{'y' * 101},0,1\nage,old,1,40000\n")

    with pytest.raises(FileError) as refused:
        set_from_quotas(jury=jury, rows=rows, by=organiser(jury))

    assert {(problem.code, problem.row) for problem in refused.value.problems} == {
        (Code.CELL_TOO_LONG, 2),
        (Code.NUMBER_TOO_LARGE, 3),
    }


def test_registrants_keep_their_values_when_a_table_is_taken_again(jury):
    [registrant] = factories.make_registrants(jury, [("woman", "old")])
    rows = quotas(
        "feature,value,min,max\nage,old,0,4\nage,young,0,4\ngender,woman,1,3\ngender,man,1,3\n"
        "gender,other,0,1\n"
    )

    set_from_quotas(jury=jury, rows=rows, by=organiser(jury))

    assert sorted(value.key for value in registrant.values.all()) == ["old", "woman"]
    assert list(stored(jury)) == ["age", "gender"]
    assert stored(jury)["gender"]["other"] == (0, 1)


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("gender,woman,0,4\ngender,man,0,4\n", "age"),
        ("gender,man,0,4\nage,old,0,4\nage,young,0,4\n", "woman"),
        (
            "gender,woman,0,4\ngender,man,0,4\nage,old,0,4\nage,young,0,4\nshoe,large,0,4\n",
            "shoe",
        ),
    ],
)
def test_what_people_have_answered_is_neither_taken_away_nor_added_to(jury, table, sentence):
    factories.make_registrants(jury, [("woman", "old")])
    before = stored(jury)

    with pytest.raises(JuryError, match=sentence):
        set_from_quotas(
            jury=jury, rows=quotas(f"feature,value,min,max\n{table}"), by=organiser(jury)
        )

    assert stored(jury) == before


def test_quotas_follow_a_new_panel_size_on_request():
    jury = factories.make_jury(quotas={}, panel_size=30)
    set_from_population(jury=jury, rows=population(), band=1, by=organiser(jury))
    Jury.objects.filter(pk=jury.pk).update(panel_size=10)
    jury.refresh_from_db()
    objected = len(list(quota_objections(jury)))

    recalculate(jury=jury, band=0, by=organiser(jury))

    assert objected == 3
    assert stored(jury)["Sukupuoli"] == {"nainen": (5, 5), "mies": (5, 5), "muu": (0, 1)}
    assert list(quota_objections(jury)) == []


def test_without_population_figures_there_is_nothing_to_calculate_from(jury):
    CriterionValue.objects.update(population=None)

    with pytest.raises(JuryError):
        recalculate(jury=jury, band=1, by=organiser(jury))


def change_of(criterion, *values):
    return CriterionChange(pk=criterion.pk, names={"name_fi": "Ikä"}, values=list(values))


def test_quotas_are_changed_added_and_removed_by_hand(jury):
    age = jury.criteria.get(key="age")
    young, old = age.values.all()
    changes = [
        change_of(
            age,
            ValueChange({"name_fi": "nuori"}, 10, 0, 2, pk=young.pk),
            ValueChange({"name_fi": "vanha"}, 10, 0, 2, pk=old.pk, remove=True),
            ValueChange({"name_fi": "keski-ikäinen"}, None, 1, 3),
        )
    ]

    change_quotas(jury=jury, changes=changes, by=organiser(jury))

    assert stored(jury)["age"] == {"young": (0, 2), "keski-ikäinen": (1, 3)}
    assert age.values.get(key="young").name_fi == "nuori"
    assert jury.audit_entries.get().verb == "criteria.changed"


def test_a_value_people_have_stays(jury):
    factories.make_registrants(jury, [("woman", "old")])
    age = jury.criteria.get(key="age")
    old = age.values.get(key="old")

    with pytest.raises(JuryError, match="old"):
        change_quotas(
            jury=jury,
            changes=[change_of(age, ValueChange({}, None, 0, 1, pk=old.pk, remove=True))],
            by=organiser(jury),
        )

    assert age.values.filter(pk=old.pk).exists()


def test_a_value_is_not_there_twice_and_the_last_one_stays(jury):
    age = jury.criteria.get(key="age")
    young, old = age.values.all()
    twice = change_of(age, ValueChange({"name_fi": "Young"}, None, 0, 1))
    none = change_of(
        age,
        ValueChange({}, None, 0, 1, pk=young.pk, remove=True),
        ValueChange({}, None, 0, 1, pk=old.pk, remove=True),
    )

    for change in (twice, none):
        with pytest.raises(JuryError):
            change_quotas(jury=jury, changes=[change], by=organiser(jury))

    assert age.values.count() == 2


def test_a_criterion_of_another_jury_is_out_of_reach(jury):
    elsewhere = factories.make_jury("elsewhere").criteria.first()

    with pytest.raises(Criterion.DoesNotExist):
        change_quotas(jury=jury, changes=[change_of(elsewhere)], by=organiser(jury))


def test_a_new_criterion_allows_everything_and_can_go_again(jury):
    criterion = add_criterion(
        jury=jury, name="Kieli", values=["suomi", "ruotsi"], by=organiser(jury)
    )
    added = stored(jury)["Kieli"]
    remove_criterion(jury=jury, criterion=criterion, by=organiser(jury))

    assert added == {"suomi": (0, 4), "ruotsi": (0, 4)}
    assert "Kieli" not in stored(jury)


def test_a_criterion_is_refused_twice_and_after_people_have_registered(jury):
    with pytest.raises(JuryError, match="already"):
        add_criterion(jury=jury, name="AGE", values=["x"], by=organiser(jury))
    factories.make_registrants(jury, [("woman", "old")])
    with pytest.raises(JuryError, match="registered"):
        add_criterion(jury=jury, name="Kieli", values=["x"], by=organiser(jury))
    with pytest.raises(JuryError, match="answered"):
        remove_criterion(jury=jury, criterion=jury.criteria.get(key="age"), by=organiser(jury))


def test_after_the_draw_quotas_stand(jury):
    Jury.objects.filter(pk=jury.pk).update(stage=Stage.PANEL)
    user, age = organiser(jury), jury.criteria.get(key="age")
    before = stored(jury)

    for deed in (
        lambda: set_from_population(jury=jury, rows=population(), band=1, by=user),
        lambda: set_from_quotas(jury=jury, rows=[], by=user),
        lambda: recalculate(jury=jury, band=1, by=user),
        lambda: change_quotas(jury=jury, changes=[change_of(age)], by=user),
        lambda: add_criterion(jury=jury, name="Kieli", values=["x"], by=user),
        lambda: remove_criterion(jury=jury, criterion=age, by=user),
    ):
        with pytest.raises(WrongStage):
            deed()

    assert stored(jury) == before


def test_the_database_itself_refuses_a_minimum_above_its_maximum(jury):
    with pytest.raises(IntegrityError):
        CriterionValue.objects.update(minimum=9)
