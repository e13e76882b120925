"""What a registrant's own page says: what they told, and how the jury stands."""

from django.utils.formats import date_format
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from juries.enums import Stage
from juries.models import Registrant


def facts_of(registrant: Registrant) -> list[tuple[str, str]]:
    """Everything the registrant told, each with its name; what was left out is not listed."""
    address = " ".join(filter(None, [registrant.street_address, registrant.postal_code]))
    language = get_language_info(registrant.language)["name_translated"]
    told = [
        (_("Name"), registrant.name),
        (_("E-mail address"), registrant.email),
        (_("Phone number"), registrant.phone),
        (_("Year of birth"), str(registrant.birth_year or "")),
        (_("Address"), address),
        (_("Contact language"), str(language) if registrant.name else ""),
    ]
    traits = registrant.traits.select_related("criterion", "value").order_by("criterion__position")
    told += [(str(trait.criterion), str(trait.value)) for trait in traits]
    return [(label, text) for label, text in told if text]


def stage_sentence(registrant: Registrant) -> str:
    """How the jury stands, and what comes next for the one who reads it."""
    jury = registrant.jury
    if jury.stage in {Stage.SETTING_UP, Stage.REGISTRATION}:
        return _(
            "Registration is open until %(closes)s. The members are drawn by lot on %(draw)s."
        ) % {
            "closes": date_format(jury.registration_closes_on),
            "draw": date_format(jury.draw_on),
        }
    if jury.stage == Stage.LOTTERY:
        return _("Registration has closed. The members are drawn by lot on %(draw)s.") % {
            "draw": date_format(jury.draw_on)
        }
    return _("The members of the jury have been drawn by lot.")
