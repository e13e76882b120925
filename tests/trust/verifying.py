"""The verifier as a stranger runs it: the file alone, on another folder."""

import importlib.util
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from selection.draw.committing import VERIFIER

_SPEC = importlib.util.spec_from_file_location("verify", VERIFIER)
verify = importlib.util.module_from_spec(_SPEC)
sys.modules["verify"] = verify  # its dataclasses look their module up
_SPEC.loader.exec_module(verify)

HONEST = (0, 10)


def answer(folder: Path, *arguments: str | bytes) -> tuple[int, str]:
    """Exit code and words of the verifier; contents given as bytes lie in files of the folder."""
    named = [_in_file(folder, place, one) for place, one in enumerate(arguments)]
    said = StringIO()
    with redirect_stdout(said):
        code = verify.main(named)
    return code, said.getvalue()


def checked(folder: Path, record: bytes) -> int:
    """The exit code for a record."""
    return answer(folder, "check", record)[0]


def _in_file(folder: Path, place: int, content: str | bytes) -> str:
    if isinstance(content, str):
        return content
    path = folder / f"{place}.zip"
    path.write_bytes(content)
    return str(path)
