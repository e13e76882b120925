"""A record opened, changed and closed again: carelessly, or by whoever has the house's key."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

from selection.draw.chain import signer
from selection.protocol.archive import packed
from selection.protocol.encoding import NOTHING, canonical, tagged

type Files = dict[str, bytes]


def opened(record: bytes) -> Files:
    with zipfile.ZipFile(BytesIO(record)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewritten(files: Files, name: str, change: Callable[[list[Any]], None]) -> Files:
    """The files with the objects of one of them changed, and nothing else."""
    rows = [json.loads(row) for row in files[name].splitlines()]
    change(rows)
    return {**files, name: b"".join(canonical(row) + b"\n" for row in rows)}


def resealed(files: Files) -> bytes:
    """Every digest, hash and signature made anew, as only the house itself could."""
    files = dict(files)
    events = [json.loads(row) for row in files["events.ndjson"].splitlines()]
    previous, heads = NOTHING, {}
    for event in events:
        _renew(files, event, previous)
        unsigned = {key: value for key, value in event.items() if key != "sig"}
        unsigned["prev"] = event["prev"] = previous
        hashed = tagged("kr/event/1", canonical(unsigned))
        event["sig"] = signer().sign(hashed)
        previous = hashed.hex()
        heads[event["n"]] = previous
    files["events.ndjson"] = b"".join(canonical(event) + b"\n" for event in events)
    return packed(files)


def _renew(files: Files, event: dict[str, Any], previous: str) -> None:
    payload = event["payload"]
    number = payload.get("round", 0) if isinstance(payload, dict) else 0
    folder = f"round-{number}/" if number else ""
    if event["t"] == "COMMIT":
        name = f"{folder}commitment.json"
        made = json.loads(files[name])
        if made.get("chain_head") is not None:
            made["chain_head"] = previous
        if f"{folder}certificate.json" in files:
            made["certificate"]["sha256"] = _sha(files[f"{folder}certificate.json"])
        files[name] = canonical(made) + b"\n"
        payload["commitment"] = _sha(files[name])
    if event["t"] == "RESULT":
        name = f"{folder}result.json"
        found = json.loads(files[name])
        found["commitment"] = _sha(files[f"{folder}commitment.json"])
        files[name] = canonical(found) + b"\n"
        payload["result"] = _sha(files[name])


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
