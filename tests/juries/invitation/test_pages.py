"""The pages on samples and waves: look first, then store; type the number, then make."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import load_workbook

from juries import codes
from juries.enums import CodeUse, Role
from juries.files.tables import read_table
from juries.intake.uploads import read_upload
from juries.models import AddressSample, AuditEntry, Invitation, Invitee, Jury, Upload, Wave
from tests import factories
from tests.juries.invitation.sampling import HEADER, imported, invited, row, uploaded
from tests.juries.registration.registering import open_jury


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def jury(db: None) -> Jury:
    return open_jury()


@pytest.fixture
def client(jury, sign_in_as):
    return sign_in_as(Role.RECRUITER, jury)


def url(name: str, jury: Jury, *more: int) -> str:
    return reverse(name, args=[jury.slug, *more])


PERMIT = {
    "name": "Otos 1",
    "permit_number": "VN/1/2026",
    "purpose": "Kutsut",
    "delete_on": "2030-03-30",
    "leave_out_twice": "on",
    "leave_out_earlier": "on",
}


def columns_of(upload: Upload) -> dict[str, str]:
    guessed = ["last_name", "first_names", "street_address", "postal_code", "town", "language"]
    guessed += ["birth_year", "stratum", "protected"]
    return {f"column_{place}": name for place, name in enumerate(guessed)}


def test_a_file_is_brought_looked_at_and_stored(jury, client):
    content = "\n".join([HEADER, row(1), row(2, protected="1"), row(1)]).encode("cp1252")
    file = SimpleUploadedFile("otos.csv", content)
    client.post(url("new_sample", jury), {"file": file})
    upload = Upload.objects.get()
    read_upload(upload.pk)
    page = url("sample_preview", jury, upload.pk)

    looked = client.get(page).content.decode()
    assert Invitee.objects.count() == 0
    stored = client.post(page, {**PERMIT, **columns_of(upload), "deed": "import"})

    sample = AddressSample.objects.get()
    assert "Aino 1 Mallikas" in looked
    assert stored.url == url("sample", jury, sample.pk)
    assert (sample.people, sample.protected, sample.permit_number) == (2, 1, "VN/1/2026")
    assert client.get(stored.url).status_code == 200


@pytest.mark.parametrize("missing", ["permit_number", "purpose", "delete_on"])
def test_without_permit_purpose_and_day_nothing_is_stored(jury, client, missing):
    upload = uploaded(jury, [row(1)])
    sent = {**PERMIT, **columns_of(upload), "deed": "import", missing: ""}

    response = client.post(url("sample_preview", jury, upload.pk), sent)

    assert missing in response.context["form"].errors
    assert AddressSample.objects.count() == 0


@pytest.mark.parametrize("day", ["2001-01-01", "2206-01-01", "0000", "tomorrow"])
def test_a_day_that_is_past_or_far_away_is_refused(jury, client, day):
    upload = uploaded(jury, [row(1)])
    sent = {**PERMIT, **columns_of(upload), "deed": "import", "delete_on": day}

    response = client.post(url("sample_preview", jury, upload.pk), sent)

    assert "delete_on" in response.context["form"].errors
    assert response.context["form"]["permit_number"].value() == "VN/1/2026"


def test_o4_columns_that_are_not_understood_are_chosen_by_hand(jury, client):
    header = "Kuka;Missä;PNO;Paikka"
    upload = uploaded(jury, ["Aino Mallikas;Katu 1;00100;Kylä"], header=header)
    page = url("sample_preview", jury, upload.pk)

    before = client.get(page)
    chosen = ("name", "street_address", "postal_code", "town")
    mapped = {f"column_{place}": name for place, name in enumerate(chosen)}
    after = client.post(page, {**PERMIT, **mapped, "deed": "look"})

    assert len(before.context["problems"]) == 4
    assert after.context["problems"] == []
    assert "No column is chosen for the mark of a protected address" in after.content.decode()


def test_cancelling_forgets_the_file(jury, client):
    upload = uploaded(jury, [row(1)])

    client.post(url("forget_upload", jury, upload.pk))

    assert Upload.objects.count() == 0


def test_o5_a_file_that_stands_already_is_refused_when_it_is_brought(jury, client):
    content = "\n".join([HEADER, row(1)]).encode()
    imported(jury, [row(1)])

    response = client.post(
        url("new_sample", jury), {"file": SimpleUploadedFile("otos.csv", content)}
    )

    assert "imported already" in str(response.context["form"].errors)
    assert not Upload.objects.exists()


def test_o9_the_number_and_three_people_are_shown_and_the_number_is_typed(jury, client):
    sample = imported(jury, [row(number, group="ab"[number % 2]) for number in range(6)])
    page, request = url("new_wave", jury, sample.pk), str(uuid4())
    sent = {"request": request, "way": "number", "count": "4"}

    looked = client.post(page, {**sent, "deed": "look"})
    wrong = client.post(page, {**sent, "deed": "make", "typed": "40"})
    assert Wave.objects.count() == 0
    made = client.post(page, {**sent, "deed": "make", "typed": "4"})
    again = client.post(page, {**sent, "deed": "make", "typed": "4"})

    wave = Wave.objects.get()
    assert looked.context["plan"].total == 4
    assert len(looked.context["examples"]) == 3
    assert "typed" in wrong.context["form"].errors
    assert made.url == again.url == url("wave", jury, wave.pk)
    assert wave.size == 4


def test_so_many_from_each_group_can_be_asked_for(jury, client):
    sample = imported(jury, [row(number, group="ab"[number % 2]) for number in range(6)])
    page = url("new_wave", jury, sample.pk)
    sent = {"request": str(uuid4()), "way": "groups", "group_0": "1", "group_1": "2"}

    nothing = client.post(page, {**sent, "group_0": "", "group_1": "", "deed": "look"})
    client.post(page, {**sent, "deed": "make", "typed": "3"})

    assert "way" in nothing.context["form"].errors
    assert sorted(Invitation.objects.values_list("stratum", flat=True)) == ["a", "b", "b"]


def test_a_reminder_is_made_once_letters_have_gone_out(jury, client):
    invited(imported(jury, [row(1), row(2)]))
    page = url("new_reminder", jury)
    sent = {"request": str(uuid4()), "way": "all", "deed": "make", "typed": "2"}

    client.post(page, sent)
    empty = client.get(page)

    assert Wave.objects.get(kind=Wave.Kind.REMINDER).size == 2
    assert empty.context["people"] == 0


def file_of(client, jury: Jury, wave: Wave, kind: str):
    sent = {"file-reason": "kirjapainoon", "file-format": kind}
    return client.post(url("letter_file", jury, wave.pk), sent)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_print_house_gets_codes_names_and_addresses_but_nobody_protected(jury, client, kind):
    rows = [row(1, last="Särkelä", language="sv"), row(2, protected="1", street="Salakatu 1")]
    wave = invited(imported(jury, rows))

    response = file_of(client, jury, wave, kind)

    [line] = read_table(response.content, file=f"a.{kind}").rows
    number, code, link, name, street, postal_code, town, language, _wave = line.cells
    assert (number, name, street, postal_code) == ("1", "Aino 1 Särkelä", "Kirkkokatu 1", "00100")
    assert (town, language) == ("KAARNALAHTI", "sv")
    assert codes.is_well_formed(code)
    assert "/sv/" in link
    assert code in link
    entry = AuditEntry.objects.first()
    assert (entry.verb, entry.facts["reason"]) == ("invitations.exported", "kirjapainoon")


def test_o12_the_workbook_says_who_took_it_out_when_and_why(jury, client):
    response = file_of(client, jury, invited(imported(jury, [row(1)])), "xlsx")

    book = load_workbook(BytesIO(response.content))
    stamp = book.worksheets[1]["A1"].value
    assert "kirjapainoon" in stamp
    assert "Orvokki Alkulähde" in stamp


@pytest.mark.parametrize("payload", ["=1+1", "@SUM(A1)", "<script>alert(1)</script>", "+A1"])
def test_r7_a_formula_in_a_name_is_text_in_the_file_and_in_the_page(jury, client, payload):
    sample = imported(jury, [row(1, last=payload, first="")])
    looked = client.post(
        url("new_wave", jury, sample.pk), {"request": str(uuid4()), "way": "all", "deed": "look"}
    )

    response = file_of(client, jury, invited(sample), "csv")

    assert "<script>alert" not in looked.content.decode()
    assert f";{payload}" not in response.content.decode() or payload.startswith("<")
    assert read_table(response.content, file="a.csv").rows[0].cells[3].lstrip("'") == payload


def test_without_a_reason_no_file_leaves_the_house(jury, client):
    wave = invited(imported(jury, [row(1)]))

    response = client.post(url("letter_file", jury, wave.pk), {"file-format": "csv"})

    assert response["Content-Type"].startswith("text/html")
    assert "reason" in response.context["file_form"].errors


def test_the_day_letters_went_out_is_noted_and_a_wave_taken_back(jury, client):
    sample = imported(jury, [row(1)])
    first = invited(sample, sent=False)
    client.post(url("wave_back", jury, first.pk))
    assert Wave.objects.count() == 0

    wave = invited(sample, sent=False)
    tomorrow = client.post(url("wave_sent", jury, wave.pk), {"on": "2999-01-01"})
    client.post(url("wave_sent", jury, wave.pk), {"on": str(timezone.localdate())})
    client.post(url("wave_back", jury, wave.pk))

    assert "on" in tomorrow.context["sent_form"].errors
    assert Wave.objects.get().sent_on == timezone.localdate()


def test_r15_only_the_data_protection_officer_reads_who_is_written_to_by_hand(jury, sign_in_as):
    invited(imported(jury, [row(1, protected="1"), row(2)]))
    by_hand = url("by_hand", jury)

    pages = {role: sign_in_as(role, jury).get(by_hand) for role in Role}

    opened = [role for role, page in pages.items() if page.status_code == 200]
    assert opened == [Role.PRIVACY_OFFICER]
    text = pages[Role.PRIVACY_OFFICER].content.decode()
    assert "Aino" not in text
    assert "Kirkkokatu" not in text
    assert AuditEntry.objects.filter(verb="sample.protected_read").count() == 1


def test_r5_who_may_use_a_letter_is_chosen_and_shown(jury, client):
    client.post(url("doors", jury), {"who": "only", "code_use": CodeUse.HOUSEHOLD})

    jury.refresh_from_db()
    page = client.get(url("recruitment", jury)).content.decode()
    assert (jury.invitation_only, jury.code_use) == (True, CodeUse.HOUSEHOLD)
    assert "A code can be used by anybody in the same household." in page


def test_erasing_asks_first(jury, client):
    sample = imported(jury, [row(1)])
    page = url("erase_sample", jury, sample.pk)

    client.get(page)
    assert Invitee.objects.count() == 1
    client.post(page)

    assert Invitee.objects.count() == 0


def test_whoever_wants_no_letters_is_found_by_the_code(jury, client):
    wave = invited(imported(jury, [row(1)]))
    [line] = read_table(file_of(client, jury, wave, "csv").content, file="a").rows

    wrong = client.post(url("no_letters", jury), {"code": "K7RM-4PXQ-9ABD"})
    client.post(url("no_letters", jury), {"code": line.cells[1].lower()})

    assert "code" in wrong.context["form"].errors
    assert Invitation.objects.get().quiet


@pytest.mark.parametrize("people", [1, 25])
def test_the_pages_cost_the_same_whatever_the_size(
    jury, client, django_assert_max_num_queries, people
):
    sample = imported(jury, [row(number) for number in range(people)])
    wave = invited(sample)
    factories.make_registrants(jury, [("woman", "young")], invitation=wave.invitations.first())

    for page, most in {
        url("sample", jury, sample.pk): 9,
        url("wave", jury, wave.pk): 8,
        url("response", jury): 12,
        url("new_wave", jury, sample.pk): 8,
        url("new_reminder", jury): 8,
    }.items():
        with django_assert_max_num_queries(most):
            assert client.get(page).status_code == 200
