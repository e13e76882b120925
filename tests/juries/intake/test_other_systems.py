"""Files that other tools write and ask for are imported as they are."""

import pytest

from juries.files.errors import Code, FileError
from juries.files.quota_files import QuotaRow, quota_rows
from juries.files.tables import read_table
from juries.intake.columns import asked_criteria, guesses
from juries.intake.importing import import_people
from juries.intake.rows import Judgement, judge
from juries.intake.uploads import table_of
from juries.models import Criterion, CriterionValue, Jury, Registrant
from tests import factories
from tests.juries.intake.bringing import bring

BACK_OFFICE = (
    "\ufeffexternal_id,eligible,can_attend,email,first_name,last_name,gender,age,consent,"
    "stay_on_db,notes,selection_status,source_type,selection_run_id,created_at,updated_at\n"
    "e1,true,true,a@kaarnalahti.example,Aino,Mallikas,Woman,young,true,,x,POOL,csv,,"
    "2026-11-01T10:00:00+00:00,2026-11-01T10:00:00+00:00\n"
    "e2,Yes,1,b@kaarnalahti.example,Börje,Öst,man,OLD,Yes,,x,POOL,csv,,"
    "2026-11-01T10:00:00+00:00,2026-11-01T10:00:00+00:00\n"
    "e3,,,c@kaarnalahti.example,Ŋáŋŋá,Čáhci, man ,old,,,x,POOL,csv,,"
    "2026-11-01T10:00:00+00:00,2026-11-01T10:00:00+00:00\n"
    "e4,false,true,d@kaarnalahti.example,Ei,Saa,man,old,,,x,POOL,csv,,,\n"
    "e5,true,No,e@kaarnalahti.example,Ei,Pääse,man,old,,,x,POOL,csv,,,\n"
)
LIBRARY = (
    "nationbuilder_id,first_name,last_name,email,mobile_number,primary_address1,primary_address2,"
    "primary_city,primary_zip,gender,age\n"
    "n1,Aino,Mallikas,a@kaarnalahti.example,+358 40 123,Katu 1,,Kaarnalahti,00100,woman,young\n"
)
DOCUMENTED = (
    "unique_id,first_name,last_name,gender,age,favourite colour,email,phone,age_bucket\n"
    "u1,Aino,Mallikas,woman,young,blue,a@kaarnalahti.example,040 123 4567,16-29\n"
)
EUROPEAN = (
    "unique_id,first_name,last_name,email,phone_country,phone_number,address_line1,address_line2,"
    "city,postcode,country,LocationNearest,gender,age,nationality,keep_informed\n"
    "u1,Aino,Mallikas,a@kaarnalahti.example,FI,040 123 4567,Katu 1,,Kaarnalahti,00100,FI,x,woman,"
    "young,fi,yes\n"
)
DECIDIM = (
    "personal_data_1,personal_data_2,personal_data_3,personal_data_4,stratum_gender,stratum_age\n"
    "d1,Aino,Mallikas,a@kaarnalahti.example,woman,young\n"
)


def judged(jury: Jury, text: str) -> Judgement:
    table, criteria = table_of(bring(jury, text)), asked_criteria(jury)
    columns = guesses(table.header, criteria)
    return judge(jury, table, criteria, columns=columns, mapped={})


def imported(jury: Jury, text: str) -> list[Registrant]:
    """Everybody in the file, imported with what is guessed and nothing said by hand."""
    user = factories.make_user()
    upload = bring(jury, text, by=user)
    columns = guesses(table_of(upload).header, asked_criteria(jury))
    import_people(upload=upload, columns=columns, mapped={}, by=user)
    return list(jury.registrants.order_by("reference"))


def test_a_back_offices_own_export_is_imported_as_it_is(jury):
    people = imported(jury, BACK_OFFICE)

    assert [one.reference for one in people] == ["e1", "e2", "e3"]
    assert [one.name for one in people] == ["Aino Mallikas", "Börje Öst", "Ŋáŋŋá Čáhci"]
    assert {value.key for value in people[1].values.all()} == {"man", "old"}


@pytest.mark.parametrize("said", ["true", "TRUE", "Yes", "1", "kyllä", "Ja", ""])
def test_yes_is_yes_however_it_is_written_and_unknown_is_not_no(jury, said):
    judgement = judged(jury, f"id,eligible,gender,age\np1,{said},woman,young\n")

    assert (len(judgement.people), judgement.left_out, judgement.problems) == (1, 0, [])


