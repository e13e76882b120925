"""An organiser sets up a jury, publishes its page, opens and closes registration."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from juries.audit import record
from juries.commission.readiness import (
    Missing,
    missing_for_publication,
    missing_for_registration,
)
from juries.commission.timetable import IN_ORDER, LABELS
from juries.commission.versions import ChangedMeanwhile
from juries.enums import Stage
from juries.errors import JuryError
from juries.models import Jury, Organisation, User
from juries.models.translated import LANGUAGE_CODES
from juries.questions.standard import ensure_form
from juries.questions.trial import erase_trial
from juries.targets.derivation import year_of_ages
from juries.targets.quota_changes import bounds_of, moved_since
from juries.targets.quotas import follow_panel_size

LARGEST_PANEL = 1000
# Addresses of the desk that a jury of the same name would hide.
TAKEN_SLUGS = {"new"}

TEXTS = ("name", "charge", "background")
NEEDED_TEXTS = ("name", "charge")

# What people were told when they registered, what counted when registration closed, and what the
# panel was drawn for.
FIXED_BY_OPENING = frozenset({"registration_opens_on", "minimum_age", "guardian_below"})
FIXED_BY_CLOSING = FIXED_BY_OPENING | {
    "registration_closes_on",
    "invitation_only",
    "code_use",
    "confirm_email",
    "one_per_household",
    "fee_euros",
}
FIXED_BY_THE_DRAW = FIXED_BY_CLOSING.union(
    {"kind", "panel_size", "quota_band", "draw_on"},
    {"commissioner", "receiver", "response_due_on"},
    (f"charge_{code}" for code in LANGUAGE_CODES),
)
FIXED: Mapping[str, frozenset[str]] = {
    Stage.SETTING_UP: frozenset(),
    Stage.REGISTRATION: FIXED_BY_OPENING,
    Stage.LOTTERY: FIXED_BY_CLOSING,
    Stage.FROZEN: FIXED_BY_THE_DRAW,
    Stage.PANEL: FIXED_BY_THE_DRAW,
}


def objections(facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong with the facts of a jury: the field and the sentence, for each."""
    languages = facts.get("languages") or []
    if not languages:
        yield "languages", _("Choose at least one language.")
    for text in NEEDED_TEXTS:
        for code in languages:
            if not facts.get(f"{text}_{code}"):
                yield f"{text}_{code}", _("Needed in every language of the jury.")
    size = facts.get("panel_size")
    if size is not None and not 1 <= size <= LARGEST_PANEL:
        yield (
            "panel_size",
            _("A panel has from 1 to %(largest)s seats.") % {"largest": LARGEST_PANEL},
        )
    yield from _objections_to_dates(facts)


@transaction.atomic
def create_jury(
    *,
    organisation: Organisation,
    by: User,
    facts: Mapping[str, Any],
    submission: UUID | None = None,
) -> Jury:
    """A jury stands in the organisation, being set up, known to nobody outside.

    The same ``submission``, sent twice, makes one jury.
    """
    _refuse_objections(facts)
    # Two that come at once take turns, so that each finds an address that is free.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    made = made_by(submission, organisation)
    if made:
        return made
    slug = free_slug(facts[f"name_{facts['languages'][0]}"])
    jury = Jury.objects.create(organisation=organisation, slug=slug, submission=submission, **facts)
    ensure_form(jury)
    record("jury.created", jury=jury, by=by, panel_size=jury.panel_size)
    return jury


def made_by(submission: UUID | None, organisation: Organisation) -> Jury | None:
    """The jury that the submission has made already."""
    if submission is None:
        return None
    made = Jury.objects.filter(submission=submission).first()
    if made and (made.organisation_id != organisation.pk or made.removed_at):
        raise JuryError(_("This form has been sent already. Open a new one."))
    return made


