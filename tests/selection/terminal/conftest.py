from tests.selection.terminal.desk import desk

__all__ = ["desk"]
