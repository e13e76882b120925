"""Plain functions that make rows for tests, with no surprises."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from juries.enums import Channel, Role, Stage
from juries.files.statistics.reading import read_figures
from juries.models import (
    AddressSample,
    Criterion,
    CriterionValue,
    Invitee,
    Jury,
    Membership,
    Organisation,
    Registrant,
    Trait,
    Upload,
    User,
)
from selection.models import AuditorStatement, Draw, Lottery, PanelSeat, Round, Rule

QUOTAS: dict[str, dict[str, tuple[int, int]]] = {
    "gender": {"woman": (2, 2), "man": (2, 2)},
    "age": {"young": (1, 3), "old": (1, 3)},
}


def make_organisation(slug: str = "kaarnalahti") -> Organisation:
    return Organisation.objects.get_or_create(
        slug=slug, defaults={"name_fi": slug.title(), "name_sv": "Barkviken"}
    )[0]


def make_jury(
    slug: str = "lahipalvelut",
    *,
    organisation: Organisation | None = None,
    quotas: Mapping[str, Mapping[str, tuple[int, int]]] = QUOTAS,
    **facts: Any,
) -> Jury:
    """A jury with its criteria and quotas; published unless ``published_at=None`` is given."""
    defaults: dict[str, Any] = {
        "name_fi": "Lähipalvelut 2035",
        "name_sv": "Närservice 2035",
        "charge_fi": "Miten lähipalvelut järjestetään?",
        "charge_sv": "Hur ordnas närservicen?",
        "languages": ["fi", "sv"],
        "commissioner": "Kaupunginhallitus",
        "receiver": "Kaupunginvaltuusto",
        "first_contact_email": "raati@kaarnalahti.example",
        "response_due_on": date(2027, 9, 8),
        "panel_size": 4,
        "registration_opens_on": date(2026, 1, 1),
        "registration_closes_on": date(2030, 2, 28),
        "draw_on": date(2030, 3, 5),
        "first_session_on": date(2030, 4, 10),
        "last_session_on": date(2030, 5, 8),
        "published_at": timezone.now(),
    }
    jury = Jury.objects.create(
        organisation=organisation or make_organisation(), slug=slug, **{**defaults, **facts}
    )
    for position, (key, values) in enumerate(quotas.items()):
        criterion = Criterion.objects.create(
            jury=jury, key=key, position=position, name_fi=key, name_sv=key, name_en=key
        )
        CriterionValue.objects.bulk_create(
            CriterionValue(
                criterion=criterion,
                key=value,
                name_fi=value,
                name_sv=value,
                name_en=value,
                position=place,
                population=100,
                minimum=minimum,
                maximum=maximum,
            )
            for place, (value, (minimum, maximum)) in enumerate(values.items())
        )
    return jury


def make_figures(
    jury: Jury, by: User, content: bytes = b"sukupuoli;n\nmiehet;10\nnaiset;12\n"
) -> Upload:
    """A table of statistics that a worker has read."""
    return Upload.objects.create(
        jury=jury,
        by=by,
        purpose=Upload.Purpose.POPULATION,
        file_name="taulukko.csv",
        digest="0" * 64,
        content=b"",
        state=Upload.State.READ,
        table=read_figures(content, ""),
    )


def make_user(email: str = "orvokki@kaarnalahti.example", **fields: Any) -> User:
    return User.objects.filter(email=email).first() or User.objects.create_user(
        email, "kaarnalahti", name=fields.pop("name", "Orvokki Alkulähde"), **fields
    )


def make_member(jury: Jury, role: Role, email: str | None = None) -> User:
    """A user with ``role`` in the whole organisation of ``jury``."""
    user = make_user(email or f"{role}@{jury.organisation.slug}.example")
    Membership.objects.get_or_create(
        user=user, organisation=jury.organisation, jury=None, role=role
    )
    return user


def make_registrants(jury: Jury, people: Sequence[Sequence[str]], **facts: Any) -> list[Registrant]:
    """One registrant for each row of value keys, in the order of the jury's criteria."""
    criteria = list(jury.criteria.prefetch_related("values"))
    registrants = []
    start = jury.registrants.count()
    for number, keys in enumerate(people, start=start + 1):
        registrant = Registrant.objects.create(
            **{
                "jury": jury,
                "reference": f"p{number:04}",
                "name": f"Malli {number}",
                "email": f"malli{number}@kaarnalahti.example",
                "birth_year": 1950 + number % 50,
                "channel": Channel.WEB,
                **facts,
            }
        )
        Trait.objects.bulk_create(
            Trait(
                registrant=registrant,
                criterion=criterion,
                value=next(value for value in criterion.values.all() if value.key == key),
            )
            for criterion, key in zip(criteria, keys, strict=True)
        )
        registrants.append(registrant)
    return registrants


