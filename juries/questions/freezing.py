"""What can still be changed: a question that people have answered keeps its meaning."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from juries.enums import Stage
from juries.errors import JuryError
from juries.models import Jury, Question
from juries.questions.kinds import ALWAYS_ASKED, NAMES, Kind

WORDED_UNTIL = (Stage.SETTING_UP, Stage.REGISTRATION)


def locked_for_building(jury: Jury) -> Jury:
    """The jury, held until the transaction ends, if its form can still be built."""
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    if jury.stage != Stage.SETTING_UP:
        raise JuryError(
            _(
                "Registration has been opened, so everybody is asked the same. You can still"
                " correct the wording, and turn off questions that need no answer."
            )
        )
    return jury


def locked_for_wording(jury: Jury) -> Jury:
    """The jury, held until the transaction ends, if the words of its form can still be mended."""
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    jury.require_stage(*WORDED_UNTIL)
    return jury


def answered(jury: Jury) -> QuerySet[Question]:
    """The questions that somebody has answered, other than on trial."""
    real = jury.registrants.registered()
    columns = [
        kind
        for kind, column in NAMES.items()
        if kind not in {Kind.NEEDS, Kind.LANGUAGE}
        and real.exclude(**{column: None if kind == Kind.BIRTH_YEAR else ""}).exists()
    ]
    return (
        Question.objects.filter(section__jury=jury)
        .filter(
            Q(answers__registrant__in=real)
            | Q(consent_texts__consents__registrant__in=real)
            | Q(criterion__traits__registrant__in=real)
            | Q(kind__in=columns)
            | Q(kind=Kind.NEEDS, section__jury__registrants__in=real.filter(needs__isnull=False))
        )
        .distinct()
    )


def refuse_removal(question: Question, jury: Jury) -> None:
    """Return only if the question can go without anything going with it."""
    if question.kind in ALWAYS_ASKED:
        raise JuryError(
            _("“%(question)s” is always asked.") % {"question": question_title(question)}
        )
    if answered(jury).filter(pk=question.pk).exists():
        raise JuryError(
            _("“%(question)s” has been answered, so it cannot be removed. Turn it off instead.")
            % {"question": question_title(question)}
        )
    refuse_followed(question)


def refuse_followed(question: Question) -> None:
    """Return only if no question that is turned on waits for the answer to this one."""
    follower = question.followers.filter(on=True).first()
    if follower:
        raise JuryError(
            _("“%(follower)s” is asked only after an answer to this. Change that first.")
            % {"follower": question_title(follower)}
        )


def question_title(question: Question) -> str:
    """What the question is called at the desk: its words, else its criterion."""
    return question.label or str(question.criterion or question)
