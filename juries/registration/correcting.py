"""A registrant corrects what they told: it stands, and whoever has to say yes is asked anew."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import get_language

from juries.audit import REGISTRANT
from juries.models import Consent, CriterionValue, Question, Registrant, User
from juries.privacy.consents import withdraw_consent, write_consents
from juries.registration import mails
from juries.registration.answers import NeedsTold, Reply, write_needs
from juries.registration.entry import Particulars, change_registration


@transaction.atomic
def correct(
    *,
    registrant: Registrant,
    particulars: Particulars,
    values: Sequence[CriterionValue],
    replies: Sequence[Reply] | None = None,
    needs: NeedsTold | None = None,
    consents: Sequence[int] = (),
    by: User | str = REGISTRANT,
    reason: str = "",
) -> Registrant:
    """The registration says what is given.

    A new e-mail address or guardian gets its question until the pool is frozen.
    """
    changed = change_registration(
        registrant=registrant,
        particulars=particulars,
        values=values,
        replies=replies,
        needs=needs,
        by=by,
        reason=reason,
    )
    if consents:
        write_consents(
            changed,
            Question.objects.filter(section__jury=changed.jury, pk__in=consents),
            language=get_language() or changed.language,
        )
    mails.ask_who_is_awaited(changed)
    return changed


@transaction.atomic
def take_consent_back(*, registrant: Registrant, consent: Consent) -> None:
    """The consent is taken back, and nothing stays that rested on it: answers, needs."""
    withdraw_consent(consent=consent, by=REGISTRANT)
    if consent.text.question.kind == Question.Kind.NEEDS:
        write_needs(registrant, NeedsTold())