@transaction.atomic
def change_jury(
    *,
    jury: Jury,
    by: User,
    facts: Mapping[str, Any],
    version: int | None = None,
    reason: str = "",
) -> Jury:
    """The jury has the new facts; what its stage has fixed is refused if it would change.

    ``version`` is the one from which the facts were typed: if somebody has saved since, nothing
    is changed and ``ChangedMeanwhile`` says so. ``reason`` is why quotas change with the size of
    the panel.
    """
    _refuse_objections(facts)
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    if version is not None and version != jury.version:
        raise ChangedMeanwhile(jury)
    changed = sorted(name for name, value in facts.items() if getattr(jury, name) != value)
    if any(name in FIXED[jury.stage] for name in changed):
        raise JuryError(
            _("Some of this can no longer change at this stage: %(stage)s.")
            % {"stage": jury.get_stage_display()}
        )
    _refuse_other_ages(jury, facts)
    before = bounds_of(jury)
    for name in changed:
        setattr(jury, name, facts[name])
    if changed:
        jury.version += 1
        jury.save(update_fields=[*changed, "version"])
        if {"panel_size", "quota_band"} & set(changed):
            follow_panel_size(jury=jury)
        moved = moved_since(before, jury, reason)
        record("jury.changed", jury=jury, by=by, fields=changed, version=jury.version, **moved)
    return jury


def _refuse_other_ages(jury: Jury, facts: Mapping[str, Any]) -> None:
    """Return only if those in the jury by now, from a file for example, stay in their age group."""
    opens_on = facts.get("registration_opens_on", jury.registration_opens_on)
    placed = jury.registrants.filter(birth_year__isnull=False)
    if opens_on.year != year_of_ages(jury) and placed.exists():
        raise JuryError(
            _(
                "People are in age groups by the age they reach in %(year)s, so registration"
                " has to open in that year."
            )
            % {"year": year_of_ages(jury)}
        )


@transaction.atomic
def publish(*, jury: Jury, by: User) -> None:
    """Anyone may read the jury's public page."""
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    if jury.published_at is None:
        _refuse_what_misses(_("The page cannot be published yet."), missing_for_publication(jury))
        _show(jury)
        record("jury.published", jury=jury, by=by)


@transaction.atomic
def unpublish(*, jury: Jury, by: User) -> None:
    """The public page is hidden again, which is possible until registration opens."""
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    jury.require_stage(Stage.SETTING_UP)
    if jury.published_at is not None:
        jury.published_at = None
        jury.save(update_fields=["published_at"])
        record("jury.unpublished", jury=jury, by=by)


@transaction.atomic
def open_registration(*, jury: Jury, by: User) -> None:
    """People may register, and the public page says so."""
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    jury.require_stage(Stage.SETTING_UP)
    _refuse_what_misses(_("Registration cannot be opened yet."), missing_for_registration(jury))
    if jury.published_at is None:
        _show(jury)
    erase_trial(jury)
    _move(jury, Stage.REGISTRATION)
    record("registration.opened", jury=jury, by=by)


@transaction.atomic
def close_registration(*, jury: Jury, by: User) -> None:
    """Nobody can register any more; the lottery is next."""
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    jury.require_stage(Stage.REGISTRATION)
    _move(jury, Stage.LOTTERY)
    record("registration.closed", jury=jury, by=by, registrants=jury.registrants.in_pool().count())


@transaction.atomic
def reopen_registration(*, jury: Jury, by: User) -> None:
    """People may register again, which is possible until the pool is frozen."""
    jury = Jury.objects.select_for_update().get(pk=jury.pk)
    jury.require_stage(Stage.LOTTERY)
    _move(jury, Stage.REGISTRATION)
    record("registration.reopened", jury=jury, by=by)


def _objections_to_dates(facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    given = [(name, facts[name]) for name in IN_ORDER if facts.get(name)]
    for (earlier, before), (later, after) in pairwise(given):
        if after < before:
            yield (
                later,
                _("This date cannot come before “%(earlier)s”.") % {"earlier": LABELS[earlier]},
            )
    letters, closes = facts.get("letters_on"), facts.get("registration_closes_on")
    if letters and closes and closes < letters:
        yield "letters_on", _("Letters that go out after registration has closed come too late.")


def _refuse_objections(facts: Mapping[str, Any]) -> None:
    for _field, sentence in objections(facts):
        raise JuryError(sentence)


def _refuse_what_misses(sentence: str, missing: Sequence[Missing]) -> None:
    if missing:
        raise JuryError(" ".join([sentence, *(one.sentence for one in missing)]))


def free_slug(name: str) -> str:
    """An address that no jury has."""
    wanted = slugify(name)[:70].strip("-") or "jury"
    alike = set(Jury.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    taken = alike | TAKEN_SLUGS
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (wanted, *numbered) if slug not in taken)


def _show(jury: Jury) -> None:
    jury.published_at = timezone.now()
    jury.save(update_fields=["published_at"])


def _move(jury: Jury, stage: Stage) -> None:
    jury.stage = stage
    jury.save(update_fields=["stage"])