@pytest.mark.parametrize("said", ["false", "No", "0", "ei", "NEJ"])
def test_no_is_no_and_its_people_are_left_out_and_counted(jury, said):
    judgement = judged(jury, f"id,eligible,gender,age\np1,{said},woman,young\n")

    assert (len(judgement.people), judgement.left_out) == (0, 1)


def test_what_is_neither_is_asked_about_at_its_row(jury):
    judgement = judged(jury, "id,eligible,gender,age\np1,maybe,woman,young\n")

    [problem] = judgement.problems
    assert " 2:" in problem
    assert "maybe" in problem


@pytest.mark.parametrize("text", [LIBRARY, EUROPEAN], ids=["library", "european preset"])
def test_the_samples_of_the_library_are_imported_with_name_phone_and_address(jury, text):
    [person] = imported(jury, text)

    assert person.name == "Aino Mallikas"
    assert (person.street_address, person.postal_code) == ("Katu 1", "00100")
    assert person.phone in {"+358 40 123", "040 123 4567"}
    assert person.traits.count() == 2


def test_columns_that_mean_nothing_here_are_left_out(jury):
    [person] = imported(jury, DOCUMENTED)

    assert (person.reference, person.name) == ("u1", "Aino Mallikas")


def test_strata_of_a_platform_are_criteria(jury):
    [person] = imported(jury, DECIDIM)

    assert person.reference == "d1"
    assert person.traits.count() == 2


def test_a_protected_address_is_not_stored_though_the_file_has_it(jury):
    text = "id,turvakielto,osoite,postinumero,gender,age\np1,kyllä,Salakatu 1,00100,woman,young\n"

    [person] = imported(jury, text)

    assert person.address_protected
    assert (person.street_address, person.postal_code) == ("", "")


def test_age_groups_and_areas_follow_from_what_the_file_tells(db):
    jury = factories.make_jury(quotas={"gender": {"woman": (1, 2)}})
    age = Criterion.objects.create(
        jury=jury, key="age", position=2, source=Criterion.Source.BIRTH_YEAR
    )
    old = CriterionValue.objects.create(
        criterion=age, key="old", position=0, youngest=60, minimum=0, maximum=2
    )
    area = Criterion.objects.create(
        jury=jury, key="area", position=3, source=Criterion.Source.POSTAL_CODE
    )
    north = CriterionValue.objects.create(
        criterion=area, key="north", position=0, postal_codes=["00100"], minimum=0, maximum=2
    )

    [person] = imported(jury, "id,gender,birth year,postal code\np1,woman,1950,00100\n")

    assert {old, north} <= set(person.values.all())


TARGETS = [
    "feature,value,min,max\ngender,woman,2,3\ngender,man,2,3\n",
    "feature,value,min,max,min_flex,max_flex\ngender,woman,2,3,1,4\ngender,man,2,3,1,4\n",
    "category,name,min,max\ngender,woman,2,3\ngender,man,2,3\n",
    "category,name,min,max,Notes\ngender,woman,2,3,hello\ngender,man,2,3,\n",
    "Category,Name,Min,Max\ngender,woman,2.0,3\ngender,man,2,3\n",
    "category,category value,min,max\ngender,woman,2,3\ngender,man,2,3\n",
    "max,category,category_value,min,Current #\n3,gender,woman,2,\n3,gender,man,2,\n",
    "category,name,suggest min,suggest max,min,max\ngender,woman,1,9,2,3\ngender,man,1,9,2,3\n",
    "category,name,min,max,x\n\ngender,woman,2,3,\n,,,,\ngender,man,2,3,\n,A further one?,,,\n",
    "\ufeffcategory;name;min;max\r\ngender;woman;2;3\r\ngender;man;2;3\r\n",
]


@pytest.mark.parametrize("text", TARGETS)
def test_targets_are_read_under_any_of_their_headers(text):
    rows = quota_rows(read_table(text.encode(), file="targets.csv"))

    assert [(row.criterion, row.value, row.minimum, row.maximum) for row in rows] == [
        ("gender", "woman", 2, 3),
        ("gender", "man", 2, 3),
    ]


def test_a_row_that_lacks_its_category_but_has_numbers_is_no_note():
    with pytest.raises(FileError) as refusal:
        quota_rows(read_table(b"category,name,min,max\n,woman,2,3\n", file="targets.csv"))

    assert refusal.value.code == Code.MISSING_VALUE


def test_flexible_bounds_of_targets_are_kept():
    rows = quota_rows(read_table(TARGETS[1].encode(), file="targets.csv"))

    assert rows[0] == QuotaRow("gender", "woman", 2, 3, 1, 4, 2)
