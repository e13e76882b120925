"""What has to be put right before the pool can be frozen."""

from django.urls import reverse

from juries.commission.readiness import Missing
from juries.models import Jury
from selection.lottery import bridge
from selection.lottery.feasibility import trouble_in
from selection.lottery.probabilities import obstacles_and_pages


def missing_before_freezing(jury: Jury) -> list[Missing]:
    """A sentence for each thing, and where it is mended; whether a panel is possible comes last."""
    snapshot = bridge.read(jury)
    found = [
        Missing(sentence, reverse(page, args=[jury.slug]))
        for sentence, page in obstacles_and_pages(jury, snapshot)
    ]
    trouble = None if found else trouble_in(snapshot)
    if trouble is None:
        return found
    return [Missing(trouble.summary, reverse("selection:feasibility", args=[jury.slug]))]
