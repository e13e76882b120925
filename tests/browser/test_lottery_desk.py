"""The lottery desk from a pool that cannot be drawn from to lotteries side by side."""

from collections.abc import Callable

import pytest

from juries.enums import Role, Stage
from juries.models import Jury, User
from selection.draw.freezing import freeze_pool
from selection.lottery.probabilities import carry_out
from selection.models import QuotaChange
from tests import factories
from tests.browser.beginning import sign_in
from tests.browser.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (375, 1280)


@pytest.fixture
def short() -> Jury:
    """A jury with open registration that lacks young people."""
    jury = factories.make_jury(stage=Stage.REGISTRATION)
    kinds = [("woman", "young"), ("man", "old"), ("woman", "old"), ("man", "old")]
    factories.make_registrants(jury, [kinds[number % 4] for number in range(24)])
    young = jury.criteria.get(key="age").values.get(key="young")
    young.minimum = 3
    young.save()
    return jury


@pytest.fixture
def organiser(short: Jury, somebody: Callable[..., Person]) -> Person:
    user = factories.make_member(short, Role.ORGANISER)
    person = somebody("en", widths=WIDTHS)
    sign_in(person, user.email)
    return person


def ready(person: Person, jury: Jury) -> None:
    """A worker carries out what was asked for, and the page that waited shows it."""
    carry_out(jury.lotteries.first().pk)
    person.page.get_by_role("heading", name=person.words("Chances")).wait_for()
    person.look()


def test_quotas_are_eased_a_rule_is_rehearsed_and_lotteries_are_compared(
    short: Jury, organiser: Person, findings: list[str]
) -> None:
    organiser.go("selection:lottery", short.slug)
    organiser.page.wait_for_selector("#feasibility-answer")
    organiser.look()
    organiser.press("Make this change")
    organiser.page.wait_for_selector(".error-summary:focus")
    organiser.page.locator("[name=reason]").first.fill("Only one group has young people.")
    organiser.press("Make this change")
    assert organiser.reads("Yes: from these 24 people")
    assert QuotaChange.objects.count() == 1

    organiser.go("selection:lottery", short.slug)
    organiser.choose("rule", "maximin")
    organiser.press("Rehearse")
    ready(organiser, short)
    assert organiser.reads("Nobody was drawn")

    freeze_pool(jury=short, by=User.objects.get(), objection_hours=0)
    for rule in ("leximin", "goldilocks"):
        organiser.go("selection:lottery", short.slug)
        organiser.choose("rule", rule)
        organiser.press("Start the lottery")
        ready(organiser, short)
    organiser.go("selection:lottery", short.slug)
    organiser.follow("Compare them")
    assert organiser.reads("Rehearsal 1: maximin")
    assert findings == []
