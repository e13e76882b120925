"""What this application adds to the pages that show the whole chain."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from juries.commission.readiness import missing_for_publication
from juries.commission.timetable import dated, milestones
from juries.enums import Act, Stage
from juries.models import Jury, Registrant
from juries.pool.completeness import lacking
from juries.pool.exclusions import rules_told
from juries.pool.published import is_published
from juries.questions import gaps
from juries.registration.completing import may_complete
from juries.registration.entry import Opening, opening
from juries.rooms import Card, Section, Step
from juries.targets.quotas import quota_objections


def steps(jury: Jury, acts: frozenset[Act]) -> list[Step]:
    people = jury.registrants.in_pool().count()
    prepared = [_commission(jury, acts), _criteria(jury, acts), _form(jury, acts)]
    ready = all(step.state == "done" for step in prepared)
    gathered = [_sign_up(jury, acts, people, ready=ready), _pool(jury, acts, people)]
    arranged = jury.stage == Stage.PANEL and Act.SEE_NEEDS in acts
    return [*prepared, *gathered, *([_needs(jury)] if arranged else [])]


def public_sections(jury: Jury) -> list[Section]:
    today = timezone.localdate()
    return [
        Section(
            "what",
            _("What this is about"),
            "juries/public/public_what.html",
            {"jury": jury, "rules": rules_told(jury)},
        ),
        Section(
            "timetable",
            _("Timetable"),
            "juries/public/public_timetable.html",
            {"milestones": milestones(jury, today)},
        ),
        *_reach(jury),
    ]


def _reach(jury: Jury) -> list[Section]:
    if not is_published(jury):
        return []
    template = "juries/pool/public_reach_section.html"
    return [Section("reach", _("Who has registered"), template, {"jury": jury})]


def own_cards(registrant: Registrant) -> list[Card]:
    """An answer that the quotas need is asked for while it can be given."""
    jury = registrant.jury
    missing = lacking(jury, [registrant])[registrant.pk]
    if not missing or not may_complete(jury):
        return []
    sentence = _("You can be drawn once you have told: %(missing)s.") % {
        "missing": ", ".join(str(criterion) for criterion in missing)
    }
    url = reverse("own_missing")
    return [Card(_("An answer is missing"), sentence, url, _("Answer"))]


def _commission(jury: Jury, acts: frozenset[Act]) -> Step:
    url = _way("jury_settings", jury, Act.SET_UP_JURY in acts)
    for missing in missing_for_publication(jury):
        return Step(_("Commission"), missing.sentence, "missing", url)
    told = (
        _("%(body)s asks, and answers by %(day)s.")
        if jury.receiver == jury.commissioner
        else _("%(body)s asks. %(receiver)s takes the statement and answers it by %(day)s.")
    )
    sentence = dated(told, jury.response_due_on, body=jury.commissioner, receiver=jury.receiver)
    return Step(_("Commission"), sentence, "done", url)


def _criteria(jury: Jury, acts: frozenset[Act]) -> Step:
    url = _way("criteria", jury, Act.SET_UP_JURY in acts)
    title = _("Criteria and quotas")
    names = [str(criterion) for criterion in jury.criteria.all()]
    if not names:
        sentence = _("Say which groups the panel shall resemble, from a population table.")
        return Step(title, sentence, "missing", url)
    for _criterion, sentence in quota_objections(jury):
        return Step(title, sentence, "missing", url)
    facts = {"names": ", ".join(names), "count": jury.panel_size}
    return Step(
        title,
        ngettext(
            "One seat. The panel resembles the population by %(names)s.",
            "%(count)s seats. The panel resembles the population by %(names)s.",
            jury.panel_size,
        )
        % facts,
        "done",
        url,
    )


def _form(jury: Jury, acts: frozenset[Act]) -> Step:
    url = _way("form_builder", jury, Act.SET_UP_JURY in acts)
    title = _("Registration form")
    for sentence in gaps.missing(jury) if jury.stage == Stage.SETTING_UP else ():
        return Step(title, sentence, "missing", url)
    return Step(title, _("What people are asked when they register."), "done", url)


def _sign_up(jury: Jury, acts: frozenset[Act], people: int, *, ready: bool) -> Step:
    url = _way("recruitment", jury, Act.RECRUIT in acts)
    title = _("Invitation and registration")
    opens = dated(_("Registration opens on %(day)s."), jury.registration_opens_on)
    if jury.stage == Stage.SETTING_UP:
        if ready:
            return Step(title, _("Everything is ready for registration to be opened."), "now", url)
        return Step(title, opens, "later", url)
    registered = _registered(people)
    if jury.stage != Stage.REGISTRATION:
        return Step(title, registered, "done", url)
    period = {
        Opening.NOT_YET: opens,
        Opening.OPEN: dated(_("Registration closes on %(day)s."), jury.registration_closes_on),
        Opening.CLOSED: _("The registration period has ended."),
    }
    return Step(title, f"{registered} {period[opening(jury)]}", "now", url)


def _registered(people: int) -> str:
    if not people:
        return _("Nobody has registered yet.")
    return ngettext("One person has registered.", "%(count)s people have registered.", people) % {
        "count": people
    }


def _pool(jury: Jury, acts: frozenset[Act], people: int) -> Step:
    url = _way("pool", jury, Act.SEE_POOL in acts)
    title = _("Pool")
    if jury.stage in {Stage.LOTTERY, Stage.FROZEN, Stage.PANEL}:
        return Step(title, _("Those who registered, beside the population."), "done", url)
    sentence = _("See whether those who registered can fill every quota.")
    return Step(title, sentence, "now" if people else "later", url)


def _needs(jury: Jury) -> Step:
    """For whoever makes the arrangements; nobody else reads of it."""
    return Step(
        _("Needs"),
        _("What the members need in order to take part: totals for the venue, and who."),
        "now",
        _way("needs", jury, open_to_reader=True),
    )


def _way(name: str, jury: Jury, open_to_reader: bool) -> str | None:
    return reverse(name, args=[jury.slug]) if open_to_reader else None
