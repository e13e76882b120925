"""What stands in a house, so that two houses can be compared to which the same was delivered."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models

from juries.invitation import printing
from juries.models import PrintJob

type Standing = dict[str, list[str]]

OF_THE_ATTEMPT = {"attempts", "phase", "percent"}
"""Columns that tell how often a thing was tried and how far it came, not what stands."""

OF_THE_MOMENT = {
    "juries.AuditEntry": {"seq", "previous", "digest"},
    "juries.AuditHead": {"seq", "digest"},
    "selection.DrawEvent": {"line", "digest"},
    "selection.Round": {"result"},
}
"""Columns of which the moment of a deed is a part, or the deeds before it."""


def what_stands(mails: Iterable[str]) -> Standing:
    """All rows of the house without their moments and keys, its files, and the ``mails`` sent."""
    standing = {
        model._meta.label: sorted(_told(instance) for instance in model._default_manager.all())
        for model in [*_models(), Session]
    }
    # The files are called after the job that made them, or else are nobody's.
    letters = [path.name.partition("-")[0] for path in printing.folder().iterdir()]
    return {
        **standing,
        "letters": sorted(letters),
        "mails": sorted(mails),
        "heads": sorted(path.name for path in (Path(settings.DATA) / "audit-heads").glob("*")),
    }


def differences(one: Standing, other: Standing) -> list[str]:
    """Where the two differ, and by what: a sentence for each kind of row."""
    sentences = []
    for kind in sorted(one.keys() | other.keys()):
        mine, theirs = Counter(one.get(kind, [])), Counter(other.get(kind, []))
        if mine != theirs:
            gone, come = mine - theirs, theirs - mine
            sentences.append(
                f"{kind}: {gone.total()} gone, {come.total()} come: {[*come, *gone][0]}"
            )
    return sentences


def _models() -> list[type[models.Model]]:
    found: list[type[models.Model]] = []
    for config in apps.get_app_configs():
        if config.name in settings.ROOMS:
            found += config.get_models()
    return found


def _told(instance: models.Model) -> str:
    skipped = OF_THE_ATTEMPT | OF_THE_MOMENT.get(instance._meta.label, set())
    facts = {
        field.attname: _fact(field, getattr(instance, field.attname))
        for field in instance._meta.concrete_fields
        if not isinstance(field, models.AutoField) and field.name not in skipped
    }
    return json.dumps(facts, sort_keys=True, default=str)


def _fact(field: Any, value: Any) -> Any:
    """The value; of a moment and a file only that there is one, of bytes their digest."""
    if isinstance(field, models.DateTimeField):
        return value is not None
    if isinstance(field, models.BinaryField):
        return hashlib.sha256(bytes(value or b"")).hexdigest()
    if field.model is PrintJob and field.name == "file":
        return bool(value) and (printing.folder() / value).is_file()
    return value
