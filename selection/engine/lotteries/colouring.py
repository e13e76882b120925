"""Colour the seats of tickets by households, each colour as often as any other.

D. König, "Über Graphen und ihre Anwendung auf Determinantentheorie und Mengenlehre", Mathematische
Annalen 77 (1916): the edges of a bipartite graph can be coloured with as many colours as the
largest degree so that no two of one colour meet. D. de Werra, "Equitable colorations of graphs",
Revue française d'informatique et de recherche opérationnelle 5 (1971): cut each node of larger
degree into nodes of that degree, and every colour is at a node equally often, one apart at most.
"""

from collections import defaultdict


def coloured(seats: list[tuple[int, int]], colours: int) -> list[int]:
    """A colour for each seat ``(ticket, kind)``.

    A ticket of at most ``colours`` seats has no colour twice; a kind has each colour equally
    often, or one apart.
    """
    parts: dict[tuple[int, int], int] = {}
    met: dict[int, int] = defaultdict(int)
    graph = _Graph(colours)
    for ticket, kind in seats:
        part = parts.setdefault((kind, met[kind] // colours), -1 - len(parts))
        met[kind] += 1
        graph.add(ticket, part)
    return graph.colour


class _Graph:
    """A bipartite graph whose edges are coloured one after the other."""

    def __init__(self, colours: int) -> None:
        self.colour: list[int] = []
        self._colours = colours
        self._ends: list[tuple[int, int]] = []
        self._at: dict[int, dict[int, int]] = defaultdict(dict)
        self._turn = 0

    def add(self, one: int, other: int) -> None:
        """A new edge; where no colour is free at both ends, two colours trade along a path."""
        free = self._free(one, self._turn)
        if free in self._at[other]:
            self._trade(other, free, self._free(other, free))
        self._at[one][free] = self._at[other][free] = len(self.colour)
        self.colour.append(free)
        self._ends.append((one, other))
        self._turn = free + 1

    def _free(self, node: int, start: int) -> int:
        """The first colour from ``start`` on that the node has not."""
        used = self._at[node]
        return next(
            colour
            for colour in (step % self._colours for step in range(start, start + self._colours))
            if colour not in used
        )

    def _trade(self, node: int, one: int, other: int) -> None:
        """Make ``one`` free at the node, where ``other`` is."""
        path, wanted, swapped = [], one, {one: other, other: one}
        while wanted in self._at[node]:
            edge = self._at[node][wanted]
            path.append(edge)
            node = sum(self._ends[edge]) - node
            wanted = swapped[wanted]
        for edge in path:
            for end in self._ends[edge]:
                del self._at[end][self.colour[edge]]
        for edge in path:
            self.colour[edge] = swapped[self.colour[edge]]
            for end in self._ends[edge]:
                self._at[end][self.colour[edge]] = edge
