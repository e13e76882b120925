"""Files out: least columns, a reason, a trace; and what goes out comes back the same."""

import re
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from juries.enums import GRANTS, Act, Role
from juries.errors import JuryError
from juries.exports.people import Format, columns_of, export_people
from juries.exports.pool import Reader, export_pool, quotas_file
from juries.files import writing
from juries.files.pools import criteria_of, read_pool
from juries.files.quota_files import quota_rows
from juries.files.tables import read_table
from juries.intake.columns import asked_criteria, guesses
from juries.intake.importing import import_people
from juries.intake.uploads import table_of
from juries.models import AuditEntry, Jury, Needs, Registrant
from juries.privacy.reading import readings
from juries.privacy.sealing import NEEDS, seal
from tests import factories
from tests.juries.intake.bringing import bring
from tests.unguarded import unguarded_log

REASON = "Puhelinkierros"
SAMI = "ÅÄÖåäöÁÂČĐǤǦǨŊÕŠŦŽƷǮáâčđǥǧǩŋõšŧžʒǯʹ'-"


@pytest.fixture
def user(jury):
    return factories.make_member(jury, Role.RECRUITER)


@pytest.fixture
def people(jury):
    return factories.make_registrants(jury, [("woman", "young"), ("man", "old")])


def taken(jury, user, columns, form=Format.CSV) -> bytes:
    return export_people(jury=jury, columns=columns, form=form, reason=REASON, by=user).content


def rows_of(content: bytes):
    return [row.cells for row in read_table(content, file="x").rows]


def test_o12_only_the_columns_that_were_asked_for_are_in_the_file(jury, user, people):
    content = taken(jury, user, ["reference", "phone"]).decode()

    assert "Malli 1" not in content
    assert "@kaarnalahti.example" not in content
    assert "p0001" in content


def test_o12_the_file_says_who_took_it_out_when_and_why(jury, user, people):
    content = taken(jury, user, ["reference"]).decode()
    book = load_workbook(BytesIO(taken(jury, user, ["reference"], Format.XLSX)))

    lines = content.splitlines()[1:]
    assert all(str(user) in line and REASON in line for line in lines)
    assert REASON in book.worksheets[1]["A1"].value
    assert REASON in book.worksheets[0].oddFooter.left.text


def test_b2_an_old_program_gets_its_letters_or_no_file(jury, user, people):
    person = people[0]
    person.name = "Åke Järvi"
    person.save()

    assert "Åke Järvi".encode("cp1252") in taken(jury, user, ["name"], Format.WINDOWS)

    person.name = "Ánne Čáhpi"
    person.save()
    with pytest.raises(JuryError, match="Č"):
        taken(jury, user, ["name"], Format.WINDOWS)
    assert "Ánne Čáhpi".encode() in taken(jury, user, ["name"], Format.CSV)


def test_o12_without_a_reason_there_is_no_file(jury, people, sign_in_as):
    client = sign_in_as(Role.RECRUITER, jury)
    address = reverse("export_people", args=[jury.slug])
    sent = {"people-columns": ["reference"], "people-form": "csv"}

    refused = client.post(address, {**sent, "people-reason": " "})
    given = client.post(address, {**sent, "people-reason": REASON})

    assert refused.headers["Content-Type"].startswith("text/html")
    assert "reason" in refused.context["people_form"].errors
    assert not AuditEntry.objects.filter(verb="people.exported", facts__reason="").exists()
    assert given.headers["Content-Type"].startswith("text/csv")
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in given.headers["Cache-Control"]


def test_o12_every_file_of_people_stands_in_the_log_without_anybodys_data(jury, user, people):
    taken(jury, user, ["name", "email"])
    export_pool(jury=jury, reader=Reader.HOUSE, reason=REASON, by=user)

    lines = readings(jury)
    assert [line.by for line in lines] == [user, user]
    assert [line.facts["people"] for line in lines] == [2, 2]
    assert all(line.facts["reason"] == REASON for line in lines)
    assert "Malli" not in str([line.facts for line in lines])


def test_o12_a_role_without_the_act_takes_nothing_out(jury, people, sign_in_as):
    """The control: a role with it does."""
    for role in Role:
        page = sign_in_as(role, jury).get(reverse("exports", args=[jury.slug]))
        assert page.status_code == (200 if Act.EXPORT_PEOPLE in GRANTS[role] else 403)


HOSTILE = ['=HYPERLINK("http://paha.example")', "<script>alert(1)</script>", "@SUM(A1)"]


@pytest.mark.parametrize("words", HOSTILE)
def test_r7_what_somebody_wrote_is_text_in_every_file(jury, user, people, words):
    Registrant.objects.filter(pk=people[0].pk).update(name=words)

    book = load_workbook(BytesIO(taken(jury, user, ["name"], Format.XLSX)))
    lines = taken(jury, user, ["name"]).decode("utf-8-sig").splitlines()

    cell = next(row[0] for row in book.worksheets[0].iter_rows() if row[0].value == words)
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert not [line for line in lines if line.lstrip('"')[0] in "=+-@"]
    assert [words] in [[row[0]] for row in rows_of(taken(jury, user, ["name"]))]