def make_invitee(jury: Jury, **facts: Any) -> Invitee:
    """Somebody of a sample of the jury's own."""
    sample = AddressSample.objects.create(
        jury=jury,
        name="Otos",
        permit_number="DVV/1/2026",
        purpose="Raadin kutsut",
        delete_on=date(2030, 3, 30),
        file_digest=f"{jury.samples.count():064}",
        imported_by=make_user(),
    )
    return Invitee.objects.create(
        **{"sample": sample, "number": 1, "name": "Aino Mallikas", **facts}
    )


def make_mixed_pool(jury: Jury, people: int = 12) -> list[Registrant]:
    """A pool from which the jury of ``QUOTAS`` can be drawn."""
    kinds = [("woman", "young"), ("man", "old"), ("woman", "old"), ("man", "young")]
    return make_registrants(jury, [kinds[number % 4] for number in range(people)])


def make_panel(
    jury: Jury, registrants: Sequence[Registrant], state: str = PanelSeat.State.CONFIRMED
) -> list[PanelSeat]:
    """Seats for ``registrants``, as after a confirmed draw."""
    user = make_member(jury, Role.ORGANISER)
    lottery = Lottery.objects.create(
        jury=jury,
        number=1 + jury.lotteries.count(),
        rule=Rule.LEXIMIN,
        seed=1,
        panel_size=jury.panel_size,
        quotas=[],
        state=Lottery.State.DONE,
        requested_by=user,
        panels=[[list(range(len(registrants))), 1.0]],
        tickets=[0] * 1000,
    )
    now = timezone.now()
    draw = jury.draws.standing().first() or Draw.objects.create(
        jury=jury,
        number=1 + jury.draws.count(),
        state=Draw.State.DRAWN,
        secret=bytes(32),
        panel_size=jury.panel_size,
        frozen_by=user,
        frozen_at=now,
        objections_until=now,
    )
    round_ = Round.objects.create(
        draw=draw,
        number=draw.rounds.count(),
        state=Round.State.DRAWN,
        lottery=lottery,
        committed_by=user,
        committed_at=now,
        sources=Round.Sources.BALLS,
        balls_deadline=now,
        mode=Round.Mode.BALLS,
        ticket=1,
        drawn_at=now,
    )
    Jury.objects.filter(pk=jury.pk).update(stage=Stage.PANEL)
    jury.refresh_from_db()
    answered = None if state == PanelSeat.State.OFFERED else timezone.now()
    accepted = answered if state == PanelSeat.State.CONFIRMED else None
    return [
        PanelSeat.objects.create(
            jury=jury,
            round=round_,
            registrant=registrant,
            state=state,
            answered_at=answered,
            accepted_at=accepted,
        )
        for registrant in registrants
    ]


def make_auditor_statement(jury: Jury, by: User, **facts: Any) -> AuditorStatement:
    """What an auditor found about the latest draw of the jury."""
    defaults: dict[str, Any] = {
        "draw": jury.draws.first(),
        "auditor": "Tarkastuslautakunta",
        "on": timezone.localdate(),
        "sha256": "ab" * 32,
        "words": "Kaikki pitää paikkansa.",
        "recorded_by": by,
    }
    return AuditorStatement.objects.create(**{**defaults, **facts})
