import sqlite3

import pytest
from django.db import connection

from tests.simultaneous import at_once, shared_database


def test_what_goes_wrong_for_one_of_several_is_not_lost():
    turns = iter([1, 0])

    with pytest.raises(ZeroDivisionError):
        at_once(lambda: 1 // next(turns), people=2)


@pytest.mark.django_db(transaction=True)
def test_the_shared_copy_writes_ahead_before_anybody_opens_it(tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("this run is on another database")
    with shared_database(tmp_path):
        reader = sqlite3.connect(connection.settings_dict["NAME"])
        [mode] = reader.execute("PRAGMA journal_mode").fetchone()
        reader.close()

    assert mode == "wal"
