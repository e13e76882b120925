"""What a registrant's own page says: what they told, what is awaited, and how the jury stands."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from juries.enums import Channel, Stage
from juries.models import Consent, Criterion, Question, Registrant
from juries.models.translated import translated_name
from juries.privacy.consents import standing
from juries.questions.kinds import NO, YES
from juries.registration.answers import content_of, needs_of
from juries.registration.entry import awaits_email, awaits_guardian


def facts_of(registrant: Registrant) -> list[tuple[str, str]]:
    """Everything the registrant told, each with its name; what was left out is not listed."""
    address = ", ".join(filter(None, [registrant.street_address, registrant.postal_code]))
    language = translated_name(registrant.language)
    told = [
        (_("Name"), registrant.name),
        (_("E-mail address"), registrant.email),
        (_("Phone number"), registrant.phone),
        (_("Year of birth"), str(registrant.birth_year or "")),
        (_("Address"), address),
        (_("Contact language"), str(language) if registrant.name else ""),
    ]
    if registrant.address_protected:
        told.append((_("Address"), _("Not stored: you have a non-disclosure order")))
    if registrant.guardian_name:
        guardian = f"{registrant.guardian_name}, {registrant.guardian_contact}"
        told.append((_("Your guardian"), guardian))
    # What follows from the year of birth or the postal code nobody told, so nobody reads it here.
    asked = registrant.traits.filter(criterion__source=Criterion.Source.ASKED)
    traits = asked.select_related("criterion", "value").order_by("criterion__position")
    told += [(str(trait.criterion), str(trait.value)) for trait in traits]
    return [(label, text) for label, text in told if text]


def answers_of_own(registrant: Registrant) -> list[tuple[str, str]]:
    """Answers to the jury's own questions and needs, as the registrant reads them."""
    told = []
    for answer in registrant.answers.select_related("question").prefetch_related(
        "question__choices"
    ):
        told.append((str(answer.question), as_read(answer.question, content_of(answer))))
    needs = needs_of(registrant)
    if needs:
        told.append((_("Your needs"), needs.sentence()))
    return [(label, text) for label, text in told if text]


def as_read(question: Question, content: Any) -> str:
    """The answer with the labels of what was chosen."""
    labels = {choice.key: str(choice) for choice in question.choices.all()}
    labels |= {YES: _("Yes"), NO: _("No")} if question.kind == Question.Kind.YES_NO else {}
    keys = content if isinstance(content, list) else [content]
    return ", ".join(labels.get(key, str(key)) for key in keys if key not in (None, ""))


def waits_for(registrant: Registrant) -> list[str]:
    """What has to happen before the registrant is in the lottery, one sentence each.

    Once the pool is frozen nothing can bring anybody in.
    """
    if registrant.excluded_id or registrant.jury.is_frozen:
        return []
    sentences = []
    if awaits_email(registrant):
        sentences.append(
            _("Confirm your e-mail address with the link we sent you. Then you are in the lottery.")
        )
    if awaits_guardian(registrant):
        sentences.append(_("Your guardian has to agree. Then you are in the lottery."))
    return sentences


def consents_of(registrant: Registrant) -> list[tuple[Question, Consent | None]]:
    """The consents that are asked for, each with the registrant's own where it stands."""
    given = {consent.text.question_id: consent for consent in standing(registrant)}
    asked = Question.objects.filter(section__jury=registrant.jury)
    offered = asked.filter(kind=Question.Kind.CONSENT, on=True) | asked.filter(pk__in=given)
    return [(question, given.get(question.pk)) for question in offered.distinct()]


def why_excluded(registrant: Registrant) -> str:
    """Under which rule the registrant cannot be drawn; blank where none keeps them out."""
    if registrant.excluded is None:
        return ""
    return _(
        "Some people cannot be drawn to this jury, and you are among them: %(rule)s. This was told"
        " before registration. You can follow the jury as everybody can, and tell it what you"
        " think. If this is a mistake, contact us and we will put it right."
    ) % {"rule": registrant.excluded}


def stage_sentence(registrant: Registrant) -> str:
    """How the jury stands, and what comes next for the one who reads it."""
    jury = registrant.jury
    if registrant.channel == Channel.NAMED:
        return _("You were named to this jury. Your place was not drawn by lot.")
    if jury.stage in {Stage.SETTING_UP, Stage.REGISTRATION}:
        return _(
            "Registration is open until %(closes)s. The members are drawn by lot on %(draw)s."
        ) % {
            "closes": date_format(jury.registration_closes_on),
            "draw": date_format(jury.draw_on),
        }
    if jury.stage in {Stage.LOTTERY, Stage.FROZEN}:
        return _("Registration has closed. The members are drawn by lot on %(draw)s.") % {
            "draw": date_format(jury.draw_on)
        }
    return _("The members of the jury have been drawn by lot.")
