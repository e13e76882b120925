"""What a lottery came to, so that two of them can be compared."""

import hashlib
import json

from juries.models import AuditEntry
from selection.models import Lottery


def digest_of(lottery: Lottery) -> str:
    """The same for two lotteries with the same panels, tickets, chances and proof, to the bit."""
    lottery = Lottery.objects.get(pk=lottery.pk)
    chances = lottery.chances.values_list("place", "probability", "tickets").order_by("place")
    result = [
        lottery.panels,
        lottery.tickets,
        lottery.certificate,
        lottery.proof,
        lottery.largest_shift,
        list(chances),
    ]
    return hashlib.sha256(json.dumps(result, sort_keys=True).encode()).hexdigest()


def endings_of(lottery: Lottery) -> list[str]:
    """The lines of the log that say how the lottery ended; there must be one."""
    lines = AuditEntry.objects.filter(
        jury=lottery.jury_id,
        facts__lottery=lottery.number,
        verb__in=["lottery.ready", "lottery.failed", "lottery.cancelled"],
    )
    return sorted(lines.values_list("verb", flat=True))
