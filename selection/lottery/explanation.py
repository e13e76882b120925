"""Why there is no panel or no result, in the words of whoever reads it.

What the engine says is kept as facts; the sentences are made when the page is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from selection.engine import Change, NoFeasiblePanel, SolverFailure
from selection.engine.answers.recruits import Need, Recruits
from selection.lottery.bridge import QuotaTable


@dataclass(frozen=True, slots=True)
class Newcomers:
    """What more people could do: how many in a sentence, and who they must or may be."""

    summary: str
    needed: tuple[str, ...] = ()
    enough: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Sentences: what is wrong in one, the reasons, and what would help.

    ``changes`` is the cheapest change of quotas, ``others`` are the next cheapest ones.
    """

    summary: str
    reasons: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    others: tuple[tuple[str, ...], ...] = ()
    newcomers: Newcomers | None = None


def facts_of(error: NoFeasiblePanel | SolverFailure) -> dict[str, Any]:
    """The error as the lottery's row keeps it."""
    if isinstance(error, SolverFailure):
        return {"kind": "solver", "detail": error.detail}
    conflict = error.conflict
    return {
        "kind": "conflict",
        "bounds": [asdict(bound) for bound in conflict.bounds],
        "changes": _facts_of_changes(conflict.relaxation),
        "others": [_facts_of_changes(changes) for changes in conflict.alternatives[1:]],
        "size": conflict.size,
        "seatable": conflict.seatable,
        "clashing": len(conflict.clashing),
    }


def explain(failure: dict[str, Any], quotas: Sequence[QuotaTable]) -> Explanation:
    """The failure in the reader's language, at the quotas it is about."""
    if failure["kind"] == "stalled":
        return Explanation(
            _("The calculation was interrupted too many times. Start a new lottery.")
        )
    if failure["kind"] == "solver":
        return Explanation(
            _("The calculation ended without an answer that holds. Start a new lottery.")
        )
    if not failure["bounds"]:
        return Explanation(_without_quotas(failure))
    summary = _("No panel can meet all quotas.")
    if len(failure["bounds"]) > 1:
        summary = _("No panel can meet all quotas. These cannot hold together:")
    return Explanation(
        summary,
        tuple(_reason(bound, quotas) for bound in failure["bounds"]),
        _changes(failure["changes"], quotas),
        tuple(_changes(changes, quotas) for changes in failure.get("others", ())),
    )


def newcomers(recruits: Recruits | None, quotas: Sequence[QuotaTable]) -> Newcomers | None:
    """Who else would make a panel possible; None when nobody would."""
    if recruits is None or not recruits.people:
        return None
    summary = ngettext(
        "One more registrant would also make a panel possible.",
        "%(count)s more registrants would also make a panel possible.",
        recruits.people,
    )
    needed = recruits.needed if recruits.needed != recruits.enough else ()
    return Newcomers(
        summary % {"count": recruits.people},
        tuple(_need(need, quotas) for need in needed),
        tuple(_need(need, quotas) for need in recruits.enough),
    )


def spoken(names: dict[str, str]) -> str:
    """The name in the reader's language, or in whichever it has."""
    return names.get((get_language() or "")[:2]) or next(iter(names.values()))


def _without_quotas(failure: dict[str, Any]) -> str:
    if failure["clashing"]:
        return _("People who already hold a seat share a household.")
    facts = {"size": failure["size"], "seatable": failure["seatable"]}
    if failure["seatable"] < failure["size"]:
        return (
            _("The panel has %(size)s seats, but the pool can fill only %(seatable)s of them.")
            % facts
        )
    return _("More people hold a seat than the panel has: it has %(size)s.") % facts


def _reason(bound: dict[str, Any], quotas: Sequence[QuotaTable]) -> str:
    facts = {**bound, "quota": quota_name(bound, quotas)}
    if bound["kind"] == "maximum":
        return _("%(quota)s: at most %(limit)s on the panel, the pool has %(available)s.") % facts
    return _("%(quota)s: the panel needs %(limit)s, the pool has %(available)s.") % facts


def _change(change: dict[str, Any], quotas: Sequence[QuotaTable]) -> str:
    facts = {
        "quota": quota_name(change, quotas),
        "before": change["from_"],
        "after": change["to"],
    }
    if change["kind"] == "maximum":
        return _("%(quota)s: raise the maximum from %(before)s to %(after)s.") % facts
    return _("%(quota)s: lower the minimum from %(before)s to %(after)s.") % facts


def _changes(changes: Sequence[dict[str, Any]], quotas: Sequence[QuotaTable]) -> tuple[str, ...]:
    return tuple(_change(change, quotas) for change in changes)


def _facts_of_changes(changes: Sequence[Change]) -> list[dict[str, Any]]:
    return [asdict(change) for change in changes]


def _need(need: Need, quotas: Sequence[QuotaTable]) -> str:
    return f"{quota_name(asdict(need), quotas)}: {need.people}"


def quota_name(place: Mapping[str, Any], quotas: Sequence[QuotaTable]) -> str:
    """Criterion and value of a place among the quotas, in the reader's language."""
    table = quotas[place["criterion"]]
    return f"{spoken(table['names'])}, {spoken(table['values'][place['value']]['names'])}"
