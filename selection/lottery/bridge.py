"""Rows to arrays and back: the one module that knows both.

The engine gets positions and numbers, never a name. People of a pool that is not frozen stand in
the order of their identifiers, those of a frozen one in the order of its hash tree, so neither
the order of registration nor that of the rows can matter.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NotRequired, TypedDict

import numpy as np

from juries.models import Criterion, CriterionValue, Jury, Trait
from juries.models.translated import LANGUAGE_CODES
from juries.pool.households import Resident, homes_of
from selection.engine import Lottery as EngineLottery
from selection.engine import Pool, Quotas, SolverFailure, Tickets
from selection.engine.lotteries.listing import list_panels
from selection.models import Chance, Draw, Lottery
from selection.protocol.leaves import order_of


class QuotaRow(TypedDict):
    """One value as a lottery keeps it."""

    value: int
    key: str
    names: dict[str, str]
    minimum: int
    maximum: int
    minimum_flex: NotRequired[int | None]
    maximum_flex: NotRequired[int | None]


class QuotaTable(TypedDict):
    """One criterion as a lottery keeps it."""

    criterion: int
    key: str
    names: dict[str, str]
    values: list[QuotaRow]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the pool: whose row it is, and what the engine may know.

    ``fixed`` holds a seat, ``gone`` can no longer be drawn. Of whoever was erased nothing is known.
    """

    registrant: int | None
    values: tuple[int, ...]
    household: int | None = None
    fixed: bool = False
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Who can be drawn and what the panel must look like, at one moment.

    ``incomplete`` are the identifiers of people who lack a value of some criterion: nobody can
    say which quota they count towards, so they are not among ``people``.
    """

    size: int
    quotas: list[QuotaTable]
    people: tuple[Person, ...]
    incomplete: tuple[str, ...] = ()

    @property
    def seats_held(self) -> int:
        return sum(person.fixed for person in self.people)


def read(jury: Jury) -> Snapshot:
    """The pool and the quotas as they stand, before they are frozen."""
    criteria = list(jury.criteria.prefetch_related("values"))
    places = {
        value.pk: (column, place)
        for column, criterion in enumerate(criteria)
        for place, value in enumerate(criterion.values.all())
    }
    rows = jury.registrants.in_pool()
    # Sorted here: databases differ in how they order letters.
    registrants = sorted(
        rows.values_list("reference", "pk", "household_id", "street_address", "postal_code")
    )
    values = _values(jury, places)
    residents = [Resident(*row[1:]) for row in registrants]
    homes = homes_of(jury, residents) if jury.one_per_household else [None] * len(residents)
    people, incomplete = [], []
    for (reference, pk, *_address), home in zip(registrants, homes, strict=True):
        mine = values.get(pk, {})
        if len(mine) < len(criteria):
            incomplete.append(reference)
            continue
        places_of = tuple(mine[column] for column in range(len(criteria)))
        people.append(Person(pk, places_of, home))
    tables = [_quota_table(criterion) for criterion in criteria]
    return Snapshot(jury.panel_size, tables, tuple(people), tuple(incomplete))


def frozen(draw: Draw) -> Snapshot:
    """The pool of the draw, in the order of its hash tree, with who sits and who is gone now."""
    held, gone = _seated(draw.jury)
    rows = draw.entries.order_by("index").values_list(
        "registrant_id", "values", "household", "registrant__withdrawn_at"
    )
    people = tuple(
        Person(pk, tuple(values), home, pk in held, pk in gone or withdrawn is not None)
        if pk and values is not None
        else _nobody(draw.quotas)
        for pk, values, home, withdrawn in rows
    )
    return Snapshot(draw.panel_size, draw.quotas, people)


def recall(lottery: Lottery) -> Snapshot:
    """The pool and the quotas as they stood when ``lottery`` was asked for."""
    if lottery.rehearsal:
        rows = lottery.shuffled or []
        shuffled = tuple(Person(None, tuple(values), home) for values, home in rows)
        return Snapshot(lottery.panel_size, lottery.quotas, shuffled)
    chances = lottery.chances.values_list(
        "place", "registrant_id", "values", "household", "fixed", "gone"
    )
    known = {
        place: Person(pk, tuple(values), home, fixed, gone)
        for place, pk, values, home, fixed, gone in chances
    }
    count = lottery.draw.entries.count() if lottery.draw else len(known)
    nobody = _nobody(lottery.quotas)
    people = tuple(_still_known(known.get(place, nobody), nobody) for place in range(count))
    return Snapshot(lottery.panel_size, lottery.quotas, people)


def keep(lottery: Lottery, people: Sequence[Person]) -> None:
    """Everybody in the lottery has a row, in the order of the snapshot."""
    Chance.objects.bulk_create(
        (
            Chance(
                lottery=lottery,
                registrant_id=person.registrant,
                place=place,
                values=list(person.values),
                household=person.household,
                fixed=person.fixed,
                gone=person.gone,
            )
            for place, person in enumerate(people)
            if person.registrant is not None
        ),
        batch_size=1000,
    )


def arrays(snapshot: Snapshot) -> tuple[Pool, Quotas]:
    """The snapshot as the engine takes it."""
    people, tables = snapshot.people, snapshot.quotas
    traits = np.array([person.values for person in people], np.int32)
    homes = [-1 if person.household is None else person.household for person in people]
    pool = Pool.of(
        traits.reshape(len(people), len(tables)),
        households=homes,
        fixed=[person.fixed for person in people],
        excluded=[person.gone for person in people],
    )
    quotas = Quotas.of(
        snapshot.size,
        [[row["minimum"] for row in table["values"]] for table in tables],
        [[row["maximum"] for row in table["values"]] for table in tables],
        minimum_flex=[[_lowest(row) for row in table["values"]] for table in tables],
        maximum_flex=[[_highest(row, len(people)) for row in table["values"]] for table in tables],
    )
    return pool, quotas


def result_columns(result: EngineLottery, tickets: Tickets, pool_root: str) -> dict[str, Any]:
    """What the engine found, as columns of the lottery's row.

    Tickets are numbered in the order that the protocol gives them, which nobody can choose.
    """
    certificate = result.certificate
    listing = list_panels(result, tickets)
    order = [order_of(pool_root, panel.tolist()) for panel in listing.panels]
    numbered = sorted(listing.tickets.tolist(), key=lambda panel: (order[panel], panel))
    return {
        "certificate": {
            "optimal": bool(certificate.optimal),
            "bound": float(certificate.bound),
            "gap": float(certificate.gap),
            "method": certificate.method,
            "types": int(result.types),
        },
        "proof": _proof(result),
        "panels": [
            [panel.tolist(), float(probability)]
            for panel, probability in zip(listing.panels, listing.probabilities, strict=True)
        ],
        "tickets": numbered,
        "largest_shift": float(tickets.largest_shift),
    }


def _proof(result: EngineLottery) -> dict[str, Any]:
    """The certificate's claims, and the type that each person is of: null for who is settled."""
    types: list[int | None] = [None] * len(result.chances)
    for kind, people in enumerate(result.grouped.people):
        for place in people.tolist():
            types[place] = kind
    certificate = result.certificate
    return {
        "types": types,
        "claims": [asdict(claim) for claim in certificate.claims],
        "shut_out": list(certificate.shut_out),
    }


