"""From arguments to an exit code."""

import os
import sys
from collections.abc import Sequence

from juries.files.errors import FileError
from selection.terminal.exits import Exit, GaveUp, Unusable
from selection.terminal.options import command_module, read_options
from selection.terminal.paths import require_apart
from selection.terminal.wording.sentences import about_file


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments ask; the exit code says how it went."""
    try:
        options = read_options(arguments)
        require_apart(options)
        code = int(command_module(options.command).run(options))
        sys.stdout.flush()
        return code
    except FileError as error:
        return _ended(Exit.WRONG_FILE, about_file(error))
    except Unusable as error:
        return _ended(Exit.WRONG_FILE, str(error))
    except GaveUp as error:
        return _ended(Exit.FAILED, f"The solver stopped without an answer ({error}).")
    except KeyboardInterrupt:
        return _ended(Exit.INTERRUPTED, "Interrupted.")
    except BrokenPipeError:
        # Who reads has seen enough; Python would complain while closing the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.FINE


def _ended(code: Exit, sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return code
