"""A message in the folder is whole before a worker can take it."""

from json import JSONDecodeError
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection
from kombu.transport import filesystem

from juries.project import folder_queue
from juries.project.environment import filesystem_broker

MESSAGE = {"body": "ä", "headers": {}}


@pytest.fixture
def connect(tmp_path):
    def connect_to(transport):
        options = filesystem_broker(tmp_path)
        return Connection(transport=transport, transport_options=options).channel()

    return connect_to


def test_a_worker_sees_no_message_that_is_half_written(connect, monkeypatch):
    channel, seen, rename = connect(folder_queue.Transport), [], Path.rename

    def look_and_rename(half_written, target):
        with pytest.raises(Empty):
            channel._get("arvonnat")
        seen.append(half_written.is_file())
        return rename(half_written, target)

    monkeypatch.setattr(Path, "rename", look_and_rename)
    channel._put("arvonnat", MESSAGE)

    assert seen == [True]
    assert channel._get("arvonnat") == MESSAGE


def test_control_in_kombus_own_folder_a_worker_trips_over_it(connect, monkeypatch):
    channel, dumps = connect(filesystem.Transport), filesystem.dumps

    def look_and_write(message):
        with pytest.raises(JSONDecodeError):
            channel._get("arvonnat")
        return dumps(message)

    monkeypatch.setattr(filesystem, "dumps", look_and_write)
    channel._put("arvonnat", MESSAGE)


def test_the_house_uses_its_own_folder():
    assert isinstance(Connection("filesystem://").transport, folder_queue.Transport)
