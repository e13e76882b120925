"""Read this first: one jury, from the commission to the answered statement."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from juries.audit import JUROR
from juries.audit_chain import check_all
from juries.commission import setting_up
from juries.enums import Role
from juries.files.quota_files import population_rows
from juries.files.tables import read_table
from juries.models import AuditEntry, CriterionValue
from juries.registration import signup
from juries.registration.entry import Particulars
from juries.targets import criteria
from selection.draw import balls, committing, freezing
from selection.lottery import probabilities
from selection.models import Lottery, Round
from selection.panel import seats as panel_seats
from sessions import attendance, programme, seating
from sessions.models import Attendance
from statements import adoption, answering, delivery, dissenting, drafting, voting
from statements.models import Part
from tests import factories

POPULATION = """criterion;value;population
gender;woman;510
gender;man;490
age;under 50;620
age;50 or over;380
"""


def draw_by_balls(lottery, digits, by, witness):
    """The lottery committed to and drawn from by three balls."""
    chance = committing.Chance(Round.Sources.BALLS, timezone.now() + timedelta(hours=1))
    round_ = committing.commit(lottery=lottery, chance=chance, by=by)
    for digit in map(int, digits):
        ball = balls.enter_ball(round_=round_, digit=digit, by=by)
        balls.confirm_ball(ball=ball, digit=digit, by=witness)
    round_.refresh_from_db()
    return round_


@pytest.mark.django_db(transaction=True)
def test_a_jury_goes_from_sign_up_to_the_answered_statement():
    organisation = factories.make_organisation()
    organiser = factories.make_member(
        factories.make_jury("earlier", organisation=organisation), Role.ORGANISER
    )

    # The commission: a jury of six, with quotas from the population.
    today = timezone.localdate()
    jury = setting_up.create_jury(
        organisation=organisation,
        by=organiser,
        facts={
            "name_fi": "Kylänraitti",
            "charge_fi": "Mitä kylänraitille rakennetaan?",
            "languages": ["fi"],
            "commissioner": "Tekninen lautakunta",
            "receiver": "Tekninen lautakunta",
            "first_contact": "Orvokki Alkulähde",
            "first_contact_phone": "040 123 4567",
            "response_due_on": today + timedelta(days=90),
            "panel_size": 6,
            "registration_opens_on": today,
            "registration_closes_on": today + timedelta(days=14),
            "draw_on": today + timedelta(days=15),
            "first_session_on": today + timedelta(days=30),
            "last_session_on": today + timedelta(days=60),
        },
    )
    rows = population_rows(read_table(POPULATION.encode(), file="population.csv"))
    criteria.set_from_population(jury=jury, rows=rows, band=0, by=organiser)
    setting_up.open_registration(jury=jury, by=organiser)

    # Twenty-four residents sign up, so that somebody alike is left whoever declines a seat.
    value = {found.key: found for found in CriterionValue.objects.filter(criterion__jury=jury)}
    for number in range(24):
        gender = "woman" if number % 3 else "man"
        age = "under 50" if number % 2 else "50 or over"
        signup.sign_up(
            jury=jury,
            submission=uuid.uuid4(),
            particulars=Particulars(
                name=f"Asukas {number}", email=f"asukas{number}@kunta.example", birth_year=1980
            ),
            values=[value[gender], value[age]],
        )

    # The pool is frozen; the lottery gives everybody a chance, and is committed to.
    witness = factories.make_member(jury, Role.OBSERVER)
    freezing.freeze_pool(jury=jury, by=organiser, objection_hours=0)
    lottery = probabilities.request_lottery(jury=jury, by=organiser, seed=1)
    probabilities.carry_out(lottery.pk)
    lottery.refresh_from_db()
    assert lottery.state == Lottery.State.DONE
    assert lottery.certificate["optimal"]
    assert sum(lottery.chances.values_list("probability", flat=True)) == pytest.approx(6)

    # Three balls, typed in by one person and confirmed by another, name the panel.
    drawn = draw_by_balls(lottery, "417", organiser, witness)
    assert drawn.ticket == 417

    # One of the six declines and is replaced by a draw that keeps the others.
    first, *others = jury.seats.all()
    panel_seats.decline_seat(seat=first, by=JUROR)
    for seat in others:
        panel_seats.accept_seat(seat=seat, by=JUROR)
    jury.refresh_from_db()
    again = probabilities.request_lottery(jury=jury, by=organiser, seed=2)
    probabilities.carry_out(again.pk)
    again.refresh_from_db()
    replaced = draw_by_balls(again, "005", organiser, witness)
    panel_seats.accept_seat(seat=replaced.seats.get(), by=JUROR)
    jurors = list(jury.seats.confirmed())
    assert len(jurors) == 6
    assert {seat.pk for seat in others} < {seat.pk for seat in jurors}
    assert jury.seats.confirmed().filter(registrant__values=value["woman"]).count() == 3

    # The jury sits, at mixed tables.
    session = programme.plan_session(
        jury=jury,
        facts={
            "title_fi": "Raatipäivä",
            "starts_at": datetime(2027, 4, 10, 6, 30, tzinfo=UTC),
            "place": "Kylätalo",
        },
        by=organiser,
    )
    programme.add_item(
        session=session,
        facts={"kind": "round", "title_fi": "Pienryhmät", "minutes": 60},
        experts=[],
        by=organiser,
    )
    programme.publish_session(session=session, by=organiser)
    seating.seat_panel(session=session, tables=2, by=organiser, seed=3)
    attendance.mark_attendance(
        session=session, states=dict.fromkeys((s.pk for s in jurors), Attendance.State.PRESENT),
        by=organiser,
    )  # fmt: skip

    # It drafts a statement and votes on it in secret.
    statement = drafting.start_statement(jury=jury, language="fi", by=organiser)
    recommendation = drafting.add_part(
        statement=statement,
        kind=Part.Kind.RECOMMENDATION,
        heading="Penkkejä joka mutkaan",
        text="Raitille tulee penkki 200 metrin välein.",
        by=organiser,
    )
    voting.open_vote(statement=statement, by=organiser)
    for seat, choice in zip(jurors, ["yes", "yes", "yes", "yes", "no", "blank"], strict=True):
        voting.cast_vote(seat=seat, choices={recommendation.pk: choice})
    voting.close_vote(statement=statement, by=organiser)
    recommendation.refresh_from_db()
    assert (recommendation.yes, recommendation.no, recommendation.blank) == (4, 1, 1)
    dissenting.write_dissent(
        seat=jurors[4], part=recommendation, text="Penkit maksavat.", by_name=False
    )
    adoption.adopt_statement(statement=statement, by=organiser)
    statement = adoption.publish_statement(statement=statement, by=organiser)

    # The committee answers, and anyone can read all of it.
    handed, _code = delivery.deliver(
        statement=statement,
        body="Tekninen lautakunta",
        person="Puheenjohtaja",
        due_on=date(2027, 9, 1),
        by=organiser,
    )
    answer = answering.AnswerText("partly", "Penkit tulevat pysäkeille.", "Kunnossapito", None)
    answering.save_draft(delivery=handed, answers={recommendation.pk: answer})
    answering.publish_answers(delivery=handed)
    page = Client().get(reverse("jury", args=[jury.slug])).content.decode()
    whole = Client().get(reverse("statements:statement", args=[jury.slug])).content.decode()
    assert "417" in page
    assert "Kylätalo" in page
    for text in ("Penkkejä joka mutkaan", "Penkit maksavat.", "Penkit tulevat pysäkeille."):
        assert text in whole
    assert statement.adopted_sha256 in whole
    assert AuditEntry.objects.filter(jury=jury).count() >= 40
    assert check_all() == []
