"""The whole chain as people walk it: in a browser, in two languages, on two screens."""

from collections.abc import Callable
from functools import partial

import pytest

from juries.enums import Role
from juries.models import Registrant
from tests import factories
from tests.browser import beginning, deliberating, drawing
from tests.browser.person import AtKeyboard, Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE_AT = {"fi": 320, "sv": 1280}
"""Both screens are seen by axe, each in one language."""


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_jury_goes_from_sign_up_to_the_answered_statement(
    language: str, somebody: Callable[..., Person], findings: list[str]
) -> None:
    earlier = factories.make_jury("earlier", published_at=None)
    organiser_account = factories.make_member(earlier, Role.ORGANISER)
    witness_account = factories.make_member(earlier, Role.OBSERVER)
    earlier.delete()
    come = partial(somebody, language, axe_at=[AXE_AT[language]])
    organiser, witness, registrant = come(), come(), come(AtKeyboard)

    beginning.sign_in(organiser, organiser_account.email)
    jury = beginning.set_up(organiser)
    code = beginning.sign_up_by_keyboard(registrant, jury)
    beginning.change_by_keyboard(registrant, code)
    beginning.bring_in_others(organiser, jury)
    beginning.count_the_pool(organiser, jury)

    drawing.freeze_the_pool(organiser, jury)
    lottery = drawing.run_the_lottery(organiser, jury)
    drawing.read_the_tickets(organiser, lottery)
    drawing.commit(organiser, jury)
    registrant.go("selection:own_chance")
    signed_up = Registrant.objects.get(name=beginning.NAME)
    ticket = drawing.ticket_with(lottery, signed_up)
    beginning.sign_in(witness, witness_account.email)
    drawing.draw(organiser, witness, jury, ticket)
    drawing.follow_the_ceremony(come(), jury, ticket)
    drawing.take_the_seat(registrant)
    drawing.answer_for_the_others(organiser, jury)
    drawing.replace_the_one_who_declined(organiser, witness, jury)

    deliberating.hold_a_session(organiser, jury)
    registrant.go("sessions:own_sessions")
    deliberating.draft(organiser, jury)
    deliberating.vote(registrant)
    another = come()
    other_seat = jury.seats.confirmed().exclude(registrant=signed_up).first()
    deliberating.come_with_a_new_code(another, organiser, other_seat)
    deliberating.vote(another)
    deliberating.others_vote(jury)
    organiser.go("statements:vote_desk", jury.slug)
    organiser.press("Close the vote and count")
    deliberating.dissent(registrant)
    deliberating.adopt(organiser, jury)

    link = deliberating.deliver(organiser, jury)
    deliberating.answer(come(), link)
    stranger = come()
    stranger.go("jury", jury.slug)
    assert stranger.reads(ticket, "Kylätalo", "Tarmo Tietäväinen", "Penkkejä joka mutkaan")
    stranger.go("statements:statement", jury.slug)
    assert stranger.reads("Penkit tulevat pysäkeille.", "Valot olisi pitänyt hyväksyä.")
    link_to_pdf = stranger.page.locator("main a[href$='.pdf']").first
    pdf = stranger.page.request.get(link_to_pdf.get_attribute("href"))
    assert pdf.body().startswith(b"%PDF")
    organiser.go("audit", jury.slug)
    assert not findings, "\n".join(findings)
