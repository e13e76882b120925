"""Loads the demo: an invented town with a jury open for registration and one that is answered.

Every step looks first whether it has been taken, so that loading again, or after an interrupted
load, only adds what is missing. The deeds are the house's own verbs.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone
from django.utils.translation import override

from juries import codes, demo
from juries.commission import setting_up
from juries.enums import Role, Stage
from juries.files.quota_files import population_rows
from juries.files.tables import read_table
from juries.models import Criterion, CriterionValue, Jury, Membership, Organisation, User
from juries.registration import signup
from juries.registration.entry import Particulars
from juries.targets import criteria
from statements import delivery
from statements.demo import clock, finished, texts, town
from statements.models import Delivery

OPEN_SEED, FINISHED_SEED = 2032, 2035
OPEN_COUNT, FINISHED_COUNT = 204, 212


def load() -> None:
    """The demo stands, whole: accounts, one jury open for registration, one that is answered."""
    with override("fi"):
        organiser = _accounts()
        open_jury = _open_jury(organiser)
        finished_jury = _finished_jury(organiser)
        if not demo.code_holders():
            demo.remember(_code_holders(open_jury, finished_jury, organiser))


def submission_of(jury: Jury, number: int) -> UUID:
    """The submission of the jury's n-th invented resident: always the same, so is the code."""
    return uuid5(NAMESPACE_URL, f"{jury.slug}/{number}")


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
    return User.objects.get(memberships__role=Role.ORGANISER, memberships__jury=None)


def _code_holders(
    open_jury: Jury, finished_jury: Jury, organiser: User
) -> Iterator[demo.CodeHolder]:
    """Somebody of each kind that has a code and no account."""
    yield demo.CodeHolder(demo.Part.REGISTRANT, own_code(open_jury, 0))
    juror = finished_jury.seats.confirmed().select_related("registrant").first()
    if juror and juror.registrant.submission:
        yield demo.CodeHolder(demo.Part.JUROR, codes.code_of(juror.registrant.submission))
    waiting = Delivery.objects.get(statement__jury=finished_jury, body=finished.WAITING_BODY)
    link = delivery.issue_link(delivery=waiting, by=organiser)
    yield demo.CodeHolder(demo.Part.DECISION_MAKER, link)


def _open_jury(organiser: User) -> Jury:
    today = timezone.localdate()
    jury = _jury(
        organiser,
        texts.TRAFFIC,
        commissioner="Kaupunkikehityslautakunta",
        receiver="Kaupunkikehityslautakunta",
        statement_on=today + timedelta(days=102),
        response_due_on=today + timedelta(days=270),
        registration_opens_on=today - timedelta(days=30),
        registration_closes_on=today + timedelta(days=20),
        draw_on=today + timedelta(days=27),
        first_session_on=today + timedelta(days=60),
        last_session_on=today + timedelta(days=95),
    )
    if jury.stage == Stage.REGISTRATION:
        _sign_up(jury, town.volunteers(OPEN_COUNT, OPEN_SEED))
    return jury


def _finished_jury(organiser: User) -> Jury:
    with clock.on(2026, 1, 12):
        jury = _jury(
            organiser,
            texts.SERVICES,
            commissioner=finished.ANSWERING_BODY,
            receiver=finished.ANSWERING_BODY,
            letters_on=date(2026, 1, 5),
            statement_on=texts.DAYS[-1].date,
            response_due_on=date(2026, 9, 9),
            registration_opens_on=date(2026, 1, 12),
            registration_closes_on=date(2026, 2, 28),
            draw_on=date(2026, 3, 5),
            first_session_on=texts.DAYS[0].date,
            last_session_on=texts.DAYS[-1].date,
        )
    if not finished.is_told(jury):
        with clock.on(2026, 2, 1):
            if jury.stage == Stage.REGISTRATION:
                _sign_up(jury, town.volunteers(FINISHED_COUNT, FINISHED_SEED))
        finished.finish(jury=jury, by=organiser)
    return jury


def _jury(organiser: User, names: Mapping[str, str], **facts: Any) -> Jury:
    """The jury of those names, published, with its quotas and registration open; made if missing."""
    organisation = Organisation.objects.get(slug="kaarnalahti")
    jury = Jury.objects.filter(organisation=organisation, name_fi=names["name_fi"]).first()
    if jury is None:
        jury = setting_up.create_jury(
            organisation=organisation,
            by=organiser,
            facts={
                "languages": ["fi", "sv", "en"],
                "panel_size": 30,
                "first_contact": "Orvokki Alkulähde",
                "first_contact_email": "raati@kaarnalahti.example",
                "fee_euros": 160,
                **names,
                **facts,
            },
        )
    if not jury.criteria.exists():
        _set_quotas(jury, organiser)
    if jury.stage == Stage.SETTING_UP:
        setting_up.open_registration(jury=jury, by=organiser)
        jury.refresh_from_db()
    return jury


def _set_quotas(jury: Jury, organiser: User) -> None:
    rows = population_rows(read_table(town.population_table().encode(), file="vaesto.csv"))
    criteria.set_from_population(jury=jury, rows=rows, band=1, by=organiser)
    for criterion in Criterion.objects.filter(jury=jury):
        _name(criterion, town.CRITERIA[criterion.key])
    for value in CriterionValue.objects.filter(criterion__jury=jury):
        _name(value, town.VALUES[value.key])


def _name(row: Criterion | CriterionValue, names: tuple[str, str, str]) -> None:
    row.name_fi, row.name_sv, row.name_en = names
    row.save(update_fields=["name_fi", "name_sv", "name_en"])


def _sign_up(jury: Jury, residents: Sequence[town.Resident]) -> None:
    values = {
        (value.criterion.key, value.key): value
        for value in CriterionValue.objects.filter(criterion__jury=jury).select_related("criterion")
    }
    standing = set(jury.registrants.values_list("submission", flat=True))
    for number, resident in enumerate(residents):
        if submission_of(jury, number) in standing:
            continue
        signup.sign_up(
            jury=jury,
            submission=submission_of(jury, number),
            particulars=Particulars(
                name=resident.name,
                email=resident.email,
                street_address=resident.street_address,
                birth_year=resident.birth_year,
                language=resident.language,
            ),
            values=[values[pair] for pair in resident.values.items()],
        )
