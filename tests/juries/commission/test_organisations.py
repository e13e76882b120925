import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation

from juries.commission.members import give_role, make_link, take_role
from juries.enums import Role
from juries.errors import JuryError
from juries.models import AuditEntry, Jury, Membership, Organisation, User
from tests import factories

pytestmark = pytest.mark.django_db

PASSWORD = "kolme sanaa riittää"


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def added(*options, email="eka@muualla.example"):
    out = StringIO()
    call_command(
        "add_organisation", "Muualla", "--email", email, "--organiser", "Eka", *options, stdout=out
    )
    return out.getvalue()


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def members_page(organisation):
    return reverse("members", args=[organisation.slug])


def test_a_second_organisation_starts_with_one_organiser_and_a_password_shown_once():
    out = added("--name-sv", "Annanstans")

    password = re.search(r"shown only now: (\S+)", out)[1]
    organisation = Organisation.objects.get(slug="muualla")
    assert organisation.name_sv == "Annanstans"
    assert Client().login(username="eka@muualla.example", password=password)
    assert organisation.memberships.get().role == Role.ORGANISER
    assert password not in str(list(AuditEntry.objects.values()))


def test_an_account_that_exists_keeps_its_password():
    user = factories.make_user()

    out = added(email=user.email)

    assert "keeps its password" in out
    assert Client().login(username=user.email, password="kaarnalahti")


@pytest.mark.parametrize(
    ("options", "email"),
    [
        (["--slug", "kaarnalahti"], "eka@muualla.example"),
        (["--slug", "市民"], "eka@muualla.example"),
        ([], "ei-osoite"),
    ],
)
def test_what_cannot_be_added_is_said_and_leaves_nothing(options, email):
    factories.make_organisation()

    with pytest.raises(CommandError):
        added(*options, email=email)

    assert Organisation.objects.count() == 1
    assert not User.objects.exists()


def test_two_organisations_see_only_their_own(sign_in_as):
    here = factories.make_jury("meidan", name_fi="Meidän raati")
    there = factories.make_jury(
        "heidan", name_fi="Heidän raati", organisation=factories.make_organisation("muualla")
    )
    factories.make_member(there, Role.RECRUITER, "risto@muualla.example")
    client = sign_in_as(Role.ORGANISER, here)

    pages = [
        client.get(address).content.decode()
        for address in (
            reverse("juries"),
            reverse("home", args=["meidan"]),
            reverse("organisation", args=["kaarnalahti"]),
            members_page(here.organisation),
        )
    ]

    assert "Meidän raati" in pages[0]
    for page in pages:
        assert not re.search(r"Heidän|heidan|muualla|Muualla", page)
    assert client.get(reverse("home", args=["heidan"])).status_code == 404
    assert client.get(members_page(there.organisation)).status_code == 404


def test_details_are_changed_and_everyone_finds_them(jury, sign_in_as, client):
    organisation = jury.organisation
    typed = {
        "name_fi": "Kaarnalahti",
        "contact_name": "Vaihde",
        "contact_email": "kirjaamo@kaarnalahti.example",
        "languages": ["fi", "sv"],
    }
    address = reverse("organisation", args=[organisation.slug])

    wrong = sign_in_as(Role.ORGANISER, jury).post(address, typed | {"languages": []})
    sign_in_as(Role.ORGANISER, jury).post(address, typed)

    assert wrong.context["form"].has_error("languages")
    assert "kirjaamo@kaarnalahti.example" in client.get(reverse("contact")).content.decode()
    organisation.refresh_from_db()
    assert organisation.languages == ["fi", "sv"]
    entry = AuditEntry.objects.get(verb="organisation.changed")
    assert "contact_email" in entry.facts["fields"]
    assert "kirjaamo" not in str(entry.facts)


def test_a_new_member_gets_an_account_a_role_and_a_link_to_choose_a_password(jury, sign_in_as):
    client = sign_in_as(Role.ORGANISER, jury)
    page = members_page(jury.organisation)

    client.post(
        page,
        {"email": "Uusi@kaarnalahti.example", "name": "Uusi", "role": "observer", "jury": jury.pk},
    )
    user = User.objects.get(email="uusi@kaarnalahti.example")
    shown = client.post(
        reverse("member_link", args=[jury.organisation.slug]), {"user": user.pk}
    ).context["link"]
    door = Client()
    opened = door.get(shown, follow=True)
    door.post(opened.redirect_chain[-1][0], {"new_password1": PASSWORD, "new_password2": PASSWORD})

    membership = user.memberships.get()
    assert (membership.role, membership.jury) == (Role.OBSERVER, jury)
    assert Client().login(username="uusi@kaarnalahti.example", password=PASSWORD)
    assert "too old" in Client().get(shown, follow=True).content.decode()
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert verbs == {"member.account_made", "member.role_given", "member.link_made"}
    assert "uusi" not in str(list(AuditEntry.objects.values_list("facts", flat=True)))


