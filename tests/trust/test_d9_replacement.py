"""D9: a thousand sequences of drop-outs, by the house, by hand and by the verifier: the same."""

import numpy as np

from selection.protocol.replacement import Person, Vacancy, candidates, rank_of
from tests.trust.verifying import verify

SEQUENCES = 1000
SIGNATURE, BALLS = "ab" * 48, "417"


def bounds_around(panel: list[tuple[int, ...]], chance: np.random.Generator):
    """Quotas that the panel meets, now and then by a hair."""
    columns = []
    for column in range(3):
        held = [sum(row[column] == value for row in panel) for value in range(3)]
        columns.append(
            [(max(0, n - int(chance.integers(2))), n + int(chance.integers(2))) for n in held]
        )
    return columns


def misses(panel: list[tuple[int, ...]], bounds) -> int:
    return sum(
        not least <= sum(row[column] == value for row in panel) <= most
        for column, values in enumerate(bounds)
        for value, (least, most) in enumerate(values)
    )


def by_hand(people, bounds, panel, gone, among, limit):
    """The next in order by looking at everybody, from the words of the protocol."""
    staying = [people[index] for index in panel if index != gone]
    homes = {person.household for person in staying if person.household is not None}
    possible = []
    for index in sorted(among):
        person = people[index]
        if limit and person.household in homes:
            continue
        with_them = misses([one.values for one in staying] + [person.values], bounds)
        pairs = zip(person.values, people[gone].values, strict=True)
        equal = sum(own == other for own, other in pairs)
        rank = rank_of(person.pseudonym, signature=SIGNATURE, balls=BALLS)
        possible.append((with_them, -equal, rank, index))
    return min(possible, default=None)


class Told:
    """The same people, quotas and panel as the verifier reads them from a whole record."""

    def __init__(self, people, bounds, panel, limit):
        self.people = people
        drawn = verify.Round(
            0,
            events={
                "BALLS": {"payload": {"balls": BALLS}},
                "BEACON": {"payload": {"signature": SIGNATURE}},
            },
            commitment={
                "household_limit": limit,
                "targets": [
                    {"c": str(column), "v": str(value), "min": least, "max": most}
                    for column, values in enumerate(bounds)
                    for value, (least, most) in enumerate(values)
                ],
            },
        )
        frozen = {"payload": {"pool": {"count": len(people)}}}
        rows = [self._row(people[index]) for index in range(len(people))]
        self.record = verify.Record({}, [frozen], [], [drawn], rows)
        self.seats = verify.Seats(drawn, panel=set(panel))

    @staticmethod
    def _row(person):
        values = {str(column): str(value) for column, value in enumerate(person.values)}
        return {"a": values, "h": person.household, "p": person.pseudonym}

    def answer(self, gone, taken, misses):
        """The verifier's exit code for an event that says who came for whom."""
        report, named = verify.Report(), None if taken is None else self._named(taken)
        rank = named and rank_of(named["p"], signature=SIGNATURE, balls=BALLS)
        self.event = {"gone": self._named(gone), "taken_by": named, "misses": misses, "rank": rank}
        self.event |= {"method": "rank", "among": "pool", "unavailable": []}
        report.claim(30, "people", verify.rank_faults(self.record, self.seats, self.event))
        verify.check_choice(self.record, self.seats, self.event, "choice", report)
        return report.verdict()

    def follow(self):
        """What was last answered has happened."""
        self.seats.follow(self.record, "REPLACE by rank", self.event)

    def _named(self, index):
        return {"index": index, "p": self.people[index].pseudonym}


def test_d9_a_thousand_sequences_give_the_same_and_never_miss_more_than_they_must():
    chance = np.random.default_rng(9)
    filled = empty = refused = 0
    for _sequence in range(SEQUENCES):
        people = {
            index: Person(
                f"{index:016}",
                tuple(int(value) for value in chance.integers(0, 3, 3)),
                int(chance.integers(8)) if chance.integers(3) == 0 else None,
            )
            for index in range(16)
        }
        limit = bool(chance.integers(2))
        panel = {int(index) for index in chance.choice(16, 6, replace=False)}
        bounds = bounds_around([people[index].values for index in panel], chance)
        gone: set[int] = set()
        told = Told(people, bounds, panel, limit)
        for _leaving in range(int(chance.integers(1, 5))):
            if not panel:
                break
            leaver = int(chance.choice(sorted(panel)))
            among = set(people) - panel - gone
            found = candidates(
                Vacancy(people, bounds, panel, leaver, among, limit),
                signature=SIGNATURE,
                balls=BALLS,
            )
            expected = by_hand(people, bounds, panel, leaver, among, limit)
            staying = [people[index].values for index in panel if index != leaver]
            panel.remove(leaver)
            gone.add(leaver)
            if expected is None:
                assert found == []
                assert told.answer(leaver, None, misses(staying, bounds)) == 0
                told.follow()
                empty += 1
                continue
            first = found[0]
            for other in found[1:2]:  # the control: whoever is second is not accepted
                assert told.answer(leaver, other.index, other.misses) == 30
                refused += 1
            assert told.answer(leaver, first.index, first.misses) == 0
            told.follow()
            assert (first.misses, -3 + first.unlike, first.rank, first.index) == expected
            assert first.misses == min(one.misses for one in found)
            panel.add(first.index)
            assert told.seats.panel == panel
            filled += 1
    assert filled > 1500
    assert refused > 1000
    assert empty == 0 or empty < filled
