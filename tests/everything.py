"""A jury in which there is one of each thing, and the addresses of its pages."""

import re
from datetime import UTC, datetime

from juries.enums import Role
from juries.intake.uploads import keep_upload, read_upload
from juries.models import Jury, Question, Upload, User
from juries.pool.calls import log_call
from juries.pool.exclusions import SUGGESTED, add_rule
from juries.questions.standard import ensure_form
from selection.panel.named_seats import name_to_seat
from selection.panel.seats import accept_seat
from sessions import programme, seating
from statements.models import Part
from tests import factories
from tests.juries.invitation import sampling
from tests.selection.conftest import close, draw_from, run_lottery
from tests.statements import stories


def path(jury: Jury, page: str, keys: dict[str, int]) -> str:
    """The address of the page, about the things whose keys are given."""
    return f"/fi/desk/{jury.slug}/" + re.sub(
        r"<int:(\w+)>", lambda found: str(keys[found[1]]), page
    )


def registered(jury: Jury) -> None:
    """Twelve people in the pool whose every particular can be told from all other text."""
    for number, person in enumerate(factories.make_mixed_pool(jury, 12), start=11):
        person.name = f"Kanarialintu{number}"
        person.email = f"lintu{number}@salainen.example"
        person.phone = f"040 5550{number}"
        person.street_address = f"Salakatu {number}"
        person.save()


def with_everything(jury: Jury) -> dict[str, int]:
    """A jury that has come to its delivery, and the keys of one thing of each kind."""
    by = factories.make_member(jury, Role.ORGANISER)
    registered(jury)
    ensure_form(jury)
    rule = add_rule(jury=jury, names=SUGGESTED[0], by=by)
    upload, waiting = (
        keep_upload(
            jury=jury, purpose=Upload.Purpose.PEOPLE, file_name="a.csv", content=content, by=by
        )
        for content in (b"nimi;ika\nAino;5\n", b"nimi;ika\nVille;6\n")
    )
    read_upload(upload.pk)
    letters = sampling.everything(jury)
    named = name_to_seat(
        jury=jury,
        body="Nuorisovaltuusto",
        votes=True,
        name="Kanarialintu99",
        email="lintu99@salainen.example",
        phone="040 555099",
        by=by,
    )
    draw_from(run_lottery(close(jury), by), by)
    jury.refresh_from_db()
    for seat in jury.seats.drawn():
        accept_seat(seat=seat, by=by)
    item, expert = planned_session(jury, by)
    delivery, _code = stories.delivered(stories.published(jury))
    call = log_call(jury=jury, outcome="answered", by=by)
    return {
        "number": 1,
        "round": 0,
        "call": call.pk,
        "exclusion": rule.pk,
        "criterion": jury.criteria.first().pk,
        "question": Question.objects.filter(section__jury=jury).first().pk,
        "section": jury.form_sections.first().pk,
        "upload": upload.pk,
        "figures": factories.make_figures(jury, by).pk,
        "waiting": waiting.pk,
        "registrant": jury.registrants.first().pk,
        "seat": jury.seats.drawn().first().pk,
        "statement": factories.make_auditor_statement(jury, by).pk,
        "named": named.seat.pk,
        "holder": named.seat.registrant_id,
        "item": item,
        "expert": expert,
        "part": Part.objects.filter(statement__jury=jury).first().pk,
        "delivery": delivery.pk,
        **letters,
    }


def planned_session(jury: Jury, by: User) -> tuple[int, int]:
    """A published session with seated tables; the keys of its item and its expert."""
    titles = {"title_fi": "Alku", "title_sv": "Början"}
    starts_at = datetime(2030, 4, 10, 6, 30, tzinfo=UTC)
    session = programme.plan_session(
        jury=jury, facts={**titles, "starts_at": starts_at, "place": "Kirjasto"}, by=by
    )
    expert = programme.add_expert(
        jury=jury, facts={"name": "Asta Asiantuntija", "kind": "company", "topic": "Tilat"}, by=by
    )
    facts = {**titles, "kind": "round", "minutes": 30}
    item = programme.add_item(session=session, facts=facts, experts=[expert], by=by)
    seating.seat_panel(session=session, tables=1, by=by, seed=1)
    programme.publish_session(session=session, by=by)
    return item.pk, expert.pk
