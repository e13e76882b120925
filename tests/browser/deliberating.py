"""The last chapters: the session, the statement, the vote, the answer."""

from datetime import timedelta

from django.utils import timezone

from juries.models import Jury
from selection.models import PanelSeat
from sessions.models import JurySession
from statements import voting
from statements.models import Part, Statement
from tests.browser.person import Person


def hold_a_session(organiser: Person, jury: Jury) -> None:
    """A day with an expert and a round of tables, printed; everybody is there."""
    organiser.go("sessions:programme", jury.slug)
    organiser.follow("New expert")
    organiser.select("kind", "researcher")
    organiser.fill(name="Tarmo Tietäväinen", affiliation="Tielaitos", topic="Penkit", interests="")
    organiser.press("Save")
    organiser.follow("New session")
    day = timezone.localtime() + timedelta(days=82)
    organiser.fill(
        title_fi="Ensimmäinen päivä",
        title_sv="Första dagen",
        starts_at=day.strftime("%Y-%m-%dT09:30"),
        place="Kylätalo",
    )
    organiser.press("Save")
    session = JurySession.objects.get()
    _add_item(organiser, "hearing", "Asiantuntija", "Expert")
    _add_item(organiser, "round", "Pienryhmät", "Smågrupper")
    assert session.items.count() == 2
    organiser.press("Publish the agenda")
    organiser.follow("Tables")
    organiser.fill(tables=2)
    organiser.press("Seat the tables")
    organiser.go("sessions:attendance", jury.slug, session.number)
    for choice in organiser.page.locator("input[type=radio][value=present]").all():
        choice.check()
    organiser.press("Save attendance")
    assert session.attendances.count() == jury.panel_size


def _add_item(organiser: Person, kind: str, finnish: str, swedish: str) -> None:
    organiser.follow("Add an agenda item")
    organiser.select("kind", kind)
    organiser.fill(title_fi=finnish, title_sv=swedish, minutes=45)
    if kind == "hearing":
        organiser.page.locator("[name=experts]").first.check()
    organiser.press("Save")


def draft(organiser: Person, jury: Jury) -> None:
    """A section and two recommendations, one of them revised; then the vote is opened."""
    organiser.go("statements:draft", jury.slug)
    organiser.press("Begin the statement")
    organiser.follow("New section")
    organiser.fill(heading="Keitä olemme", text="Kuusi kyläläistä.")
    organiser.press("Save")
    for heading, text in (
        ("Penkkejä joka mutkaan", "Penkki 200 metrin välein."),
        ("Valot raitille", "Valot syttyvät liikkeestä."),
    ):
        organiser.follow("New recommendation")
        organiser.fill(heading=heading, text=text, reasons="Näin on hyvä.")
        organiser.press("Save")
    part = Part.objects.get(number=None, revisions__heading="Valot raitille")
    organiser.press_at(f"a[href='{organiser.url('statements:part', jury.slug, part.pk)}']")
    organiser.fill(text="Valot syttyvät liikkeestä ja sammuvat yöksi.")
    organiser.press("Save")
    organiser.go("statements:history", jury.slug, part.pk)
    organiser.go("statements:vote_desk", jury.slug)
    organiser.fill(threshold_percent=60)
    organiser.press("Save the rule")
    organiser.press("Open the vote")


def vote(juror: Person) -> None:
    """All yes; sent incomplete first."""
    juror.go("own_page")
    juror.go("statements:own_draft")
    juror.go("statements:ballot")
    choices = juror.page.locator("main input[type=radio][value=yes]").all()
    choices[0].check()
    juror.press_at("main form .hds-button--primary")
    juror.page.wait_for_selector(".error-summary:focus")
    for choice in choices:
        choice.check()
    juror.press("Send my vote")
    assert juror.reads(juror.words("Your vote is in the ballot box"))


def come_with_a_new_code(juror: Person, organiser: Person, seat: PanelSeat) -> None:
    """Somebody who was brought in from a file gets a code from staff."""
    organiser.go("registrant", seat.jury.slug, seat.registrant_id)
    organiser.press_at("button[form=new-code]")
    juror.go("own_code")
    juror.fill(code=organiser.page.inner_text(".personal-code"))
    juror.press("Open my own page")


def others_vote(jury: Jury) -> None:
    """The rest: two do not want the lights."""
    statement = Statement.objects.get(jury=jury)
    benches, lights = Part.objects.filter(
        statement=statement, kind=Part.Kind.RECOMMENDATION
    ).order_by("number")
    waiting = jury.seats.confirmed().exclude(voter_marks__statement=statement)
    for seat, choice in zip(waiting, ["no", "no", "no", "blank"], strict=False):
        voting.cast_vote(seat=seat, choices={benches.pk: "yes", lights.pk: choice})


def dissent(juror: Person) -> None:
    juror.go("statements:dissent")
    juror.fill(text="Valot olisi pitänyt hyväksyä.")
    juror.choose("signed", "member")
    juror.press("Save the opinion")


def adopt(organiser: Person, jury: Jury) -> None:
    organiser.go("statements:vote_desk", jury.slug)
    organiser.press("Adopt the statement")
    organiser.press("Publish the statement")


def deliver(organiser: Person, jury: Jury) -> str:
    """The link, which is shown once."""
    organiser.go("statements:delivery", jury.slug)
    organiser.fill(person="Lautakunnan puheenjohtaja")
    organiser.press("Deliver and make the link")
    return organiser.page.inner_text("#answer-link")


def answer(decision_maker: Person, link: str) -> None:
    """First a draft, then everything that is asked for."""
    decision_maker.come_by(link)
    decision_maker.press("Answer the recommendations")
    decision_maker.choose("answer-0-status", "partly")
    decision_maker.press("Save the draft")
    decision_maker.press("Publish the answers")
    decision_maker.page.wait_for_selector(".error-summary:focus")
    decision_maker.fill(**{"answer-0-reasons": "Penkit tulevat pysäkeille."})
    decision_maker.press("Publish the answers")
