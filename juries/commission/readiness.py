"""What a jury still lacks before its page may be published and registration opened."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from juries.models import Jury
from juries.questions import gaps
from juries.targets.quotas import quota_objections

# Rooms to the right of this one, named by string so that imports still only look left. Each has a
# function ``missing(jury) -> list[str]``; the name is that of the page where it is mended.
FURTHER: tuple[tuple[str, str], ...] = (("juries.post.wordings", "post"),)


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing: a sentence, and the address where it is mended."""

    sentence: str
    url: str

    def __str__(self) -> str:
        return self.sentence


def missing_for_publication(jury: Jury) -> list[Missing]:
    """Who asks, who receives, who answers by when, and whom anybody can ask: without these,
    nothing of the jury is shown to anyone."""
    settings = reverse("jury_settings", args=[jury.slug])
    return [
        Missing(sentence, f"{settings}#id_{field}") for field, sentence in _gaps_in_commission(jury)
    ]


def missing_for_registration(jury: Jury) -> list[Missing]:
    """Everything that registration waits for."""
    missing = missing_for_publication(jury)
    if jury.registration_closes_on < timezone.localdate():
        missing.append(
            Missing(
                _("The registration period is already over. Choose later dates."),
                reverse("jury_settings", args=[jury.slug]) + "#id_registration_opens_on",
            )
        )
    criteria = reverse("criteria", args=[jury.slug])
    if not jury.criteria.exists():
        missing.append(Missing(_("The criteria and their quotas are missing."), criteria))
    missing += [Missing(sentence, criteria) for _criterion, sentence in quota_objections(jury)]
    form = reverse("form_builder", args=[jury.slug])
    missing += [Missing(sentence, form) for sentence in gaps.missing(jury)]
    return missing + list(_missing_further(jury))


def _gaps_in_commission(jury: Jury) -> Iterator[tuple[str, str]]:
    if not jury.commissioner:
        yield "commissioner", _("The commissioning body is missing: who asks?")
    if not jury.receiver:
        yield "receiver", _("The receiver is missing: who takes the statement and answers it?")
    if not jury.response_due_on:
        yield "response_due_on", _("The day by which an answer is due is missing.")
    if not jury.first_contact:
        yield "first_contact", _("The first contact is missing: whom can residents ask?")
    elif not (jury.first_contact_email or jury.first_contact_phone):
        yield (
            "first_contact_email",
            _("The first contact has no e-mail address and no phone number."),
        )


def _missing_further(jury: Jury) -> Iterator[Missing]:
    for module, page in FURTHER:
        missing = cast(Callable[[Jury], list[str]], import_module(module).missing)
        url = reverse(page, args=[jury.slug])
        yield from (Missing(sentence, url) for sentence in missing(jury))
