"""The vote: a rule fixed beforehand, one vote each, secret, counted at the close."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from juries.audit import JUROR, record
from juries.errors import JuryError, WrongStage
from juries.models import User
from selection.models import PanelSeat
from statements.drafting import drafting, outline
from statements.models import Ballot, Choice, Part, Statement, VoterMark

# A result of fewer votes would tell how people voted.
FEWEST_VOTERS = 3
HALF = 50


class AlreadyVoted(JuryError):
    """The juror's vote is in the box; it cannot be told from the others any more."""


@transaction.atomic
def set_rule(*, statement: Statement, threshold_percent: int, base: str, by: User) -> None:
    """The rule by which recommendations are adopted is written down."""
    statement = Statement.objects.select_for_update().get(pk=statement.pk)
    if statement.state != Statement.State.DRAFTING:
        raise WrongStage(_("The rule cannot be changed: the vote has been opened."))
    statement.threshold_percent, statement.base = threshold_percent, base
    statement.save(update_fields=["threshold_percent", "base"])
    record("vote.rule_set", jury=statement.jury, by=by, percent=threshold_percent, base=base)


@transaction.atomic
def open_vote(*, statement: Statement, by: User) -> None:
    """Jurors can vote; the text, its numbers and the rule stand still from now on."""
    statement = drafting(statement)
    recommendations = [line for line in outline(statement) if line.number]
    if not recommendations:
        raise JuryError(_("Add a recommendation first: there is nothing to vote on yet."))
    if not statement.jury.seats.confirmed().voting().exists():
        raise JuryError(_("Nobody can vote yet: no member has confirmed their seat."))
    for line in recommendations:
        line.part.number = line.number
    Part.objects.bulk_update([line.part for line in recommendations], ["number"])
    statement.state = Statement.State.VOTING
    statement.vote_opened_at = timezone.now()
    statement.save(update_fields=["state", "vote_opened_at"])
    record(
        "vote.opened",
        jury=statement.jury,
        by=by,
        recommendations=len(recommendations),
        percent=statement.threshold_percent,
        base=statement.base,
    )


@transaction.atomic
def cast_vote(*, seat: PanelSeat, choices: Mapping[int, str]) -> None:
    """The juror has voted, once, on every recommendation (``choices``: part key -> choice).

    Whoever was named to a seat without a vote has none, nor has whoever took a seat after the vote
    was opened: who voted before them on that seat would be counted beside them.

    The audit line says that somebody voted, not who: it must not become the order of the ballots.
    """
    statement = Statement.objects.select_for_update().get(jury=seat.jury_id)
    if statement.state != Statement.State.VOTING:
        raise WrongStage(_("The vote is not open."))
    if not PanelSeat.objects.confirmed().filter(pk=seat.pk).exists():
        raise JuryError(_("Only members who have confirmed their seat can vote."))
    if not PanelSeat.objects.voting().filter(pk=seat.pk).exists():
        raise JuryError(_("You were named to a seat without a vote."))
    if came_late(statement, seat):
        raise JuryError(_("The vote was opened before you took your seat, so you have none in it."))
    _mark, is_first = VoterMark.objects.get_or_create(statement=statement, seat=seat)
    if not is_first:
        raise AlreadyVoted(_("You have already voted. Everybody has one vote."))
    wanted = set(recommendations_of(statement).values_list("pk", flat=True))
    if set(choices) != wanted or not set(choices.values()) <= set(Choice.values):
        raise JuryError(_("Choose yes, no or blank for every recommendation."))
    Ballot.objects.bulk_create(Ballot(part_id=part, choice=choices[part]) for part in choices)
    record("vote.cast", jury=statement.jury, by=JUROR)


