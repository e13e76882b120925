"""Who sits at which table in each round, so that tables are mixed and few people meet twice."""

import secrets
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from juries.audit import record
from juries.errors import JuryError
from juries.models import Trait, User
from selection.engine.seating import tables as engine
from selection.models import PanelSeat
from sessions.models import AgendaItem, JurySession, SeatingPlan, TableSeat

SMALLEST_TABLE = 3


@dataclass(frozen=True, slots=True)
class Table:
    """One table of one round, as it is printed."""

    number: int
    seats: Sequence[PanelSeat]


@dataclass(frozen=True, slots=True)
class Round:
    """One round: everybody's table."""

    number: int
    tables: Sequence[Table]


def rounds_in(session: JurySession) -> int:
    """How many table rounds the agenda has."""
    return session.items.filter(kind=AgendaItem.Kind.ROUND).count()


def seat_panel(
    *,
    session: JurySession,
    tables: int,
    by: User,
    balance: engine.Balance = engine.Balance.MIXED,
    seed: int | None = None,
) -> SeatingPlan:
    """Every juror has a table in every round of the session; an earlier plan of it is replaced.

    Pairs who met in the jury's other sessions count as having met already.
    """
    seats = list(session.jury.seats.confirmed().order_by("pk"))
    rounds = rounds_in(session)
    if not rounds:
        raise JuryError(_("The agenda has no table round. Add one first."))
    if tables < 1 or len(seats) < SMALLEST_TABLE * tables:
        raise JuryError(
            _("%(people)s jurors do not fill %(tables)s tables: each needs at least three people.")
            % {"people": len(seats), "tables": tables}
        )
    seed = secrets.randbits(32) if seed is None else seed
    problem = engine.SeatingProblem(
        traits=_traits(seats),
        tables=tables,
        rounds=rounds,
        held=_held(session, seats),
        balance=balance,
    )
    plan = engine.seat(problem, rng=np.random.default_rng(seed))
    return _store(session, seats, plan, seed, balance, by)


def rounds_of(plan: SeatingPlan) -> list[Round]:
    """The plan as it is read out: rounds, tables, people in the order of their identifiers."""
    seated: dict[int, dict[int, list[PanelSeat]]] = defaultdict(lambda: defaultdict(list))
    places = plan.places.select_related("seat__registrant").order_by(
        "round", "table", "seat__registrant__name", "seat__registrant__reference"
    )
    for place in places:
        seated[place.round][place.table].append(place.seat)
    return [
        Round(number, [Table(table, people) for table, people in tables.items()])
        for number, tables in seated.items()
    ]


def _store(
    session: JurySession,
    seats: Sequence[PanelSeat],
    plan: engine.SeatingPlan,
    seed: int,
    balance: engine.Balance,
    by: User,
) -> SeatingPlan:
    with transaction.atomic():
        JurySession.objects.select_for_update().get(pk=session.pk)
        SeatingPlan.objects.filter(session=session).delete()
        stored = SeatingPlan.objects.create(
            session=session,
            table_count=plan.table_count,
            round_count=len(plan.tables),
            seed=seed,
            repeats=plan.repeats,
            repeats_bound=plan.repeats_bound,
            imbalance=plan.imbalance,
        )
        TableSeat.objects.bulk_create(
            TableSeat(plan=stored, round=number, table=int(table) + 1, seat=row)
            for number, tables in enumerate(plan.tables, start=1)
            for row, table in zip(seats, tables, strict=True)
        )
        record(
            "tables.seated",
            jury=session.jury,
            by=by,
            session=session.number,
            tables=stored.table_count,
            rounds=stored.round_count,
            balance=balance,
            seed=seed,
        )
    return stored


def _traits(seats: Sequence[PanelSeat]) -> np.ndarray:
    """(people, criteria) each person's values as small numbers; a missing one has its own."""
    place = {row.registrant_id: number for number, row in enumerate(seats)}
    pairs = Trait.objects.filter(registrant__in=place).values_list(
        "registrant_id", "criterion_id", "value_id"
    )
    criteria = sorted({criterion for _person, criterion, _value in pairs})
    traits = np.full((len(seats), len(criteria)), -1, dtype=np.int32)
    for person, criterion, value in pairs:
        traits[place[person], criteria.index(criterion)] = value
    columns = [np.unique(column, return_inverse=True)[1] for column in traits.T]
    return np.array(columns, dtype=np.int32).T.reshape(traits.shape)


def _held(session: JurySession, seats: Sequence[PanelSeat]) -> np.ndarray:
    """(rounds, people) everybody's table in the jury's other sessions; -1 where they had none."""
    place = {row.pk: number for number, row in enumerate(seats)}
    others = (
        TableSeat.objects.filter(plan__session__jury=session.jury_id, seat__in=place)
        .exclude(plan__session=session)
        .order_by("plan", "round")
    )
    rounds: dict[tuple[int, int], np.ndarray] = {}
    for plan, number, table, seat_id in others.values_list("plan", "round", "table", "seat"):
        row = rounds.setdefault((plan, number), np.full(len(seats), -1, dtype=np.int32))
        row[place[seat_id]] = table
    return np.array(list(rounds.values()), dtype=np.int32).reshape(-1, len(seats))
