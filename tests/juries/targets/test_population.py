"""From a table of statistics to the quotas of a panel, the way an organiser goes."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from juries.enums import Role, Stage
from juries.models import Criterion, CriterionValue, Jury, Upload
from juries.targets.derivation import derive
from tests import factories
from tests.juries.files import statistics_corpus as corpus
from tests.juries.intake.bringing import bring

pytestmark = pytest.mark.django_db

# Domain: the exact quotas of the invented municipality, thirty seats.
AGES = {"16–29": 5, "30–44": 6, "45–59": 7, "60–74": 7, "75–": 5}
GENDERS = {"man": 15, "woman": 15}
TONGUES = {"Finnish": 23, "Swedish": 5, "another language": 2}
AREAS = {"Keskusta": 12, "Rantapuoli": 7, "Ylikaarna": 4, "Saarenpää": 4, "Vanhakirkko": 3}
EDUCATION = {"Perusaste": 7, "Toinen aste": 14, "Korkea-aste": 9}


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def jury(db: None) -> Jury:
    return factories.make_jury(quotas={}, panel_size=30, quota_band=0)


@pytest.fixture
def organiser(jury, sign_in_as):
    return sign_in_as(Role.ORGANISER, jury)


def brought(jury: Jury, content: bytes) -> Upload:
    return factories.make_figures(jury, factories.make_member(jury, Role.ORGANISER), content)


def address(upload: Upload) -> str:
    return reverse("population_table", args=[upload.jury.slug, upload.pk])


def fields_of(page) -> dict[str, str]:
    """What a browser would send of the page as it stands."""
    form = page.context["form"]
    values = {field.html_name: field.value() for field in form}
    return {name: text for name, text in values.items() if text is not None and text is not False}


def wrong(page) -> list[str]:
    return [str(one) for errors in page.context["form"].errors.values() for one in errors]


def take(client, upload: Upload, **changes: str):
    """The table taken as suggested, apart from the changes."""
    fields = fields_of(client.get(address(upload)))
    sent = {**fields, **changes, "do": "take"}
    return client.post(address(upload), {name: text for name, text in sent.items() if text != ""})


def quotas(jury: Jury, name: str) -> dict[str, int]:
    """The quotas of a criterion, where minimum and maximum are the same."""
    criterion = jury.criteria.get(key=name)
    values = criterion.values.exclude(population=0)
    assert all(value.minimum == value.maximum for value in values)
    return {value.key: value.minimum for value in values}


JOINT = {
    "JSON-stat": corpus.as_bytes(corpus.table_joint()),
    "PxWeb CSV": corpus.joint_px_csv(),
    "plain CSV": corpus.joint_csv(),
}


@pytest.mark.parametrize("kind", JOINT)
def test_kaarnalahti_gets_its_printed_quotas_from_every_kind_of_file(jury, organiser, kind):
    done = take(organiser, brought(jury, JOINT[kind]))

    assert done.status_code == 302
    assert quotas(jury, "Age group") == AGES
    assert quotas(jury, "Gender") == GENDERS
    assert quotas(jury, "Mother tongue") == TONGUES
    assert not Upload.objects.exists()


def test_single_years_become_age_groups_from_the_minimum_age_on(jury, organiser):
    upload = brought(jury, corpus.as_bytes(corpus.table_11re()))

    take(organiser, upload)

    assert quotas(jury, "Age group") == AGES
    assert quotas(jury, "Gender") == GENDERS
    age = jury.criteria.get(key="Age group")
    assert age.source == Criterion.Source.BIRTH_YEAR
    assert sum(value.population for value in age.values.all()) == 29600
    assert "11re" in age.statistics
    oldest = age.values.last()
    assert (oldest.youngest, oldest.oldest) == (75, None)


def test_bounds_are_typed(jury, organiser):
    upload = brought(jury, corpus.as_bytes(corpus.table_11re()))

    take(organiser, upload, ages_1="16-17, 18-64, 65-")

    values = jury.criteria.get(key="Age group").values
    assert [value.key for value in values.all()] == ["16–17", "18–64", "65–"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("16-30, 30-", "share ages"),
        ("young", "such as"),
        ("", "such as"),
    ],
)
def test_bounds_that_make_no_groups_are_said_and_nothing_changes(jury, organiser, typed, sentence):
    upload = brought(jury, corpus.as_bytes(corpus.table_11re()))

    page = organiser.post(
        address(upload),
        {**fields_of(organiser.get(address(upload))), "ages_1": typed, "do": "take"},
    )

    assert sentence in page.content.decode()
    assert not jury.criteria.exists()


def test_a_bound_inside_one_figure_is_said(jury, organiser):
    upload = brought(jury, JOINT["plain CSV"])

    page = take(organiser, upload, ages_0="16-24, 25-")

    assert "as one figure" in page.content.decode()


def test_mother_tongue_is_counted_though_small_numbers_are_withheld(jury, organiser):
    upload = brought(jury, corpus.as_bytes(corpus.table_11rm()))
    page = organiser.get(address(upload)).content.decode()

    take(organiser, upload, further_2="", name_2="")

    assert quotas(jury, "Mother tongue") == TONGUES
    assert "what the total leaves" in page
    assert "children are counted too" in page


def test_areas_are_sets_of_postal_codes_and_registrants_are_placed_by_them(jury, organiser):
    upload = brought(jury, corpus.paavo_csv())

    take(organiser, upload, name_0="Area")

    assert quotas(jury, "Area") == AREAS
    area = jury.criteria.get(key="Area")
    assert area.values.get(key="Saarenpää").postal_codes == ["99400", "99410"]
    assert [value.key for value in derive(jury, postal_code="99410").values] == ["Saarenpää"]
    assert [one.key for one in derive(jury, postal_code="00100").outside] == ["Area"]


def test_areas_come_from_a_table_of_ones_own_too(jury, organiser):
    rows = [f"{name};{sum(n for _c, n in codes)}" for name, codes in corpus.AREAS.items()]
    upload = brought(jury, "\n".join(["alue;asukkaita", *rows]).encode())

    take(organiser, upload, name_0="Area")

    assert quotas(jury, "Area") == AREAS
    assert jury.criteria.get().source == Criterion.Source.ASKED


def test_level_of_education_is_merged_renamed_and_left_out(jury, organiser):
    content = (
        "koulutus;n\nYhteensä;29600\nPerusaste;6480\nYlioppilas;2090\nAmmatillinen;12000\n"
        "Alempi;5030\nYlempi;4000\n"
    )
    upload = brought(jury, content.encode())
    merged = {"group_0_2": "Toinen aste", "group_0_3": "Toinen aste"}
    merged |= {"group_0_4": "Korkea-aste", "group_0_5": "Korkea-aste"}

    take(organiser, upload, name_0="Education", **merged)

    assert quotas(jury, "Education") == EDUCATION


def test_what_is_left_out_counts_nowhere(jury, organiser):
    content = (
        b"kieli;sukupuoli;n\nsuomi;mies;10\nsuomi;nainen;10\nruotsi;mies;30\nruotsi;nainen;10\n"
    )
    upload = brought(jury, content)

    take(organiser, upload, group_0_1="", name_0="")

    people = jury.criteria.get().values.values_list("key", "population")
    assert dict(people) == {"man": 10, "woman": 10, "other": 0, "do not want to tell": 0}


def test_statistics_know_two_genders_and_the_jury_more(jury, organiser):
    Jury.objects.update(quota_band=1)

    take(organiser, brought(jury, JOINT["plain CSV"]), band="1")

    gender = jury.criteria.get(key="Gender")
    bounds = {value.key: (value.minimum, value.maximum) for value in gender.values.all()}
    assert bounds == {
        "man": (14, 16),
        "woman": (14, 16),
        "other": (0, 1),
        "do not want to tell": (0, 1),
    }


def test_age_and_gender_together_are_counted_and_follow_from_what_is_told(jury, organiser):
    take(organiser, brought(jury, JOINT["plain CSV"]), pair_0_1="on")

    both = jury.criteria.get(source=Criterion.Source.COMBINED)
    value = both.values.get(key="16–29, woman")
    woman = CriterionValue.objects.get(criterion__key="Gender", key="woman")
    year = jury.registration_opens_on.year - 20
    assert value.population == 2497
    assert sum(one.population for one in both.values.all()) == 29600
    assert both.values.get(key="75–, other").maximum >= 1
    assert value in derive(jury, birth_year=year, asked_values=[woman]).values


def test_a_second_table_adds_criteria_and_replaces_only_those_of_its_own(jury, organiser):
    take(organiser, brought(jury, corpus.paavo_csv()), name_0="Area")
    take(organiser, brought(jury, JOINT["plain CSV"]))
    area = jury.criteria.get(key="Area")

    take(organiser, brought(jury, corpus.paavo_csv()), name_0="Area", group_0_1="Rantapuoli")

    assert [one.key for one in jury.criteria.all()][-1] == "Area"
    assert jury.criteria.count() == 4
    assert jury.criteria.get(key="Area").pk == area.pk
    assert area.values.get(key="Keskusta").population == 7340


def test_a_new_role_brings_its_own_fields(jury, organiser):
    upload = brought(jury, corpus.paavo_00100())
    fields = fields_of(organiser.get(address(upload)))

    page = organiser.post(address(upload), {**fields, "role_1": "age", "do": "look"})

    assert page.context["form"]["ages_1"].value() == "16–29, 30–44, 45–59, 60–74, 75–"
    [age] = [one for one in page.context["proposal"].criteria if one.name == "Age group"]
    assert age.people == 18462 - (370 + 397 + 693 + 355)
    assert not jury.criteria.exists()


def test_many_postal_codes_are_grouped_by_lines(jury, organiser):
    rows = "\n".join(f"{code:05};{code}" for code in range(100, 160))
    upload = brought(jury, f"postinumero;n\n{rows}\n".encode())
    lines = "Keskusta: 00100, 00101\n00102;Ranta\n00103\tRanta"

    take(organiser, upload, name_0="Area", lines_0=lines)

    values = jury.criteria.get().values.values_list("key", "population")
    assert dict(values) == {"Keskusta": 201, "Ranta": 205}


def test_what_is_wrong_with_the_lines_is_said(jury, organiser):
    rows = "\n".join(f"{code:05};{code}" for code in range(100, 160))
    upload = brought(jury, f"postinumero;n\n{rows}\n".encode())
    lines = "Keskusta: 00100, 99999\nRanta: 00100\nnothing"

    page = take(organiser, upload, name_0="Area", lines_0=lines).content.decode()

    assert "“99999” is not in the table." in page
    assert "both in “Keskusta” and in “Ranta”" in page
    assert "“nothing” names no group" in page


@pytest.mark.parametrize(
    ("content", "changes", "sentence"),
    [
        (b"sukupuoli;n\nmiehet;0\nnaiset;0\n", {"name_0": "Gender"}, "nobody in the population"),
        (b"sukupuoli;n\nmiehet;-5\nnaiset;9\n", {}, "fewer people than none"),
        (b"sukupuoli;n\nmiehet;5\nnaiset;9\n", {"name_0": ""}, "at least one criterion a name"),
        (
            b"kieli;sukupuoli;n\na;m;5\nb;m;5\na;n;1\nb;n;1\n",
            {"name_1": "x", "name_0": "X"},
            "same name",
        ),
    ],
)
def test_what_cannot_become_criteria_is_said(jury, organiser, content, changes, sentence):
    page = take(organiser, brought(jury, content), **changes)

    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert not jury.criteria.exists()


def test_totals_that_do_not_agree_are_said_before_anything_is_taken(jury, organiser):
    table = corpus.table_joint()
    table["value"][0] = 31000
    upload = brought(jury, json.dumps(table).encode())

    page = organiser.get(address(upload)).content.decode()

    assert "the table itself says 31000" in page


def test_locked_values_keep_their_quotas_when_the_table_comes_again(jury, organiser):
    take(organiser, brought(jury, JOINT["plain CSV"]))
    CriterionValue.objects.filter(key="16–29").update(minimum=9, maximum=9, locked=True)

    take(organiser, brought(jury, JOINT["plain CSV"]))

    assert quotas(jury, "Age group") == {"16–29": 9, "30–44": 5, "45–59": 6, "60–74": 6, "75–": 4}


def test_the_log_says_where_the_figures_come_from(jury, organiser):
    take(organiser, brought(jury, corpus.as_bytes(corpus.table_11re())))

    entry = jury.audit_entries.get(verb="criteria.taken_from_statistics")
    assert "Kaarnalahti, 2025" in entry.facts["source"]


def test_a_file_goes_by_the_worker_to_the_page_on_what_it_holds(jury, organiser):
    upload = bring(jury, JOINT["PxWeb CSV"], purpose=Upload.Purpose.POPULATION)

    led = organiser.get(reverse("upload", args=[jury.slug, upload.pk]))
    page = organiser.get(led.url).content.decode()

    assert led.url == address(upload)
    assert "What comes of it" in page


def test_the_page_keeps_the_file_and_reads_nothing_itself(jury, organiser, monkeypatch):
    monkeypatch.setattr(
        "juries.files.statistics.reading.read_figures", lambda *_: pytest.fail("read in the web")
    )
    file = SimpleUploadedFile("11re.json", corpus.as_bytes(corpus.table_11re()))

    sent = organiser.post(reverse("population", args=[jury.slug]), {"file": file})

    upload = Upload.objects.get()
    assert sent.url == reverse("upload", args=[jury.slug, upload.pk])
    assert (upload.purpose, upload.state) == (Upload.Purpose.POPULATION, Upload.State.QUEUED)


def test_a_table_of_groups_or_quotas_replaces_everything_after_a_look(jury, organiser):
    text = "feature;value;min;max;min_flex;max_flex\nÅlder;ung;1;3;0;4\nÅlder;gammal;1;3;1;3\n"
    upload = brought(jury, text.encode("cp1252"))
    look = organiser.get(address(upload)).content.decode()

    organiser.post(address(upload))

    assert "gammal" in look
    [ung, _gammal] = jury.criteria.get().values.all()
    assert (ung.minimum_flex, ung.maximum_flex) == (0, 4)


def test_once_registration_has_been_open_a_table_is_taken_with_a_reason(jury, organiser):
    Jury.objects.update(stage=Stage.REGISTRATION)
    for content in (JOINT["plain CSV"], b"feature;value;min;max\nX;one;1;30\nX;two;1;30\n"):
        upload = brought(jury, content)
        before = list(jury.criteria.values_list("pk", "key"))

        refused = take(organiser, upload, band="2")

        assert [*refused.context["form"].errors] == ["reason"]
        assert list(jury.criteria.values_list("pk", "key")) == before
        assert take(organiser, upload, reason="Uudet luvut.").status_code == 302
        line = jury.audit_entries.order_by("pk").last()
        assert line.facts["reason"] == "Uudet luvut."


def test_once_the_panel_is_drawn_nothing_is_taken(jury, organiser):
    upload = brought(jury, JOINT["plain CSV"])
    Jury.objects.update(stage=Stage.PANEL)
    page = organiser.get(address(upload)).content.decode()

    refused = take(organiser, upload)

    assert "Make these criteria" not in page
    assert "Not possible at this stage" in refused.content.decode()
    assert not jury.criteria.exists()
