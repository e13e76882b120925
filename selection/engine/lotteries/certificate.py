"""The proof that comes with a lottery, in whole numbers that anyone can add up.

Give everybody a weight. When no feasible panel weighs more than W, the chances in any lottery,
each times its weight, sum to at most W: linear programming duality, with the panels as columns.
"""

from dataclasses import dataclass

OPTIMAL = 1e-6
"""A gap up to this is rounding, not loss: it is one chance in a million."""


@dataclass(frozen=True, slots=True)
class Claim:
    """No feasible panel weighs more than ``heaviest``.

    Hence no lottery gives everybody of ``types`` more than ``bound`` without giving somebody of an
    earlier claim less than they have here:
    ``bound = (heaviest - sum of weight * chance over people of earlier claims) / (sum of weights
    over people of these types)``. Everybody with a weight is of these types or of earlier ones.

    Who wants to see without a solver why no panel weighs more adds up ``points``. A person's points
    are those of their values and of a seat. A panel has at most ``points * maximum`` of each value,
    ``points * minimum`` where the points are negative, and ``points * size`` of the seats; where a
    weight is more than the person's points, the household (or the person, alone) adds the
    difference once.

    Attributes
    ----------
    types : positions of the types that are held to the bound, ascending.
    weights : (T,) at least 0, the weight of each person of the type; fixed people weigh nothing.
    heaviest : what no panel outweighs.
    bound : a chance.
    points : one for each quota value, criterion after criterion, then that of a seat. Empty when
        an integer program over the panels found the heaviest.
    """

    types: tuple[int, ...]
    weights: tuple[int, ...]
    heaviest: int
    bound: float
    points: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Certificate:
    """How good the lottery is, in a form that anyone can check.

    Attributes
    ----------
    optimal : no lottery is better by the rule asked for, up to a gap of a millionth.
    bound : what no lottery's smallest chance can exceed, people in no panel aside. Of ``nash`` and
        ``goldilocks`` it bounds the rule's own measure, as the rule says.
    gap : the most that anybody's chance falls short of what is proven to be the best: of the
        bound of the claim that they are under. Of ``nash`` and ``goldilocks`` the loss as a share
        of the bound.
    method : "relaxation" when the lottery is measured against the relaxation over continuous
        panels, "exact" when integer programs proved it, "draws" when nothing is proven.
    claims : leximin has one for each level, lowest first; maximin has one; so have ``nash`` and
        ``goldilocks``, whose weights say what the rule says; empty when nobody is left to draw or
        nothing is proven.
    shut_out : types that no feasible panel seats; their people weigh nothing.
    """

    optimal: bool
    bound: float
    gap: float
    method: str
    claims: tuple[Claim, ...] = ()
    shut_out: tuple[int, ...] = ()
