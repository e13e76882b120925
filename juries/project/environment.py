"""Reading the environment, and refusing a production start that would be unsafe."""

import os
from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

MODES = ("production", "development", "demo", "test")
DEFAULT_SECRET = "not-a-secret-never-in-production"


def text(name: str, default: str = "") -> str:
    """The variable as it stands, or ``default`` where it is missing or blank."""
    return os.environ.get(name, "").strip() or default


def truth(name: str, *, default: bool) -> bool:
    """The variable as yes or no; anything else is refused."""
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def choice(name: str, choices: Sequence[str], default: str) -> str:
    """The variable as one of ``choices``; anything else is refused."""
    value = text(name, default)
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
    return value


type Network = IPv4Network | IPv6Network


def networks(told: str) -> tuple[Network, ...]:
    """The addresses and networks in a list with commas; none for ``none``."""
    try:
        parts = [part.strip() for part in told.split(",") if part.strip() not in {"", "none"}]
        return tuple(ip_network(part) for part in parts)
    except ValueError:
        raise ImproperlyConfigured(
            "RAATIHUONE_PROXIES must be addresses or networks with commas between them, such as"
            f" 127.0.0.1,10.20.0.0/16, or none; not {told!r}."
        ) from None


def refuse_unsafe_production(
    *, debug: bool, secret: str, https: bool, hosts: list[str], keys: Path, proxies: str
) -> None:
    """Production starts only without debug, with its own secret and keys, over HTTPS, for named
    hosts, and with it said who stands before it.
    """
    if debug:
        raise ImproperlyConfigured("Production does not start with DJANGO_DEBUG=1.")
    if secret == DEFAULT_SECRET or len(secret) < 40:
        raise ImproperlyConfigured(
            "Production needs DJANGO_SECRET_KEY: a random text of 40 characters or more. "
            "On a machine of your own, RAATIHUONE_MODE=development starts without it."
        )
    if not https:
        raise ImproperlyConfigured("Production does not start over plain HTTP: RAATIHUONE_HTTPS=1.")
    if not hosts or "*" in hosts:
        raise ImproperlyConfigured("Production needs RAATIHUONE_HOSTS: the names it answers to.")
    if not proxies:
        # Unsaid, all would seem to come from the proxy, and one who guesses would shut them out.
        raise ImproperlyConfigured(
            "Production needs RAATIHUONE_PROXIES: the address of the proxy before it, such as"
            " 127.0.0.1, or none. Only from there is it believed where a visitor comes from."
        )
    if not keys.is_file():
        raise ImproperlyConfigured(
            f"Production needs RAATIHUONE_KEYS: a file of keys, and there is none at {keys}. "
            "In a new house, bin/new_key.py FILE makes one; otherwise bring it from the backup."
        )


def filesystem_broker(folder: Path) -> dict[str, object]:
    """Celery's transport options for a queue kept in ``folder``, which then exists."""
    for name in ("queue", "control"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    return {
        "data_folder_in": str(folder / "queue"),
        "data_folder_out": str(folder / "queue"),
        "control_folder": str(folder / "control"),
        "store_processed": False,
        # A worker looks into the folder so often, and takes no more each time than it has hands.
        "polling_interval": 0.2,
    }


MAIL_BACKENDS = {
    "smtp": "smtp",
    "smtp+tls": "smtp",
    "smtps": "smtp",
    "file": "filebased",
    "console": "console",
    "memory": "locmem",
}
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
MAIL_TIMEOUT = 20


def mailers(address: str, sender: str) -> dict[str, object]:
    """Django's mailers for where e-mail goes; none for a blank address: then nothing is sent.

    ``smtp+tls://user:password@host:587``, ``smtps://…``, ``smtp://…``, ``file:///folder``,
    ``console:`` or, for tests, ``memory:``.
    """
    if not address:
        return {}
    if not sender:
        raise ImproperlyConfigured("RAATIHUONE_MAIL needs RAATIHUONE_MAIL_FROM: who sends.")
    try:
        parts = urlsplit(address)
        backend = f"django.core.mail.backends.{MAIL_BACKENDS[parts.scheme]}.EmailBackend"
        options = _mail_options(parts)
    except (KeyError, ValueError):
        # The address may hold a password, so it is not printed.
        raise ImproperlyConfigured(
            "RAATIHUONE_MAIL must look like smtp+tls://user:password@host:587."
        ) from None
    return {"default": {"BACKEND": backend, "OPTIONS": options}}


def _mail_options(parts: SplitResult) -> dict[str, object]:
    if parts.scheme == "file":
        return {"file_path": unquote(parts.path)}
    if parts.scheme not in MAIL_PORTS:
        return {}
    return {
        "host": parts.hostname or "localhost",
        "port": parts.port or MAIL_PORTS[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp+tls",
        "use_ssl": parts.scheme == "smtps",
        "timeout": MAIL_TIMEOUT,
    }
