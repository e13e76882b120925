"""Letters for many cost no more questions to the database than letters for a few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from selection.panel.circles import CIRCLES
from selection.panel.letters import print_letters
from tests.selection.panel.offering import give


@pytest.mark.parametrize("circle", ["drawn", "not-drawn"])
def test_letters_for_many_ask_no_more_than_letters_for_a_few(drawn, organiser, circle):
    jury = drawn.draw.jury
    jury.registrants.update(street_address="Kirkkokatu 5", postal_code="99999")
    people = list(CIRCLES[circle].untold(jury))
    give(people[:1], email="")
    print_letters(jury=jury, circle=circle, by=organiser)
    asked = []
    for count in (2, 4):
        give(people[:count], email="")
        with CaptureQueriesContext(connection) as queries:
            print_letters(jury=jury, circle=circle, by=organiser)
        asked.append(len(queries))

    assert asked[0] == asked[1]
