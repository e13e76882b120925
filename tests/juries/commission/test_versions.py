import pytest
from django.urls import reverse
from django.utils import translation

from juries.commission.setting_up import change_jury
from juries.commission.versions import ChangedMeanwhile
from juries.enums import CodeUse, Role, Stage
from juries.forms.commission.jury import facts_of
from juries.invitation.doors import choose_doors
from juries.models import CriterionValue, Jury
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def jury(db):
    return factories.make_jury(response_due_on="2030-09-08", guardian_below=18)


def opened(client, jury):
    """What the settings form holds when it is opened, as a browser would send it."""
    form = client.get(reverse("jury_settings", args=[jury.slug])).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, False, "")}


def saved(client, jury, typed):
    return client.post(reverse("jury_settings", args=[jury.slug]), typed)


def standing(jury):
    jury.refresh_from_db()
    return {**facts_of(jury)}


def test_o11_the_second_save_shows_both_versions_and_saves_nothing(jury, sign_in_as):
    client = sign_in_as(Role.ORGANISER, jury)
    first = second = opened(client, jury)
    saved(client, jury, first | {"commissioner": "Ensimmäinen", "panel_size": "5"})
    before = standing(jury)

    page = saved(client, jury, second | {"commissioner": "Toinen", "fee_euros": "90"})

    comparison = page.context["comparison"]
    assert [(one.name, one.stands, one.typed) for one in comparison.contested] == [
        ("commissioner", "Ensimmäinen", "Toinen"),
        ("panel_size", "5", "4"),
    ]
    assert [(one.name, one.stands, one.typed) for one in comparison.own] == [
        ("fee_euros", "–", "90")
    ]
    assert "Ensimmäinen" in page.content.decode()
    assert "Toinen" in page.content.decode()
    assert standing(jury) == before


@pytest.mark.parametrize(("kept", "commissioner"), [("stands", "Ensimmäinen"), ("typed", "Toinen")])
def test_o11_what_is_chosen_field_by_field_is_saved(jury, sign_in_as, kept, commissioner):
    client = sign_in_as(Role.ORGANISER, jury)
    typed = opened(client, jury)
    saved(client, jury, typed | {"commissioner": "Ensimmäinen", "panel_size": "5"})
    mine = typed | {"commissioner": "Toinen", "fee_euros": "90"}
    comparison = saved(client, jury, mine).context["comparison"]

    choices = {"keep_commissioner": kept, "keep_panel_size": "stands"}
    response = saved(client, jury, mine | choices | {"version": str(comparison.version)})

    assert response.status_code == 302
    jury.refresh_from_db()
    assert (jury.commissioner, jury.panel_size, jury.fee_euros) == (commissioner, 5, 90)


@pytest.mark.parametrize(
    ("name", "theirs", "mine"),
    [
        ("languages", ["fi"], ["fi", "sv"]),
        ("invitation_only", "on", ""),
        ("letters_on", "2025-12-31", ""),
        ("code_use", "household", "personal"),
    ],
)
def test_o11_any_kind_of_field_can_be_kept_as_it_stands(jury, sign_in_as, name, theirs, mine):
    client = sign_in_as(Role.ORGANISER, jury)
    typed = opened(client, jury)
    saved(client, jury, typed | {name: theirs})
    stands = standing(jury)[name]
    shown = saved(client, jury, typed | {name: mine}).context["comparison"]

    choices = {f"keep_{name}": "stands", "version": str(shown.version)}
    saved(client, jury, typed | {name: mine} | choices)

    assert [one.name for one in shown.contested] == [name]
    assert standing(jury)[name] == stands


def test_o11_a_third_save_in_between_is_not_overwritten_either(jury, sign_in_as):
    client = sign_in_as(Role.ORGANISER, jury)
    typed = opened(client, jury)
    saved(client, jury, typed | {"commissioner": "Ensimmäinen"})
    shown = saved(client, jury, typed | {"commissioner": "Toinen"}).context["comparison"]
    change_jury(jury=jury, by=factories.make_user(), facts=standing_facts(jury, "Kolmas"))

    again = saved(client, jury, typed | {"commissioner": "Toinen", "version": str(shown.version)})

    assert again.context["comparison"].contested[0].stands == "Kolmas"
    assert standing(jury)["commissioner"] == "Kolmas"


