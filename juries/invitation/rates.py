"""How many of the invited have registered: by wave, by language, by group."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from juries.figures.writing import per_cent
from juries.models import Jury, Wave

ANSWERED = Count("registrant", filter=Q(registrant__on_trial=False))


@dataclass(frozen=True, slots=True)
class Rate:
    """Of so many invited so many have registered."""

    key: str
    invited: int
    registered: int

    @property
    def share(self) -> float:
        return self.registered / self.invited if self.invited else 0.0

    @property
    def percentage(self) -> str:
        """The share as the reader's language writes it; a dash where nobody was invited."""
        return per_cent(self.share) if self.invited else "–"


@dataclass(frozen=True, slots=True)
class WaveRate:
    """A wave with its answers. Of a reminder those count who registered after it was made."""

    wave: Wave
    rate: Rate


def overall(jury: Jury) -> Rate:
    """Of everybody with a letter that has gone out."""
    counted = jury.invitations.filter(wave__sent_on__isnull=False).aggregate(
        invited=Count("pk"), registered=ANSWERED
    )
    return Rate("", counted["invited"], counted["registered"])


def by_language(jury: Jury) -> list[Rate]:
    """By the language of the letter."""
    return _rates(jury, "language")


def by_group(jury: Jury) -> list[Rate]:
    """By the group that the sample gave."""
    return _rates(jury, "stratum")


def by_wave(jury: Jury) -> list[WaveRate]:
    """Every wave in order."""
    reminded = dict(
        jury.invitations.filter(reminded_in__isnull=False)
        .order_by()
        .values_list("reminded_in")
        .annotate(registered=ANSWERED)
    )
    waves = jury.waves.annotate(
        answered=Count("invitations__registrant", filter=Q(invitations__registrant__on_trial=False))
    )
    return [_of_wave(wave, reminded) for wave in waves.select_related("sample").order_by("number")]


def _of_wave(wave: Wave, reminded: dict[int, int]) -> WaveRate:
    answered = int(wave.answered)  # type: ignore[attr-defined]
    if wave.kind == Wave.Kind.REMINDER:
        answered = reminded.get(wave.pk, 0)
    return WaveRate(wave, Rate(str(wave.number), wave.size, answered))


def _rates(jury: Jury, fact: str) -> list[Rate]:
    rows: Iterable[dict[str, object]] = (
        jury.invitations.filter(wave__sent_on__isnull=False)
        .order_by(fact)
        .values(fact)
        .annotate(invited=Count("pk"), registered=ANSWERED)
    )
    return [
        Rate(str(row[fact]), int(str(row["invited"])), int(str(row["registered"]))) for row in rows
    ]
