"""Letters that have gone are marked for those whose letters were printed, and for nobody else."""

import pytest

from juries.errors import JuryError
from selection.panel.telling import mark_posted
from tests.selection.conftest import address, text
from tests.selection.panel.offering import give, letters_of, post

CIRCLES = ("drawn", "not-drawn")


@pytest.fixture
def panel(drawn):
    """Two of the drawn and two of the others are reached by letter only."""
    jury = drawn.draw.jury
    jury.registrants.update(street_address="Kirkkokatu 5", postal_code="99999")
    for people in people_of(jury).values():
        give(people[:2], email="")
    return jury


def people_of(jury):
    everybody = jury.registrants.order_by("pk")
    return {"drawn": everybody.exclude(seat=None), "not-drawn": everybody.filter(seat=None)}


def exchange(jury, circle):
    """One of those with a letter coming is reached by e-mail now, and somebody else is not."""
    first, _second, third = people_of(jury)[circle][:3]
    give([first], email="found@again.example")
    give([third], email="")


def told(jury):
    by_letter = jury.registrants.filter(notices__how="letter").count()
    return by_letter + jury.seats.filter(told_how="letter").count()


@pytest.mark.parametrize("circle", CIRCLES)
def test_as_many_letters_to_others_mark_nobody(panel, organiser, circle):
    printed = letters_of(panel, circle)
    exchange(panel, circle)

    with pytest.raises(JuryError, match="Nobody was marked"):
        mark_posted(jury=panel, circle=circle, letters=printed, by=organiser)

    assert told(panel) == 0
    assert post(panel, circle, organiser) == 2


def test_where_no_letter_is_coming_none_has_gone(panel, organiser):
    post(panel, "drawn", organiser)

    with pytest.raises(JuryError, match="Nobody was marked"):
        post(panel, "drawn", organiser)


@pytest.mark.parametrize("circle", CIRCLES)
def test_a_page_opened_anew_still_speaks_of_the_letters_downloaded(panel, desk, circle):
    page, posted = (address(panel, f"panel/{deed}/{circle}") for deed in ("tell", "posted"))
    desk.post(address(panel, f"panel/letters/{circle}"))
    exchange(panel, circle)

    hidden = desk.get(page).context["posted"].initial
    refused = desk.post(posted, hidden, follow=True)

    assert "The letters are no longer for the same people." in text(refused)
    assert told(panel) == 0

    desk.post(address(panel, f"panel/letters/{circle}"))
    shown = desk.get(page)
    hidden = shown.context["posted"].initial
    assert f'name="letters" value="{hidden["letters"]}"' in text(shown)
    desk.post(posted, hidden)
    assert told(panel) == 2
