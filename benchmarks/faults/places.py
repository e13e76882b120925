"""Databases and brokers of this machine: whether they answer, and how nothing is left in them."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import redis
from kombu import Connection

BROKERS = {
    "redis": "redis://127.0.0.1:6379",
    "rabbitmq": "amqp://guest:guest@127.0.0.1:5672//",
    "folder": "filesystem://",
}
TITLES = {"redis": "Redis", "rabbitmq": "RabbitMQ", "folder": "the folder"}

POSTGRES = "postgres://postgres@127.0.0.1:5432"
REDIS_DATABASES = range(9, 16)
"""Where an empty one is looked for: the first ones are those that people use."""


def answers(url: str) -> bool:
    """Whether the broker is there; the folder always is."""
    if url == BROKERS["folder"]:
        return True
    connection = Connection(url, connect_timeout=3)
    try:
        connection.ensure_connection(max_retries=1, interval_start=0)
    except connection.connection_errors + (OSError,):
        return False
    finally:
        connection.release()
    return True


def postgres_answers() -> bool:
    try:
        _postgres().close()
    except psycopg.OperationalError:
        return False
    return True


@contextlib.contextmanager
def broker(url: str, queue: str) -> Iterator[str]:
    """Where to find the broker; afterwards nothing of the queue is left in it."""
    if url.startswith("redis"):
        store, url = _empty_redis(url)
        try:
            yield url
        finally:
            store.flushdb()
            store.close()
        return
    try:
        yield url
    finally:
        if url.startswith("amqp"):
            with Connection(url) as connection:
                connection.default_channel.queue_delete(queue)
                connection.default_channel.exchange_delete(queue)


def _empty_redis(url: str) -> tuple[redis.Redis, str]:
    for number in REDIS_DATABASES:
        store = redis.Redis.from_url(f"{url}/{number}")
        if not store.dbsize():
            return store, f"{url}/{number}"
        store.close()
    raise SystemExit("Redis has no empty database of which the faults could make use.")


@contextlib.contextmanager
def database(kind: str, folder: Path, name: str) -> Iterator[str]:
    """The address of an empty database, which is gone afterwards."""
    if kind == "SQLite":
        yield f"sqlite:///{folder / 'house.sqlite3'}"
        return
    url = f"{POSTGRES}/{name}"
    with _postgres() as server:
        server.execute(f"CREATE DATABASE {name}")
    try:
        yield url
    finally:
        with _postgres() as server:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            server.execute(f"DROP DATABASE IF EXISTS {_kept(name)} WITH (FORCE)")


def keep(url: str) -> None:
    """The database is kept as it is now. Nobody may be connected to it."""
    name = _name(url)
    if url.startswith("sqlite"):
        _copy(name, _kept(name))
        return
    with _postgres() as server:
        server.execute(f"CREATE DATABASE {_kept(name)} TEMPLATE {name}")


def bring_back(url: str) -> None:
    """The database is as it was kept, also for those who go on using it."""
    name = _name(url)
    if url.startswith("sqlite"):
        _copy(_kept(name), name)
        return
    with _postgres() as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name} TEMPLATE {_kept(name)}")


def _name(url: str) -> str:
    path = urlsplit(url).path
    return path if url.startswith("sqlite") else path.lstrip("/")


def _kept(name: str) -> str:
    return f"{name}_kept"


def _copy(source: str, target: str) -> None:
    """Into the file rather than in its place, where others have it open."""
    with (
        contextlib.closing(sqlite3.connect(source)) as there,
        contextlib.closing(sqlite3.connect(target, timeout=20)) as here,
    ):
        there.backup(here)


def _postgres() -> psycopg.Connection:
    return psycopg.connect(f"{POSTGRES}/postgres", connect_timeout=3, autocommit=True)
