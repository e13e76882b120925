"""Writing the statement: sections and recommendations, every change a revision with its author."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.audit import record
from juries.enums import Stage
from juries.errors import JuryError, WrongStage
from juries.models import Jury, User
from statements.models import Part, Revision, Statement

UP, DOWN = -1, 1


class StaleRevision(JuryError):
    """Somebody else saved the part after this text was begun; ``newest`` is what they wrote."""

    def __init__(self, newest: Revision) -> None:
        super().__init__(_("Somebody else has changed this text since you opened it."))
        self.newest = newest


@dataclass(frozen=True, slots=True)
class Line:
    """A part in its place: its newest text, and the number if it is a recommendation."""

    part: Part
    revision: Revision
    number: int | None


@transaction.atomic
def start_statement(*, jury: Jury, language: str, by: User) -> Statement:
    """The jury has a statement, in ``language``, to which parts can be added."""
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    if jury.stage != Stage.PANEL:
        raise WrongStage(_("The statement can be drafted when the panel has been drawn."))
    statement, is_new = Statement.objects.get_or_create(jury=jury, defaults={"language": language})
    if is_new:
        record("statement.started", jury=jury, by=by, statement=statement.pk, language=language)
    return statement


@transaction.atomic
def add_part(
    *, statement: Statement, kind: str, heading: str, text: str, reasons: str = "", by: User
) -> Part:
    """The statement has one more part, the last, with its first revision."""
    statement = drafting(statement)
    last = statement.parts.aggregate(last=Max("position"))["last"] or 0
    part = Part.objects.create(statement=statement, kind=kind, position=last + 1)
    Revision.objects.create(part=part, number=1, heading=heading, text=text, reasons=reasons, by=by)
    record("part.added", jury=statement.jury, by=by, part=part.pk, kind=kind)
    return part


@transaction.atomic
def revise_part(
    *, part: Part, base: int, heading: str, text: str, reasons: str = "", by: User
) -> Revision:
    """The part has this text, as a new revision unless nothing changed.

    ``base`` is the number of the revision the writer began from. If there is a newer one,
    nothing is stored and ``StaleRevision`` hands it back.
    """
    statement = drafting(part.statement)
    newest = part.revisions.select_related("by").latest("number")
    if (newest.heading, newest.text, newest.reasons) == (heading, text, reasons):
        return newest
    if newest.number != base:
        raise StaleRevision(newest)
    revision = Revision.objects.create(
        part=part, number=base + 1, heading=heading, text=text, reasons=reasons, by=by
    )
    record("part.revised", jury=statement.jury, by=by, part=part.pk, revision=revision.number)
    return revision


@transaction.atomic
def move_part(*, part: Part, step: int, by: User) -> None:
    """The part has changed places with its neighbour (``UP`` or ``DOWN``), if it has one.

    Nothing changes for a part that somebody has taken out meanwhile.
    """
    statement = drafting(part.statement)
    parts = list(statement.parts.filter(removed_at=None))
    if part not in parts:
        return
    place = parts.index(part)
    if not 0 <= place + step < len(parts):
        return
    parts[place], parts[place + step] = parts[place + step], parts[place]
    for position, one in enumerate(parts, start=1):
        one.position = position
    Part.objects.bulk_update(parts, ["position"])
    record("part.moved", jury=statement.jury, by=by, part=part.pk, step=step)


@transaction.atomic
def remove_part(*, part: Part, by: User) -> None:
    """The part is out of the statement; its revisions stay, and it can be brought back."""
    statement = drafting(part.statement)
    Part.objects.filter(pk=part.pk).update(removed_at=timezone.now())
    record("part.removed", jury=statement.jury, by=by, part=part.pk)


@transaction.atomic
def restore_part(*, part: Part, by: User) -> None:
    """A removed part is in the statement again, as the last."""
    statement = drafting(part.statement)
    last = statement.parts.aggregate(last=Max("position"))["last"]
    Part.objects.filter(pk=part.pk).update(removed_at=None, position=last + 1)
    record("part.restored", jury=statement.jury, by=by, part=part.pk)


def outline(statement: Statement) -> list[Line]:
    """The parts of the statement in order, with one query whatever their number."""
    revisions = Revision.objects.filter(part__statement=statement, part__removed_at=None).newest()
    lines, count = [], 0
    for revision in revisions:
        part = revision.part
        if part.kind == Part.Kind.RECOMMENDATION:
            count += 1
        number = count if part.kind == Part.Kind.RECOMMENDATION else None
        lines.append(Line(part=part, revision=revision, number=part.number or number))
    return lines


def drafting(statement: Statement) -> Statement:
    """The statement, locked until the transaction ends, if its text may still change."""
    statement = Statement.objects.select_for_update().get(pk=statement.pk)
    if statement.state != Statement.State.DRAFTING:
        raise WrongStage(_("The text can no longer be changed: the vote has been opened."))
    return statement
