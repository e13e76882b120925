"""Why there is no panel or no result, in the words of whoever reads it.

What the engine says is kept as facts; the sentences are made when the page is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from selection.engine import Change, NoFeasiblePanel, SolverFailure
from selection.lottery.bridge import QuotaTable


@dataclass(frozen=True, slots=True)
class Newcomers:
    """What more people could do: how many in a sentence, and who they must or may be."""

    summary: str
    needed: tuple[str, ...] = ()
    enough: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Easing:
    """One quota bound that gives way: of which value, and from what to what."""

    value: int
    kind: str
    before: int
    after: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Bounds that make a panel possible when all of them give way."""

    easings: tuple[Easing, ...]

    @property
    def key(self) -> str:
        """What tells this suggestion from every other."""
        return ",".join(f"{one.value}:{one.kind}:{one.before}-{one.after}" for one in self.easings)

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(one.sentence for one in self.easings)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Sentences: what is wrong in one, the reasons, and what would help.

    ``suggestions`` are changes of quotas, the cheapest first. ``beyond`` says that the only one
    goes further than the quotas may be changed.
    """

    summary: str
    reasons: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    beyond: bool = False
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
        "beyond": bool(conflict.beyond),
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
        found = _newcomers(failure.get("recruits"), quotas)
        return Explanation(_without_quotas(failure), newcomers=found)
    summary = _("No panel can meet all quotas.")
    if len(failure["bounds"]) > 1:
        summary = _("No panel can meet all quotas. These cannot hold together:")
    suggested = [failure["changes"], *failure.get("others", ())]
    return Explanation(
        summary,
        tuple(_reason(bound, quotas) for bound in failure["bounds"]),
        tuple(_suggestion(changes, quotas) for changes in suggested if changes),
        beyond=failure.get("beyond", False),
        newcomers=_newcomers(failure.get("recruits"), quotas),
    )


def spoken(names: dict[str, str], language: str = "") -> str:
    """The name in the language, the reader's if none is given; or in whichever it has."""
    return names.get(language or (get_language() or "")[:2]) or next(iter(names.values()))


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


def _suggestion(changes: Sequence[dict[str, Any]], quotas: Sequence[QuotaTable]) -> Suggestion:
    return Suggestion(tuple(_easing(change, quotas) for change in changes))


def _easing(change: dict[str, Any], quotas: Sequence[QuotaTable]) -> Easing:
    return Easing(
        value=quotas[change["criterion"]]["values"][change["value"]]["value"],
        kind=change["kind"],
        before=change["from_"],
        after=change["to"],
        sentence=_change(change, quotas),
    )


def _change(change: dict[str, Any], quotas: Sequence[QuotaTable]) -> str:
    facts = {
        "quota": quota_name(change, quotas),
        "before": change["from_"],
        "after": change["to"],
    }
    if change["kind"] == "maximum":
        return _("%(quota)s: raise the maximum from %(before)s to %(after)s.") % facts
    return _("%(quota)s: lower the minimum from %(before)s to %(after)s.") % facts


def _newcomers(recruits: dict[str, Any] | None, quotas: Sequence[QuotaTable]) -> Newcomers | None:
    """Who else would make a panel possible; None when nobody would."""
    if recruits is None or not recruits["people"]:
        return None
    summary = ngettext(
        "One more registrant would also make a panel possible.",
        "%(count)s more registrants would also make a panel possible.",
        recruits["people"],
    )
    needed = recruits["needed"] if recruits["needed"] != recruits["enough"] else ()
    return Newcomers(
        summary % {"count": recruits["people"]},
        tuple(_need(need, quotas) for need in needed),
        tuple(_need(need, quotas) for need in recruits["enough"]),
    )


def _facts_of_changes(changes: Sequence[Change]) -> list[dict[str, Any]]:
    return [asdict(change) for change in changes]


def _need(need: dict[str, Any], quotas: Sequence[QuotaTable]) -> str:
    return f"{quota_name(need, quotas)}: {need['people']}"


def quota_name(place: Mapping[str, Any], quotas: Sequence[QuotaTable]) -> str:
    """Criterion and value of a place among the quotas, in the reader's language."""
    table = quotas[place["criterion"]]
    return f"{spoken(table['names'])}, {spoken(table['values'][place['value']]['names'])}"
