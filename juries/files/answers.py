"""Yes and no as people and programs write them."""

from juries.files.tables import fold

YES = frozenset({"true", "yes", "y", "1", "x", "on", "kyllä", "kylla", "k", "tosi", "ja", "sant"})
NO = frozenset({"false", "no", "n", "0", "off", "ei", "e", "epätosi", "nej", "falskt"})


def yes_or_no(text: str) -> bool | None:
    """What was said; None where nothing was. Raises ``ValueError`` for anything else."""
    said = fold(text)
    if said in YES:
        return True
    if said in NO:
        return False
    if said:
        raise ValueError("neither yes nor no")
    return None