def test_no_link_is_made_for_whoever_has_signed_in_or_works_elsewhere_too(jury):
    organisation, by = jury.organisation, factories.make_user()
    known = factories.make_user("tuttu@kaarnalahti.example")
    signed_in(known)
    new = factories.make_user("uusi@kaarnalahti.example")
    for user in (known, new):
        give_role(organisation=organisation, user=user, role=Role.OBSERVER, by=by)
    give_role(
        organisation=factories.make_organisation("muualla"), user=new, role=Role.OBSERVER, by=by
    )

    for user in (known, new):
        user.refresh_from_db()
        with pytest.raises(JuryError):
            make_link(organisation=organisation, user=user, by=by)


def test_a_role_is_taken_away_and_the_door_closes(jury, sign_in_as):
    observer = factories.make_member(jury, Role.OBSERVER)
    membership = observer.memberships.get()
    home = reverse("home", args=[jury.slug])
    before = signed_in(observer).get(home).status_code

    sign_in_as(Role.ORGANISER, jury).post(
        reverse("take_role", args=[jury.organisation.slug]), {"membership": membership.pk}
    )

    assert (before, signed_in(observer).get(home).status_code) == (200, 404)
    assert AuditEntry.objects.get(verb="member.role_taken").facts["user"] == observer.pk


def test_nobody_takes_the_last_organiser_away(jury, sign_in_as):
    client = sign_in_as(Role.ORGANISER, jury)
    organisation = jury.organisation
    last = organisation.memberships.get()
    # Neither an organiser of one jury nor one whose account is closed counts.
    Membership.objects.create(
        user=factories.make_user("yhden@kaarnalahti.example"),
        organisation=organisation,
        jury=jury,
        role=Role.ORGANISER,
    )
    closed = factories.make_user("suljettu@kaarnalahti.example", is_active=False)
    Membership.objects.create(user=closed, organisation=organisation, role=Role.ORGANISER)

    address = reverse("take_role", args=[organisation.slug])
    page = client.post(address, {"membership": last.pk}, follow=True).content.decode()

    assert "last organiser" in page
    assert Membership.objects.filter(pk=last.pk).exists()
    # Control: once there is another, the role can go.
    other = factories.make_user("toinen@kaarnalahti.example")
    give_role(organisation=organisation, user=other, role=Role.ORGANISER, by=other)
    take_role(membership=last, by=other)
    assert not Membership.objects.filter(pk=last.pk).exists()


def test_roles_and_juries_of_another_organisation_are_out_of_reach(jury, sign_in_as):
    there = factories.make_jury("muualla", organisation=factories.make_organisation("muualla"))
    stranger = factories.make_member(there, Role.OBSERVER)
    client = sign_in_as(Role.ORGANISER, jury)
    slug = jury.organisation.slug

    taken = client.post(
        reverse("take_role", args=[slug]), {"membership": stranger.memberships.get().pk}
    )
    link = client.post(reverse("member_link", args=[slug]), {"user": stranger.pk})
    given = client.post(
        members_page(jury.organisation),
        {"email": "a@b.example", "name": "A", "role": "organiser", "jury": there.pk},
    )

    assert (taken.status_code, link.status_code) == (404, 404)
    assert given.context["form"].has_error("jury")
    with pytest.raises(JuryError):
        give_role(
            organisation=jury.organisation,
            user=stranger,
            role=Role.ORGANISER,
            by=stranger,
            jury=there,
        )
    assert Jury.objects.visible_to(stranger).get() == there


@pytest.mark.parametrize("text", ["", "x", "-1", "9" * 5000, "²", "\x00"])
def test_a_forged_key_is_not_there(jury, sign_in_as, text):
    client = sign_in_as(Role.ORGANISER, jury)
    slug = jury.organisation.slug

    for name, field in (
        ("take_role", "membership"),
        ("member_link", "user"),
        ("restore_jury", "jury"),
    ):
        assert client.post(reverse(name, args=[slug]), {field: text}).status_code == 404


@pytest.mark.parametrize("count", [2, 12])
def test_the_page_of_members_costs_the_same_however_many(
    jury, sign_in_as, django_assert_num_queries, count
):
    client = sign_in_as(Role.ORGANISER, jury)
    for number in range(count):
        factories.make_member(jury, Role.OBSERVER, f"jasen{number}@kaarnalahti.example")

    with django_assert_num_queries(6):
        page = client.get(members_page(jury.organisation)).content.decode()

    assert page.count("@kaarnalahti.example</span>") == count + 1
