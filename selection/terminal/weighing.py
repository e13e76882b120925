"""The certificate's claim: that no feasible panel weighs more than it says."""

from collections.abc import Iterator

from selection.terminal.claims import Claim, Verdict
from selection.terminal.stored import StoredLottery


def weigh_again(lottery: StoredLottery) -> Iterator[Claim]:
    """The certificate, its heaviest panel found anew."""
    if "weights" not in lottery.certificate:
        yield Claim("heaviest", Verdict.OPEN, "the certificate names no weights")
