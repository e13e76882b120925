"""From arguments to an exit code.

The module of the command is loaded after its arguments are understood, so that
help and mistakes in the arguments do not wait for the engine.
"""

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from juries.files.errors import FileError
from selection.terminal.exits import Exit, GaveUp, Unusable
from selection.terminal.options import parser
from selection.terminal.sentences import about_file


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments ask; the exit code says how it went."""
    options = parser().parse_args(arguments)
    try:
        deed: Any = import_module(f"selection.terminal.{options.deed}")
        return int(deed.run(options))
    except FileError as error:
        return _ended(Exit.WRONG_FILE, about_file(error))
    except Unusable as error:
        return _ended(Exit.WRONG_FILE, str(error))
    except GaveUp as error:
        return _ended(Exit.FAILED, f"The solver stopped without an answer ({error}).")
    except KeyboardInterrupt:
        return _ended(Exit.INTERRUPTED, "Interrupted.")


def _ended(code: Exit, sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return code
