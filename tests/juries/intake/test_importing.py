"""Importing registrants: looked at before anything is stored, and stored in one go."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook

from juries.enums import Channel, Role, Stage
from juries.errors import JuryError, WrongStage
from juries.intake.columns import asked_criteria, guesses
from juries.intake.importing import import_people
from juries.intake.rows import judge
from juries.intake.uploads import read_upload, table_of
from juries.models import AuditEntry, Jury, Registrant, Trait, Upload
from juries.views.intake import bringing
from tests import factories
from tests.juries.intake.bringing import bring

PLAIN = """\
id;nimi;gender;age;syntymävuosi
p1;Aino Mallikas;woman;young;1990
p2;Börje Öst;man;old;1950
"""


def upload(client: Client, jury: Jury, content: bytes | str, name: str = "pool.csv") -> object:
    raw = content.encode() if isinstance(content, str) else content
    answer = client.post(
        reverse("import", args=[jury.slug]), {"file": SimpleUploadedFile(name, raw)}
    )
    for waiting in Upload.objects.filter(state=Upload.State.QUEUED):
        read_upload(waiting.pk)
    return answer


def preview_url(jury: Jury) -> str:
    return reverse("import_preview", args=[jury.slug, Upload.objects.get().pk])


def judged(jury: Jury, text: str, mapped: object = None):
    table, criteria = table_of(bring(jury, text)), asked_criteria(jury)
    columns = guesses(table.header, criteria)
    return judge(jury, table, criteria, columns=columns, mapped=mapped or {})


@pytest.fixture
def recruiter(jury, sign_in_as) -> Client:
    return sign_in_as(Role.RECRUITER, jury)


def test_a_file_is_looked_at_and_only_then_stored(jury, recruiter):
    upload(recruiter, jury, PLAIN)
    page = recruiter.get(preview_url(jury)).content.decode()
    before = Registrant.objects.count()

    response = recruiter.post(preview_url(jury), {"deed": "import", **guessed(jury)})

    assert "Aino Mallikas" in page
    assert before == 0
    assert response.url == reverse("registrants", args=[jury.slug])
    aino = Registrant.objects.get(reference="p1")
    assert (aino.name, aino.birth_year, aino.channel) == ("Aino Mallikas", 1990, Channel.IMPORT)
    assert {value.key for value in aino.values.all()} == {"woman", "young"}
    assert not Upload.objects.exists()


def test_the_log_counts_the_people_and_names_nobody(jury, recruiter):
    upload(recruiter, jury, PLAIN)
    recruiter.post(preview_url(jury), {"deed": "import", **guessed(jury)})

    line = AuditEntry.objects.first()

    assert line.verb == "registrants.imported"
    assert line.facts["people"] == 2
    assert "Aino" not in str(line.facts)


def test_o5_the_same_file_is_not_imported_twice(jury, recruiter):
    upload(recruiter, jury, PLAIN)
    recruiter.post(preview_url(jury), {"deed": "import", **guessed(jury)})

    again = upload(recruiter, jury, PLAIN)

    assert again.status_code == 200
    assert "file" in again.context["form"].errors
    assert Registrant.objects.count() == 2


def test_o5_a_file_brought_by_two_people_is_imported_once(jury):
    organiser, recruiter = (factories.make_member(jury, role) for role in list(Role)[:2])
    uploads = [bring(jury, PLAIN, by=organiser), bring(jury, PLAIN, by=recruiter)]
    columns = guesses(table_of(uploads[0]).header, asked_criteria(jury))

    import_people(upload=uploads[0], columns=columns, mapped={}, by=organiser)

    with pytest.raises(JuryError):
        import_people(upload=uploads[1], columns=columns, mapped={}, by=recruiter)
    assert Registrant.objects.count() == 2


def test_cancelling_forgets_the_file(jury, recruiter):
    upload(recruiter, jury, PLAIN)

    recruiter.post(reverse("forget_upload", args=[jury.slug, jury.uploads.get().pk]))

    assert not Upload.objects.exists()
    assert not Registrant.objects.exists()


def test_a_workbook_is_read_as_well(jury, recruiter):
    book = Workbook()
    for row in [["gender", "age"], ["woman", "young"], ["man", "old"]]:
        book.active.append(row)
    content = BytesIO()
    book.save(content)

    upload(recruiter, jury, content.getvalue(), "pool.xlsx")
    recruiter.post(preview_url(jury), {"deed": "import", **guessed(jury)})

    assert Registrant.objects.count() == 2
    assert len(set(Registrant.objects.values_list("reference", flat=True))) == 2


def test_o3_of_a_file_that_is_too_large_no_more_is_read_than_shows_it(jury, recruiter, monkeypatch):
    monkeypatch.setattr(bringing, "MAXIMUM_BYTES", len(PLAIN))

    kept = []
    monkeypatch.setattr(bringing, "keep_upload", lambda **told: kept.append(told) or fail())

    upload(recruiter, jury, PLAIN * 9)

    assert len(kept[0]["content"]) == len(PLAIN) + 1


def test_no_file_at_all_is_said(jury, recruiter):
    response = recruiter.post(reverse("import", args=[jury.slug]))

    assert response.context["form"].errors["file"]


@pytest.mark.parametrize(
    ("rows", "row", "word"),
    [
        ("p1;A;woman;young;x\n", 2, "x”"),
        ("p1;A;woman;young;1066\n", 2, "1066"),
        ("p1;A;woman;young;2999\n", 2, "2999"),
        ("p1;A;woman;young;1990\np1;B;man;old;1950\n", 3, "p1"),
        ("p1;A;woman;young;1990\n;B;man;old;1950\n", 3, ""),
        (f"p1;{'A' * 151};woman;young;1990\n", 2, "150"),
    ],
)
def test_o1_what_is_wrong_is_said_at_its_row(jury, rows, row, word):
    judgement = judged(jury, "id;nimi;gender;age;syntymävuosi\n" + rows)

    [problem] = judgement.problems
    assert f" {row}:" in problem
    assert word in problem
    assert not judgement.can_be_stored


def test_somebody_who_is_registered_already_is_said_at_the_row(jury):
    factories.make_registrants(jury, [("woman", "young")], reference="p2")

    [problem] = judged(jury, PLAIN).problems

    assert "p2" in problem


def test_o4_columns_are_guessed_by_any_name_and_each_thing_once(jury):
    criteria = asked_criteria(jury)
    gender, age = (asked.target for asked in criteria)
    criteria[0].criterion.name_sv = "kön"

    found = guesses(
        ("Tunnus", "NAMN", "Gender", "age", "E-mail", "sähköposti", "Puhelin", "väri"), criteria
    )

    assert found == ["reference", "name", gender, age, "email", "", "phone", ""]


def test_o4_values_are_known_by_any_name_in_any_case(jury):
    judgement = judged(jury, "gender;age\n WOMAN ;Young\n")

    assert [value.key for value in judgement.people[0].values] == ["woman", "young"]


def test_o4_unknown_values_are_counted_and_can_be_given_a_meaning(jury, recruiter):
    upload(recruiter, jury, "gender;age\nwoman;young\nwomen;old\nWomen;old\n?;young\n")
    page = recruiter.get(preview_url(jury))
    [women, question] = page.context["judgement"].unknown
    fields = list(page.context["unknown_form"].fields)
    woman = women.asked.values[0]
    meant = {fields[0]: str(woman.pk), fields[1]: "nothing"}

    refused = recruiter.post(preview_url(jury), {"deed": "import", **guessed(jury)})
    looked = recruiter.post(preview_url(jury), {"deed": "look", **guessed(jury), **meant})
    stored_before = Registrant.objects.count()
    recruiter.post(preview_url(jury), {"deed": "import", **guessed(jury), **meant})

    assert (women.text, women.rows, question.rows) == ("women", 2, 1)
    assert refused.status_code == 200
    assert stored_before == 0
    assert looked.context["judgement"].can_be_stored
    assert f'value="{woman.pk}" selected' in looked.content.decode()
    assert Trait.objects.filter(value=woman).count() == 3
    assert Registrant.objects.count() == 4


def test_a_column_full_of_unknown_values_is_probably_another_column(jury):
    rows = "".join(f"x{number};young\n" for number in range(100))

    judgement = judged(jury, "gender;age\n" + rows)

    assert judgement.unknown == []
    assert len(judgement.problems) == 1


def test_a_missing_or_doubled_column_is_said(jury, recruiter):
    upload(recruiter, jury, "gender;something\nwoman;young\n")
    missing = recruiter.get(preview_url(jury)).context["judgement"].problems
    gender = asked_criteria(jury)[0].target

    doubled = recruiter.post(
        preview_url(jury), {"deed": "look", "column_0": gender, "column_1": gender}
    )
    nonsense = recruiter.post(
        preview_url(jury), {"deed": "import", "column_0": "criterion:999", "column_1": "name"}
    )

    assert len(missing) == 1
    assert len(doubled.context["judgement"].problems) == 2
    assert nonsense.status_code == 200
    assert Registrant.objects.count() == 0


def test_a_blank_value_is_counted_and_does_not_stop_the_import(jury):
    judgement = judged(jury, "gender;age\nwoman;\nman;old\n")

    assert judgement.incomplete == 1
    assert judgement.can_be_stored


def test_without_criteria_the_page_says_what_to_do_first(db, sign_in_as):
    bare = factories.make_jury("bare", quotas={})

    page = sign_in_as(Role.ORGANISER, bare).get(reverse("import", args=["bare"]))

    assert reverse("criteria", args=["bare"]) in page.content.decode()
    assert 'type="file"' not in page.content.decode()


def test_after_registration_nothing_is_imported(jury):
    waiting = bring(jury, PLAIN)
    Jury.objects.update(stage=Stage.LOTTERY)

    with pytest.raises(WrongStage):
        bring(jury, PLAIN.upper())
    with pytest.raises(WrongStage):
        import_people(upload=waiting, columns=[], mapped={}, by=waiting.by)


def test_somebody_elses_file_is_not_there(jury, sign_in_as):
    waiting = bring(jury, PLAIN)
    other = factories.make_jury("muu", organisation=factories.make_organisation("muu"))
    client = sign_in_as(Role.RECRUITER, other)

    response = client.get(reverse("import_preview", args=["muu", waiting.pk]))

    assert response.status_code == 404


def test_825_people_are_imported_with_few_queries(jury):
    user = factories.make_user()
    rows = "".join(f"p{number};Nimi {number};woman;young\n" for number in range(825))
    waiting = bring(jury, f"id;name;gender;age\n{rows}", by=user)
    columns = guesses(table_of(waiting).header, asked_criteria(jury))

    with CaptureQueriesContext(connection) as queries:
        people = import_people(upload=waiting, columns=columns, mapped={}, by=user)

    assert people == 825
    assert Trait.objects.count() == 1650
    assert len(queries) < 40


def guessed(jury: Jury) -> dict[str, str]:
    """The choices of the mapping form as the browser sends them back."""
    found = guesses(table_of(Upload.objects.get()).header, asked_criteria(jury))
    return {f"column_{place}": guess for place, guess in enumerate(found)}


def fail() -> None:
    raise JuryError("seen enough")


def test_r14_a_minor_in_a_file_waits_for_a_guardian_and_an_adult_does_not(jury):
    this_year = jury.registration_opens_on.year
    text = f"id;name;gender;age;birth_year\np1;Nuori;woman;young;{this_year - 17}\n"
    waiting = bring(jury, f"{text}p2;Aikuinen;man;old;{this_year - 18}\n")
    columns = guesses(table_of(waiting).header, asked_criteria(jury))

    import_people(upload=waiting, columns=columns, mapped={}, by=factories.make_user())

    assert [person.name for person in jury.registrants.in_pool()] == ["Aikuinen"]
    assert Registrant.objects.get(name="Nuori").unconfirmed
