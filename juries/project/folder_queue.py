"""The queue that is a folder, in which every message appears whole.

kombu opens the file of a message before it writes it. A worker that looks into the folder between
the two takes an empty message and ends (celery/kombu#1551).
"""

from pathlib import Path
from time import monotonic
from typing import Any
from uuid import uuid4

from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    # kombu's folder and what it is built on call the message by different names.
    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        """The message is in the folder, under a name that sorts by when it came."""
        name = f"{round(monotonic() * 1000)}_{uuid4()}.{queue}.msg"
        place = Path(self.data_folder_out) / name
        half_written = place.with_name(f"{name}.half")
        text = dumps(payload)
        half_written.write_text(text, encoding="utf-8")
        half_written.rename(place)


class Transport(filesystem.Transport):
    Channel = Channel
