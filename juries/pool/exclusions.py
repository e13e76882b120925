"""Exclusion rules: who cannot be drawn whatever they answer, and who is kept out under them.

Everybody is told the rules before they register, so the rules stand still from the first
registration on. Whom they concern somebody decides person by person, until the pool is frozen.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from juries.audit import record
from juries.enums import Channel, Stage
from juries.errors import JuryError
from juries.models import ExclusionRule, Jury, Registrant, User
from juries.models.registrant import RegistrantQuerySet
from juries.models.translated import LANGUAGE_CODES, language_of
from juries.registration.entry import locked

LONGEST_NAME = 200

SUGGESTED: Sequence[Mapping[str, str]] = tuple(
    MappingProxyType(names)
    for names in (
        {
            "fi": "Valtuutetut ja varavaltuutetut",
            "sv": "Fullmäktigeledamöter och deras ersättare",
            "en": "Councillors and deputy councillors",
        },
        {
            "fi": "Kunnan johto ja raatia valmisteleva henkilöstö",
            "sv": "Kommunens ledning och den personal som bereder rådet",
            "en": "The municipality's management and the staff who prepare the jury",
        },
    )
)
"""Rules to begin with, as they stand in other juries."""


def rules_can_change(jury: Jury) -> bool:
    """Whether nobody has registered yet who was told them."""
    if jury.stage == Stage.SETTING_UP:
        return True
    return not jury.is_frozen and not jury.registrants.registered().exists()


def rules_told(jury: Jury) -> list[tuple[str, str]]:
    """The rules as anybody reads them: the language in which each is shown, and its name."""
    return [(language_of(rule), rule.name) for rule in jury.exclusion_rules.all()]


def suggestions(jury: Jury) -> list[tuple[int, str]]:
    """The suggested rules that the jury does not have, each with its number and its name."""
    names = [f"name_{code}" for code in LANGUAGE_CODES]
    taken = {name for row in jury.exclusion_rules.values_list(*names) for name in row}
    return [
        (number, " / ".join(names[code] for code in jury.languages))
        for number, names in enumerate(SUGGESTED)
        if not taken & {names[code] for code in jury.languages}
    ]


@transaction.atomic
def add_rule(*, jury: Jury, names: Mapping[str, str], by: User) -> ExclusionRule:
    """One rule more is told to everybody; ``names`` has it in each language of the jury."""
    jury = _locked_for_rules(jury)
    last = jury.exclusion_rules.aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    rule = ExclusionRule.objects.create(jury=jury, position=position, **_columns(jury, names))
    record("exclusion_rule.added", jury=jury, by=by, exclusion_rule=rule.pk)
    return rule


@transaction.atomic
def change_rule(*, rule: ExclusionRule, names: Mapping[str, str], by: User) -> None:
    """The rule is told in these words."""
    jury = _locked_for_rules(rule.jury)
    for column, name in _columns(jury, names).items():
        setattr(rule, column, name)
    rule.save()
    record("exclusion_rule.changed", jury=jury, by=by, exclusion_rule=rule.pk)


@transaction.atomic
def remove_rule(*, rule: ExclusionRule, by: User) -> None:
    """The rule is told to nobody any more; nobody is kept out under it."""
    jury = _locked_for_rules(rule.jury)
    if rule.registrants.exists():
        raise JuryError(_("Somebody is excluded under this rule. Take that back first."))
    record("exclusion_rule.removed", jury=jury, by=by, exclusion_rule=rule.pk)
    rule.delete()


@transaction.atomic
def exclude_registrant(*, registrant: Registrant, rule: ExclusionRule, by: User) -> Registrant:
    """The registrant is not in the pool, and their own page says under which rule."""
    registrant = _locked_for_people(registrant)
    if registrant.withdrawn_at:
        raise JuryError(_("This registration has been withdrawn."))
    if registrant.channel == Channel.NAMED or registrant.on_trial:
        raise JuryError(_("Nobody draws this person, so no rule is needed."))
    if rule.jury_id != registrant.jury_id:
        raise JuryError(_("Choose one of the rules of this jury."))
    if registrant.excluded_id != rule.pk:
        registrant.excluded = rule
        registrant.save(update_fields=["excluded", "changed_at"])
        record(
            "registrant.excluded",
            jury=registrant.jury,
            by=by,
            registrant=registrant.pk,
            exclusion_rule=rule.pk,
        )
    return registrant


@transaction.atomic
def include_registrant(*, registrant: Registrant, by: User) -> Registrant:
    """No rule keeps the registrant out; what they told was kept all along."""
    registrant = _locked_for_people(registrant)
    if registrant.excluded_id is not None:
        registrant.excluded = None
        registrant.save(update_fields=["excluded", "changed_at"])
        record("registrant.included", jury=registrant.jury, by=by, registrant=registrant.pk)
    return registrant


def can_be_excluded(registrant: Registrant) -> bool:
    """Whether a rule can be held against the registrant, or taken back, as the jury stands."""
    named = registrant.channel == Channel.NAMED or registrant.on_trial
    if named or registrant.withdrawn_at or registrant.jury.is_frozen:
        return False
    return registrant.excluded_id is not None or registrant.jury.exclusion_rules.exists()


def excluded_in(jury: Jury) -> RegistrantQuerySet:
    """Whom a rule keeps out of the pool, of those who have not withdrawn."""
    kept_out = jury.registrants.registered().filter(withdrawn_at=None, excluded__isnull=False)
    return kept_out.select_related("excluded").order_by("excluded__position", "name", "pk")


def _locked_for_rules(jury: Jury) -> Jury:
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    if not rules_can_change(jury):
        raise JuryError(
            _("People have registered and were told these rules, so they stand as they are.")
        )
    return jury


def _locked_for_people(registrant: Registrant) -> Registrant:
    registrant = locked(registrant)
    if registrant.jury.is_frozen:
        raise JuryError(_("The pool is frozen: nobody can be excluded or taken back any more."))
    return registrant


def _columns(jury: Jury, names: Mapping[str, str]) -> dict[str, str]:
    told = {code: " ".join(names.get(code, "").split()) for code in LANGUAGE_CODES}
    if not all(told[code] for code in jury.languages):
        raise JuryError(_("Write the rule in every language of the jury."))
    return {f"name_{code}": name for code, name in told.items()}
