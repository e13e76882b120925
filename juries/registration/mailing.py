"""To whom messages can go before the lottery: who lacks an answer, and who has not confirmed."""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy, override

from juries.enums import Channel, Stage
from juries.models import Criterion, Jury, Registrant, User
from juries.post import mailings
from juries.post.addresses import address_of
from juries.post.letters import INVENTED
from juries.post.mailings import Group
from juries.registration.agreeing import Yes, link_code
from juries.registration.mails import own_page_address

BEFORE_THE_LOTTERY = (Stage.SETTING_UP, Stage.REGISTRATION, Stage.LOTTERY)


def without_an_answer(jury: Jury) -> QuerySet[Registrant]:
    """Whoever lacks a value of some criterion and can be asked by e-mail."""
    asked = jury.criteria.exclude(source=Criterion.Source.COMBINED)
    return (
        jury.registrants.in_pool()
        .exclude(email="")
        .annotate(told=Count("traits", filter=Q(traits__criterion__in=asked)))
        .filter(told__lt=asked.count())
        .order_by("pk")
    )


def without_a_confirmation(jury: Jury) -> QuerySet[Registrant]:
    """Whoever has not confirmed the address by which the jury confirms registrations."""
    waiting = jury.registrants.filter(
        withdrawn_at=None,
        on_trial=False,
        excluded=None,
        channel=Channel.WEB,
        invitation=None,
        email_confirmed_at=None,
    )
    return waiting.exclude(email="").order_by("pk") if jury.confirm_email else waiting.none()


def example_link(language: str) -> str:
    """An own page as its address looks in a sample; it opens nothing."""
    return address_of("own_code_link", INVENTED.code, language=language)


def _missing(registrant: Registrant) -> dict[str, str]:
    told = registrant.traits.values("criterion")
    with override(registrant.language):
        asked = registrant.jury.criteria.exclude(source=Criterion.Source.COMBINED)
        names = [str(one) for one in asked.exclude(pk__in=told)]
    return {"missing": ", ".join(names), "link": own_page_address(registrant)}


def _confirmation(registrant: Registrant) -> dict[str, str]:
    code = link_code(registrant, Yes.EMAIL)
    return {"link": address_of("agree", code, language=registrant.language)}


GROUPS: Mapping[str, Group] = MappingProxyType(
    {
        group.key: group
        for group in (
            Group(
                "missing",
                gettext_lazy("People who lack an answer that the quotas need"),
                "mail_missing",
                without_an_answer,
                _missing,
                example_link,
            ),
            Group(
                "unconfirmed",
                gettext_lazy("People who have not confirmed their e-mail address"),
                "mail_reminder",
                without_a_confirmation,
                _confirmation,
                example_link,
            ),
        )
    }
)


@transaction.atomic
def write_to(*, jury: Jury, group: str, mailing: UUID, typed: int | None, by: User) -> int:
    """Each of the group has a message that goes in two minutes; how many they are."""
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    jury.require_stage(*BEFORE_THE_LOTTERY)
    return mailings.write(jury=jury, group=GROUPS[group], mailing=mailing, typed=typed, by=by)