def test_r7_control_without_the_guard_the_file_would_hold_a_formula(
    jury, user, people, monkeypatch
):
    Registrant.objects.filter(pk=people[0].pk).update(name=HOSTILE[2])
    monkeypatch.setattr(writing, "guarded", str)

    assert "\n@SUM(A1)" in taken(jury, user, ["name"]).decode()


def test_r15_nobody_finds_a_protected_address_in_a_file(jury, user, people):
    Registrant.objects.filter(pk=people[0].pk).update(
        address_protected=True, street_address="Salakatu 1", postal_code="00999"
    )
    Registrant.objects.filter(pk=people[1].pk).update(street_address="Julkikatu 2")

    content = taken(jury, user, [name for name, _label in columns_of(jury)]).decode()

    assert "Salakatu" not in content
    assert "00999" not in content
    assert "Julkikatu 2" in content


def test_r17_needs_are_in_no_file(jury, user, people):
    Needs.objects.create(registrant=people[0], sealed=seal(NEEDS, people[0].pk, "keliakia"))

    content = taken(jury, user, [name for name, _label in columns_of(jury)]).decode()

    assert "keliakia" not in content
    assert not [name for name, _label in columns_of(jury) if "need" in name]


def test_who_is_not_in_the_pool_is_in_no_file(jury, user, people):
    factories.make_registrants(jury, [("man", "old")], on_trial=True, name="Koe")

    assert b"Koe" not in taken(jury, user, ["name"])


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("form", Format)
def test_b2_what_goes_out_is_understood_when_it_comes_in(jury, user, people, language, form):
    columns = [name for name, _label in columns_of(jury)]
    with translation.override(language):
        content = taken(jury, user, columns, form)
        header = read_table(content, file="x").header

        found = guesses(header, asked_criteria(jury))

    assert found[: len(columns)] == columns


names = st.text(st.sampled_from(SAMI + "abc "), min_size=1, max_size=20).map(
    lambda text: re.sub(" +", " ", text).strip() or "Á"
)


def test_b2_import_and_export_give_the_same_bytes(jury, user):
    """Out, in and out again, with every letter of every language that is written in Finland."""

    @settings(max_examples=12)
    @given(st.lists(names, min_size=1, max_size=6))
    def out_in_out(people):
        Registrant.objects.all().delete()
        with unguarded_log():
            AuditEntry.objects.filter(verb="registrants.imported").delete()
        made = factories.make_registrants(jury, [("woman", "young")] * len(people))
        for row, name in zip(made, people, strict=True):
            row.name, row.phone, row.street_address = name, "+358 40 123", f"{name} 1"
            row.save()
        columns = [name for name, _label in columns_of(jury)]
        first = taken(jury, user, columns)
        Registrant.objects.all().delete()
        again = Jury.objects.get(pk=jury.pk)
        upload = bring(again, first, by=user)
        found = guesses(table_of(upload).header, asked_criteria(again))
        import_people(upload=upload, columns=found, mapped={}, by=user)

        assert set(Registrant.objects.values_list("name", flat=True)) == set(people)
        assert taken(again, user, columns) == first

    out_in_out()


def test_the_pool_and_the_quotas_are_what_the_command_line_reads(jury, user, people):
    pool = export_pool(jury=jury, reader=Reader.HOUSE, reason=REASON, by=user).content
    quotas = quotas_file(jury).content

    criteria = criteria_of(quota_rows(read_table(quotas, file="quotas.csv")))
    read = read_pool(read_table(pool, file="pool.csv"), criteria)

    assert read.ids == ("p0001", "p0002")
    assert read.traits == ((0, 0), (1, 1))
    assert b"Malli" not in pool


def test_other_programs_get_the_headers_they_ask_for(jury, user, people):
    library = export_pool(jury=jury, reader=Reader.LIBRARY, reason=REASON, by=user).content
    opendlp = export_pool(jury=jury, reader=Reader.OPENDLP, reason=REASON, by=user).content

    assert library.splitlines()[0] == b"nationbuilder_id,household,gender,age"
    assert opendlp.startswith(b"\xef\xbb\xbfexternal_id,eligible,can_attend,gender,age,consent")
    assert quotas_file(jury).content.splitlines()[0] == b"feature,value,min,max,min_flex,max_flex"


def test_one_household_is_one_number_where_one_of_a_home_is_drawn(jury, user):
    Jury.objects.update(one_per_household=True)
    factories.make_registrants(
        jury, [("woman", "young"), ("man", "old")], street_address="Katu 1", postal_code="00100"
    )
    factories.make_registrants(jury, [("man", "old")], street_address="Katu 2")

    content = export_pool(jury=jury, reader=Reader.HOUSE, reason=REASON, by=user).content

    assert [row[1] for row in rows_of(content)] == ["0", "0", ""]


def test_who_lacks_a_value_is_not_in_the_pool_file(jury, user, people):
    people[0].traits.first().delete()

    content = export_pool(jury=jury, reader=Reader.HOUSE, reason=REASON, by=user).content

    assert [row[0] for row in rows_of(content)] == ["p0002"]
