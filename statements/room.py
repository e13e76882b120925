"""What this application adds to the pages that show the whole chain."""

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from juries.enums import Act, Stage
from juries.models import Jury, Registrant
from juries.rooms import Card, Section, Step
from selection.models import PanelSeat
from statements.document import document_of
from statements.followup import answers_of, deliveries_of
from statements.models import Delivery, Statement
from statements.voting import came_late, turnout

State = Statement.State
Deliveries = list[tuple[Delivery, bool]]


def steps(jury: Jury, acts: frozenset[Act]) -> list[Step]:
    """Statement, vote, delivery and answers; each is linked for those who may work on it."""
    statement = Statement.objects.filter(jury=jury).first()
    deliveries = deliveries_of(statement, timezone.localdate()) if statement else []

    def url(name: str, act: Act) -> str | None:
        return reverse(f"statements:{name}", args=[jury.slug]) if act in acts else None

    return [
        _drafting_step(jury, statement, url("draft", Act.DRAFT_STATEMENT)),
        _vote_step(statement, url("vote_desk", Act.RUN_VOTE)),
        _delivery_step(statement, deliveries, url("delivery", Act.DELIVER)),
        _answers_step(deliveries, url("delivery", Act.DELIVER)),
    ]


def votes(jury: Jury) -> bool:
    """Whether a vote is open: who has a vote stands still meanwhile."""
    return Statement.objects.filter(jury=jury, state=State.VOTING).exists()


def public_sections(jury: Jury) -> list[Section]:
    """The statement in short with the way to it, and what became of it."""
    statement = Statement.objects.published().filter(jury=jury).first()
    if statement is None:
        return []
    statement.jury = jury
    document = document_of(statement)
    return [
        Section(
            key="statement",
            title=_("Statement"),
            template="statements/public_statement.html",
            context={"jury": jury, "document": document},
            outcome=True,
        ),
        Section(
            key="answers",
            title=_("Answers"),
            template="statements/public_answers.html",
            context={
                "bodies": answers_of(statement, document, timezone.localdate()),
                "language": statement.language,
            },
            outcome=True,
        ),
    ]


def own_cards(registrant: Registrant) -> list[Card]:
    """What a juror can do with the statement now; nothing for others."""
    seat = PanelSeat.objects.confirmed().filter(registrant=registrant).first()
    statement = Statement.objects.filter(jury=registrant.jury_id).first()
    if seat is None or statement is None:
        return []
    if statement.published_at and registrant.jury.published_at:
        return [
            Card(
                title=_("The statement is published"),
                sentence=_("Read it, and see what is answered to it."),
                url=reverse("statements:statement", args=[registrant.jury.slug]),
                action=_("Read the statement"),
            )
        ]
    return [*_now(statement, seat), _reading()]


def _now(statement: Statement, seat: PanelSeat) -> list[Card]:
    if statement.state == State.VOTING:
        has_vote = seat.votes and not came_late(statement, seat)
        if not has_vote or statement.voter_marks.filter(seat=seat).exists():
            return []
        return [
            Card(
                title=_("Vote on the recommendations"),
                sentence=_("The vote is open. It is secret, and everybody has one vote."),
                url=reverse("statements:ballot"),
                action=_("Vote now"),
            )
        ]
    if statement.state == State.COUNTED:
        return [
            Card(
                title=_("Dissenting opinion"),
                sentence=_(
                    "The votes are counted. If you disagree, you can write a dissenting opinion"
                    " until the statement is adopted."
                ),
                url=reverse("statements:dissent"),
                action=_("Write a dissenting opinion"),
            )
        ]
    return []


def _reading() -> Card:
    return Card(
        title=_("Draft of the statement"),
        sentence=_("Read the text as it stands now, and what has changed in it."),
        url=reverse("statements:own_draft"),
        action=_("Read the draft"),
    )


def _drafting_step(jury: Jury, statement: Statement | None, url: str | None) -> Step:
    title = _("Statement")
    if statement is None:
        if jury.stage != Stage.PANEL:
            return Step(title, _("The panel writes down what it recommends, and why."), "later")
        return Step(title, _("The panel exists: drafting can begin."), "now", url)
    if statement.state != State.DRAFTING:
        return Step(title, _("The text is ready and no longer changes."), "done", url)
    count = statement.parts.filter(removed_at=None, kind="recommendation").count()
    sentence = ngettext(
        "%(count)s recommendation in the draft.", "%(count)s recommendations in the draft.", count
    )
    return Step(title, sentence % {"count": count}, "now", url)


def _vote_step(statement: Statement | None, url: str | None) -> Step:
    title = _("Vote and adoption")
    if statement is None or statement.state == State.DRAFTING:
        sentence = _("The panel votes on each recommendation, under a rule fixed beforehand.")
        return Step(title, sentence, "later", url if statement else None)
    if statement.state == State.VOTING:
        voters, members = turnout(statement)
        sentence = _("The vote is open: %(voters)s of %(members)s have voted.")
        return Step(title, sentence % {"voters": voters, "members": members}, "now", url)
    if statement.state == State.COUNTED:
        return Step(title, _("The votes are counted. Next: adopt the statement."), "now", url)
    if statement.published_at is None:
        return Step(title, _("The statement is adopted. Next: publish it."), "now", url)
    return Step(title, _("The statement is adopted and published."), "done", url)


def _delivery_step(statement: Statement | None, deliveries: Deliveries, url: str | None) -> Step:
    title = _("Delivery")
    if statement is None or statement.published_at is None:
        return Step(title, _("The statement is handed over to those who answer it."), "later")
    if not deliveries:
        return Step(title, _("Next: deliver the statement to those who answer it."), "now", url)
    bodies = ", ".join(delivery.body for delivery, _late in deliveries)
    return Step(title, _("Delivered to: %(bodies)s.") % {"bodies": bodies}, "done", url)


def _answers_step(deliveries: Deliveries, url: str | None) -> Step:
    title = _("Answers")
    if not deliveries:
        return Step(title, _("Each recommendation is answered in public, with reasons."), "later")
    waiting = [delivery for delivery, _late in deliveries if delivery.published_at is None]
    late = [delivery for delivery, is_late in deliveries if is_late]
    if late:
        sentence = _("%(body)s has not answered: overdue since %(date)s.")
        return Step(title, sentence % _named(late[0], late[0].overdue_since), "missing", url)
    if waiting:
        sentence = _("Waiting for %(body)s, due %(date)s.")
        return Step(title, sentence % _named(waiting[0], waiting[0].due_on), "now", url)
    return Step(title, _("Everybody has answered."), "done", url)


def _named(delivery: Delivery, day: date) -> dict[str, str]:
    return {"body": delivery.body, "date": date_format(day, "SHORT_DATE_FORMAT")}
