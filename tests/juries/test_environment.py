"""The house starts in production only when it is safe, and says in one sentence why not."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from kombu import Connection

from juries.privacy.key_ring import new_ring, write_ring
from juries.project.environment import filesystem_broker, mailers

SECRET = "s" * 50
SAFE = {
    "RAATIHUONE_MODE": "production",
    "DJANGO_SECRET_KEY": SECRET,
    "RAATIHUONE_HOSTS": "raatihuone.example",
    "RAATIHUONE_PROXIES": "127.0.0.1",
    "DATABASE_URL": "sqlite://:memory:",
}


def start(environment, tmp_path, *, keys=True):
    """What happens when the settings are read under ``environment``."""
    if keys:
        write_ring(tmp_path / "keys.json", new_ring(), replace=False)
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        env={"PATH": os.environ["PATH"], "RAATIHUONE_DATA": str(tmp_path), **environment},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_safe_production_starts(tmp_path):
    assert start(SAFE, tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"DJANGO_DEBUG": "1"}, "DJANGO_DEBUG"),
        ({"DJANGO_SECRET_KEY": ""}, "DJANGO_SECRET_KEY"),
        ({"DJANGO_SECRET_KEY": "short"}, "DJANGO_SECRET_KEY"),
        ({"RAATIHUONE_HTTPS": "0"}, "RAATIHUONE_HTTPS"),
        ({"RAATIHUONE_HOSTS": "*"}, "RAATIHUONE_HOSTS"),
        ({"RAATIHUONE_HOSTS": ""}, "RAATIHUONE_HOSTS"),
        ({"RAATIHUONE_PROXIES": ""}, "RAATIHUONE_PROXIES"),
        ({"RAATIHUONE_PROXIES": "everybody"}, "RAATIHUONE_PROXIES"),
        ({"RAATIHUONE_MODE": "prod"}, "RAATIHUONE_MODE"),
        ({"DJANGO_DEBUG": "perhaps"}, "DJANGO_DEBUG"),
    ],
)
def test_an_unsafe_start_is_refused_by_name(tmp_path, change, word):
    outcome = start({**SAFE, **change}, tmp_path)

    assert outcome.returncode != 0
    assert "ImproperlyConfigured" in outcome.stderr
    assert word in outcome.stderr.splitlines()[-1]


def test_production_without_keys_is_refused_and_makes_none(tmp_path):
    outcome = start(SAFE, tmp_path, keys=False)

    assert outcome.returncode != 0
    assert "RAATIHUONE_KEYS" in outcome.stderr.splitlines()[-1]
    assert not (tmp_path / "keys.json").exists()


def test_nothing_named_means_production(tmp_path):
    environment = {name: value for name, value in SAFE.items() if name != "RAATIHUONE_MODE"}

    assert start(environment, tmp_path).returncode == 0
    assert start({"DATABASE_URL": SAFE["DATABASE_URL"]}, tmp_path).returncode != 0


def test_a_development_start_needs_nothing_else(tmp_path):
    assert start({"RAATIHUONE_MODE": "development"}, tmp_path).returncode == 0


@pytest.mark.django_db
def test_sqlite_writes_ahead_and_takes_its_lock_at_once():
    if connection.vendor != "sqlite":
        pytest.skip("this run is on another database")
    with connection.cursor() as cursor:
        mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]

    assert mode in {"wal", "memory"}
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(
    ("address", "backend", "options"),
    [
        (
            "smtp+tls://raati%40kunta:s%3Ala@mail.example",
            "smtp",
            {"host": "mail.example", "port": 587, "username": "raati@kunta", "use_tls": True},
        ),
        ("smtps://mail.example:4650", "smtp", {"port": 4650, "use_ssl": True, "timeout": 20}),
        ("file:///var/post", "filebased", {"file_path": "/var/post"}),
        ("console:", "console", {}),
    ],
)
def test_where_mail_goes_is_one_address(address, backend, options):
    mailer = mailers(address, "raati@kunta.example")["default"]

    assert mailer["BACKEND"] == f"django.core.mail.backends.{backend}.EmailBackend"
    assert options.items() <= mailer["OPTIONS"].items()


def test_nothing_is_sent_before_it_is_said_where():
    assert mailers("", "") == {}


@pytest.mark.parametrize("address", ["mail.example", "ftp://mail.example", "smtp://mail:no"])
def test_an_address_of_mail_that_is_none_is_refused_without_printing_it(address):
    with pytest.raises(ImproperlyConfigured) as refusal:
        mailers(address, "raati@kunta.example")

    assert address not in str(refusal.value)


def test_mail_needs_a_sender():
    with pytest.raises(ImproperlyConfigured, match="MAIL_FROM"):
        mailers("smtp://mail.example", "")


def test_a_worker_looks_into_the_queue_several_times_a_second(tmp_path):
    options = filesystem_broker(tmp_path / "broker")

    with Connection("filesystem://", transport_options=options) as connection:
        assert connection.transport.polling_interval <= 0.5
        assert (tmp_path / "broker" / "queue").is_dir()
