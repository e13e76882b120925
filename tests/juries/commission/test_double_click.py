from datetime import date
from uuid import uuid4

import pytest

from juries.commission.kinds import TEMPLATES
from juries.commission.setting_up import create_jury
from tests import factories
from tests.simultaneous import at_once, shared_database

pytestmark = pytest.mark.django_db(transaction=True)

FACTS = {
    **TEMPLATES["kansalaisraati"].facts(date(2030, 4, 13)),
    "languages": ["fi"],
    "name_fi": "Raati",
    "charge_fi": "Mitä tehdään?",
}


def made_at_once(folder, submission):
    """How many juries stand after the form has been sent four times at the same moment."""
    organisation, by = factories.make_organisation(), factories.make_user()
    with shared_database(folder):
        slugs = at_once(
            lambda: (
                create_jury(
                    organisation=organisation, by=by, facts=FACTS, submission=submission
                ).slug
            ),
            people=4,
        )
    return len(slugs), len(set(slugs))


def test_four_clicks_at_once_make_one_jury(tmp_path):
    assert made_at_once(tmp_path, uuid4()) == (4, 1)


def test_without_the_key_of_the_form_four_clicks_make_four(tmp_path):
    assert made_at_once(tmp_path, None) == (4, 4)
