"""``python -m selection``: the engine from a terminal, without database or settings."""

import io
import os
import sys

from selection.terminal.command import main

if __name__ == "__main__":
    # With more threads sums round otherwise: the same input gave another file on another machine.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A letter that the terminal does not have is no reason to stop.
            stream.reconfigure(errors="replace")
    sys.exit(main(sys.argv[1:]))
