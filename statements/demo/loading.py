"""Loads the demo: a town with a jury just begun, one that recruits, one to be drawn, one answered.

Every step looks first whether it has been taken, so that loading again, or after an interrupted
load, only adds what is missing. The deeds are the house's own verbs.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import override

from juries import codes, demo
from juries.enums import Role, Stage
from juries.invitation import waves
from juries.models import Jury, Membership, Organisation, User, Wave
from statements import delivery
from statements.demo import (
    at_the_desk,
    commissioning,
    drawing,
    finished,
    people,
    recruiting,
    texts,
    town,
)
from statements.demo.recruiting import Campaign, submission_of
from statements.models import Delivery

OPEN_SEED, FINISHED_SEED = 2032, 2035
OPEN_COUNT, FINISHED_COUNT = 204, 212


def load() -> None:
    """The demo stands, whole: accounts, four juries at different stages."""
    with override("fi"):
        organiser = _accounts()
        open_jury = _open_jury(organiser)
        finished_jury = _finished_jury(organiser)
        drawing.about_to_be_drawn(organiser)
        commissioning.parish_council(organiser)
        if not demo.code_holders():
            demo.remember(_code_holders(open_jury, finished_jury, organiser))


def own_code(jury: Jury, number: int) -> str:
    """The personal code of the jury's n-th invented resident."""
    return codes.code_of(submission_of(jury, number))


def _accounts() -> User:
    organisation, _new = Organisation.objects.get_or_create(
        slug="kaarnalahti",
        defaults={
            **{f"name_{code}": name for code, name in town.NAME.items()},
            "contact_name": "Orvokki Alkulähde",
            "contact_email": "raati@kaarnalahti.example",
            "languages": ["fi", "sv", "en"],
        },
    )
    for account in demo.ACCOUNTS:
        user = User.objects.filter(email=account.email).first() or User.objects.create_user(
            account.email, demo.PASSWORD, name=account.name
        )
        Membership.objects.get_or_create(
            user=user, organisation=organisation, jury=None, role=account.role
        )
    return _staff(Role.ORGANISER)


def _staff(role: Role) -> User:
    return User.objects.get(memberships__role=role, memberships__organisation__slug="kaarnalahti")


def _code_holders(
    open_jury: Jury, finished_jury: Jury, organiser: User
) -> Iterator[demo.CodeHolder]:
    """Somebody of each kind that has a code and no account."""
    yield demo.CodeHolder(demo.Part.INVITED, _unused_letter(open_jury), open_jury.slug)
    yield demo.CodeHolder(demo.Part.REGISTRANT, own_code(open_jury, 0))
    juror = finished_jury.seats.confirmed().select_related("registrant").first()
    if juror and juror.registrant.submission:
        yield demo.CodeHolder(demo.Part.JUROR, codes.code_of(juror.registrant.submission))
    waiting = Delivery.objects.get(statement__jury=finished_jury, body=finished.WAITING_BODY)
    link = delivery.issue_link(delivery=waiting, by=organiser)
    yield demo.CodeHolder(demo.Part.DECISION_MAKER, link)


def _unused_letter(jury: Jury) -> str:
    """The code of somebody who was reminded and has not answered."""
    reminder = jury.waves.filter(kind=Wave.Kind.REMINDER).last()
    return next(letter.code for letter in waves.letters_of(reminder)) if reminder else ""


def _open_jury(organiser: User) -> Jury:
    today = timezone.localdate()
    opens = today - timedelta(days=30)
    jury = commissioning.commissioned(
        organiser,
        texts.TRAFFIC,
        on=opens - timedelta(days=45),
        commissioner="Kaupunkikehityslautakunta",
        receiver="Kaupunkikehityslautakunta",
        statement_on=today + timedelta(days=102),
        response_due_on=today + timedelta(days=270),
        letters_on=opens - timedelta(days=4),
        registration_opens_on=opens,
        registration_closes_on=today + timedelta(days=20),
        draw_on=today + timedelta(days=27),
        first_session_on=today + timedelta(days=60),
        last_session_on=today + timedelta(days=95),
        one_per_household=True,
        show_reach=True,
    )
    campaign = Campaign(
        permit_number="VTJ/1234/2026",
        addresses=1200,
        first_wave=600,
        first_on=jury.letters_on or opens,
        second_wave=350,
        second_on=today - timedelta(days=15),
        reminder=300,
        reminder_on=today - timedelta(days=14),
        share=1 / 3,
        seed=OPEN_SEED,
    )
    residents = people.volunteers(OPEN_COUNT, OPEN_SEED, opens.year)
    commissioning.ask_own_questions(jury, on=opens - timedelta(days=40), by=organiser)
    recruiting.send_first_letters(jury, campaign, residents, organiser)
    jury = commissioning.opened(jury, on=opens, by=organiser)
    recruiting.recruit(jury, campaign, residents, last=today, by=organiser)
    recruiting.send_messages(today - timedelta(days=1))
    if jury.stage == Stage.REGISTRATION:
        at_the_desk.hand_over(jury, residents, _staff(Role.RECRUITER))
    return jury


def _finished_jury(organiser: User) -> Jury:
    opens, closes = date(2026, 1, 12), date(2026, 2, 28)
    jury = commissioning.commissioned(
        organiser,
        texts.SERVICES,
        on=date(2025, 11, 24),
        commissioner=finished.ANSWERING_BODY,
        receiver=finished.ANSWERING_BODY,
        letters_on=date(2026, 1, 5),
        statement_on=texts.DAYS[-1].date,
        response_due_on=date(2026, 9, 9),
        registration_opens_on=opens,
        registration_closes_on=closes,
        draw_on=date(2026, 3, 5),
        first_session_on=texts.DAYS[0].date,
        last_session_on=texts.DAYS[-1].date,
    )
    campaign = Campaign(
        permit_number="VTJ/987/2025",
        addresses=4000,
        first_wave=2500,
        first_on=date(2026, 1, 5),
        second_wave=1500,
        second_on=date(2026, 2, 4),
        reminder=1500,
        reminder_on=date(2026, 2, 5),
        share=3 / 4,
        seed=FINISHED_SEED,
    )
    residents = people.volunteers(FINISHED_COUNT, FINISHED_SEED, opens.year)
    recruiting.send_first_letters(jury, campaign, residents, organiser)
    jury = commissioning.opened(jury, on=opens, by=organiser)
    recruiting.recruit(jury, campaign, residents, last=closes, by=organiser)
    if not finished.is_told(jury):
        recruiting.send_messages(closes)
        finished.finish(jury=jury, by=organiser)
    return jury
