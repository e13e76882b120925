import pytest
from django.urls import reverse

from juries.commission.readiness import missing_for_publication
from juries.commission.setting_up import open_registration, publish
from juries.enums import Role
from juries.errors import JuryError
from tests import factories

pytestmark = pytest.mark.django_db

GAPS = [
    ({"commissioner": ""}, "commissioner"),
    ({"receiver": ""}, "receiver"),
    ({"first_contact": ""}, "first_contact"),
    ({"first_contact_email": "", "first_contact_phone": ""}, "first_contact_email"),
]


def complete(**changes):
    return factories.make_jury(**{"first_contact": "Orvokki", "published_at": None, **changes})


@pytest.mark.parametrize(("gap", "field"), GAPS)
@pytest.mark.parametrize("deed", [publish, open_registration])
def test_nothing_is_published_before_the_commission_is_whole(deed, gap, field):
    jury = complete(**gap)

    with pytest.raises(JuryError):
        deed(jury=jury, by=factories.make_user())

    jury.refresh_from_db()
    assert jury.published_at is None
    assert [one.url for one in missing_for_publication(jury)] == [
        reverse("jury_settings", args=[jury.slug]) + f"#id_{field}"
    ]


@pytest.mark.parametrize("deed", [publish, open_registration])
def test_a_whole_commission_is_published(deed):
    jury = complete(first_contact_email="", first_contact_phone="040 123 4567")

    deed(jury=jury, by=factories.make_user())

    jury.refresh_from_db()
    assert jury.published_at


@pytest.mark.parametrize(("gap", "field"), GAPS)
def test_the_home_leads_to_the_field_that_is_missing(sign_in_as, gap, field):
    jury = complete(**gap)
    client = sign_in_as(Role.ORGANISER, jury)
    settings = reverse("jury_settings", args=[jury.slug])

    home = client.get(reverse("home", args=[jury.slug])).content.decode()
    form = client.get(settings).content.decode()

    assert f'href="{settings}#id_{field}"' in home
    assert f'id="id_{field}"' in form