@transaction.atomic
def close_vote(*, statement: Statement, by: User) -> None:
    """Every recommendation has its counts and whether it is adopted; no ballot is left."""
    statement = Statement.objects.select_for_update().get(pk=statement.pk)
    if statement.state != Statement.State.VOTING:
        raise WrongStage(_("The vote is not open."))
    voters, members = turnout(statement)
    if voters < min(FEWEST_VOTERS, members):
        raise JuryError(
            ngettext(
                "Only %(voters)s member has voted. So few votes would not stay secret.",
                "Only %(voters)s members have voted. So few votes would not stay secret.",
                voters,
            )
            % {"voters": voters}
        )
    statement.voter_count, statement.member_count = voters, members
    parts = _counted(statement)
    Part.objects.bulk_update(parts, ["yes", "no", "blank", "adopted"])
    Ballot.objects.filter(part__statement=statement).delete()
    statement.state = Statement.State.COUNTED
    statement.vote_closed_at = timezone.now()
    statement.save(update_fields=["state", "vote_closed_at", "voter_count", "member_count"])
    record(
        "vote.closed",
        jury=statement.jury,
        by=by,
        voters=voters,
        members=members,
        counts=[[part.number, part.yes, part.no, part.blank, part.adopted] for part in parts],
    )


def recommendations_of(statement: Statement) -> QuerySet[Part]:
    """The recommendations of the statement in their order."""
    return statement.parts.filter(removed_at=None, kind=Part.Kind.RECOMMENDATION)


def turnout(statement: Statement) -> tuple[int, int]:
    """How many have voted, of how many members who have a vote.

    Somebody who voted and then gave up the seat is a member in this vote; whoever took a seat after
    it was opened is not.
    """
    voters = statement.voter_marks.count()
    opened = statement.vote_opened_at or timezone.now()
    seats = PanelSeat.objects.filter(jury=statement.jury_id)
    entitled = Q(state=PanelSeat.State.CONFIRMED, votes=True, answered_at__lte=opened)
    members = seats.filter(entitled | Q(voter_marks__statement=statement)).distinct()
    return voters, members.count()


def came_late(statement: Statement, seat: PanelSeat) -> bool:
    """Whether the seat was taken after the vote was opened, so that it has no vote in it."""
    answered, opened = seat.answered_at, statement.vote_opened_at
    return answered is not None and opened is not None and answered > opened


def is_adopted(statement: Statement, *, yes: int, no: int) -> bool:
    """Whether so many votes are enough under the statement's rule. Half means more than half."""
    whole = {
        Statement.Base.CAST: yes + no,
        Statement.Base.VOTERS: statement.voter_count or 0,
        Statement.Base.MEMBERS: statement.member_count or 0,
    }[Statement.Base(statement.base)]
    if statement.threshold_percent == HALF:
        return 2 * yes > whole
    return yes > 0 and 100 * yes >= statement.threshold_percent * whole


def rule_sentence(statement: Statement) -> str:
    """The rule in words, before the vote as after it."""
    whole = {
        Statement.Base.CAST: _("the yes and no votes"),
        Statement.Base.VOTERS: _("all votes, blank ones included"),
        Statement.Base.MEMBERS: _("all members of the panel, also those who did not vote"),
    }[Statement.Base(statement.base)]
    if statement.threshold_percent == HALF:
        return _("A recommendation is adopted if more than half of %(whole)s are yes.") % {
            "whole": whole
        }
    return _("A recommendation is adopted if at least %(percent)s %% of %(whole)s are yes.") % {
        "percent": statement.threshold_percent,
        "whole": whole,
    }


def _counted(statement: Statement) -> list[Part]:
    """The recommendations with the counts of their ballots filled in."""
    parts = list(
        recommendations_of(statement).annotate(
            **{
                f"{choice}_count": Count("ballots", filter=Q(ballots__choice=choice))
                for choice in Choice.values
            }
        )
    )
    for part in parts:
        part.yes, part.no, part.blank = (
            getattr(part, f"{choice}_count") for choice in Choice.values
        )
        if part.yes + part.no + part.blank != statement.voter_count:
            raise JuryError(_("The ballots and the number of voters do not match."))
        part.adopted = is_adopted(statement, yes=part.yes, no=part.no)
    return parts
