"""Codes that are guessed: after too many misses in an hour the answer is no, whatever is tried.

A code has a check symbol, so that somebody who mistypes is told apart from somebody who guesses:
only codes that are spelt right and open nothing are counted. They are counted by how they begin
and by the network they come from. A library or a care home is one network, therefore a network
may miss more often than one beginning.
"""

import ipaddress
from collections.abc import Collection
from datetime import timedelta

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from juries import codes
from juries.errors import JuryError
from juries.models import CodeMiss

WITHIN = timedelta(hours=1)
MISSES_OF_A_BEGINNING = 20
MISSES_OF_A_NETWORK = 60
BEGINNING = 3
NETWORK_BITS = {4: 24, 6: 48}


class TooManyMisses(JuryError):
    """Somebody here seems to be guessing."""


def require_unsuspected(code: str, *, address: str) -> None:
    """Return only if neither the beginning of the code nor the network is shut for now."""
    beginning, network = _subjects(code, address)
    misses = dict(
        CodeMiss.objects.filter(about__in=(beginning, network), at__gt=timezone.now() - WITHIN)
        .values_list("about")
        .annotate(Count("pk"))
    )
    if (
        misses.get(beginning, 0) >= MISSES_OF_A_BEGINNING
        or misses.get(network, 0) >= MISSES_OF_A_NETWORK
    ):
        raise TooManyMisses(
            _(
                "Too many codes have been tried that do not exist. Please try again in an hour,"
                " or call us."
            )
        )


def note_miss(code: str, *, address: str) -> None:
    """The miss counts for an hour. Call it outside the transaction that the miss undoes."""
    if codes.is_well_formed(code):
        CodeMiss.objects.bulk_create(CodeMiss(about=about) for about in _subjects(code, address))


def forget_misses() -> int:
    """Misses that no longer count are gone; how many there were."""
    old = CodeMiss.objects.filter(at__lte=timezone.now() - WITHIN)
    return old.delete()[0]


def network_of(address: str) -> str:
    """The network to which an address belongs; blank for what is no address."""
    try:
        known = ipaddress.ip_address(address.strip())
    except ValueError:
        return ""
    known = getattr(known, "ipv4_mapped", None) or known
    bits = NETWORK_BITS[known.version]
    return str(ipaddress.ip_network(f"{known}/{bits}", strict=False))


def _subjects(code: str, address: str) -> Collection[str]:
    return (
        codes.fingerprint("beginning of a code", codes.plain(code)[:BEGINNING]),
        codes.fingerprint("network of a code", network_of(address)),
    )