def standing_facts(jury, commissioner):
    facts = standing(jury) | {"commissioner": commissioner}
    del facts["version"]
    return facts


def test_o11_without_the_version_the_second_save_overwrites_the_first_unseen(jury):
    by = factories.make_user()
    change_jury(jury=jury, by=by, facts=standing_facts(jury, "Ensimmäinen"), version=1)

    with pytest.raises(ChangedMeanwhile):
        change_jury(jury=jury, by=by, facts=standing_facts(jury, "Toinen"), version=1)
    kept = standing(jury)["commissioner"]
    # Control: the same save without the version.
    change_jury(jury=jury, by=by, facts=standing_facts(jury, "Toinen"))

    assert (kept, standing(jury)["commissioner"]) == ("Ensimmäinen", "Toinen")


def test_o11_a_form_without_a_version_overwrites_nothing(jury, sign_in_as):
    client = sign_in_as(Role.ORGANISER, jury)
    typed = opened(client, jury)
    del typed["version"]

    page = saved(client, jury, typed | {"commissioner": "Toinen"})

    assert page.context["comparison"].own[0].typed == "Toinen"
    assert standing(jury)["commissioner"] == "Kaupunginhallitus"


def test_dates_are_suggested_in_the_settings_too_and_nothing_typed_is_lost(jury, sign_in_as):
    client = sign_in_as(Role.ORGANISER, jury)
    typed = opened(client, jury) | {"commissioner": "Lautakunta", "first_session_on": "2031-05-10"}

    page = saved(client, jury, typed | {"suggest": "dates"}).content.decode()

    assert 'value="2031-06-07"' in page
    assert 'value="Lautakunta"' in page


def test_o11_the_ways_in_chosen_on_their_own_page_count_as_a_change(jury, sign_in_as):
    client = sign_in_as(Role.ORGANISER, jury)
    typed = opened(client, jury)
    change_jury(jury=jury, by=factories.make_user(), facts=standing_facts(jury, "Ensimmäinen"))
    typed |= {"version": "2", "commissioner": "Ensimmäinen"}
    choose_doors(
        jury=jury, invitation_only=True, code_use=CodeUse.HOUSEHOLD, by=factories.make_user()
    )

    comparison = saved(client, jury, typed | {"fee_euros": "90"}).context["comparison"]

    assert {one.name for one in comparison.contested} == {"invitation_only", "code_use"}
    assert [one.name for one in comparison.own] == ["fee_euros"]


def test_the_reason_for_another_number_of_seats_is_asked_for_and_goes_along(jury, sign_in_as):
    """Two people save: whoever comes second types the reason, and it is not lost on the way."""
    Jury.objects.update(stage=Stage.REGISTRATION)
    CriterionValue.objects.update(minimum=0, maximum=jury.panel_size)
    client = sign_in_as(Role.ORGANISER, jury)
    typed = opened(client, jury)
    refused = saved(client, jury, typed | {"panel_size": "5", "commissioner": "Toinen"})
    assert [*refused.context["form"].errors] == ["reason"]
    assert refused.context["form"]["commissioner"].value() == "Toinen"
    saved(client, jury, typed | {"commissioner": "Ensimmäinen"})

    conflict = saved(client, jury, typed | {"panel_size": "5", "reason": "Lisää rahaa."})

    assert 'name="reason" value="Lisää rahaa."' in conflict.content.decode()
    version = str(conflict.context["comparison"].version)
    done = saved(
        client, jury, typed | {"panel_size": "5", "reason": "Lisää rahaa.", "version": version}
    )
    assert done.status_code == 302
    assert jury.audit_entries.order_by("pk").last().facts["reason"] == "Lisää rahaa."
    assert standing(jury)["panel_size"] == 5


@pytest.mark.parametrize("stage", [Stage.SETTING_UP, Stage.FROZEN])
def test_where_quotas_need_no_reason_or_are_fixed_none_is_asked(jury, sign_in_as, stage):
    Jury.objects.update(stage=stage)

    assert "reason" not in opened_fields(sign_in_as(Role.ORGANISER, jury), jury)


def opened_fields(client, jury):
    return client.get(reverse("jury_settings", args=[jury.slug])).context["form"].fields
