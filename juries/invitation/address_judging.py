"""Judging a file of addresses: whom it would bring, who is left out, and what is wrong with it.

Of whoever has a protected address only the row, the language and the group stay in the result:
neither name nor address nor year of birth goes any further.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from juries.files.addresses import same_address_key
from juries.files.tables import Table, fold
from juries.invitation.address_columns import wrong_columns
from juries.invitation.address_rows import Addressee, RowReader
from juries.models import Criterion, Jury
from juries.targets.derivation import youngest_birth_year

MOST_GROUPS = 200


@dataclass(frozen=True, slots=True)
class Reading:
    """How the file is to be read.

    ``columns`` says what each column is. ``known`` holds whom earlier samples have, by
    ``same_person_key``, with the sample's name; people who come again are left out, each kind by
    choice. ``group_by`` is a criterion from which the group follows where no column says it.
    """

    columns: Sequence[str]
    known: Mapping[str, str]
    leave_out_twice: bool = True
    leave_out_earlier: bool = True
    group_by: Criterion | None = None


@dataclass(frozen=True, slots=True)
class Again:
    """Somebody who stands in the file, or in an earlier sample, already."""

    number: int
    name: str
    where: str


@dataclass(slots=True)
class Judgement:
    """What the file would bring; it can be stored when nothing is wrong with it."""

    people: list[Addressee] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    twice: list[Again] = field(default_factory=list)
    earlier: list[Again] = field(default_factory=list)
    unreachable: list[int] = field(default_factory=list)
    too_young: list[int] = field(default_factory=list)

    @property
    def protected(self) -> int:
        return sum(one.protected for one in self.people)

    @property
    def can_be_stored(self) -> bool:
        return bool(self.people) and not self.problems


def same_person_key(name: str, street_address: str, postal_code: str, year: int | None) -> str:
    """Equal for the same person at the same address, however it is written; blank if unknown."""
    address = same_address_key((street_address, postal_code))
    return f"{fold(name)}|{address}|{year or ''}" if name and address else ""


def judge(jury: Jury, table: Table, reading: Reading) -> Judgement:
    """Every row of the file judged."""
    judgement = Judgement(problems=wrong_columns(reading.columns))
    if judgement.problems:
        return judgement
    reader = RowReader(jury, reading.columns, reading.group_by)
    rows = [reader.addressee(row) for row in table.rows]
    _Sorting(jury, reading, judgement).sort(rows)
    judgement.problems = [*_too_many_groups(judgement.people), *reader.problems]
    return judgement


def _too_many_groups(people: Sequence[Addressee]) -> list[str]:
    groups = {one.stratum for one in people}
    if len(groups) <= MOST_GROUPS:
        return []
    sentence = _("The column for the group holds %(count)s different texts. Is it the right one?")
    return [sentence % {"count": len(groups)}]


class _Sorting:
    """Everybody stands in the result once; whoever is protected on any row is so on all."""

    def __init__(self, jury: Jury, reading: Reading, judgement: Judgement) -> None:
        self.reading = reading
        self.judgement = judgement
        self.youngest = youngest_birth_year(jury)
        self.first: dict[str, int] = {}

    def sort(self, rows: Sequence[Addressee]) -> None:
        keys = [
            same_person_key(one.name, one.street_address, one.postal_code, one.birth_year)
            for one in rows
        ]
        shut = {key for key, one in zip(keys, rows, strict=True) if key and one.protected}
        for key, one in zip(keys, rows, strict=True):
            person = _without_particulars(one) if one.protected or key in shut else one
            if not self._comes_again(person, key) and not self._is_out_of_reach(person, one):
                self.judgement.people.append(person)
            self.first.setdefault(key, one.number)

    def _comes_again(self, person: Addressee, key: str) -> bool:
        """Whether the person is left out, since they stand here or in an earlier sample."""
        if not key:
            return False
        if key in self.first:
            where = _("row %(row)s") % {"row": self.first[key]}
            self.judgement.twice.append(Again(person.number, person.name, where))
            return self.reading.leave_out_twice
        if key in self.reading.known:
            where = self.reading.known[key]
            self.judgement.earlier.append(Again(person.number, person.name, where))
            return self.reading.leave_out_earlier
        return False

    def _is_out_of_reach(self, person: Addressee, told: Addressee) -> bool:
        if told.birth_year and told.birth_year > self.youngest:
            self.judgement.too_young.append(told.number)
            return True
        if person.protected or (person.name and person.street_address and person.town):
            return False
        self.judgement.unreachable.append(told.number)
        return True


def _without_particulars(one: Addressee) -> Addressee:
    return replace(
        one, name="", street_address="", postal_code="", town="", birth_year=None, protected=True
    )
