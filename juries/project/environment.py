"""Reading the environment, and refusing a production start that would be unsafe."""

import os
from collections.abc import Sequence
from pathlib import Path

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


def refuse_unsafe_production(
    *, debug: bool, secret: str, https: bool, hosts: list[str], keys: Path
) -> None:
    """Production starts only without debug, with its own secret and keys, over HTTPS, for named
    hosts.
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
    }