def keep_chances(lottery: Lottery, result: EngineLottery, tickets: Tickets) -> None:
    """Everybody's chance and count of tickets stand in their row."""
    counts = np.bincount(tickets.panels.ravel(), minlength=len(result.chances)).tolist()
    chances = result.chances.tolist()
    rows = list(lottery.chances.order_by("place"))
    for row in rows:
        row.probability = min(max(chances[row.place], 0.0), 1.0)
        row.tickets = counts[row.place]
    Chance.objects.bulk_create(
        rows,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["probability", "tickets"],
    )


def require_lawful(pool: Pool, quotas: Quotas, panels: Iterable[Any]) -> None:
    """Return only if each panel has its size, quotas, fixed people and one of each household.

    This is counting, not solving: it does not trust the solver whose work it checks.
    """
    fixed = np.flatnonzero(pool.fixed)
    for panel in panels:
        homes = pool.households[panel]
        homes = homes[homes >= 0]
        lawful = len(np.unique(panel)) == len(panel) == quotas.size
        lawful = lawful and bool(np.isin(fixed, panel).all()) and not pool.excluded[panel].any()
        lawful = lawful and len(np.unique(homes)) == len(homes)
        for column, (least, most) in enumerate(zip(quotas.minimum, quotas.maximum, strict=True)):
            counts = np.bincount(pool.traits[panel, column], minlength=len(least))
            lawful = lawful and bool(np.all((least <= counts) & (counts <= most)))
        if not lawful:
            raise SolverFailure("a panel breaks the quotas")


def _lowest(row: QuotaRow) -> int:
    """How far down the minimum may go when quotas are eased."""
    return row.get("minimum_flex") or 0


def _highest(row: QuotaRow, people: int) -> int:
    """How far up the maximum may go: to everybody there is where no limit is set."""
    limit = row.get("maximum_flex")
    return people if limit is None else limit


def _seated(jury: Jury) -> tuple[set[int], set[int]]:
    """Registrants who hold a drawn seat, and those who had one and hold it no more."""
    seated = set(jury.seats.drawn().values_list("registrant_id", flat=True))
    held = set(jury.seats.drawn().held().values_list("registrant_id", flat=True))
    return held, seated - held


def _nobody(quotas: Sequence[QuotaTable]) -> Person:
    """In place of somebody who was erased: never drawn, so the values count for nothing."""
    return Person(None, (0,) * len(quotas), gone=True)


def _still_known(person: Person, nobody: Person) -> Person:
    return person if person.values else nobody


def _values(jury: Jury, places: dict[int, tuple[int, int]]) -> dict[int, dict[int, int]]:
    """Each registrant's value positions by the column of the criterion."""
    values: dict[int, dict[int, int]] = {}
    pairs = Trait.objects.filter(registrant__jury=jury, registrant__withdrawn_at=None)
    for pk, value in pairs.values_list("registrant_id", "value_id"):
        column, place = places[value]
        values.setdefault(pk, {})[column] = place
    return values


def _quota_table(criterion: Criterion) -> QuotaTable:
    return {
        "criterion": criterion.pk,
        "key": criterion.key,
        "names": _names(criterion),
        "values": [
            {
                "value": value.pk,
                "key": value.key,
                "names": _names(value),
                "minimum": value.minimum,
                "maximum": value.maximum,
                "minimum_flex": value.minimum_flex,
                "maximum_flex": value.maximum_flex,
            }
            for value in criterion.values.all()
        ],
    }


def _names(row: Criterion | CriterionValue) -> dict[str, str]:
    """The name in each language it has; the key where it has none."""
    names = {code: getattr(row, f"name_{code}") for code in LANGUAGE_CODES}
    return {code: name for code, name in names.items() if name} or {LANGUAGE_CODES[0]: row.key}
