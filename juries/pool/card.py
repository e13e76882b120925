"""One registrant as staff see them: what they told, and what has happened to the registration."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from juries.audit_words import Line, lines
from juries.enums import CodeUse
from juries.models import AuditEntry, Registrant
from juries.models.translated import translated_name
from juries.pool.completeness import lacking
from juries.registration.entry import awaits_email, awaits_guardian, rows_of


def facts_for_staff(registrant: Registrant) -> list[tuple[str, str]]:
    """What staff need in order to reach and to place somebody.

    Needs, answers to sensitive questions and whether the address is protected are not among it.
    """
    address = ", ".join(filter(None, [registrant.street_address, registrant.postal_code]))
    language = translated_name(registrant.language)
    guardian = ", ".join(filter(None, [registrant.guardian_name, registrant.guardian_contact]))
    told = [
        (_("Name"), registrant.name),
        (_("E-mail address"), registrant.email),
        (_("Phone number"), registrant.phone),
        (_("Year of birth"), str(registrant.birth_year or "")),
        (_("Address"), address),
        (_("Contact language"), str(language) if registrant.name else ""),
        (_("Guardian"), guardian),
    ]
    traits = registrant.traits.select_related("criterion", "value").order_by("criterion__position")
    told += [(str(trait.criterion), str(trait.value)) for trait in traits]
    return [(label, text) for label, text in [*told, *_state(registrant)] if text]


def _state(registrant: Registrant) -> list[tuple[str, str]]:
    if registrant.withdrawn_at:
        return []
    if registrant.excluded:
        return [(_("Cannot be drawn"), str(registrant.excluded))]
    waits = [_("the e-mail address to be confirmed")] if awaits_email(registrant) else []
    waits += [_("the guardian to agree")] if awaits_guardian(registrant) else []
    lacks = lacking(registrant.jury, [registrant])[registrant.pk]
    missing = ", ".join(str(criterion) for criterion in lacks)
    return [
        (_("What is missing"), missing),
        (_("Waits for"), ", ".join(waits)),
        (_("To be checked"), ", ".join(_other_than_in_the_sample(registrant))),
    ]


def _other_than_in_the_sample(registrant: Registrant) -> Iterator[str]:
    """What the address sample says otherwise, where the letter was to one person."""
    invitee = registrant.invitation.invitee if registrant.invitation else None
    if invitee is None:
        return
    personal = registrant.jury.code_use == CodeUse.PERSONAL
    told: list[tuple[str, object, object]] = []
    if personal:
        told.append((_("year of birth"), invitee.birth_year, registrant.birth_year))
    told.append((_("postal code"), invitee.postal_code, registrant.postal_code))
    for what, there, here in told:
        if there and here and there != here:
            yield _("%(what)s %(value)s in the address sample") % {"what": what, "value": there}


def history_of(registrant: Registrant) -> list[Line]:
    """What the log says of the registration and of those that went into it, the latest first."""
    keys = [row.pk for row in rows_of(registrant)]
    about = Q(facts__registrant__in=keys) | Q(facts__stands__in=keys)
    about |= Q(facts__earlier__in=keys, verb__startswith="duplicates.")
    about |= Q(facts__later__in=keys, verb__startswith="duplicates.")
    entries = AuditEntry.objects.filter(about, jury=registrant.jury).select_related("by")
    return lines(entries.order_by("-pk"))
