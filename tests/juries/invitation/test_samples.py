"""Address samples: read as they come, no protected address stored, erased on their day."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from juries.audit import SYSTEM
from juries.enums import Stage
from juries.errors import JuryError, WrongStage
from juries.invitation.address_columns import guesses
from juries.invitation.address_judging import Judgement, judge
from juries.invitation.samples import (
    by_group,
    by_language,
    erase_sample,
    import_sample,
    read_protected,
    table_in,
)
from juries.invitation.waves import letters_of
from juries.models import AddressSample, AuditEntry, Criterion, Invitation, Invitee, Jury, Upload
from juries.retention import run_retention
from tests import factories
from tests.juries.invitation.sampling import imported, invited, permit, reading, row, uploaded, user


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def jury(db: None) -> Jury:
    return factories.make_jury()


def judged(jury: Jury, rows: list[str], **changes: object) -> Judgement:
    upload = uploaded(jury, rows)
    return judge(jury, table_in(upload), reading(upload, **changes))


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (
            ["Sukunimi", "Etunimet", "Lähiosoite", "Postinumero", "Postitoimipaikka", "Äidinkieli"],
            ["last_name", "first_names", "street_address", "postal_code", "town", "language"],
        ),
        (
            ["Efternamn", "Förnamn", "Näradress", "Postnummer", "Postort", "Spärrmarkering"],
            ["last_name", "first_names", "street_address", "postal_code", "town", "protected"],
        ),
        (
            ["name", "street_address", "ZIP", "City", "Stratum", "Henkilötunnus"],
            ["name", "street_address", "postal_code", "town", "stratum", ""],
        ),
        (["Nimi", "Koko nimi", "LÄHI_OSOITE"], ["name", "", ""]),
    ],
)
def test_columns_are_guessed_from_their_names_in_three_languages(header, expected):
    assert guesses(header) == expected


def test_a_row_becomes_somebody_to_write_to(jury):
    rows = [row(1, code="100", language="SVENSKA", born="3.5.1984"), row(2, language="ru")]

    first, second = judged(jury, rows).people

    assert (first.name, first.postal_code, first.language) == ("Aino 1 Mallikas", "00100", "sv")
    assert (first.number, first.birth_year, first.stratum) == (2, 1984, "Keskusta")
    assert second.language == "fi"


@pytest.mark.parametrize("mark", ["1", "x", "kyllä", "on", "Spärrmarkering", "?"])
def test_r15_whatever_is_not_plainly_a_no_protects_the_address(jury, mark):
    sample = imported(jury, [row(1, protected=mark), row(2, protected="ei")])

    shut, open_one = sample.invitees.all()
    assert (shut.protected, open_one.protected) == (True, False)
    assert (shut.name, shut.street_address, shut.postal_code, shut.town) == ("", "", "", "")
    assert (shut.birth_year, shut.stratum, shut.language) == (None, "Keskusta", "fi")
    assert sample.protected == 1


def test_r15_somebody_protected_on_one_row_is_protected_on_every_row(jury):
    rows = [row(1), row(1, protected="1"), row(2)]

    sample = imported(jury, rows, leave_out_twice=False)

    assert list(sample.invitees.values_list("protected", flat=True)) == [True, True, False]
    assert "Aino 1" not in str(list(Invitee.objects.values()))


def test_r15_the_database_itself_holds_no_address_of_a_protected_person(jury):
    sample = imported(jury, [row(1)])

    with pytest.raises(IntegrityError), transaction.atomic():
        Invitee.objects.create(sample=sample, number=9, protected=True, street_address="Salakatu 1")
    Invitee.objects.create(sample=sample, number=9, protected=False, street_address="Katu 1")


def test_r15_that_somebody_read_the_list_by_hand_stands_in_the_log(jury):
    sample = imported(jury, [row(1, protected="1"), row(2)])

    [person] = read_protected(sample=sample, by=user())

    assert person.number == 2
    assert AuditEntry.objects.first().verb == "sample.protected_read"


def test_the_same_person_twice_in_the_file_is_shown_and_left_out_by_choice(jury):
    rows = [row(1), row(2), row(1, street="kirkkokatu  1 "), row(1, born="1950")]

    once = judged(jury, rows)
    twice = judged(jury, rows, leave_out_twice=False)

    assert [(again.number, again.where) for again in once.twice] == [(4, "row 2")]
    assert [one.number for one in once.people] == [2, 3, 5]
    assert len(twice.people) == 4


def test_whoever_is_in_an_earlier_sample_is_shown_and_left_out_by_choice(jury):
    imported(jury, [row(1)])

    left_out = judged(jury, [row(1, group="Muu"), row(2)])
    kept = judged(jury, [row(1, group="Muu"), row(2)], leave_out_earlier=False)

    assert [(again.name, again.where) for again in left_out.earlier] == [
        ("Aino 1 Mallikas", "Otos 1")
    ]
    assert (len(left_out.people), len(kept.people)) == (1, 2)


def test_whoever_cannot_be_reached_or_is_too_young_is_counted_and_left_out(jury):
    young = str(jury.registration_opens_on.year - 10)

    result = judged(jury, [row(1, street=""), row(2, born=young), row(3, town=""), row(4)])

    assert (result.unreachable, result.too_young) == ([2, 4], [3])
    assert [one.number for one in result.people] == [5]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"born": "19"}, "Row 2: “19” is no year or day of birth."),
        ({"born": "9999"}, "Row 2: “9999” is no year or day of birth."),
        ({"last": "a" * 200}, "Row 2: Whole name is too long: the limit is 150 characters."),
    ],
)
def test_what_is_wrong_is_said_with_its_row_and_nothing_is_stored(jury, change, sentence):
    upload = uploaded(jury, [row(1, **change)])

    assert judge(jury, table_in(upload), reading(upload)).problems == [sentence]
    with pytest.raises(JuryError):
        import_sample(upload=upload, permit=permit(), reading=reading(upload), by=user())
    assert AddressSample.objects.count() == 0
    assert Upload.objects.count() == 1


def test_columns_that_are_missing_or_chosen_twice_are_named(jury):
    columns = ["last_name", "last_name", "street_address", "", "", "", "", "", ""]

    problems = judged(jury, [row(1)], columns=columns).problems

    assert problems == [
        "Two columns are “Last name”. Choose one of them.",
        "No column is “Postal code”. Choose which one is.",
        "No column is “Town”. Choose which one is.",
    ]


def test_a_column_of_as_many_groups_as_people_is_hardly_the_group(jury):
    result = judged(jury, [row(number, group=f"g{number}") for number in range(201)])

    assert "201 different texts" in result.problems[0]


def test_the_group_can_follow_from_the_year_of_birth(jury):
    ages = jury.criteria.get(key="age")
    ages.source = Criterion.Source.BIRTH_YEAR
    ages.save()
    jury.criteria.get(key="age").values.filter(key="young").update(youngest=16, oldest=39)
    jury.criteria.get(key="age").values.filter(key="old").update(youngest=40)
    year = jury.registration_opens_on.year

    rows = [row(1, group="", born=str(year - 20)), row(2, group="", born=str(year - 60))]
    people = judged(jury, rows, group_by=ages).people

    assert [one.stratum for one in people] == ["young", "old"]


def test_o5_the_same_file_is_imported_once(jury):
    imported(jury, [row(1)])

    with pytest.raises(JuryError, match="imported already"):
        imported(jury, [row(1)], leave_out_earlier=False)
    assert Invitee.objects.count() == 1


def test_o5_the_database_itself_keeps_a_file_from_standing_twice(jury):
    sample = imported(jury, [row(1)])
    facts = {"jury": jury, "delete_on": date(2030, 1, 1), "imported_by": user()}

    with pytest.raises(IntegrityError), transaction.atomic():
        AddressSample.objects.create(file_digest=sample.file_digest, **facts)
    AddressSample.objects.create(file_digest="0", **facts)


def test_o5_an_import_that_fails_half_way_leaves_nothing_and_can_be_done_again(jury, monkeypatch):
    upload = uploaded(jury, [row(1), row(2)])

    def fail(**_facts: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(Upload, "delete", fail)
        with pytest.raises((RuntimeError, TypeError)):
            import_sample(upload=upload, permit=permit(), reading=reading(upload), by=user())
    assert (AddressSample.objects.count(), Invitee.objects.count()) == (0, 0)

    import_sample(upload=upload, permit=permit(), reading=reading(upload), by=user())
    assert Invitee.objects.count() == 2


def test_counts_by_language_and_group_say_how_many_are_left(jury):
    sample = imported(jury, [row(1), row(2, language="sv"), row(3, group="Saaristo")])

    assert [(one.key, one.people) for one in by_language(sample)] == [("fi", 2), ("sv", 1)]
    assert [(one.key, one.left) for one in by_group(sample)] == [("Keskusta", 2), ("Saaristo", 1)]


def test_erasing_a_sample_leaves_counts_and_working_codes_but_nobody(jury):
    sample = imported(jury, [row(1), row(2)])
    wave = invited(sample)
    digests = set(Invitation.objects.values_list("code_digest", flat=True))

    erase_sample(sample=sample, by=user())
    erase_sample(sample=sample, by=user())

    sample.refresh_from_db()
    wave.refresh_from_db()
    assert sample.erased_at
    assert (sample.people, Invitee.objects.count()) == (2, 0)
    assert set(Invitation.objects.values_list("code_digest", flat=True)) == digests
    assert AuditEntry.objects.filter(verb="sample.erased").count() == 1
    assert wave.seed is None
    with pytest.raises(JuryError):
        list(letters_of(wave))


def test_a_sample_goes_on_its_day_and_not_before(jury):
    day = timezone.localdate() + timedelta(days=60)
    imported(jury, [row(1)])

    run_retention(on=day - timedelta(days=1))
    assert Invitee.objects.count() == 1
    run_retention(on=day)
    assert Invitee.objects.count() == 0
    assert AuditEntry.objects.get(verb="sample.erased").actor == SYSTEM


def test_the_log_and_the_upload_keep_nothing_of_the_file(jury):
    imported(jury, [row(1)])

    assert "Aino" not in str(list(AuditEntry.objects.values()))
    assert Upload.objects.count() == 0


def test_after_registration_no_sample_is_imported(jury):
    upload = uploaded(jury, [row(1)])
    Jury.objects.update(stage=Stage.LOTTERY)

    with pytest.raises(WrongStage):
        import_sample(upload=upload, permit=permit(), reading=reading(upload), by=user())
