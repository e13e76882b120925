"""Numbers as the reader's language writes them, rounded and never cut."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _


def decimal(number: float, decimals: int) -> str:
    """The number with that many decimals. Django alone would cut the rest off."""
    return number_format(round(number, decimals), decimal_pos=decimals)


def per_cent(share: float, decimals: int = 1) -> str:
    """A share of 1 as per cent."""
    return _("%(number)s %%") % {"number": decimal(100 * share, decimals)}
